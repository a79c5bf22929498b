/** A session, as boto3 has it: shared settings from which clients are made. */
import { type Operation, operations } from '@holdpoint/protocol';
import { type A2IRuntimeClient, createA2IRuntimeClient } from './a2i-runtime.ts';
import type { ServiceName } from './endpoint.ts';
import { UnknownServiceError } from './errors.ts';
import type { Configuration } from './platform/platform.ts';
import { createServiceClient, type ServiceClient } from './service-client.ts';
import { type ClientOptions, configure, resolveSettings } from './settings.ts';

export const serviceNames = [
  'holdpoint',
  'sagemaker',
  'sagemaker-a2i-runtime',
] as const satisfies readonly ServiceName[];

/** The client of a service. */
export type ClientOf<Service extends ServiceName> = Service extends 'sagemaker-a2i-runtime'
  ? A2IRuntimeClient
  : ServiceClient<Service>;

/**
 * Settings for several clients. What is not given comes from the environment and, in Node, Deno and Bun, from the shared
 * files of the AWS tools (AWS SDKs and Tools Reference Guide).
 *
 * @example
 * const session = new Session({ endpointUrl: 'http://127.0.0.1:7800', region: 'us-east-1' });
 * const a2i = session.createClient('sagemaker-a2i-runtime');
 */
export class Session {
  readonly #options: ClientOptions;
  readonly #configuration: Configuration;

  /** @throws ProfileNotFound */
  constructor(options: ClientOptions = {}) {
    this.#options = options;
    this.#configuration = configure(options);
  }

  /** The region of clients that name none themselves. */
  get region(): string | undefined {
    return this.#options.region || this.#configuration.region;
  }

  /** The profile in use, where the shared files have one. */
  get profile(): string | undefined {
    return this.#configuration.profileName;
  }

  /**
   * Makes a client: `sagemaker-a2i-runtime` for human loops, `sagemaker` for the control plane, `holdpoint` for what AWS's
   * API lacks.
   *
   * @throws UnknownServiceError, NoRegionError, InvalidRegionError, InvalidEndpointError, NoEndpointError, PartialCredentialsError.
   */
  createClient<Service extends ServiceName>(
    service: Service,
    options: Omit<ClientOptions, 'profile' | 'environment'> = {},
  ): ClientOf<Service> {
    const all = { ...this.#options, ...options };
    const make: () => unknown =
      service === 'sagemaker-a2i-runtime'
        ? () => createA2IRuntimeClient(all, this.#configuration)
        : () =>
            createServiceClient(service, operationsOf(service), resolveSettings(service, all, this.#configuration))
              .client;
    return make() as ClientOf<Service>;
  }
}

function operationsOf(service: ServiceName): readonly Operation[] {
  if (!serviceNames.includes(service)) throw new UnknownServiceError(service, serviceNames);
  return Object.values(operations).filter((operation) => operation.service === service);
}

/** A client of the control plane: flow definitions, human task UIs, workteams, workforces, tags. */
export const createSageMakerClient = (options: ClientOptions = {}): ServiceClient<'sagemaker'> =>
  new Session(options).createClient('sagemaker');

/** A client of Holdpoint's own operations: workers, access keys, event targets and more. */
export const createHoldpointClient = (options: ClientOptions = {}): ServiceClient<'holdpoint'> =>
  new Session(options).createClient('holdpoint');
