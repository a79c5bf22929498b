/** How an engine is asked. Parameters stand as `?`; the table that is read is `t`. */
import type { Rows, TableName } from '../domain/rows.ts';

export type Value = string | number | null;
type Awaitable<T> = T | Promise<T>;

/** A row of each table, in the order of their names. */
export type Joined<Names extends readonly TableName[]> = { -readonly [Index in keyof Names]: Rows[Names[Index]] };

/** Rows that nearly every request needs and hardly any changes: engines keep them, one by one and where all are wanted. */
export const keptTables = [
  'flowDefinitions',
  'humanTaskUis',
  'templates',
  'workteams',
  'workforces',
  'eventTargets',
] as const satisfies readonly TableName[];
/** Most answers kept of one table; a template may have 128,000 characters. */
export const keptLimit = 200;

/** What conditions need that engines call differently. */
export interface Dialect {
  /** The function that answers where in a text another one is, from 1; 0 for nowhere. */
  readonly positionOf: 'instr' | 'strpos';
  /** Whether a column is one of the texts of a JSON array that is a parameter; few are expected. */
  readonly isOneOf: (column: string) => string;
  /** Whether the texts of a JSON array in a column and those of one that is a parameter have one in common. */
  readonly sharesOne: (column: string) => string;
}

export interface RowReader extends Dialect {
  /** Rows of a table; `where` is everything after FROM. */
  all<T extends TableName>(name: T, where: string, ...parameters: Value[]): Awaitable<Rows[T][]>;
  one<T extends TableName>(name: T, where: string, ...parameters: Value[]): Awaitable<Rows[T] | undefined>;
  /** Rows that belong together, one of each table; tables go by their own names, and `from` is everything after FROM. */
  joined<const Names extends readonly TableName[]>(
    names: Names,
    from: string,
    ...parameters: Value[]
  ): Awaitable<Joined<Names>[]>;
  /** The columns of each row, in the order in which the statement names them; no two may have the same name. */
  lines(sql: string, ...parameters: Value[]): Awaitable<Value[][]>;
  /** The first column of the first row. */
  number(sql: string, ...parameters: Value[]): Awaitable<number | undefined>;
}
