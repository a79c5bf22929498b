// Shapes as data: what a value may look like and how it travels. Values in JavaScript: a timestamp is a `Date`, a blob a
// `Uint8Array`, a structure a plain object with the wire's member names, a jsonvalue string stays a string.

/** How a timestamp is written; without one the protocol's default holds (JSON: epoch seconds, header: http-date, query and label: date-time). */
export type TimestampFormat = 'date-time' | 'epoch-seconds' | 'http-date';

export interface StringShape {
  readonly type: 'string';
  /** Length bounds in Unicode code points. */
  readonly min?: number;
  readonly max?: number;
  /** A regular expression (flag `u`) that must match the whole string. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
  /** The value never appears in messages or logs. */
  readonly sensitive?: true;
  /** The string holds a JSON document; in a header it travels as base64. */
  readonly jsonValue?: true;
}
export interface NumberShape {
  readonly type: 'integer' | 'long' | 'float' | 'double';
  readonly min?: number;
  readonly max?: number;
}
export interface BooleanShape {
  readonly type: 'boolean';
}
export interface TimestampShape {
  readonly type: 'timestamp';
  readonly format?: TimestampFormat;
}
export interface BlobShape {
  readonly type: 'blob';
  /** Length bounds in bytes. */
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: true;
}
/** Any JSON value, passed through as it is. */
export interface DocumentShape {
  readonly type: 'document';
}
export interface ListShape {
  readonly type: 'list';
  readonly member: Shape;
  readonly min?: number;
  readonly max?: number;
  /** Null items are kept; otherwise they are dropped. */
  readonly sparse?: true;
}
export interface MapShape {
  readonly type: 'map';
  readonly key: StringShape;
  readonly value: Shape;
  readonly min?: number;
  readonly max?: number;
  readonly sparse?: true;
}
/** Where a member travels and under which name, when that is not the body under its own name. */
export interface Binding {
  /** `headers`: a map whose keys follow the prefix `wireName`; `query-map`: a map of further query parameters. */
  readonly location?: 'label' | 'query' | 'query-map' | 'header' | 'headers' | 'status-code';
  readonly wireName?: string;
  /** Clients fill an absent value with a random UUID. */
  readonly idempotencyToken?: true;
}
export interface StructureShape {
  readonly type: 'structure';
  readonly members: { readonly [name: string]: Shape };
  readonly required?: readonly string[];
  readonly bindings?: { readonly [name: string]: Binding };
  /** The member that is the whole body. */
  readonly payload?: string;
  /** Exactly one member is set. */
  readonly union?: true;
}
export type Shape =
  | StringShape
  | NumberShape
  | BooleanShape
  | TimestampShape
  | BlobShape
  | DocumentShape
  | ListShape
  | MapShape
  | StructureShape;

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

// A plain array (no tuple) is what inference makes of an absent list in a nested call: nothing is required then.
type RequiredOf<S> = S extends { readonly required: infer L extends readonly string[] }
  ? number extends L['length']
    ? never
    : L[number]
  : never;
type StructureValue<S extends StructureShape> = {
  -readonly [K in keyof S['members'] as K extends RequiredOf<S> ? K : never]: ShapeValue<S['members'][K]>;
} & {
  -readonly [K in keyof S['members'] as K extends RequiredOf<S> ? never : K]?: ShapeValue<S['members'][K]>;
};
type Flat<T> = T extends object ? { [K in keyof T]: T[K] } : T;

/** The JavaScript value that a shape describes. */
export type ShapeValue<S> = S extends { readonly type: 'string'; readonly enum: readonly (infer E)[] }
  ? E
  : S extends StringShape
    ? string
    : S extends NumberShape
      ? number
      : S extends BooleanShape
        ? boolean
        : S extends TimestampShape
          ? Date
          : S extends BlobShape
            ? Uint8Array
            : S extends DocumentShape
              ? Json
              : S extends { readonly type: 'list'; readonly member: infer M }
                ? readonly ShapeValue<M>[]
                : S extends { readonly type: 'map'; readonly value: infer V }
                  ? { readonly [key: string]: ShapeValue<V> }
                  : S extends StructureShape
                    ? Flat<StructureValue<S>>
                    : never;

type Bounds = Omit<StringShape, 'type'>;

/** A string shape with its bounds. */
export function string<const B extends Bounds>(bounds?: B): { readonly type: 'string' } & B {
  return { type: 'string', ...bounds } as { readonly type: 'string' } & B;
}

/** A string shape that allows only the given words. */
export function oneOf<const W extends readonly string[]>(...words: W): { readonly type: 'string'; readonly enum: W } {
  return { type: 'string', enum: words };
}

/** A whole-number shape with its bounds. */
export function integer(min?: number, max?: number): NumberShape {
  return { type: 'integer', ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** A number with a fraction. */
export const number: NumberShape = { type: 'double' };

/** A list shape; `bounds` count items. */
export function list<const M extends Shape>(
  member: M,
  bounds?: { readonly min?: number; readonly max?: number },
): { readonly type: 'list'; readonly member: M; readonly min?: number; readonly max?: number } {
  return { type: 'list', member, ...bounds };
}

/** A structure shape; `required` names the members that must be there. */
export function structure<
  const M extends { readonly [name: string]: Shape },
  const R extends readonly (keyof M & string)[] = readonly [],
>(
  members: M,
  required?: R,
  extras?: { readonly bindings?: { readonly [K in keyof M & string]?: Binding }; readonly payload?: keyof M & string },
): { readonly type: 'structure'; readonly members: M; readonly required: R } & Pick<
  StructureShape,
  'bindings' | 'payload'
> {
  return {
    type: 'structure',
    members,
    required: required ?? ([] as unknown as R),
    ...(extras as Pick<StructureShape, 'bindings' | 'payload'>),
  };
}

/** A boolean. */
export const boolean: BooleanShape = { type: 'boolean' };
/** A timestamp in the protocol's own format (JSON bodies: epoch seconds). */
export const timestamp: TimestampShape = { type: 'timestamp' };
/** A timestamp that travels as an RFC 3339 string. */
export const dateTime: TimestampShape = { type: 'timestamp', format: 'date-time' };
