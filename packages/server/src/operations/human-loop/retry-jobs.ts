import type { OperationContext, OperationHandler } from '../../context.ts';
import { type Change, guard, update } from '../../domain/change.ts';
import { addJob } from '../../domain/jobs.ts';
import type { EventDelivery, HumanLoop } from '../../domain/rows.ts';
import { decide } from '../decide.ts';
import { loadOwnHumanLoop, loadTask } from './load-human-loop.ts';
import { loadJobs } from './loop-jobs.ts';

/**
 * Makes the failing jobs of a loop due now. Jobs that wait for their time, such as the end of a time limit, have not failed
 * and stay as they are.
 */
export const retryJobs: OperationHandler<'RetryJobs'> = async (context, input) => {
  const { kinds } = await decide(context, async () => {
    const humanLoop = await loadOwnHumanLoop(context, input.HumanLoopName);
    const { openAssignments } = await loadTask(context, humanLoop);
    const { now } = context;
    const failing = (await loadJobs(context, humanLoop, openAssignments)).filter(
      ({ job }) => job.attempts > 0 && job.dueAt > now,
    );
    const givenUp = await loadGivenUp(context, humanLoop);
    const changes: Change[] = failing.map(({ job }) => update('jobs', job, { dueAt: now }));
    for (const { delivery, target } of givenUp)
      changes.push(
        // Deleted in between, it would take with it what is said to be sent again.
        guard('eventTargets', target),
        update('eventDeliveries', delivery, { failedAt: null }),
        addJob('send-event', delivery.id, now, now),
      );
    return { changes, kinds: [...failing.map(({ job }) => job.kind), ...givenUp.map(() => 'send-event')] };
  });
  return { Jobs: kinds };
};

/** Deliveries of the loop's events that were given up and are still there, by what the timeline says of them. */
async function loadGivenUp({ store }: OperationContext, humanLoop: HumanLoop) {
  const events = await store.eventsOfHumanLoop(humanLoop.id);
  const ids = new Set(events.flatMap(({ kind, subject }) => (kind === 'EventGivenUp' && subject ? [subject] : [])));
  const targets = new Map((await store.eventTargets()).map((target) => [target.id, target]));
  const found = await Promise.all([...ids].map((id) => store.eventDelivery(id)));
  return found.flatMap((delivery: EventDelivery | undefined) => {
    const target = delivery && targets.get(delivery.eventTargetId);
    return delivery && target && delivery.failedAt !== null ? [{ delivery, target }] : [];
  });
}
