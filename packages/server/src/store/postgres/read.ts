/** The engine's queries: each is prepared once in each connection and answers rows in camelCase. */
import type { QueryArrayResult } from 'pg';
import type { Rows, TableName } from '../../domain/rows.ts';
import { type Dialect, type Joined, keptLimit, keptTables, type RowReader, type Value } from '../row-reader.ts';
import { columnsOf, snakeCase } from '../tables.ts';

/** Runs a statement that changes nothing, again if need be. */
export type Ask = (name: string, sql: string, values: readonly Value[]) => Promise<QueryArrayResult>;

/**
 * Milliseconds for which rows are kept. Other nodes tell of their changes, and what they may have failed to tell is forgotten
 * after this time; what is started on such a row is guarded by its version.
 */
const keptMs = 1000;

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
export const selectList = (name: TableName, alias = 't'): string =>
  columnsOf[name].map(({ sql }) => `${alias}.${sql}`).join(', ');

/** `?` becomes `$1`, `$2` …; none of our texts has a question mark of its own. */
export function numbered(sql: string): string {
  let count = 0;
  return sql.replace(/\?/g, () => `$${++count}`);
}

export function createReader(ask: Ask, elapsed: () => number): PostgresReader {
  const statements = new Map<string, { readonly name: string; readonly sql: string }>();
  const caches = new Map<TableName, Map<string, { readonly answer: unknown; readonly until: number }>>(
    keptTables.map((name) => [name, new Map()]),
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

  /** @param at where the row's columns begin */
  function rowOf<T extends TableName>(name: T, values: readonly unknown[], at = 0): Rows[T] {
    const row: Record<string, unknown> = {};
    for (const [index, { column, type }] of columnsOf[name].entries())
      row[column] = type === 'json' ? JSON.parse(values[at + index] as string) : values[at + index];
    return row as unknown as Rows[T];
  }

  const rowsOf = <T extends TableName>(name: T, { rows }: QueryArrayResult): Rows[T][] =>
    rows.map((values) => rowOf(name, values));

  /** @param isThere what is not there may be there in a moment, and is not kept */
  async function kept<T>(
    name: TableName,
    key: string,
    ask: () => Promise<T>,
    isThere: (answer: T) => boolean,
  ): Promise<T> {
    const cache = caches.get(name);
    if (!cache) return ask();
    const known = cache.get(key);
    if (known && known.until > elapsed()) return known.answer as T;
    const before = writes.get(name);
    const answer = await ask();
    // What was read while somebody wrote may be what was there before.
    if (isThere(answer) && writes.get(name) === before) {
      if (cache.size >= keptLimit) cache.clear();
      cache.set(key, { answer, until: elapsed() + keptMs });
    }
    return answer;
  }

  async function rowsWhere<T extends TableName>(
    name: T,
    where: string,
    parameters: readonly Value[],
  ): Promise<Rows[T][]> {
    const { name: id, sql } = statement(`SELECT ${selectList(name)} FROM ${snakeCase(name)} t ${where}`);
    return rowsOf(name, await ask(id, sql, parameters));
  }

  // Pages of a list are many, and long.
  const all = <T extends TableName>(name: T, where: string, ...parameters: Value[]): Promise<Rows[T][]> => {
    const ask = () => rowsWhere(name, where, parameters);
    return parameters.length === 0 ? kept(name, where, ask, (rows) => rows.length > 0) : ask();
  };

  const one = <T extends TableName>(name: T, where: string, ...parameters: Value[]): Promise<Rows[T] | undefined> =>
    kept(
      name,
      `${where} ${parameters.join(' ')}`,
      async () => (await rowsWhere(name, `${where} LIMIT 1`, parameters))[0],
      (row) => row !== undefined,
    );

  async function joined<const Names extends readonly TableName[]>(
    names: Names,
    from: string,
    ...parameters: Value[]
  ): Promise<Joined<Names>[]> {
    const lists = names.map((name) => selectList(name, snakeCase(name)));
    const { name: id, sql } = statement(`SELECT ${lists.join(', ')} FROM ${from}`);
    const { rows } = await ask(id, sql, parameters);
    return rows.map((values) => {
      let at = 0;
      return names.map((name) => {
        const row = rowOf(name, values, at);
        at += columnsOf[name].length;
        return row;
      }) as Joined<Names>;
    });
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
    joined,
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
