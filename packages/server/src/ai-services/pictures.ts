/** Pictures that AI services look at, in the buckets of this server: they cannot read them there, and reviewers must see them. */
import { hash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { ApiError } from '@holdpoint/protocol';
import type { ObjectStore } from '../object-store/object-store.ts';

/** A picture that was read; `release` gives back its room in memory. */
export interface Picture {
  readonly bytes: Buffer;
  release(): void;
}

export interface Pictures {
  hasBucket(bucket: string): Promise<boolean>;
  /**
   * @returns the object's bytes; its size alone where it is larger than `limit`; undefined when there is no such object.
   * @throws ApiError ThrottlingException when too many bytes are held already.
   */
  read(bucket: string, key: string, limit: number): Promise<Picture | { readonly size: number } | undefined>;
  /** Where a picture that came as bytes will be kept: the same one is always the same object. */
  placeOf(bytes: Buffer): { readonly bucket: string; readonly key: string };
  /** Keeps it there. */
  keep(bytes: Buffer, now: number): Promise<void>;
}

export interface PicturesSettings {
  readonly objectStore: ObjectStore;
  /** The bucket for pictures that came as bytes. */
  readonly bucket: string;
  /** The most bytes that are held at once. */
  readonly capBytes: number;
}

/** Below which key pictures lie that came as bytes, under their SHA-256: a repetition finds its own. */
const folder = 'ai-service-inputs/';

export function createPictures({ objectStore, bucket, capBytes }: PicturesSettings): Pictures {
  let held = 0;
  const placeOf = (bytes: Buffer) => ({ bucket, key: `${folder}${hash('sha256', bytes)}${typeOf(bytes).ending}` });
  return {
    hasBucket: async (name) => (await objectStore.bucket(name)) !== undefined,
    async read(from, key, limit) {
      const found = await objectStore.head(from, key);
      if (!found) return undefined;
      if (found.size > limit) return { size: found.size };
      if (held + found.size > capBytes)
        throw new ApiError('ThrottlingException', 'Too many pictures are being passed on at once. Please try again.');
      held += found.size;
      let isHeld = true;
      const release = (): void => {
        if (isHeld) held -= found.size;
        isHeld = false;
      };
      try {
        const object = await objectStore.get(from, key);
        if (object) return { bytes: await buffer(object.body), release };
        release();
        return undefined;
      } catch (error) {
        release();
        throw error;
      }
    },
    placeOf,
    async keep(bytes, now) {
      const { key } = placeOf(bytes);
      if (!(await objectStore.bucket(bucket))) await objectStore.createBucket(bucket, now);
      const existing = await objectStore.head(bucket, key);
      if (existing?.size !== bytes.length)
        await objectStore.put(bucket, key, bytes, { contentType: typeOf(bytes).contentType }, now);
    },
  };
}

const types: readonly { readonly begins: string; readonly contentType: string; readonly ending: string }[] = [
  { begins: '89504e470d0a1a0a', contentType: 'image/png', ending: '.png' },
  { begins: 'ffd8ff', contentType: 'image/jpeg', ending: '.jpg' },
];

const typeOf = (bytes: Buffer) =>
  types.find(({ begins }) => bytes.subarray(0, begins.length / 2).toString('hex') === begins) ?? {
    contentType: 'application/octet-stream',
    ending: '',
  };
