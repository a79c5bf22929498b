import { type Waiting, waitingId } from '../domain/waiting.ts';
import { collectWaiting, mostWaitingLive } from './collect-waiting.ts';
import type { OpenWork } from './statistics.ts';
import type { Store } from './store.ts';

export interface Present {
  readonly waiting: Waiting;
  readonly open: readonly OpenWork[];
}

/** So long it is not looked again. */
const keptMs = 2000;
/** The job counts much more often; where it does not, what waits is looked at again. */
const believedMs = 900_000;
/** Where more waits than is counted at once, and the job has not counted yet. */
const notCounted = { countedAt: 0, flows: {} };

const kept = new WeakMap<Store, { readonly at: number; readonly present: Promise<Present> }>();

/** What waits for workers and what they hold; known for two seconds, however many ask. */
export function loadPresent(store: Store, now: number): Promise<Present> {
  const known = kept.get(store);
  if (known && Math.abs(now - known.at) < keptMs) return known.present;
  const present = look(store, now);
  kept.set(store, { at: now, present });
  present.catch(() => kept.delete(store));
  return present;
}

async function look(store: Store, now: number): Promise<Present> {
  const [row, open] = await Promise.all([store.statistic(waitingId), store.openWork()]);
  const counted = row?.figures as Waiting | undefined;
  if (counted && Math.abs(now - counted.countedAt) < believedMs) return { waiting: counted, open };
  const live = await collectWaiting(store, now, mostWaitingLive);
  return { waiting: live ?? counted ?? notCounted, open };
}
