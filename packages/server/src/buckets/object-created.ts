import { probeFolder } from '@holdpoint/protocol';
import type { ObjectInfo } from '../object-store/object-store.ts';
import type { BucketRequest } from './request.ts';
import type { ObjectCreated } from './settings.ts';

let lastSequence = 0;

/** Tells the event targets about a new object, before its writer is answered. */
export async function announce(
  request: BucketRequest,
  info: ObjectInfo,
  eventName: ObjectCreated['eventName'],
): Promise<void> {
  if (info.key.startsWith(probeFolder)) return;
  // Microseconds leave room for writes of one millisecond; 2^53 of them last until the year 2255.
  lastSequence = Math.max(lastSequence + 1, request.now * 1000);
  await request.settings.onObjectCreated({
    bucket: info.bucket,
    key: info.key,
    size: info.size,
    etag: info.etag,
    eventName,
    sequencer: lastSequence.toString(16).toUpperCase().padStart(16, '0'),
    requestId: request.exchange.requestId,
    sourceIpAddress: request.exchange.clientAddress,
  });
}
