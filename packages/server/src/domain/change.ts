/**
 * Changes of rows, as data: what a decision returns and what a save writes in one commit.
 * Every change of a row that existed names the version that the decision saw; if the row has another version by then,
 * the whole save is refused ("conflict") and nothing of it is written.
 */
import type { Rows, TableName } from './rows.ts';

export type Insert<T extends TableName> = {
  readonly change: 'insert';
  readonly table: T;
  readonly row: Rows[T];
  /** Leave an existing row of the same key alone instead of refusing the save (content that is named by its hash). */
  readonly ifAbsent?: boolean;
};
export type Update<T extends TableName> = {
  readonly change: 'update';
  readonly table: T;
  /** The row as the decision saw it. */
  readonly row: Rows[T];
  readonly set: Partial<Rows[T]>;
};
export type Remove<T extends TableName> = { readonly change: 'remove'; readonly table: T; readonly row: Rows[T] };
/** The row is not changed, but the decision relied on it. */
export type Guard<T extends TableName> = { readonly change: 'guard'; readonly table: T; readonly row: Rows[T] };
/** Removes the row of this key if it is there, whatever its version. */
export type Discard<T extends TableName> = { readonly change: 'discard'; readonly table: T; readonly key: string };

export type Change = { [T in TableName]: Insert<T> | Update<T> | Remove<T> | Guard<T> | Discard<T> }[TableName];

type Fresh<T extends TableName> = Rows[T] extends { version: number } ? Omit<Rows[T], 'version'> : Rows[T];

/** A new row; versioned tables start at version 1. */
export function insert<T extends TableName>(table: T, row: Fresh<T>, options?: { ifAbsent?: boolean }): Change {
  return { change: 'insert', table, row: { version: 1, ...row }, ...options } as unknown as Change;
}

export function update<T extends TableName>(table: T, row: Rows[T], set: Partial<Rows[T]>): Change {
  return { change: 'update', table, row, set } as unknown as Change;
}

export function remove<T extends TableName>(table: T, row: Rows[T]): Change {
  return { change: 'remove', table, row } as unknown as Change;
}

export function guard<T extends TableName>(table: T, row: Rows[T]): Change {
  return { change: 'guard', table, row } as unknown as Change;
}

export function discard<T extends TableName>(table: T, key: string): Change {
  return { change: 'discard', table, key } as unknown as Change;
}
