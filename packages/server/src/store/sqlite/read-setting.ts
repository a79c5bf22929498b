import { DatabaseSync } from 'node:sqlite';

/** One value of the table of settings in a database that is only looked at; undefined when there is none, or no such table yet. */
export function readSetting(path: string, name: string): string | undefined {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const isMade = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'settings'").get() !== undefined;
    if (!isMade) return undefined;
    const row = database.prepare('SELECT value FROM settings WHERE name = ?').get(name);
    return row === undefined ? undefined : String(row.value);
  } finally {
    database.close();
  }
}
