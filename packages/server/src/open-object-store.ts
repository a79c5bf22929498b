/** What keeps the objects: a folder of one machine, or a place in S3 that any number of servers share. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError, flagOf, variableOf } from './config.ts';
import { insert, update } from './domain/change.ts';
import type { Log } from './log.ts';
import { objectPlaceOf } from './object-place.ts';
import { openFolder } from './object-store/folder/folder.ts';
import type { ObjectStore } from './object-store/object-store.ts';
import { nameOfPlace, type S3Place, shownPlace } from './object-store/s3/place.ts';
import type { S3ObjectStore } from './object-store/s3/s3.ts';
import { lockData } from './store/sqlite/lock.ts';
import type { Store } from './store/store.ts';

export interface OpenedObjectStore {
  readonly objectStore: ObjectStore;
  /** For people: the folder, or bucket and endpoint. */
  readonly shown: string;
  readonly isShared: boolean;
  /**
   * Makes sure that the objects there are those of the installation whose rows are in the store.
   *
   * @throws ConfigError when they are another's, or when its own are elsewhere
   */
  settle(store: Store, linkSecret: string): Promise<void>;
}

/** The row that says where the objects are, when they are in no folder. */
export const objectStoreSetting = 'objectStore';
const flag = flagOf(objectStoreSetting);

/** @throws ConfigError with a sentence for the operator */
export async function openObjectStore(
  config: Pick<Config, 'data' | 'objectStore'>,
  log: Log,
): Promise<OpenedObjectStore> {
  const place = objectPlaceOf(config);
  if (place.kind === 's3') return openPlace(place.place, config, log);
  const unlock = config.objectStore === '' ? () => {} : lockFolder(place.path);
  const objectStore = await openFolder(place.path);
  return {
    objectStore: {
      ...objectStore,
      async close() {
        await objectStore.close();
        unlock();
      },
    },
    shown: place.path,
    isShared: false,
    async settle(store) {
      const elsewhere = (await store.setting(objectStoreSetting))?.value;
      // An empty folder would look as if outputs had been lost, and new ones would go where nobody looks.
      if (elsewhere !== undefined)
        throw new ConfigError(
          `The objects of this installation are in ${elsewhere}: set ${variableOf(objectStoreSetting)}, or ${objectStoreSetting} in config.json.`,
        );
    },
  };
}

function lockFolder(path: string): () => void {
  try {
    return lockData(path);
  } catch (error) {
    if (!(error as Error).message.startsWith('Another')) throw error;
    throw new ConfigError(`Another Holdpoint server keeps its objects in ${path}: give each its own with ${flag}.`);
  }
}

async function openPlace(place: S3Place, { data }: Pick<Config, 'data'>, log: Log): Promise<OpenedObjectStore> {
  // Loaded only where it is used: the SDK takes its time and its memory.
  const { openS3 } = await import('./object-store/s3/s3.ts');
  const objectStore = await openS3(place, log).catch((error: Error) => {
    throw new ConfigError(`${flag} cannot be used: ${error.message}`);
  });
  return {
    objectStore,
    shown: shownPlace(place),
    isShared: true,
    async settle(store, linkSecret) {
      const isFirst = (await store.setting(objectStoreSetting)) === undefined;
      await settle(objectStore, place, store, linkSecret);
      const left = join(data, 'objects', 'buckets');
      if (isFirst && existsSync(left))
        log.warn({ folder: left }, 'objects that were kept in this folder are not in the object store: copy them');
    },
  };
}

/** The object names the installation, the row says that there is such an object: neither alone would tell a wrong place. */
async function settle(objectStore: S3ObjectStore, place: S3Place, store: Store, linkSecret: string): Promise<void> {
  const name = nameOfPlace(place);
  const self = createHash('sha256').update(`the objects of ${linkSecret}`).digest('hex').slice(0, 32);
  // Read before the object, which is written before it: a server that starts at the same time may write both between.
  const row = await store.setting(objectStoreSetting);
  const owner = await objectStore.owner();
  if (owner !== undefined && owner !== self)
    throw new ConfigError(
      `${flag} ${name} holds the objects of another installation: give each its own bucket or prefix.`,
    );
  // Its buckets would be folders of the other's.
  const around = await objectStore.placeAround();
  if (around !== undefined)
    throw new ConfigError(
      `${flag} ${name} lies in ${around}, which holds the objects of another installation: give each a prefix that is in no other's.`,
    );
  if (owner === undefined) {
    if (row) throw new ConfigError(notHere(name, row.value));
    await objectStore.setOwner(self);
  }
  if (row?.value === name) return;
  // A bucket that was copied with all that is in it may go by another name.
  const change = row
    ? update('settings', row, { value: name })
    : insert('settings', { name: objectStoreSetting, value: name });
  if ((await store.save([change])) === 'saved') return;
  // Another server came first.
  const value = (await store.setting(objectStoreSetting))?.value;
  if (value !== name) throw new ConfigError(notHere(name, value));
}

const notHere = (name: string, value?: string): string =>
  `${flag} ${name} is not where the objects of this installation are (${value}): all its servers use the same.`;
