/**
 * The object store in a folder:
 *
 *   buckets/<bucket>/bucket.json   when the bucket was created
 *   buckets/<bucket>/objects/…     one file per object (key-path.ts, object-file.ts)
 *   buckets/<bucket>/uploads/<id>/ a multipart upload that is under way: upload.json and its parts (uploads.ts)
 *   temporary/                     files that are being written; emptied at start, so a crash leaves nothing
 *
 * Everything is written under temporary/, synced, and renamed to its place; the names are synced before a caller hears
 * of success. One process has the folder to itself.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { ApiError } from '@holdpoint/protocol';
import { bucketName, checkKey, invalidKey, isKey } from '../keys.ts';
import type { Bucket, Listing, ListOptions, ObjectBody, ObjectInfo, ObjectStore, PutOptions } from '../object-store.ts';
import { createOneAtATime } from '../one-at-a-time.ts';
import { createDirectories } from './directories.ts';
import { codeOf, moveInto, syncDirectories, syncDirectory } from './durable-file.ts';
import { fromByteKey, keyPath, toByteKey } from './key-path.ts';
import { listKeys } from './list-keys.ts';
import { type Folder, factsOf, infoOf } from './object-facts.ts';
import { type FileFacts, openObjectFile, readFacts, readFactsNow, streamFile, writeObjectFile } from './object-file.ts';
import { createUploads } from './uploads.ts';

const readsInARow = 16;

/** Opens the store in `root`, which is made when it is missing, and clears away what a crash left. */
export async function openFolder(root: string): Promise<ObjectStore> {
  const temporary = join(root, 'temporary');
  const bucketsPath = join(root, 'buckets');
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  await mkdir(bucketsPath, { recursive: true });
  const buckets = await readBuckets(bucketsPath);
  const directories = createDirectories();
  const oneAtATime = createOneAtATime();

  const temporaryPath = (): string => join(temporary, randomUUID());
  const bucketPath = (bucket: string): string => {
    if (!buckets.has(bucket)) throw new ApiError('NoSuchBucket', 'The specified bucket does not exist');
    return join(bucketsPath, bucket);
  };
  const objectsPath = (bucket: string): string => join(bucketPath(bucket), 'objects');
  const objectPath = (bucket: string, key: string): string => join(objectsPath(bucket), ...keyPath(toByteKey(key)));

  const folder: Folder = {
    temporaryPath,
    bucketPath,
    place: (bucket, key, from, options) => place(bucket, key, from, options),
    discard,
  };
  const uploads = createUploads(folder);

  return {
    createBucket: (name, now) => oneAtATime(name, () => createBucket(name, now)),
    deleteBucket: (name) => oneAtATime(name, () => deleteBucket(name)),
    bucket: async (name) => buckets.get(name),
    buckets: async () => [...buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    async bucketDocument(bucket, name) {
      return await readFile(join(bucketPath(bucket), `${name}.document`), 'utf8').catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw error;
      });
    },
    setBucketDocument: (bucket, name, text) => setBucketDocument(bucket, name, text),
    put: (bucket, key, body, options, now) => put(bucket, key, body, options, now),
    async head(bucket, key) {
      const facts = isKey(key) ? await readFacts(objectPath(bucket, key)) : undefined;
      return facts && infoOf(bucket, facts);
    },
    get: (bucket, key, range) => get(bucket, key, range),
    remove: (bucket, key) => (isKey(key) ? oneAtATime(bucket, () => remove(bucket, key)) : Promise.resolve()),
    list: (bucket, options) => list(bucket, options),
    ...uploads,
    problem: () => undefined,
    close: async () => {},
  };

  async function createBucket(name: string, now: number): Promise<{ created: boolean }> {
    if (!bucketName.test(name)) throw new ApiError('InvalidBucketName', 'The specified bucket is not valid.');
    if (buckets.has(name)) return { created: false };
    const made = temporaryPath();
    await mkdir(join(made, 'objects'), { recursive: true });
    await mkdir(join(made, 'uploads'));
    await writeFile(join(made, 'bucket.json'), JSON.stringify({ createdAt: now }), { flush: true });
    await syncDirectory(made);
    await rename(made, join(bucketsPath, name));
    await syncDirectory(bucketsPath);
    buckets.set(name, { name, createdAt: now });
    return { created: true };
  }

  async function deleteBucket(name: string): Promise<void> {
    const path = bucketPath(name);
    const { objects, commonPrefixes } = await list(name, { limit: 1 });
    if (objects.length + commonPrefixes.length > 0) {
      throw new ApiError('BucketNotEmpty', 'The bucket you tried to delete is not empty');
    }
    buckets.delete(name);
    await discard(path);
    await syncDirectory(bucketsPath);
  }

  async function setBucketDocument(bucket: string, name: string, text: string | undefined): Promise<void> {
    const path = join(bucketPath(bucket), `${name}.document`);
    if (text === undefined) {
      await rm(path, { force: true });
    } else {
      const made = temporaryPath();
      await writeFile(made, text, { flush: true });
      await rename(made, path);
    }
    await syncDirectory(dirname(path));
  }

  async function put(
    bucket: string,
    key: string,
    body: ObjectBody | Uint8Array,
    options: PutOptions,
    now: number,
  ): Promise<ObjectInfo> {
    checkKey(key);
    bucketPath(bucket);
    const made = temporaryPath();
    const facts = await writeObjectFile(made, body, (summary) => {
      options.verify?.(summary);
      return factsOf(key, options, now, { etag: summary.md5, size: summary.size, sha256: summary.sha256 });
    });
    await place(bucket, key, made, options);
    return infoOf(bucket, facts);
  }

  async function place(bucket: string, key: string, from: string, options: PutOptions): Promise<void> {
    try {
      const changed = await oneAtATime(bucket, async () => {
        const to = objectPath(bucket, key);
        await checkPrecondition(to, options);
        const moved = await moveInto(from, to);
        for (let path = to, left = moved.length; left > 0; left--, path = dirname(path)) {
          directories.changed(dirname(path), path.slice(dirname(path).length + 1), true);
        }
        return moved;
      });
      await syncDirectories(changed);
    } catch (error) {
      await unlink(from).catch(() => {});
      if (codeOf(error) === 'ENAMETOOLONG') throw invalidKey();
      throw error;
    }
  }

  async function get(bucket: string, key: string, range?: { start: number; end: number }) {
    const opened = isKey(key) ? await openObjectFile(objectPath(bucket, key)) : undefined;
    if (!opened) return undefined;
    const { handle, facts } = opened;
    const start = range?.start ?? 0;
    const end = Math.min(range?.end ?? facts.size - 1, facts.size - 1);
    if (end < start) {
      await handle.close();
      return { info: infoOf(bucket, facts), body: Readable.from([]) };
    }
    return { info: infoOf(bucket, facts), body: streamFile(handle, start, end) };
  }

  async function remove(bucket: string, key: string): Promise<void> {
    const root = objectsPath(bucket);
    const path = objectPath(bucket, key);
    try {
      await unlink(path);
    } catch (error) {
      if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(codeOf(error) ?? '')) return;
      throw error;
    }
    let gone = path;
    for (;;) {
      const parent = dirname(gone);
      directories.changed(parent, gone.slice(parent.length + 1), false);
      if (parent === root || !(await removeIfEmpty(parent))) {
        await syncDirectory(parent);
        return;
      }
      directories.forget(parent);
      gone = parent;
    }
  }

  async function list(bucket: string, options: ListOptions): Promise<Listing> {
    const filter = {
      prefix: toByteKey(options.prefix ?? ''),
      delimiter: toByteKey(options.delimiter ?? ''),
      startAfter: toByteKey(options.startAfter ?? ''),
    };
    const paths: string[] = [];
    const commonPrefixes: string[] = [];
    let last: string | undefined;
    let next: string | undefined;
    for await (const listed of listKeys(directories, objectsPath(bucket), filter)) {
      if (paths.length + commonPrefixes.length >= options.limit) {
        next = last;
        break;
      }
      last = fromByteKey(listed.text);
      if (listed.kind === 'object') paths.push(listed.path);
      else commonPrefixes.push(last);
    }
    const facts = await readMany(paths);
    const objects = facts.filter((each) => each !== undefined).map((each) => infoOf(bucket, each));
    return { objects, commonPrefixes, ...(next === undefined ? {} : { next }) };
  }

  async function discard(directory: string): Promise<void> {
    const away = temporaryPath();
    await rename(directory, away).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error;
    });
    directories.forget(directory);
    await rm(away, { recursive: true, force: true });
  }
}

