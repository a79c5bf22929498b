/** The places where botocore looks for credentials, in its order. */
import type { ProvidedCredentials } from '../credentials.ts';
import { NoCredentialsError, PartialCredentialsError } from '../errors.ts';
import { askAws, machineSource, namedSource } from './ask-aws.ts';
import type { Environment } from './platform.ts';
import type { Profile, Section } from './profile.ts';
import { runProcess } from './run-process.ts';

/**
 * Environment, what the profile says to ask, credentials file, process, configuration file, container and instance.
 *
 * @param profileIsExplicit a profile that the program names wins over keys in the environment.
 * @throws NoCredentialsError, PartialCredentialsError or CredentialRetrievalError.
 */
export async function findCredentials(
  environment: Environment,
  profile: Profile | undefined,
  profileIsExplicit: boolean,
): Promise<ProvidedCredentials> {
  const source = namedSource(environment, profile, profileIsExplicit);
  const process = textOf(profile?.settings, 'credential_process');
  const machine = machineSource(environment);
  const found =
    (profileIsExplicit ? undefined : fromEnvironment(environment)) ??
    (source && (await askAws(source))) ??
    fromSection(profile?.credentials, 'shared-credentials-file') ??
    (process && (await runProcess(process))) ??
    fromSection(profile?.config, 'config-file') ??
    (machine && (await askAws(machine)));
  if (!found) throw new NoCredentialsError();
  return found;
}

function fromEnvironment(environment: Environment): ProvidedCredentials | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  if (!accessKeyId) return undefined;
  if (!secretAccessKey) throw new PartialCredentialsError('env', 'AWS_SECRET_ACCESS_KEY');
  // The token has an older name, which botocore reads first.
  const sessionToken = environment.AWS_SECURITY_TOKEN || environment.AWS_SESSION_TOKEN || undefined;
  return { accessKeyId, secretAccessKey, sessionToken };
}

function fromSection(section: Section | undefined, place: string): ProvidedCredentials | undefined {
  const accessKeyId = textOf(section, 'aws_access_key_id');
  if (accessKeyId === undefined) return undefined;
  const secretAccessKey = textOf(section, 'aws_secret_access_key');
  if (secretAccessKey === undefined) throw new PartialCredentialsError(place, 'aws_secret_access_key');
  const sessionToken = textOf(section, 'aws_security_token') ?? textOf(section, 'aws_session_token');
  return { accessKeyId, secretAccessKey, sessionToken };
}

function textOf(section: Section | undefined, key: string): string | undefined {
  const value = section?.[key];
  return typeof value === 'string' ? value : undefined;
}
