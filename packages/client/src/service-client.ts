/** What every client has besides its methods, in the words of boto3's clients. */
import type { Operation, OperationName, OperationNameOf, operations } from '@holdpoint/protocol';
import { type Caller, type CallOptions, createCaller } from './caller.ts';
import type { ServiceName } from './endpoint.ts';
import { OperationNotPageableError, UnknownWaiterError } from './errors.ts';
import { controlExceptions, runtimeExceptions } from './exceptions.ts';
import type { Input, Result, Spellings } from './method-types.ts';
import { createLookup, type Methods, methodName } from './methods.ts';
import { createPages, type Paginator } from './paginator.ts';
import { type PresignedUrlOptions, presignCall } from './presign.ts';
import type { Settings } from './settings.ts';
import type { Waiter } from './waiter.ts';

type Values = Record<string, unknown>;
type Table = typeof operations;
/** The names of operations that list in pages. */
type PagedName<Service extends ServiceName> = {
  [Name in OperationNameOf<Service>]: Table[Name] extends Required<Pick<Operation, 'paginator'>> ? Name : never;
}[OperationNameOf<Service>];
type ListOf<Name extends OperationName> = Table[Name] extends {
  paginator: { resultKey: infer List extends keyof Result<Name> };
}
  ? List
  : never;
type ItemOf<Name extends OperationName> =
  NonNullable<Result<Name>[ListOf<Name>]> extends readonly (infer Item)[] ? Item : unknown;
type PaginatorOf<Name extends OperationName> = Paginator<Input<Name>, Result<Name>, ItemOf<Name>, ListOf<Name>>;
/** The operation that a method's name in either spelling means. */
type Named<Name extends OperationName, Method extends string> = Name extends unknown
  ? Method extends Spellings<Name>
    ? Name
    : never
  : never;

type ExceptionsOf<Service extends ServiceName> = Service extends 'sagemaker-a2i-runtime'
  ? typeof runtimeExceptions
  : typeof controlExceptions;

export interface ClientMeta<Service extends ServiceName = ServiceName> {
  /** The service whose operations the client has. */
  readonly serviceName: Service;
  /** The region for which requests are signed. */
  readonly regionName: string;
  /** Where requests go, without a slash at the end. */
  readonly endpointUrl: string;
  /** Method names and the operations behind them. */
  readonly methodToApiMapping: Readonly<Record<string, string>>;
}

export interface CommonMethods<Service extends ServiceName> {
  /** Where the client calls and what it can call. */
  readonly meta: ClientMeta<Service>;
  /** Classes of the errors that the service's model names: `error instanceof client.exceptions.ConflictException`. */
  readonly exceptions: ExceptionsOf<Service>;
  /** The names that `getWaiter` knows; only clients of human loops have some. */
  readonly waiterNames: readonly string[];
  /** Whether an operation lists in pages. @throws UnknownClientMethodError */
  canPaginate(operationName: string): boolean;
  /** Operations by the name of their method, in either spelling. @throws OperationNotPageableError, UnknownClientMethodError */
  getPaginator<Method extends Spellings<PagedName<Service>>>(
    operationName: Method,
  ): PaginatorOf<Named<PagedName<Service>, Method>>;
  /** The same for a name that is known only when the program runs. @throws OperationNotPageableError, UnknownClientMethodError */
  getPaginator(operationName: string): Paginator<Values, Values, unknown>;
  /** @throws UnknownWaiterError */
  getWaiter(waiterName: string): Waiter;
  /**
   * A URL that makes one call without further credentials; see `PresignedUrlOptions`.
   *
   * @throws UnknownClientMethodError, ParamValidationError
   */
  generatePresignedUrl<Method extends Spellings<OperationNameOf<Service>>>(
    clientMethod: Method,
    options?: PresignedUrlOptions<Input<Named<OperationNameOf<Service>, Method>>>,
  ): Promise<string>;
  /** The same for a name that is known only when the program runs. @throws UnknownClientMethodError, ParamValidationError */
  generatePresignedUrl(clientMethod: string, options?: PresignedUrlOptions): Promise<string>;
  /** Calls an operation by its name on the wire. */
  call<Name extends OperationNameOf<Service>>(
    operationName: Name,
    params: Input<Name>,
    options?: CallOptions,
  ): Promise<Result<Name>>;
  /** Ends the connections that are kept open. */
  close(): void;
}

export type ServiceClient<Service extends ServiceName> = CommonMethods<Service> & Methods<Service>;

/** A client of the given operations; `caller` is for what a service adds. */
export function createServiceClient<Service extends ServiceName>(
  service: Service,
  table: readonly Operation[],
  settings: Settings,
): { readonly client: ServiceClient<Service>; readonly caller: Caller } {
  const caller = createCaller(settings);
  const find = createLookup(table);
  const methods = Object.fromEntries(
    table.map((operation) => [
      methodName(operation.name),
      (params?: unknown, options?: CallOptions) => caller.call(operation, params, options),
    ]),
  );
  const common: Omit<CommonMethods<Service>, 'getPaginator' | 'generatePresignedUrl'> & Values = {
    meta: {
      serviceName: service,
      regionName: settings.region,
      endpointUrl: settings.endpoint.href.replace(/\/$/, ''),
      methodToApiMapping: Object.fromEntries(table.map(({ name }) => [methodName(name), name])),
    },
    exceptions: (service === 'sagemaker-a2i-runtime' ? runtimeExceptions : controlExceptions) as ExceptionsOf<Service>,
    waiterNames: [],
    canPaginate: (name) => find(name).paginator !== undefined,
    getPaginator(name: string) {
      const operation = find(name);
      const { paginator } = operation;
      if (paginator === undefined) throw new OperationNotPageableError(name);
      const paginate = (params: Values = {}, options?: CallOptions) =>
        createPages(paginator, params, (each) => caller.call(operation, each, options) as Promise<Values>);
      return { paginate };
    },
    getWaiter(name) {
      throw new UnknownWaiterError(name);
    },
    generatePresignedUrl: async (name: string, options: PresignedUrlOptions = {}) =>
      presignCall(caller, find(name), options),
    call: async (name, params, options) => (await caller.call(find(methodName(name)), params, options)) as never,
    close: () => settings.transport.close(),
  };
  return { client: { ...methods, ...common } as unknown as ServiceClient<Service>, caller };
}
