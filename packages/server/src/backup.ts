/** A data directory copied while a server works on it, and put back. */
import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ConfigError, databaseFile } from './config.ts';
import { copyObjects } from './object-store/folder/copy-objects.ts';
import { syncDirectory } from './object-store/folder/durable-file.ts';
import { objectStoreSetting } from './open-object-store.ts';
import { requireRowsHere } from './open-store.ts';
import { copyDatabase } from './store/sqlite/copy-database.ts';
import { lockData } from './store/sqlite/lock.ts';
import { readSetting } from './store/sqlite/read-setting.ts';

export interface Copying {
  readonly progress?: (what: 'database' | 'objects', done: number, all?: number) => void;
  readonly signal?: AbortSignal;
}

export interface Copied {
  /** Absolute. */
  readonly folder: string;
  readonly objects: number;
  /** Where the objects are, when they are in no folder: then none was copied. */
  readonly objectsIn?: string;
}

const isEmpty = (folder: string): boolean =>
  !existsSync(folder) || readdirSync(folder).every((name) => name === 'lock' || name.startsWith('lock-'));

interface BackUpOptions extends Copying {
  /** False where the rows are in PostgreSQL and are copied by its own means, before this. */
  readonly withDatabase?: boolean;
  /** The folder of the objects; `objects` in the data directory unless given. */
  readonly objects?: string;
}

/**
 * Copies the data directory into a new folder: the database as it is at one moment, then the objects, so that every loop which
 * the copy calls Completed has its file. The folder gets its name when it is complete.
 *
 * @throws Error with a sentence for the operator.
 */
export async function backUp(
  data: string,
  to: string,
  { withDatabase = true, objects = join(resolve(data), 'objects'), ...copying }: BackUpOptions = {},
): Promise<Copied> {
  const [source, target] = [resolve(data), resolve(to)];
  if (withDatabase) requireRowsHere(source);
  if (withDatabase && !existsSync(join(source, databaseFile))) throw new Error(`There is no database in ${source}.`);
  if (!withDatabase && !existsSync(objects)) throw new Error(`There is no folder of objects ${objects}.`);
  if (!isEmpty(target)) throw new Error(`${target} is there already: give a new folder.`);
  requireApart(source, target);
  requireApart(objects, target);
  return copyTo(source, target, withDatabase, objects, copying);
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
  return copyTo(source, target, withDatabase, join(source, 'objects'), copying);
}

function requireApart(source: string, target: string): void {
  if (`${target}/`.startsWith(`${source}/`) || `${source}/`.startsWith(`${target}/`))
    throw new ConfigError('The backup and the data directory must not lie in one another.');
}

async function copyTo(
  source: string,
  target: string,
  withDatabase: boolean,
  objectsFolder: string,
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
    // The rows know, also where this command was not told.
    const objectsIn = withDatabase ? readSetting(join(part, databaseFile), objectStoreSetting) : undefined;
    const objects =
      objectsIn === undefined
        ? await copyObjects(objectsFolder, join(part, 'objects'), (files) => progress?.('objects', files), signal)
        : 0;
    if (existsSync(join(source, 'config.json'))) await copyFile(join(source, 'config.json'), join(part, 'config.json'));
    if (existsSync(target)) await rmdir(target);
    await rename(part, target);
    await syncDirectory(dirname(target));
    return { folder: target, objects, ...(objectsIn !== undefined && { objectsIn }) };
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}
