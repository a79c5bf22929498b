import { type Waiting, waitingId } from '../domain/waiting.ts';
import { brieflyKept } from './briefly-kept.ts';
import { collectWaiting, mostWaitingLive } from './collect-waiting.ts';
import type { OpenWork } from './statistics.ts';
import type { Store } from './store.ts';

export interface Present {
  readonly waiting: Waiting;
  readonly open: readonly OpenWork[];
}

/** The job counts much more often; where it does not, what waits is looked at again. */
const believedMs = 900_000;
/** Where more waits than is counted at once, and the job has not counted yet. */
const notCounted = { countedAt: 0, flows: {} };

/** What waits for workers and what they hold. */
export const loadPresent = brieflyKept(look);

async function look(store: Store, now: number): Promise<Present> {
  const [row, open] = await Promise.all([store.statistic(waitingId), store.openWork()]);
  const counted = row?.figures as Waiting | undefined;
  if (counted && Math.abs(now - counted.countedAt) < believedMs) return { waiting: counted, open };
  const live = await collectWaiting(store, now, mostWaitingLive);
  return { waiting: live ?? counted ?? notCounted, open };
}
