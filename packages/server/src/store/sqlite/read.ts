/** The engine's queries: each is prepared once and answers rows in camelCase. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Rows, TableName } from '../../domain/rows.ts';
import type { Value } from '../row-reader.ts';
import { snakeCase, tables } from '../tables.ts';

type Parameters = readonly SQLInputValue[];

/** Rows kept of each cached table; a template may have 128,000 characters. */
const cacheLimit = 200;

export function createReader(database: DatabaseSync) {
  const prepared = new Map<string, (parameters: Parameters) => Record<string, unknown>[]>();
  const counted = new Map<string, StatementSync>();
  // One process owns the database, so rows that nearly every request needs and hardly any changes can be kept.
  const caches = new Map<TableName, Map<string, unknown>>(
    (['flowDefinitions', 'humanTaskUis', 'templates', 'workteams', 'workforces'] as const).map((name) => [
      name,
      new Map(),
    ]),
  );

  /** Rows of a table; `where` is everything after FROM. */
  function all<T extends TableName>(name: T, where: string, ...parameters: SQLInputValue[]): Rows[T][] {
    const key = `${name} ${where}`;
    let query = prepared.get(key);
    if (!query) {
      const { columns } = tables[name];
      const list = Object.keys(columns).map((column) => `t.${snakeCase(column)} AS "${column}"`);
      const json = Object.keys(columns).filter((column) => columns[column] === 'json');
      const statement = database.prepare(`SELECT ${list.join(', ')} FROM ${snakeCase(name)} t ${where}`);
      query = (values) => {
        const rows = statement.all(...values) as Record<string, unknown>[];
        for (const row of rows) for (const column of json) row[column] = JSON.parse(row[column] as string);
        return rows;
      };
      prepared.set(key, query);
    }
    return query(parameters) as unknown as Rows[T][];
  }

  function one<T extends TableName>(name: T, where: string, ...parameters: SQLInputValue[]): Rows[T] | undefined {
    const cache = caches.get(name);
    if (!cache) return all(name, `${where} LIMIT 1`, ...parameters)[0];
    const key = `${where} ${parameters.join(' ')}`;
    if (cache.has(key)) return cache.get(key) as Rows[T] | undefined;
    const row = all(name, `${where} LIMIT 1`, ...parameters)[0];
    if (cache.size >= cacheLimit) cache.clear();
    cache.set(key, row);
    return row;
  }

  /** To be called when a table was written, in the same turn. */
  function forget(name: TableName): void {
    caches.get(name)?.clear();
  }

  function prepare(sql: string): StatementSync {
    const known = counted.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    counted.set(sql, statement);
    return statement;
  }

  const lines = (sql: string, ...parameters: SQLInputValue[]): Value[][] =>
    prepare(sql)
      .all(...parameters)
      .map((row) => Object.values(row) as Value[]);

  function number(sql: string, ...parameters: SQLInputValue[]): number | undefined {
    const row = prepare(sql).get(...parameters);
    const value = row && Object.values(row)[0];
    return value === null || value === undefined ? undefined : Number(value);
  }

  const isOneOf = (column: string): string => `${column} IN (SELECT value FROM json_each(?))`;
  const sharesOne = (column: string): string =>
    `EXISTS (SELECT 1 FROM json_each(${column}) one WHERE one.value IN (SELECT value FROM json_each(?)))`;
  return { forget, all, one, lines, number, positionOf: 'instr' as const, isOneOf, sharesOne };
}

export type Reader = ReturnType<typeof createReader>;
