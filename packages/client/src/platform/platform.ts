/** What differs between runtimes; `#platform` leads to the one that the runtime or bundler asks for. */
import type { CredentialsProvider } from '../credentials.ts';
import type { EndpointVariants, ServiceName } from '../endpoint.ts';
import type { RuntimeHashing } from '../sign.ts';
import type { Transport, TransportLimits } from '../transport.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Which surroundings a program wants to use. */
export interface ConfigurationOptions {
  readonly profile?: string | undefined;
  readonly environment?: Environment | undefined;
}

/** What a program's surroundings say, for what it does not say itself. */
export interface Configuration {
  readonly profileName?: string | undefined;
  readonly region?: string | undefined;
  readonly endpointOf?: ((service: ServiceName | 's3') => string | undefined) | undefined;
  readonly variants?: EndpointVariants | undefined;
  readonly credentials?: CredentialsProvider | undefined;
  readonly maxAttempts?: number | undefined;
  /** A PEM file with the certificates to trust. */
  readonly caBundle?: string | undefined;
}

export interface Platform {
  readonly hashing: RuntimeHashing;
  /** @throws ProfileNotFound when a profile is named that no file has. */
  configure(options: ConfigurationOptions): Configuration;
  createTransport(limits: TransportLimits, configuration: Configuration): Transport;
}
