import { objectCreatedEvent } from '@holdpoint/protocol';
import { deliver, wantsObject } from '../domain/announce.ts';
import type { Change } from '../domain/change.ts';
import type { HumanLoop } from '../domain/rows.ts';
import { newId } from '../id.ts';
import type { ObjectInfo } from '../object-store/object-store.ts';
import type { JobContext } from './job.ts';

/** What tells event targets of an object that a job wrote for a loop. */
export async function objectEvents(context: JobContext, { name }: HumanLoop, object: ObjectInfo): Promise<Change[]> {
  const targets = (await context.store.eventTargets()).filter((target) =>
    wantsObject(target, object.bucket, object.key),
  );
  if (targets.length === 0) return [];
  const event = objectCreatedEvent({
    eventName: 'ObjectCreated:Put',
    time: new Date(object.lastModified),
    region: context.installation.region,
    accountId: context.installation.accountId,
    bucket: object.bucket,
    key: object.key,
    size: object.size,
    eTag: object.etag,
    // In microseconds, as of objects that are written through the S3 API: only then do the two compare.
    sequencer: (object.lastModified * 1000).toString(16).toUpperCase().padStart(16, '0'),
  });
  const settings = { now: context.now, newId: () => newId(context.now) };
  return targets.flatMap((target) => deliver(target, JSON.stringify(event), settings, name));
}
