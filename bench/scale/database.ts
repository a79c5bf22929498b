/** The database under an installation, for what no server does: filling it with many loops, and asking how large it is. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import {
  copyStatements,
  type Dialect,
  type Original,
  postgresDialect,
  type Row,
  rowsOfLoop,
  sqliteDialect,
} from './copies.ts';

export interface Database {
  readonly dialect: Dialect;
  /** All rows of a loop. */
  original(name: string): Promise<Original>;
  /** Runs statements as one transaction that does not wait for the disk. */
  write(statements: readonly string[]): Promise<void>;
  /** Before and after very many copies: indexes are made again at the end, from their definitions, as a restored dump does. */
  withoutIndexes<T>(write: () => Promise<T>): Promise<T>;
  /** A query of the numbers from..to that leave this remainder (or not) when divided by ten. */
  numbers(from: number, to: number, condition: string): string;
  /** What a database that has run for long has: statistics, a short log. */
  settle(): Promise<void>;
  bytes(): Promise<number>;
  close(): Promise<void>;
}

/** Every tenth loop waits for an answer, the others are completed; or all wait. */
const openOnes = { tenth: 'i % 10 = 0', all: '1 = 1' } as const;
const chunk = 50_000;

/** Writes the copies with the numbers `from` to `to`. */
export async function writeCopies(
  database: Database,
  originals: { readonly completed: Original; readonly open: Original },
  {
    from,
    to,
    base,
    open = 'tenth',
  }: { readonly from: number; readonly to: number; readonly base: number; readonly open?: keyof typeof openOnes },
  progress: (written: number) => void,
): Promise<void> {
  const isOpen = openOnes[open];
  const write = async () => {
    for (let first = from; first <= to; first += chunk) {
      const last = Math.min(first + chunk - 1, to);
      await database.write([
        ...copyStatements(originals.completed, database.dialect, base, database.numbers(first, last, `NOT ${isOpen}`)),
        ...copyStatements(originals.open, database.dialect, base, database.numbers(first, last, isOpen)),
      ]);
      progress(last);
    }
  };
  await (to - from > 500_000 ? database.withoutIndexes(write) : write());
  await database.settle();
}

async function originalOf(
  name: string,
  ask: (sql: string, value: string) => Promise<Row['columns'][]>,
): Promise<Original> {
  const [loop] = await ask('SELECT * FROM human_loops WHERE name = ?', name);
  const rows: Row[] = [];
  for (const [table, condition] of Object.entries(rowsOfLoop))
    for (const columns of await ask(`SELECT * FROM ${table} WHERE ${condition}`, String(loop!.id)))
      rows.push({ table, columns });
  return { name, createdAt: Number(loop!.created_at), rows };
}

/** The embedded engine's file in a data directory on which no server runs. */
export function openSqliteDatabase(data: string): Database {
  const database = new DatabaseSync(join(data, 'holdpoint.db'));
  database.exec(
    'PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-1000000; PRAGMA wal_autocheckpoint=100000;',
  );
  return {
    dialect: sqliteDialect,
    original: (name) =>
      originalOf(name, async (sql, value) => database.prepare(sql).all(value) as unknown as Row['columns'][]),
    async write(statements) {
      database.exec(['BEGIN', ...statements, 'COMMIT'].join(';\n'));
    },
    numbers: (from, to, condition) =>
      `(WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to}) SELECT i FROM n WHERE ${condition})`,
    // They are cheap here, and a table that is its own index has no other.
    withoutIndexes: (write) => write(),
    async settle() {
      database.exec('PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE);');
    },
    async bytes() {
      const files = readdirSync(data).filter((name) => name.startsWith('holdpoint.db'));
      return files.reduce((sum, name) => sum + statSync(join(data, name)).size, 0);
    },
    async close() {
      database.close();
    },
  };
}

/** A database of a PostgreSQL server. */
export async function openPostgresDatabase(url: string): Promise<Database> {
  const types = { getTypeParser: (oid: number) => (oid === 20 ? Number : pg.types.getTypeParser(oid)) };
  const client = new pg.Client({ connectionString: url, types: types as pg.CustomTypesConfig });
  await client.connect();
  await client.query('SET synchronous_commit TO off; SET search_path TO public');
  return {
    dialect: postgresDialect,
    original: (name) =>
      originalOf(name, async (sql, value) => (await client.query(sql.replace('?', '$1'), [value])).rows),
    async write(statements) {
      await client.query(['BEGIN', ...statements, 'COMMIT'].join(';\n'));
    },
    numbers: (from, to, condition) =>
      `(SELECT i FROM generate_series(${from}::bigint, ${to}::bigint) AS n(i) WHERE ${condition}) AS numbers`,
    async withoutIndexes(write) {
      const tables = Object.keys(rowsOfLoop);
      const { rows: constraints } = await client.query(
        'SELECT conrelid::regclass AS table, conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conrelid = ANY ($1::regclass[]) AND contype = $2',
        [tables, 'p'],
      );
      for (const { table, name } of constraints) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
      const { rows: indexes } = await client.query(
        'SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE tablename = ANY ($1)',
        [tables],
      );
      for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
      const written = await write();
      await client.query("SET maintenance_work_mem TO '1GB'");
      for (const { table, name, definition } of constraints)
        await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
      for (const { definition } of indexes) await client.query(definition);
      return written;
    },
    async settle() {
      await client.query('VACUUM ANALYZE');
      await client.query('CHECKPOINT');
    },
    async bytes() {
      const { rows } = await client.query('SELECT pg_database_size(current_database()) AS bytes');
      return Number(rows[0].bytes);
    },
    close: () => client.end(),
  };
}
