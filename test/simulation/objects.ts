/** Objects in memory: what jobs need of an object store, with gates, and a memory of all that was ever put. */
import { createHash } from 'node:crypto';
import type { ObjectInfo, ObjectStore } from '../../packages/server/src/object-store/object-store.ts';
import type { Scheduler } from './scheduler.ts';

/** What fails on purpose; everything else that fails is a finding. */
export class Injected extends Error {}

export interface Objects {
  /** By address (`s3://…`); the text that is there now. */
  readonly texts: Map<string, string>;
  isUp: boolean;
  open(): ObjectStore;
}

export function createObjects(scheduler: Scheduler, onPut: (uri: string, text: string) => void): Objects {
  const infos = new Map<string, ObjectInfo>();
  const texts = new Map<string, string>();
  const whenUp = <T>(act: () => T) => {
    if (!objects.isUp) throw new Injected('The object store is down.');
    return act();
  };

  function put(bucket: string, key: string, body: Buffer, now: number): ObjectInfo {
    const text = body.toString('utf8');
    const info: ObjectInfo = {
      bucket,
      key,
      size: body.length,
      etag: 'etag',
      lastModified: now,
      contentType: 'application/json',
      headers: {},
      metadata: {},
      sha256: createHash('sha256').update(body).digest('hex'),
      checksums: {},
    };
    const uri = `s3://${bucket}/${key}`;
    infos.set(uri, info);
    texts.set(uri, text);
    onPut(uri, text);
    return info;
  }

  const objects: Objects = {
    texts,
    isUp: true,
    open() {
      const store: Pick<ObjectStore, 'bucket' | 'createBucket' | 'head' | 'put'> = {
        bucket: async (name) => ({ name, createdAt: 0 }),
        createBucket: async () => ({ created: false }),
        head: (bucket, key) =>
          scheduler.gate(
            () => `looks at ${key}`,
            () => whenUp(() => infos.get(`s3://${bucket}/${key}`)),
          ),
        async put(bucket, key, body, _options, now) {
          const act = (): ObjectInfo => put(bucket, key, body as Buffer, now);
          const info = await scheduler.gate(
            () => `puts ${key}`,
            () => whenUp(act),
            act,
          );
          return scheduler.gate(
            () => `hears that ${key} is put`,
            () => info,
          );
        },
      };
      return store as ObjectStore;
    },
  };
  return objects;
}
