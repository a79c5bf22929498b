/** What methods take and answer, by the operation's name. */
import type { OperationInput, OperationName, OperationOutput } from '@holdpoint/protocol';
import type { CallOptions } from './caller.ts';
import type { ResponseMetadata } from './errors.ts';

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

/** A name in boto3's manner: `list_human_loops` for `listHumanLoops`. */
export type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Name;

/** Both spellings of the methods of the given operations. */
export type Spellings<Name extends string> = Uncapitalize<Name> | SnakeCase<Uncapitalize<Name>>;
