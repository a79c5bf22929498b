/** Settings of a client: arguments, then environment, then the profile of the shared files. */
import type { Credentials } from '@holdpoint/protocol';
import { platform } from '#platform';
import { requireLeast } from './check-parameters.ts';
import { type CredentialsProvider, providerOf } from './credentials.ts';
import { awsEndpoint, checkRegion, isAws, parseEndpoint, type ServiceName } from './endpoint.ts';
import { NoRegionError } from './errors.ts';
import type { Configuration, Environment } from './platform/platform.ts';
import type { RuntimeHashing } from './sign.ts';
import type { Transport } from './transport.ts';

export interface ClientOptions {
  /** For example `eu-central-1`; otherwise `AWS_REGION`, `AWS_DEFAULT_REGION` or the profile's. */
  readonly region?: string | undefined;
  /** An http or https URL, for example `http://127.0.0.1:7800`; otherwise what is configured, otherwise AWS. */
  readonly endpointUrl?: string | undefined;
  /** A key pair or a function that gives one; otherwise they are looked for where botocore looks. */
  readonly credentials?: Credentials | CredentialsProvider | undefined;
  /** A profile of the shared files; otherwise `AWS_DEFAULT_PROFILE`, `AWS_PROFILE`, `default`. */
  readonly profile?: string | undefined;
  /** How often a call is tried in all; otherwise `AWS_MAX_ATTEMPTS`, the profile's `max_attempts`, 5 (3 in `AWS_RETRY_MODE` standard). */
  readonly maxAttempts?: number | undefined;
  /** Milliseconds until a connection has to stand; default 60,000. */
  readonly connectTimeoutMs?: number | undefined;
  /** Milliseconds without a byte of the answer; default 60,000. */
  readonly readTimeoutMs?: number | undefined;
  /** Connections at a time; further calls wait for one. Default 50. */
  readonly maxConnections?: number | undefined;
  /** Variables to read instead of the process's own. */
  readonly environment?: Environment | undefined;
  /** Reads neither environment nor shared files: only what is given here counts. */
  readonly ignoreConfiguration?: boolean | undefined;
  /** Sends requests instead of the runtime's own HTTP. */
  readonly transport?: Transport | undefined;
  /** The present moment in milliseconds since 1970; default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Waits between attempts and polls, in milliseconds; default a timer. */
  readonly wait?: ((milliseconds: number, signal?: AbortSignal) => Promise<void>) | undefined;
}

/** Settings without gaps. */
export interface Settings {
  readonly region: string;
  readonly endpoint: URL;
  readonly credentials: CredentialsProvider;
  readonly maxAttempts: number;
  readonly readTimeoutMs: number;
  readonly hashing: RuntimeHashing;
  readonly transport: Transport;
  readonly now: () => number;
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Where objects are, when that is configured; otherwise AWS's S3. */
  readonly objectEndpoint: URL | undefined;
}

/** What the program's surroundings say. @throws ProfileNotFound when a profile is named that no file has. */
export const configure = (options: ClientOptions): Configuration =>
  options.ignoreConfiguration ? {} : platform.configure(options);

/**
 * The settings of one client.
 *
 * @throws NoRegionError, InvalidRegionError, InvalidEndpointError, PartialCredentialsError, ParamValidationError.
 */
export function resolveSettings(
  service: ServiceName | 's3',
  options: ClientOptions,
  configuration: Configuration,
): Settings {
  const region = options.region || configuration.region;
  if (!region) throw new NoRegionError();
  checkRegion(region);
  const { endpointOf, variants = { fips: false, dualstack: false } } = configuration;
  const endpointUrl = options.endpointUrl || endpointOf?.(service);
  // Whoever names a Holdpoint server names the one listener on which it serves objects too.
  const holdpoint = (url: string | undefined) => (url && !isAws(url) ? url : undefined);
  const objectEndpoint = holdpoint(options.endpointUrl) ?? endpointOf?.('s3') ?? holdpoint(endpointUrl);
  const now = options.now ?? Date.now;
  const { connectTimeoutMs = 60_000, readTimeoutMs = 60_000, maxConnections = 50 } = options;
  const maxAttempts = options.maxAttempts ?? configuration.maxAttempts ?? 5;
  const limits = { connectTimeoutMs, readTimeoutMs, maxConnections };
  for (const [name, value] of Object.entries({ maxAttempts, ...limits })) requireLeast(name, value, 1);
  return {
    region,
    endpoint: parseEndpoint(endpointUrl ?? awsEndpoint(service, region, variants)),
    objectEndpoint: objectEndpoint === undefined ? undefined : parseEndpoint(objectEndpoint),
    credentials: providerOf(options.credentials ?? configuration.credentials, now),
    maxAttempts,
    readTimeoutMs,
    hashing: platform.hashing,
    transport: options.transport ?? platform.createTransport(limits, configuration),
    now,
    wait: options.wait ?? pause,
  };
}

/** Resolves after so many milliseconds; rejects with the reason as soon as `signal` is aborted. */
function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}
