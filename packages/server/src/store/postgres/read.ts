/** The engine's queries: each is prepared once in each connection and answers rows in camelCase. */
import type { QueryArrayResult } from 'pg';
import type { Rows, TableName } from '../../domain/rows.ts';
import type { Dialect, RowReader, Value } from '../row-reader.ts';
import { snakeCase, tables } from '../tables.ts';

/** Runs a statement that changes nothing, again if need be. */
export type Ask = (name: string, sql: string, values: readonly Value[]) => Promise<QueryArrayResult>;

/**
 * Rows that nearly every request needs and hardly any changes. Other nodes tell of their changes, and what they may have
 * failed to tell is forgotten after a second; what is started on such a row is guarded by its version.
 */
const cached: ReadonlySet<TableName> = new Set([
  'flowDefinitions',
  'humanTaskUis',
  'templates',
  'workteams',
  'workforces',
]);
const cacheLimit = 200;
const cacheMs = 1000;

export const dialect: Dialect = {
  positionOf: 'strpos',
  // An array, not a join: it is looked up in an index whatever the planner thinks of its length.
  isOneOf: (column) => `${column} = ANY (ARRAY(SELECT json_array_elements_text(CAST(? AS json))))`,
  sharesOne: (column) =>
    `EXISTS (SELECT 1 FROM json_array_elements_text(CAST(${column} AS json)) AS one(text)
      WHERE one.text = ANY (ARRAY(SELECT json_array_elements_text(CAST(? AS json)))))`,
};

export interface PostgresReader extends RowReader {
  /** To be called when a table was written, here or elsewhere. */
  forget(name: TableName): void;
  forgetAll(): void;
  /** A text as each connection prepares it, once. */
  statement(text: string): { readonly name: string; readonly sql: string };
  /** Turns the answer to `selectList` into rows. */
  rowsOf<T extends TableName>(name: T, result: QueryArrayResult): Rows[T][];
}

/** The columns of a table, in the order of `tables`. */
export const selectList = (name: TableName): string =>
  Object.keys(tables[name].columns)
    .map((column) => `t.${snakeCase(column)}`)
    .join(', ');

/** `?` becomes `$1`, `$2` …; none of our texts has a question mark of its own. */
export function numbered(sql: string): string {
  let count = 0;
  return sql.replace(/\?/g, () => `$${++count}`);
}

export function createReader(ask: Ask, elapsed: () => number): PostgresReader {
  const statements = new Map<string, { readonly name: string; readonly sql: string }>();
  const caches = new Map<TableName, Map<string, { readonly row: unknown; readonly until: number }>>(
    [...cached].map((name) => [name, new Map()]),
  );

  const writes = new Map<TableName, number>();

  function forget(name: TableName): void {
    if (!caches.has(name)) return;
    caches.get(name)?.clear();
    writes.set(name, (writes.get(name) ?? 0) + 1);
  }

  function statement(text: string): { readonly name: string; readonly sql: string } {
    const known = statements.get(text);
    if (known) return known;
    const made = { name: `q${statements.size}`, sql: numbered(text) };
    statements.set(text, made);
    return made;
  }

  function rowsOf<T extends TableName>(name: T, { rows }: QueryArrayResult): Rows[T][] {
    const columns = Object.entries(tables[name].columns);
    return rows.map((values) => {
      const row: Record<string, unknown> = {};
      for (const [index, [column, type]] of columns.entries())
        row[column] = type === 'json' ? JSON.parse(values[index] as string) : values[index];
      return row as unknown as Rows[T];
    });
  }

  async function all<T extends TableName>(name: T, where: string, ...parameters: Value[]): Promise<Rows[T][]> {
    const { name: id, sql } = statement(`SELECT ${selectList(name)} FROM ${snakeCase(name)} t ${where}`);
    return rowsOf(name, await ask(id, sql, parameters));
  }

  async function one<T extends TableName>(
    name: T,
    where: string,
    ...parameters: Value[]
  ): Promise<Rows[T] | undefined> {
    const cache = caches.get(name);
    const key = `${where} ${parameters.join(' ')}`;
    const kept = cache?.get(key);
    if (kept && kept.until > elapsed()) return kept.row as Rows[T];
    const before = writes.get(name);
    const [row] = await all(name, `${where} LIMIT 1`, ...parameters);
    // What was read while somebody wrote may be what was there before.
    if (cache && row && writes.get(name) === before) {
      if (cache.size >= cacheLimit) cache.clear();
      cache.set(key, { row, until: elapsed() + cacheMs });
    }
    return row;
  }

  async function number(text: string, ...parameters: Value[]): Promise<number | undefined> {
    const { name, sql } = statement(text);
    const value = (await ask(name, sql, parameters)).rows[0]?.[0];
    return value === null || value === undefined ? undefined : Number(value);
  }

  async function lines(text: string, ...parameters: Value[]): Promise<Value[][]> {
    const { name, sql } = statement(text);
    return (await ask(name, sql, parameters)).rows as Value[][];
  }

  return {
    all,
    one,
    lines,
    number,
    rowsOf,
    statement,
    ...dialect,
    forget,
    forgetAll() {
      for (const name of caches.keys()) forget(name);
    },
  };
}
