/** How an engine is asked. Parameters stand as `?`; the table that is read is `t`. */
import type { Rows, TableName } from '../domain/rows.ts';

export type Value = string | number | null;
type Awaitable<T> = T | Promise<T>;

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
  /** The columns of each row, in the order in which the statement names them; no two may have the same name. */
  lines(sql: string, ...parameters: Value[]): Awaitable<Value[][]>;
  /** The first column of the first row. */
  number(sql: string, ...parameters: Value[]): Awaitable<number | undefined>;
}
