/** A data directory copied while a server works on it, and put back. */
import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ConfigError, databaseFile } from './config.ts';
import { copyObjects } from './object-store/folder/copy-objects.ts';
import { syncDirectory } from './object-store/folder/durable-file.ts';
import { copyDatabase } from './store/sqlite/copy-database.ts';
import { lockData } from './store/sqlite/lock.ts';

export interface Copying {
  readonly progress?: (what: 'database' | 'objects', done: number, all?: number) => void;
  readonly signal?: AbortSignal;
}

export interface Copied {
  /** Absolute. */
  readonly folder: string;
  readonly objects: number;
}

const isEmpty = (folder: string): boolean =>
  !existsSync(folder) || readdirSync(folder).every((name) => name === 'lock' || name.startsWith('lock-'));

/**
 * Copies the data directory into a new folder: the database as it is at one moment, then the objects, so that every loop which
 * the copy calls Completed has its file. The folder gets its name when it is complete.
 *
 * @param withDatabase false where the rows are in PostgreSQL and are copied by its own means, before this.
 * @throws Error with a sentence for the operator.
 */
export async function backUp(
  data: string,
  to: string,
  { withDatabase = true, ...copying }: Copying & { withDatabase?: boolean } = {},
): Promise<Copied> {
  const [source, target] = [resolve(data), resolve(to)];
  if (!existsSync(join(source, withDatabase ? databaseFile : 'objects')))
    throw new Error(`There is no ${withDatabase ? 'database' : 'folder of objects'} in ${source}.`);
  if (!isEmpty(target)) throw new Error(`${target} is there already: give a new folder.`);
  requireApart(source, target);
  return copyTo(source, target, withDatabase, copying);
}

/**
 * Makes a data directory of a backup. The directory must be new or empty.
 *
 * @throws Error with a sentence for the operator.
 */
export async function restore(from: string, data: string, copying: Copying = {}): Promise<Copied> {
  const [source, target] = [resolve(from), resolve(data)];
  const withDatabase = existsSync(join(source, databaseFile));
  if (!withDatabase && !existsSync(join(source, 'objects'))) throw new Error(`${source} is no backup.`);
  if (!isEmpty(target))
    throw new Error(`${target} is not empty: give a new directory, or move the old one away first.`);
  requireApart(source, target);
  if (existsSync(target)) {
    // Nobody may start a server in it meanwhile; the lock's own file is all that may be there.
    lockData(target)();
    await rm(target, { recursive: true });
  }
  return copyTo(source, target, withDatabase, copying);
}

function requireApart(source: string, target: string): void {
  if (`${target}/`.startsWith(`${source}/`) || `${source}/`.startsWith(`${target}/`))
    throw new ConfigError('The backup and the data directory must not lie in one another.');
}

async function copyTo(
  source: string,
  target: string,
  withDatabase: boolean,
  { progress, signal }: Copying,
): Promise<Copied> {
  await mkdir(dirname(target), { recursive: true });
  const part = await mkdtemp(`${target}.part-`);
  await mkdir(join(part, 'objects'), { mode: 0o700 });
  try {
    if (withDatabase)
      await copyDatabase(join(source, databaseFile), join(part, databaseFile), (done, all) =>
        progress?.('database', done, all),
      );
    signal?.throwIfAborted();
    const objects = await copyObjects(
      join(source, 'objects'),
      join(part, 'objects'),
      (files) => progress?.('objects', files),
      signal,
    );
    if (existsSync(join(source, 'config.json'))) await copyFile(join(source, 'config.json'), join(part, 'config.json'));
    if (existsSync(target)) await rmdir(target);
    await rename(part, target);
    await syncDirectory(dirname(target));
    return { folder: target, objects };
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}
