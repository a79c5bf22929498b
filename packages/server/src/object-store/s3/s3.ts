/**
 * The object store in one bucket of an S3 server, below a prefix:
 *
 *   <bucket>/<key>                          the objects, under their own keys
 *   .holdpoint/buckets/<bucket>/bucket.json when the bucket was created; beside it its documents
 *   .holdpoint/uploads/<bucket>/<id>/…      a multipart upload that is under way (uploads.ts)
 *   .holdpoint/installation                 whose objects these are
 *
 * Nothing of it is kept by this process, so that any number of them can work on the same place.
 */
import { ApiError } from '@holdpoint/protocol';
import type { Log } from '../../log.ts';
import { bucketName, checkKey, invalidKey, isKey, keyTooLong, maxKeyBytes } from '../keys.ts';
import type { Bucket, Listing, ListOptions, ObjectStore, PutOptions } from '../object-store.ts';
import { createOneAtATime } from '../one-at-a-time.ts';
import { openConnection, ownFolder } from './connection.ts';
import { createObjects, each, lastOf } from './objects.ts';
import { nameOfPlace, type S3Place } from './place.ts';
import { createUploads } from './uploads.ts';

/** How long another process's deletion of a bucket may go unnoticed. */
const bucketKnownMs = 1000;

export interface S3ObjectStore extends ObjectStore {
  /** Whose objects these are; undefined when nobody has said so. */
  owner(): Promise<string | undefined>;
  setOwner(owner: string): Promise<void>;
  /** A place of another installation that this one lies in, as far as it may be read. */
  placeAround(): Promise<string | undefined>;
}

