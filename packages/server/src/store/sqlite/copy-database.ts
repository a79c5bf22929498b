import { chmodSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';

/** Pages of one step; between two of them a server that writes is not kept waiting. */
const pagesOfStep = 1000;

/**
 * Copies a database as it is at one moment, also while a server works on it, by SQLite's own online backup.
 *
 * @throws Error when the copy is not sound.
 */
export async function copyDatabase(
  from: string,
  to: string,
  progress: (done: number, all: number) => void,
): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true });
  try {
    source.exec('PRAGMA busy_timeout=30000');
    // What is read stays as it is at this moment: SQLite begins a copy anew whenever somebody else has written meanwhile.
    source.exec('BEGIN; SELECT count(*) FROM sqlite_schema');
    await backup(source, to, {
      rate: pagesOfStep,
      progress: ({ totalPages, remainingPages }) => progress(totalPages - remainingPages, totalPages),
    });
  } finally {
    source.close();
  }
  chmodSync(to, 0o600);
  const copy = new DatabaseSync(to);
  try {
    // The copy is to be one file, readable without its log.
    copy.exec('PRAGMA journal_mode=DELETE');
    const found = copy.prepare('PRAGMA quick_check(1)').all();
    const [message] = Object.values(found[0] ?? {});
    if (message !== 'ok') throw new Error(`The copied database is damaged: ${message}`);
  } finally {
    copy.close();
  }
}
