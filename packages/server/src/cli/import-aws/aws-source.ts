/** The AWS account to read from: its clients, and the check that it is not the server that is written to. */
import { type Client, type ClientOf, createClient, Session } from '@holdpoint/client';
import { UsageError } from '../usage-error.ts';
import type { WorkforceDescription } from './inventory.ts';

export interface AwsSourceOptions {
  readonly awsProfile?: string | undefined;
  readonly awsRegion?: string | undefined;
}

export interface AwsSource {
  readonly origin: string;
  readonly endpointUrl: string;
  readonly sagemaker: ClientOf<'sagemaker'>;
  readonly runtime: ClientOf<'sagemaker-a2i-runtime'>;
  /** Where objects are; `endpointUrl` only where the profile names one. */
  readonly objects: {
    readonly region: string;
    readonly credentials: Client['credentials'];
    readonly endpointUrl?: string;
  };
  readonly now: () => number;
  close(): void;
}

/**
 * Clients for AWS. Endpoints in the environment are those of the server that is written to, so they do not count here; the
 * profile's do, for an account that is reached through an endpoint of its own.
 *
 * @throws UsageError for a profile or region that is missing, or when the calls would go to `target` itself.
 */
export function openAwsSource(
  { awsProfile, awsRegion }: AwsSourceOptions,
  environment: NodeJS.ProcessEnv,
  target: string,
): AwsSource {
  const own = Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('AWS_ENDPOINT_URL')));
  const options = { profile: awsProfile, region: awsRegion, environment: own };
  try {
    const session = new Session(options);
    const sagemaker = session.createClient('sagemaker');
    const runtime = session.createClient('sagemaker-a2i-runtime');
    // The client knows the names of AWS's object stores and the settings for them, though it has no operations there.
    const s3 = createClient({ ...options, service: 's3' });
    const { endpointUrl, regionName } = sagemaker.meta;
    for (const url of [endpointUrl, runtime.meta.endpointUrl, s3.meta.endpointUrl]) refuseTarget(url, target);
    const configured = new URL(s3.meta.endpointUrl).host !== `s3.${regionName}.amazonaws.com`;
    return {
      origin: `${session.profile === undefined ? 'credentials of the environment' : `profile ${session.profile}`}, ${regionName}`,
      endpointUrl,
      sagemaker,
      runtime,
      objects: {
        region: regionName,
        credentials: s3.credentials,
        ...(configured && { endpointUrl: s3.meta.endpointUrl }),
      },
      now: Date.now,
      close() {
        for (const client of [sagemaker, runtime, s3]) client.close();
      },
    };
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'ProfileNotFound')
      throw new UsageError(
        `${message} in ${environment.AWS_CONFIG_FILE ?? '~/.aws/config'}; "aws configure list-profiles" shows those that are there.`,
      );
    if (name === 'NoRegionError') throw new UsageError('No region of AWS is named: give --aws-region.');
    if (name === 'InvalidRegionError')
      throw new UsageError(`${message} Give a region such as eu-central-1 with --aws-region.`);
    throw error;
  }
}

/** Settings of a shell in which programs already talk to Holdpoint lead here by themselves. */
function refuseTarget(url: string, target: string): void {
  if (placeOf(url) === placeOf(target)) throw sameServer(url);
}

const sameServer = (url: string): UsageError =>
  new UsageError(
    `The AWS settings lead to ${url}, the server that is written to; name a profile of AWS with --aws-profile, and unset AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE where they name that server's files.`,
  );

function placeOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  const host = ['localhost', '127.0.0.1', '[::1]', '0.0.0.0'].includes(hostname) ? 'this machine' : hostname;
  return `${host}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

/** A server under another address is still the same one: nothing at AWS has this portal and was made in the same moment. */
export function refuseSameServer(
  source: readonly WorkforceDescription[],
  target: WorkforceDescription | undefined,
  url: string,
): void {
  const same = source.some(
    ({ WorkforceArn, SubDomain, CreateDate }) =>
      WorkforceArn === target?.WorkforceArn &&
      SubDomain === target.SubDomain &&
      Number(CreateDate) === Number(target.CreateDate),
  );
  if (same) throw sameServer(url);
}