async function readBuckets(path: string): Promise<Map<string, Bucket>> {
  const buckets = new Map<string, Bucket>();
  for (const name of await readdir(path)) {
    if (!bucketName.test(name)) continue;
    const text = await readFile(join(path, name, 'bucket.json'), 'utf8');
    const { createdAt } = JSON.parse(text) as { createdAt: number };
    buckets.set(name, { name, createdAt });
  }
  return buckets;
}

async function checkPrecondition(path: string, options: PutOptions): Promise<void> {
  if (!options.onlyIfAbsent && options.onlyIfEtag === undefined) return;
  const present = await readFacts(path);
  if (options.onlyIfAbsent ? present === undefined : present?.etag === options.onlyIfEtag) return;
  if (!present && options.onlyIfEtag !== undefined)
    throw new ApiError('NoSuchKey', 'The specified key does not exist.');
  throw new ApiError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
}

async function removeIfEmpty(directory: string): Promise<boolean> {
  try {
    await rmdir(directory);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'EBUSY', 'EPERM'].includes(codeOf(error) ?? '')) return false;
    if (codeOf(error) === 'ENOENT') return true;
    throw error;
  }
}

/** Reads in small groups, so that other requests are served in between. */
async function readMany(paths: readonly string[]): Promise<(FileFacts | undefined)[]> {
  const facts: (FileFacts | undefined)[] = [];
  for (const path of paths) {
    facts.push(readFactsNow(path));
    if (facts.length % readsInARow === 0) await setImmediate();
  }
  return facts;
}
