/** Brings a database to the newest schema: numbered SQL files, applied once each, never edited afterwards. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

export function migrations(): readonly Migration[] {
  const folder = new URL('./sql/', import.meta.url);
  return readdirSync(folder)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(name, folder), 'utf8');
      return { version: Number(name.slice(0, 4)), name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/**
 * Applies what is missing, all in one transaction.
 *
 * @throws Error with a sentence for the operator when the database is newer than this program, or when an applied file
 *   was changed afterwards.
 */
export function migrate(database: DatabaseSync, now: number): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
  );
  const known = migrations();
  const applied = database.prepare('SELECT version, name, checksum FROM migrations ORDER BY version').all();
  const newest = known.at(-1)?.version ?? 0;
  for (const row of applied) {
    if (Number(row.version) > newest)
      throw new Error(
        `The database was made by a newer Holdpoint (schema ${row.version}, this program knows ${newest}). Start that version, or restore a backup.`,
      );
    const file = known.find((migration) => migration.version === row.version);
    if (file && file.checksum !== row.checksum)
      throw new Error(`The migration ${row.name} differs from the one that this database was made with.`);
  }
  const missing = known.filter((migration) => !applied.some((row) => row.version === migration.version));
  if (missing.length === 0) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    const note = database.prepare('INSERT INTO migrations (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)');
    for (const migration of missing) {
      database.exec(migration.sql);
      note.run(migration.version, migration.name, migration.checksum, now);
    }
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** The schema as SQL text, for the committed dump. */
export function dumpSchema(database: DatabaseSync): string {
  const rows = database
    .prepare(
      "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name",
    )
    .all();
  return `${rows.map((row) => `${row.sql};`).join('\n\n')}\n`;
}
