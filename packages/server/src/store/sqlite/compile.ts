/**
 * Changes become statements here, on the main thread: what goes to the writer is a number for the SQL and plain values,
 * since copying whole rows to another thread costs more than writing them.
 */
import type { SQLInputValue } from 'node:sqlite';
import type { Change } from '../../domain/change.ts';
import type { TableName } from '../../domain/rows.ts';
import { snakeCase, tables } from '../tables.ts';

/** What a statement has to find: nothing, one row that it changes, one row that is there. */
export type Expectation = 'any' | 'one' | 'present';

/** The number of the SQL text, and its values. */
export type Compiled = readonly [statement: number, values: readonly SQLInputValue[]];

export interface Definition {
  readonly id: number;
  readonly sql: string;
  readonly expects: Expectation;
}

export interface Compiler {
  compile(changes: readonly Change[]): Compiled[];
  /** Statements that came up since the last call. */
  newDefinitions(): Definition[];
}

export function createCompiler(): Compiler {
  const ids = new Map<string, number>();
  let fresh: Definition[] = [];

  function idOf(name: string, expects: Expectation, sql: () => string): number {
    const known = ids.get(name);
    if (known !== undefined) return known;
    const id = ids.size;
    ids.set(name, id);
    fresh.push({ id, sql: sql(), expects });
    return id;
  }

  function compileOne(change: Change): Compiled {
    const { table } = change;
    const { key } = tables[table];
    if (change.change === 'insert') return compileInsert(table, change.row, change.ifAbsent === true);
    if (change.change === 'discard') {
      const sql = () => `DELETE FROM ${snakeCase(table)} WHERE ${snakeCase(key)} = ?`;
      return [idOf(`discard ${table}`, 'any', sql), [change.key]];
    }
    const row = change.row as unknown as Record<string, SQLInputValue>;
    const at = [row[key]!, row.version!];
    const where = `${snakeCase(table)} WHERE ${snakeCase(key)} = ? AND version = ?`;
    if (change.change === 'remove') return [idOf(`remove ${table}`, 'one', () => `DELETE FROM ${where}`), at];
    if (change.change === 'guard') return [idOf(`guard ${table}`, 'present', () => `SELECT 1 FROM ${where}`), at];
    const columns = Object.keys(change.set);
    const sql = () => {
      const set = columns.map((column) => `${snakeCase(column)} = ?`).concat('version = version + 1');
      return `UPDATE ${snakeCase(table)} SET ${set.join(', ')} WHERE ${snakeCase(key)} = ? AND version = ?`;
    };
    return [idOf(`update ${table} ${columns.join()}`, 'one', sql), [...values(table, change.set, columns), ...at]];
  }

  function compileInsert(table: TableName, row: object, ifAbsent: boolean): Compiled {
    const columns = Object.keys(tables[table].columns);
    const sql = () => {
      const places = columns.map(() => '?').join(', ');
      const ending = ifAbsent ? ' ON CONFLICT DO NOTHING' : '';
      return `INSERT INTO ${snakeCase(table)} (${columns.map(snakeCase).join(', ')}) VALUES (${places})${ending}`;
    };
    return [idOf(`insert ${table} ${ifAbsent}`, 'any', sql), values(table, row, columns)];
  }

  return {
    compile: (changes) => changes.map(compileOne),
    newDefinitions() {
      const given = fresh;
      fresh = [];
      return given;
    },
  };
}

function values(table: TableName, row: object, columns: readonly string[]): SQLInputValue[] {
  const types = tables[table].columns;
  return columns.map((column) => {
    const value = (row as Record<string, unknown>)[column];
    return types[column] === 'json' ? JSON.stringify(value ?? null) : ((value ?? null) as SQLInputValue);
  });
}