/** @throws Error with a sentence for the operator when the place cannot be used */
export async function openS3(place: S3Place, log: Log, times?: { readonly answerMs?: number }): Promise<S3ObjectStore> {
  const connection = await openConnection(place, log, times);
  const objects = createObjects(connection);
  const oneAtATime = createOneAtATime();
  const known = new Map<string, { readonly bucket: Bucket; readonly until: number }>();
  const own = `${place.prefix}${ownFolder}`;
  const bucketFolder = (name: string): string => `${own}buckets/${name}/`;
  const documentKey = (name: string, document: string): string => `${bucketFolder(name)}${document}.document`;
  const folderOf = (bucket: string): string => `${place.prefix}${bucket}/`;
  const addressOf = (bucket: string, key: string): string => folderOf(bucket) + key;
  const ownerKey = `${own}installation`;

  const uploads = createUploads({
    connection,
    objects,
    folder: (bucket) => `${own}uploads/${bucket}/`,
    requireBucket,
    requireKey,
    addressOf,
    guarded,
  });

  return {
    createBucket: (name, now) => oneAtATime(`bucket ${name}`, () => createBucket(name, now)),
    deleteBucket: (name) => oneAtATime(`bucket ${name}`, () => deleteBucket(name)),
    bucket: find,
    async buckets() {
      const { prefixes } = await objects.all(`${own}buckets/`, '/');
      const names = prefixes.map((prefix) => prefix.slice(`${own}buckets/`.length, -1));
      const found = await each(names, find);
      return found.filter((bucket) => bucket !== undefined);
    },
    async bucketDocument(bucket, name) {
      await requireBucket(bucket);
      return objects.text(documentKey(bucket, name));
    },
    async setBucketDocument(bucket, name, text) {
      await requireBucket(bucket);
      if (text === undefined) await objects.remove(documentKey(bucket, name));
      else await objects.putText(documentKey(bucket, name), text);
    },
    async put(bucket, key, body, options, now) {
      requireKey(bucket, key);
      await requireBucket(bucket);
      const address = addressOf(bucket, key);
      return guarded(address, options, () => objects.put(address, body, options, now, { bucket, key }));
    },
    async head(bucket, key) {
      await requireBucket(bucket);
      return holds(bucket, key) ? objects.head(addressOf(bucket, key), { bucket, key }) : undefined;
    },
    async get(bucket, key, range) {
      await requireBucket(bucket);
      return holds(bucket, key) ? objects.get(addressOf(bucket, key), { bucket, key }, range) : undefined;
    },
    async remove(bucket, key) {
      await requireBucket(bucket);
      if (holds(bucket, key)) await objects.remove(addressOf(bucket, key));
    },
    list,
    ...uploads,
    owner: () => objects.text(ownerKey),
    setOwner: (owner) => objects.putText(ownerKey, owner),
    async placeAround() {
      const parts = place.prefix.split('/').slice(0, -1);
      for (let count = 0; count < parts.length; count++) {
        const prefix = parts
          .slice(0, count)
          .map((part) => `${part}/`)
          .join('');
        const owner = await objects.text(`${prefix}${ownFolder}installation`).catch(() => undefined);
        if (owner !== undefined) return nameOfPlace({ ...place, prefix });
      }
      return undefined;
    },
    problem: connection.problem,
    close: async () => connection.close(),
  };

  async function find(name: string): Promise<Bucket | undefined> {
    if (!bucketName.test(name)) return undefined;
    const seen = known.get(name);
    if (seen && seen.until > performance.now()) return seen.bucket;
    known.delete(name);
    const text = await objects.text(`${bucketFolder(name)}bucket.json`);
    if (text === undefined) return undefined;
    const { createdAt } = JSON.parse(text) as { createdAt: number };
    const bucket = { name, createdAt };
    known.set(name, { bucket, until: performance.now() + bucketKnownMs });
    return bucket;
  }

  async function requireBucket(name: string): Promise<void> {
    if (!(await find(name))) throw new ApiError('NoSuchBucket', 'The specified bucket does not exist');
  }

  /** Keys share their length with the prefix and the name of the bucket. */
  function requireKey(bucket: string, key: string): void {
    checkKey(key);
    if (Buffer.byteLength(addressOf(bucket, key)) > maxKeyBytes) throw keyTooLong();
    if (key.includes('\0')) throw invalidKey();
  }

  function holds(bucket: string, key: string): boolean {
    return isKey(key) && !key.includes('\0') && Buffer.byteLength(addressOf(bucket, key)) <= maxKeyBytes;
  }

  async function createBucket(name: string, now: number): Promise<{ created: boolean }> {
    if (!bucketName.test(name)) throw new ApiError('InvalidBucketName', 'The specified bucket is not valid.');
    if (await find(name)) return { created: false };
    await objects.putText(`${bucketFolder(name)}bucket.json`, JSON.stringify({ createdAt: now }));
    return { created: true };
  }

  async function deleteBucket(name: string): Promise<void> {
    await requireBucket(name);
    const { objects: left } = await objects.list({ prefix: folderOf(name), limit: 1 });
    if (left.length > 0) throw new ApiError('BucketNotEmpty', 'The bucket you tried to delete is not empty');
    known.delete(name);
    for (const folder of [bucketFolder(name), `${own}uploads/${name}/`]) {
      const { objects: kept } = await objects.all(folder);
      await each(kept, ({ key }) => objects.remove(key));
    }
    known.delete(name);
  }

  /** Where the server keeps no conditions they are looked at here: enough for one process, not for several. */
  function guarded<T>(address: string, options: PutOptions, write: () => Promise<T>): Promise<T> {
    const { onlyIfAbsent, onlyIfEtag } = options;
    if (!onlyIfAbsent && onlyIfEtag === undefined) return write();
    return oneAtATime(address, async () => {
      const present = await objects.head(address, { bucket: '', key: address });
      if (onlyIfEtag !== undefined && !present) throw new ApiError('NoSuchKey', 'The specified key does not exist.');
      if (onlyIfAbsent ? present !== undefined : present?.etag !== onlyIfEtag) {
        throw new ApiError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
      }
      return write();
    });
  }

  async function list(bucket: string, { prefix = '', delimiter = '', startAfter = '', limit }: ListOptions) {
    await requireBucket(bucket);
    const folder = folderOf(bucket);
    const found: { -readonly [Name in 'objects' | 'commonPrefixes']: Listing[Name][number][] } = {
      objects: [],
      commonPrefixes: [],
    };
    // A list that begins within a group shows the group, if more is in it (Amazon S3); Ceph's gateway leaves it out.
    const group = groupOf(startAfter, prefix, delimiter);
    const isGroupLeft =
      group !== undefined &&
      (await objects.list({ prefix: folder + group, startAfter: folder + startAfter, limit: 1 })).objects.length > 0;
    if (isGroupLeft) found.commonPrefixes.push(group);
    if (isGroupLeft && limit === 1) return { ...found, next: group };
    for (let after = group ?? startAfter; ; ) {
      const before = found.objects.length + found.commonPrefixes.length;
      const page = await objects.list({
        prefix: folder + prefix,
        delimiter,
        limit: limit - found.objects.length - found.commonPrefixes.length,
        ...(after !== '' && { startAfter: folder + after }),
      });
      for (const { key, ...facts } of page.objects)
        found.objects.push({ bucket, key: key.slice(folder.length), ...facts });
      // Some servers show again what the page before ended with.
      const prefixes = page.prefixes.map((each) => each.slice(folder.length)).filter((each) => each !== after);
      found.commonPrefixes.push(...prefixes);
      const last = lastOf(page.objects.at(-1)?.key.slice(folder.length), page.prefixes.at(-1)?.slice(folder.length));
      if (!page.isMore || last === undefined) return found;
      if (found.objects.length + found.commonPrefixes.length >= limit) return { ...found, next: last };
      // A page of nothing but what was shown already: the next one begins behind all that is below it.
      const isStuck = last === after && found.objects.length + found.commonPrefixes.length === before;
      after = isStuck ? `${after}\u{10ffff}` : last;
    }
  }
}

/** The group of keys that a key is within, when it is not its first: what ends with the first delimiter after the prefix. */
function groupOf(key: string, prefix: string, delimiter: string): string | undefined {
  const end = delimiter === '' || !key.startsWith(prefix) ? -1 : key.indexOf(delimiter, prefix.length);
  const group = end < 0 ? key : key.slice(0, end + delimiter.length);
  return group === key ? undefined : group;
}
