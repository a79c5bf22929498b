/** One client of every operation, for tools that know operations by name. */
import { type Operation, type OperationName, operations } from '@holdpoint/protocol';
import { type CallOptions, createCaller } from './caller.ts';
import type { CredentialsProvider } from './credentials.ts';
import type { ServiceName } from './endpoint.ts';
import { UnknownClientMethodError } from './errors.ts';
import type { Input, Result } from './method-types.ts';
import { type ClientOptions, configure, resolveSettings } from './settings.ts';

export interface Client {
  /** Where requests go, and the region for which they are signed. */
  readonly meta: { readonly endpointUrl: string; readonly regionName: string };
  /** With what requests are signed. */
  readonly credentials: CredentialsProvider;
  /**
   * Calls one operation, AWS's or our own, by its name on the wire.
   *
   * @throws ServiceError with `code`, `statusCode` and `requestId` as the server answered; UnansweredError when no answer came.
   */
  call<Name extends OperationName>(name: Name, input: Input<Name>, options?: CallOptions): Promise<Result<Name>>;
  /** Ends the connections that are kept open. */
  close(): void;
}

export interface ToolClientOptions extends ClientOptions {
  /** The service whose endpoint is looked for where none is given; default `sagemaker`. */
  readonly service?: ServiceName | 's3' | undefined;
}

/** A client of all services of one endpoint. @throws as `createA2IRuntimeClient` */
export function createClient({ service = 'sagemaker', ...options }: ToolClientOptions = {}): Client {
  const settings = resolveSettings(service, options, configure(options));
  const caller = createCaller(settings);
  return {
    meta: { endpointUrl: settings.endpoint.href.replace(/\/$/, ''), regionName: settings.region },
    credentials: settings.credentials,
    call: async <Name extends OperationName>(name: Name, input: Input<Name>, options?: CallOptions) => {
      if (!Object.hasOwn(operations, name)) throw new UnknownClientMethodError(name);
      return (await caller.call(operations[name] as Operation, input, options)) as Result<Name>;
    },
    close: () => settings.transport.close(),
  };
}
