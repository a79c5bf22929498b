/** Which engine keeps the rows: the embedded one for one machine, PostgreSQL for more. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeWhole } from './aws-files.ts';
import type { Clock } from './clock.ts';
import { type Config, ConfigError, databaseFile, flagOf, nodeFile } from './config.ts';
import type { Log } from './log.ts';
import { movingFrom } from './store/move-rows.ts';
import { lockData } from './store/sqlite/lock.ts';
import { readSetting } from './store/sqlite/read-setting.ts';
import { openSqliteStore } from './store/sqlite/sqlite.ts';
import type { Store } from './store/store.ts';

/**
 * The rows of a database that was moved away are old, and who forgets a variable would not notice.
 *
 * @throws ConfigError when the rows of a data directory are in PostgreSQL
 */
export function requireRowsHere(data: string): void {
  if (existsSync(join(data, nodeFile)))
    throw new ConfigError(
      `The rows of ${data} are in PostgreSQL: set HOLDPOINT_DATABASE_URL, or databaseUrl in config.json. (To work with a database file there again, remove the file ${nodeFile} in it.)`,
    );
}

export interface OpenedStore {
  readonly store: Store;
  /** The start has come so far that the data directory belongs to this database. */
  settled(): void;
}

/** @throws Error with a sentence for the operator */
export async function openStore(
  config: Config,
  data: string,
  clock: Clock,
  { log, objectsAreShared }: { log: Log; objectsAreShared: boolean },
): Promise<OpenedStore> {
  if (config.databaseUrl === '') {
    requireRowsHere(data);
    return { store: openSqliteStore({ path: join(data, databaseFile), clock, log }), settled() {} };
  }
  const file = join(data, nodeFile);
  const known = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  const node = known ?? randomUUID();
  const store = await openPostgres(config.databaseUrl, clock, {
    node,
    whatOfName: `Is ${data} a copy of its data directory? Then remove the file ${nodeFile} in it.`,
    // A folder of this machine is one that others would not see.
    isAlone: !objectsAreShared,
    whyAlone:
      'Servers share a database only when they share their objects too: give all of them the same --object-store s3://….',
    connections: config.databaseConnections,
    partitions: config.databasePartitions,
    log,
  });
  if (known !== undefined) return { store, settled() {} };
  try {
    if (existsSync(join(data, databaseFile))) await requireMoved(store, data);
    // Only then: a first start that fails must not keep the data directory from going on with its file.
    return { store, settled: () => writeWhole(file, `${node}\n`) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** An empty database beside one that has rows would look as if everything had been lost, and nothing could be moved to it any more. */
async function requireMoved(store: Store, data: string): Promise<void> {
  if (await store.setting(movingFrom)) return;
  const there = (await store.setting('linkSecret'))?.value;
  const here = readSetting(join(data, databaseFile), 'linkSecret');
  // A first start that failed may have left an empty file.
  if (here === undefined || there === here) return;
  if (there !== undefined)
    throw new ConfigError(
      `The database of ${flagOf('databaseUrl')} is another installation's than the rows in ${join(data, databaseFile)}: give another data directory.`,
    );
  throw new ConfigError(
    `The database of ${flagOf('databaseUrl')} is empty, and ${data} has rows in ${databaseFile}: move them with "holdpoint migrate --from sqlite:${data} --to postgres://…", or give another data directory.`,
  );
}

interface PostgresOptions {
  readonly flag?: string;
  readonly node?: string;
  readonly whatOfName?: string;
  readonly connections?: number;
  readonly partitions?: number;
  readonly isAlone?: boolean;
  readonly whyAlone?: string;
  readonly log?: Log;
}

async function openPostgres(url: string, clock: Clock, options: PostgresOptions): Promise<Store> {
  // Loaded only where it is used: the driver takes its time and its memory.
  const { openPostgresStore } = await import('./store/postgres/postgres.ts');
  return openPostgresStore({ url, clock, ...options });
}

export interface PlaceOptions {
  /** By which the place was given. */
  readonly flag: string;
  /** Whether rows must be there already. */
  readonly mustExist: boolean;
  readonly partitions: number;
}

/** The data directory of a place of the command line that is one. */
export function folderOfPlace(place: string): string | undefined {
  return place.startsWith('sqlite:') ? resolve(place.slice('sqlite:'.length)) : undefined;
}

/**
 * Opens the store at a place of the command line for this process alone: `sqlite:DIR`, a data directory, or `postgres://…`.
 *
 * @throws ConfigError when it is no such place; Error with a sentence when it is not there or in use.
 */
export async function openPlace(
  place: string,
  clock: Clock,
  { flag, mustExist, partitions }: PlaceOptions,
): Promise<Store> {
  if (/^postgres(ql)?:\/\//.test(place)) return openPostgres(place, clock, { flag, isAlone: true, partitions });
  const data = folderOfPlace(place);
  if (data === undefined)
    throw new ConfigError(
      `'${withoutPassword(place)}' (${flag}) is no place of rows: give sqlite:DIR or postgres://….`,
    );
  const path = join(data, databaseFile);
  if (mustExist) requireRowsHere(data);
  if (mustExist && !existsSync(path)) throw new Error(`There is no database in ${data}.`);
  const unlock = lockData(data);
  try {
    const store = openSqliteStore({ path, clock });
    return {
      ...store,
      async close() {
        await store.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

const withoutPassword = (place: string): string => place.replace(/:[^:@/]*@/, ':…@');
