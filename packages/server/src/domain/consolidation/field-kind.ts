import type { Json } from '@holdpoint/protocol';

/** How a field was consolidated. */
export type ConsolidationMethod =
  | 'vote'
  | 'dawid-skene'
  | 'option-vote'
  | 'median'
  | 'mean'
  | 'text-groups'
  | 'merged-shapes'
  | 'mask-vote'
  | 'span-vote'
  | 'mean-ranks'
  | 'most-agreeing'
  /** Somebody decided; see `decidedBy`. */
  | 'adjudication';

/** What one worker gave for a field, read. */
export interface Given<T> {
  readonly value: T;
  /** Above 0; 1 where all count the same. */
  readonly weight: number;
}

export interface Merged<T> {
  readonly method: ConsolidationMethod;
  /** The consolidated value in the form that `similarity` compares. */
  readonly merged: T;
  /** The same as an answer has it. */
  readonly value: Json;
  /** Of choices: the share of the weight, 0 to 1, that each got. */
  readonly votes?: Readonly<Record<string, number>>;
}

export interface FieldContext {
  readonly numbers: 'median' | 'mean';
}

/** One kind of control, known by the shape of its value. */
export interface FieldKind<T> {
  readonly kind: string;
  /** The value in a form of its own; undefined when it is not of this kind. */
  read(value: Json): T | undefined;
  /** How far two values are the same, 0 to 1; symmetric, and 1 of a value and itself. */
  similarity(a: T, b: T): number;
  /** Of kinds whose values are choices: equal for equal choices. Undefined of one that is too long to be a choice. */
  labelOf?(value: T): string | undefined;
  /** Of kinds whose values are numbers. */
  numberOf?(value: T): number;
  /** @param given at least one, in an order that does not depend on who answered. */
  merge(given: readonly Given<T>[], context: FieldContext): Merged<T>;
}

export type JsonRecord = Readonly<Record<string, Json>>;

export const isRecord = (value: Json | undefined): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isNumber = (value: Json | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value);

export const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

export const weightOf = (given: readonly { readonly weight: number }[]): number =>
  sumOf(given.map(({ weight }) => weight));

/** In the order of code units, which is the same everywhere. */
export const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
