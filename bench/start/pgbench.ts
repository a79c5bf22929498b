/** PostgreSQL's own limit: its benchmark program inserts, as fast as it can, the rows that a start inserts. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { copyStatements, type Original, postgresDialect } from '../scale/copies.ts';

/** What a start writes; the task comes later, when its page was rendered. */
const tablesOfStart = /^(human_loops|human_loop_inputs|jobs)$/;

export interface Inserting {
  /** Loops a second. */
  readonly perSecond: number;
}

/**
 * Inserts loops for some seconds.
 *
 * @param batch loops in a transaction, @param connections transactions under way at once, @param url a database with our schema
 */
export async function insertLoops(options: {
  readonly url: string;
  readonly original: Original;
  readonly batch: number;
  readonly connections: number;
  readonly seconds: number;
}): Promise<Inserting> {
  const { url, original, batch, connections, seconds } = options;
  const start: Original = { ...original, rows: original.rows.filter(({ table }) => tablesOfStart.test(table)) };
  const client = new pg.Client(url);
  await client.connect();
  await client.query('CREATE SEQUENCE IF NOT EXISTS bench_copies');
  await client.end();
  // The numbers are drawn once and kept, so that the three rows of a loop belong together.
  const numbers = `(SELECT i FROM bench_numbers) AS numbers`;
  const statements = copyStatements(start, postgresDialect, Date.now(), numbers);
  const drawn = `bench_numbers AS MATERIALIZED (SELECT nextval('bench_copies') AS i FROM generate_series(1, ${batch}))`;
  const [last, ...others] = statements.toReversed();
  const parts = others.map((statement, index) => `part_${index} AS (${statement})`);
  const script = `WITH ${[drawn, ...parts].join(', ')} ${last};\n`;
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-pgbench-'));
  try {
    const file = join(folder, 'insert.sql');
    writeFileSync(file, script.replaceAll('\n', ' '));
    const { stdout } = await promisify(execFile)('pgbench', [
      ...['--no-vacuum', '--protocol', 'prepared', '--file', file, '--time', String(seconds)],
      ...['--client', String(connections), '--jobs', String(connections), url],
    ]);
    const transactions = Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
    return { perSecond: Math.round(transactions * batch) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** How many saves the server put into one transaction on average, since this time of the database. */
export async function savesInABatch(url: string, since: string): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query(
      'SELECT avg(length(verdicts)) AS saves FROM save_batches WHERE made_at > $1::timestamptz',
      [since],
    );
    return Math.max(1, Math.round(Number(rows[0].saves)));
  } finally {
    await client.end();
  }
}

/** What time it is there. */
export async function timeOf(url: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query('SELECT now()::text AS now')).rows[0].now as string;
  } finally {
    await client.end();
  }
}
