import { DatabaseSync } from 'node:sqlite';

/** One value of the table of settings in a database that is only looked at; undefined when there is none. */
export function readSetting(path: string, name: string): string | undefined {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const row = database.prepare('SELECT value FROM settings WHERE name = ?').get(name);
    return row === undefined ? undefined : String(row.value);
  } finally {
    database.close();
  }
}
