import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { probeFolder } from '@holdpoint/protocol';
import type { ObjectStore } from './object-store.ts';

/**
 * Writes, reads and removes a small object, by the interface that outputs go through, which announces no event.
 *
 * @throws Error when one of the three fails or something else is read than was written.
 */
export async function probeBucket(objectStore: ObjectStore, bucket: string, now: number): Promise<void> {
  const id = randomUUID();
  const key = `${probeFolder}${id}`;
  await objectStore.put(bucket, key, Buffer.from(id), { contentType: 'text/plain', onlyIfAbsent: true }, now);
  try {
    const found = await objectStore.get(bucket, key);
    if (!found || (await buffer(found.body)).toString() !== id)
      throw new Error('An object could not be read as it was written.');
  } finally {
    await objectStore.remove(bucket, key);
  }
}
