import type { OperationContext, OperationHandler } from '../../context.ts';
import { type Change, guard, update } from '../../domain/change.ts';
import { addJob } from '../../domain/jobs.ts';
import type { HumanLoop } from '../../domain/rows.ts';
import { decide } from '../decide.ts';
import { loadOwnHumanLoop, loadTask } from './load-human-loop.ts';
import { loadDeadLetters, loadJobs } from './loop-jobs.ts';

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

/** Deliveries of the loop's events that were given up, with targets that are still there. */
async function loadGivenUp({ store }: OperationContext, humanLoop: HumanLoop) {
  const deadLetters = await loadDeadLetters(store, await store.eventsOfHumanLoop(humanLoop.id));
  const targets = new Map((await store.eventTargets()).map((target) => [target.id, target]));
  return deadLetters.flatMap((delivery) => {
    const target = targets.get(delivery.eventTargetId);
    return target ? [{ delivery, target }] : [];
  });
}
