import { update } from '../domain/change.ts';
import { jobId } from '../domain/jobs.ts';
import type { Position } from '../store/store.ts';
import type { JobContext } from './job.ts';

const pageSize = 200;
/** An event that a target has refused so often waits its time: it may be the event, and not the target, that something is wrong with. */
export const mostHurried = 20;
/** Milliseconds; what is due by then is not brought forward, so that it is not taken from whoever begins it now. */
const soonMs = 2000;

type Needed = Pick<JobContext, 'store' | 'clock' | 'log'>;

/**
 * Events that wait for another try at a target that is well again are due now, instead of in up to six hours. When that cannot be
 * saved it is logged: the event that showed it was delivered all the same.
 */
export const bringForward = (context: Needed, eventTargetId: string): Promise<void> =>
  bringAll(context, eventTargetId).catch((error: unknown) =>
    context.log.warn({ eventTargetId, err: error }, 'events that wait could not be brought forward'),
  );

async function bringAll({ store, clock, log }: Needed, eventTargetId: string): Promise<void> {
  let brought = 0;
  for (let after: Position | undefined; ; ) {
    const waiting = await store.waitingDeliveriesOf(eventTargetId, { after, limit: pageSize });
    const saved = await Promise.all(
      waiting.map(async ({ id, attempts }) => {
        if (attempts > mostHurried) return false;
        const job = await store.job(jobId('send-event', id));
        const now = clock.now();
        // What changes meanwhile is being tried.
        return (
          job !== undefined &&
          job.dueAt > now + soonMs &&
          (await store.save([update('jobs', job, { dueAt: now })])) === 'saved'
        );
      }),
    );
    brought += saved.filter((isSaved) => isSaved).length;
    if (waiting.length < pageSize) break;
    after = waiting.at(-1);
  }
  if (brought > 0)
    log.info({ eventTargetId, events: brought }, 'event target takes events again, those that wait are sent');
}
