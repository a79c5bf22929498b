/** Applies batches of saves to the database: one durable transaction a batch, one savepoint a save. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Change } from '../../domain/change.ts';
import type { TableName } from '../../domain/rows.ts';
import { snakeCase, tables } from '../tables.ts';

export interface Writer {
  /**
   * One verdict a save: true written, false conflict, a text the error (a full disk, say) of that save alone. Durable when
   * it returns. Throws when the transaction as a whole could not be committed: then nothing was written.
   */
  apply(batch: readonly (readonly Change[])[]): (boolean | string)[];
}

const conflict = Symbol('conflict');

export function createWriter(database: DatabaseSync): Writer {
  const statements = new Map<string, StatementSync>();
  const prepare = (name: string, sql: () => string): StatementSync => {
    const known = statements.get(name);
    if (known) return known;
    const made = database.prepare(sql());
    statements.set(name, made);
    return made;
  };
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const savepoint = database.prepare('SAVEPOINT save');
  const release = database.prepare('RELEASE save');
  const back = database.prepare('ROLLBACK TO save');

  function write(change: Change): void {
    if (change.change === 'insert') insertRow(change.table, change.row, change.ifAbsent === true);
    else if (change.change === 'discard') discardRow(change.table, change.key);
    else writeKnown(change);
  }

  /** A change of a row that the decision saw: it has to be there still, at the same version. */
  function writeKnown(change: Exclude<Change, { change: 'insert' | 'discard' }>): void {
    const table = tables[change.table];
    const row = change.row as unknown as Record<string, SQLInputValue>;
    const at = [row[table.key]!, row.version!] as const;
    if (change.change === 'update') {
      updateRow(change.table, change.set, at);
      return;
    }
    const where = `FROM ${snakeCase(change.table)} WHERE ${matches(table.key)}`;
    const found =
      change.change === 'remove'
        ? prepare(`remove ${change.table}`, () => `DELETE ${where}`).run(...at).changes
        : prepare(`guard ${change.table}`, () => `SELECT 1 ${where}`).get(...at);
    if (!found) throw conflict;
  }

  function insertRow(name: TableName, row: object, ifAbsent: boolean): void {
    const columns = Object.keys(tables[name].columns);
    const statement = prepare(`insert ${name} ${ifAbsent}`, () => {
      const places = columns.map(() => '?').join(', ');
      const ending = ifAbsent ? ' ON CONFLICT DO NOTHING' : '';
      return `INSERT INTO ${snakeCase(name)} (${columns.map(snakeCase).join(', ')}) VALUES (${places})${ending}`;
    });
    statement.run(...values(name, row, columns));
  }

  function updateRow(name: TableName, set: object, at: readonly [SQLInputValue, SQLInputValue]): void {
    const columns = Object.keys(set);
    const statement = prepare(`update ${name} ${columns.join()}`, () => {
      const assignments = columns.map((column) => `${snakeCase(column)} = ?`).concat('version = version + 1');
      return `UPDATE ${snakeCase(name)} SET ${assignments.join(', ')} WHERE ${matches(tables[name].key)}`;
    });
    if (statement.run(...values(name, set, columns), ...at).changes !== 1) throw conflict;
  }

  function discardRow(name: TableName, key: string): void {
    prepare(`discard ${name}`, () => `DELETE FROM ${snakeCase(name)} WHERE ${snakeCase(tables[name].key)} = ?`).run(
      key,
    );
  }

  function save(changes: readonly Change[]): boolean | string {
    savepoint.run();
    try {
      for (const change of changes) write(change);
      release.run();
      return true;
    } catch (error) {
      back.run();
      release.run();
      return error === conflict || isUniqueViolation(error) ? false : (error as Error).message;
    }
  }

  return {
    apply(batch) {
      begin.run();
      try {
        const results = batch.map(save);
        commit.run();
        return results;
      } catch (error) {
        // A failed statement may already have ended the transaction (a full disk does).
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
  };
}

const matches = (key: string): string => `${snakeCase(key)} = ? AND version = ?`;

function values(name: TableName, row: object, columns: readonly string[]): SQLInputValue[] {
  const types = tables[name].columns;
  return columns.map((column) => {
    const value = (row as Record<string, unknown>)[column];
    return types[column] === 'json' ? JSON.stringify(value ?? null) : ((value ?? null) as SQLInputValue);
  });
}

/** SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY. */
const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (error.errcode === 2067 || error.errcode === 1555);
