/** Applies batches of saves to the database: one durable transaction a batch, one savepoint a save. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Compiled, Definition, Expectation } from './compile.ts';

export interface Writer {
  /** Makes a statement known by its number. */
  define(definition: Definition): void;
  /**
   * One verdict a save: true written, false conflict, else why that save alone failed. Durable when it returns. Throws when
   * the transaction as a whole could not be committed (a full disk, say): then nothing was written.
   */
  apply(batch: readonly (readonly Compiled[])[]): (boolean | Failure)[];
}

export interface Failure {
  readonly message: string;
  /** SQLite's extended result code. */
  readonly code: number | undefined;
}

export const failureOf = (error: unknown): Failure => {
  const { message, errcode } = error as Error & { errcode?: number };
  return { message, code: errcode };
};

export function createWriter(database: DatabaseSync): Writer {
  const statements: { readonly statement: StatementSync; readonly expects: Expectation }[] = [];
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const savepoint = database.prepare('SAVEPOINT save');
  const release = database.prepare('RELEASE save');
  const back = database.prepare('ROLLBACK TO save');

  /** Whether the statement found what it has to find. */
  function run([id, values]: Compiled): boolean {
    const { statement, expects } = statements[id]!;
    if (expects === 'present') return statement.get(...values) !== undefined;
    const { changes } = statement.run(...values);
    return expects === 'any' || changes === 1;
  }

  function save(compiled: readonly Compiled[]): boolean | Failure {
    savepoint.run();
    let verdict: boolean | Failure;
    try {
      verdict = compiled.every(run);
    } catch (error) {
      verdict = isUniqueViolation(error) ? false : failureOf(error);
      // A full disk has ended the transaction: what was saved before in it is gone too.
      if (!database.isTransaction) throw error;
    }
    if (verdict !== true) back.run();
    release.run();
    return verdict;
  }

  return {
    define({ id, sql, expects }) {
      statements[id] = { statement: database.prepare(sql), expects };
    },
    apply(batch) {
      begin.run();
      try {
        const verdicts = batch.map(save);
        commit.run();
        return verdicts;
      } catch (error) {
        // A failed statement may already have ended the transaction (a full disk does).
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
  };
}

/** SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY. */
const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (error.errcode === 2067 || error.errcode === 1555);
