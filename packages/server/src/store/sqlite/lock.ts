import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Makes sure that one server works on a data directory: an exclusive transaction on a small database of its own, which
 * the system ends with the process, also after a kill.
 *
 * @returns a function that gives the directory back.
 * @throws Error with a sentence when another server has it.
 */
export function lockData(folder: string): () => void {
  // The folder will hold keys: nobody else on the machine may look into it.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(join(folder, 'lock'));
  try {
    database.exec('PRAGMA busy_timeout=0; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode !== 5) throw error;
    throw new Error(
      `Another Holdpoint server is using the data directory ${folder}. Stop it, or choose another with --data.`,
    );
  }
  return () => database.close();
}
