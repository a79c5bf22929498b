/** Methods of a service, made from the protocol's table. */
import type { Operation, OperationInput, OperationName, OperationOutput } from '@holdpoint/protocol';
import type { CallOptions } from './caller.ts';
import type { ServiceName } from './endpoint.ts';
import { type ResponseMetadata, UnknownClientMethodError } from './errors.ts';
import type { ServiceMethods } from './service-methods.ts';

/** What a caller may give: a moment is a Date, an RFC 3339 text (without a zone: UTC) or a number of seconds since 1970. */
type Given<T> = T extends Date
  ? Date | string | number
  : T extends Uint8Array
    ? T
    : T extends readonly (infer Item)[]
      ? readonly Given<Item>[]
      : T extends object
        ? { [Member in keyof T]: Given<T[Member]> }
        : T;

export type Input<Name extends OperationName> = Given<OperationInput<Name>>;
export type Result<Name extends OperationName> = OperationOutput<Name> & {
  readonly ResponseMetadata: ResponseMetadata;
};

/** A method: without required parameters none have to be given. */
export type Method<Name extends OperationName> =
  Record<string, never> extends OperationInput<Name>
    ? (params?: Input<Name>, options?: CallOptions) => Promise<Result<Name>>
    : (params: Input<Name>, options?: CallOptions) => Promise<Result<Name>>;

/** The methods of a service, documented; types.test.ts says that none is missing. */
export type Methods<Service extends ServiceName> = ServiceMethods[Service];

/** A name in boto3's manner: `list_human_loops` for `listHumanLoops`. */
export type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Name;

/** Both spellings of the methods of the given operations. */
export type Spellings<Name extends string> = Uncapitalize<Name> | SnakeCase<Uncapitalize<Name>>;

/** `ListHumanLoops` → `listHumanLoops` */
export const methodName = (operationName: string): string =>
  operationName.charAt(0).toLowerCase() + operationName.slice(1);

/** `listHumanLoops` → `list_human_loops`, as boto3 writes it. */
const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Finds an operation by the name of its method, written in either manner; other names throw UnknownClientMethodError. */
export function createLookup(operations: readonly Operation[]): (name: string) => Operation {
  const byName = new Map<string, Operation>();
  for (const operation of operations) {
    const method = methodName(operation.name);
    byName.set(method, operation).set(snakeCase(method), operation);
  }
  return (name) => {
    const operation = byName.get(name);
    if (operation === undefined) throw new UnknownClientMethodError(name);
    return operation;
  };
}
