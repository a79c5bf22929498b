/** The engine's queries: each is prepared once and answers rows in camelCase. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Rows, TableName } from '../../domain/rows.ts';
import { type Joined, keptLimit, keptTables, type Value } from '../row-reader.ts';
import { type Column, columnsOf, snakeCase } from '../tables.ts';

type Parameters = readonly SQLInputValue[];

/** A column, and which of the joined tables it is of. */
type JoinedColumn = Column & { readonly table: number };

export function createReader(database: DatabaseSync) {
  const prepared = new Map<string, (parameters: Parameters) => Record<string, unknown>[]>();
  const counted = new Map<string, StatementSync>();
  /** By what stands after FROM. */
  const joins = new Map<string, { readonly columns: readonly JoinedColumn[]; readonly sql: string }>();
  // One process owns the database, so nobody else changes what is kept.
  const caches = new Map<TableName, Map<string, unknown>>(keptTables.map((name) => [name, new Map()]));

  function kept<T>(name: TableName, key: string, ask: () => T): T {
    const cache = caches.get(name);
    if (!cache) return ask();
    if (cache.has(key)) return cache.get(key) as T;
    const answer = ask();
    if (cache.size >= keptLimit) cache.clear();
    cache.set(key, answer);
    return answer;
  }

  /** Rows of a table; `where` is everything after FROM. */
  function all<T extends TableName>(name: T, where: string, ...parameters: SQLInputValue[]): Rows[T][] {
    // Pages of a list are many, and long.
    return parameters.length === 0 ? kept(name, where, () => ask(name, where, [])) : ask(name, where, parameters);
  }

  function ask<T extends TableName>(name: T, where: string, parameters: Parameters): Rows[T][] {
    const key = `${name} ${where}`;
    let query = prepared.get(key);
    if (!query) {
      const list = columnsOf[name].map(({ column, sql }) => `t.${sql} AS "${column}"`);
      const json = columnsOf[name].filter(({ type }) => type === 'json').map(({ column }) => column);
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

  const one = <T extends TableName>(name: T, where: string, ...parameters: SQLInputValue[]): Rows[T] | undefined =>
    kept(name, `${where} ${parameters.join(' ')}`, () => ask(name, `${where} LIMIT 1`, parameters)[0]);

  function joined<const Names extends readonly TableName[]>(
    names: Names,
    from: string,
    ...parameters: SQLInputValue[]
  ): Joined<Names>[] {
    let known = joins.get(from);
    if (!known) {
      const columns = names.flatMap((name, table) => columnsOf[name].map((one) => ({ ...one, name, table })));
      const list = columns.map(({ name, sql }, at) => `${snakeCase(name)}.${sql} AS c${at}`);
      known = { columns, sql: `SELECT ${list.join(', ')} FROM ${from}` };
      joins.set(from, known);
    }
    const { columns, sql } = known;
    return lines(sql, ...parameters).map((values) => {
      const rows: Record<string, unknown>[] = names.map(() => ({}));
      for (const [at, { table, column, type }] of columns.entries())
        rows[table]![column] = type === 'json' ? JSON.parse(values[at] as string) : values[at];
      return rows as unknown as Joined<Names>;
    });
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
  return { forget, all, one, joined, lines, number, positionOf: 'instr' as const, isOneOf, sharesOne };
}

export type Reader = ReturnType<typeof createReader>;
