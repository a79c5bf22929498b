/**
 * Brings a database to the newest schema: numbered SQL files, applied once each, never edited afterwards; by one node at a
 * time. Each file says the oldest program that still works on what it makes, so that nodes can be replaced one by one.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { ClientBase } from 'pg';
import { partitioned } from './partitions.ts';

interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
  /** The newest migration that the oldest program knows which works on this schema. */
  readonly oldestProgram: number;
}

/** Any number, the same in every node: who holds it migrates. */
const lockKey = 4_712_001;

export function migrations(): readonly Migration[] {
  const folder = new URL('./sql/', import.meta.url);
  return readdirSync(folder)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(name, folder), 'utf8');
      const oldestProgram = Number(/^-- oldest program: (\d+)$/m.exec(sql)?.[1]);
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { version: Number(name.slice(0, 4)), name, sql, checksum, oldestProgram };
    });
}

/**
 * Applies what is missing, all in one transaction.
 *
 * @param partitions into how many parts the large tables are split when they are made; 0 for not at all.
 * @throws Error with a sentence for the operator when the database is too new for this program, or when an applied file was
 *   changed afterwards.
 */
export async function migrate(client: ClientBase, settings: { now: number; partitions: number }): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [lockKey]);
    await apply(client, settings);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

async function apply(client: ClientBase, { now, partitions }: { now: number; partitions: number }): Promise<void> {
  const { rows: found } = await client.query("SELECT to_regclass('migrations') IS NOT NULL AS there");
  if (!found[0].there)
    await client.query(
      'CREATE TABLE migrations (version BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, oldest_program BIGINT NOT NULL, applied_at BIGINT NOT NULL)',
    );
  const known = migrations();
  const newest = known.at(-1)?.version ?? 0;
  const { rows: applied } = await client.query('SELECT * FROM migrations ORDER BY version');
  for (const row of applied) {
    if (row.version > newest && row.oldest_program > newest)
      throw new Error(
        `The database was made by a newer Holdpoint (schema ${row.version}, this program knows ${newest}). Start that version, or restore a backup.`,
      );
    const file = known.find((migration) => migration.version === row.version);
    if (file && file.checksum !== row.checksum)
      throw new Error(`The migration ${row.name} differs from the one that this database was made with.`);
  }
  for (const { version, name, sql, checksum, oldestProgram } of known) {
    if (applied.some((row) => row.version === version)) continue;
    await client.query(partitioned(sql, partitions));
    await client.query(
      'INSERT INTO migrations (version, name, checksum, oldest_program, applied_at) VALUES ($1, $2, $3, $4, $5)',
      [version, name, checksum, oldestProgram, now],
    );
  }
}
