/** Credentials that AWS's own package knows how to get, where it is installed: roles, single sign-on, web identity, container, instance. */
import type { CredentialsProvider, ProvidedCredentials } from '../credentials.ts';
import { CredentialRetrievalError, NoCredentialsError } from '../errors.ts';
import type { Environment } from './platform.ts';
import type { Profile } from './profile.ts';

/** What is used of the optional peer. */
interface Providers {
  fromIni(options: object): CredentialsProvider;
  fromTokenFile(options: object): CredentialsProvider;
  fromHttp(options: object): CredentialsProvider;
  fromInstanceMetadata(options: object): CredentialsProvider;
}

const peer = '@aws-sdk/credential-providers';

/** A place that only the package can ask. */
export interface AwsSource {
  /** In words, where settings name it: then that nothing comes from there is an error. */
  readonly named?: string;
  readonly provider: (providers: Providers) => CredentialsProvider;
}

/** What profile or environment name to be asked before any keys of the files, as botocore does. */
export function namedSource(
  environment: Environment,
  profile: Profile | undefined,
  profileIsExplicit: boolean,
): AwsSource | undefined {
  const { AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN, AWS_ROLE_SESSION_NAME } = environment;
  const has = (key: string): boolean => profile?.settings[key] !== undefined;
  const fromProfile = ({ fromIni }: Providers) =>
    fromIni({
      profile: profile?.name,
      configFilepath: environment.AWS_CONFIG_FILE,
      filepath: environment.AWS_SHARED_CREDENTIALS_FILE,
      ignoreCache: true,
    });
  if (has('role_arn')) return { named: 'a role (role_arn)', provider: fromProfile };
  if (AWS_WEB_IDENTITY_TOKEN_FILE && !profileIsExplicit)
    return {
      named: 'a web identity (AWS_WEB_IDENTITY_TOKEN_FILE)',
      provider: ({ fromTokenFile }) =>
        fromTokenFile({
          webIdentityTokenFile: AWS_WEB_IDENTITY_TOKEN_FILE,
          roleArn: AWS_ROLE_ARN,
          roleSessionName: AWS_ROLE_SESSION_NAME,
        }),
    };
  if (has('sso_session') || has('sso_start_url')) return { named: 'single sign-on', provider: fromProfile };
  return undefined;
}

/** Where to ask when nothing else had any: a container says so, an instance is asked unless that is switched off. */
export function machineSource(environment: Environment): AwsSource | undefined {
  const {
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: awsContainerCredentialsRelativeUri,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: awsContainerCredentialsFullUri,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: awsContainerAuthorizationToken,
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: awsContainerAuthorizationTokenFile,
  } = environment;
  const container = {
    awsContainerCredentialsRelativeUri,
    awsContainerCredentialsFullUri,
    awsContainerAuthorizationToken,
    awsContainerAuthorizationTokenFile,
  };
  if (awsContainerCredentialsRelativeUri || awsContainerCredentialsFullUri)
    return {
      named: 'the container (AWS_CONTAINER_CREDENTIALS_…_URI)',
      provider: ({ fromHttp }) => fromHttp(container),
    };
  if (environment.AWS_EC2_METADATA_DISABLED?.toLowerCase() === 'true') return undefined;
  return { provider: ({ fromInstanceMetadata }) => fromInstanceMetadata({}) };
}

/**
 * Asks the package.
 *
 * @throws NoCredentialsError when the package is missing, CredentialRetrievalError when it found none, for a named source.
 */
export async function askAws({ named, provider }: AwsSource): Promise<ProvidedCredentials | undefined> {
  let providers: Providers;
  try {
    providers = (await import(peer)) as Providers;
  } catch (cause) {
    if (named === undefined) return undefined;
    throw new NoCredentialsError(`They come from ${named}, for which the package ${peer} has to be installed.`, {
      cause,
    });
  }
  try {
    return await provider(providers)();
  } catch (cause) {
    if (named === undefined) return undefined;
    throw new CredentialRetrievalError(named, (cause as Error).message, { cause });
  }
}
