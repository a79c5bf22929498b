import type { OperationContext, OperationHandler } from '../../context.ts';
import { update } from '../../domain/change.ts';
import { addJob } from '../../domain/jobs.ts';
import { decide } from '../decide.ts';
import { loadEventTarget } from './load-event-target.ts';

/** How many deliveries one save queues, so that no save holds others up. */
const batch = 200;

/** Queues every delivery that was given up again; each is tried for another three days. */
export const replayEventTarget: OperationHandler<'ReplayEventTarget'> = async (context, { EventTargetId: id }) => {
  await loadEventTarget(context, id);
  // Those that fail again meanwhile come last in the list: the count keeps them from being replayed twice.
  let { failed: left } = await context.store.countDeliveries(id);
  let replayed = 0;
  while (left > 0) {
    const count = await replay(context, id, Math.min(left, batch));
    if (count === 0) break;
    left -= count;
    replayed += count;
  }
  return { Replayed: replayed };
};

async function replay(context: OperationContext, id: string, limit: number): Promise<number> {
  const { count } = await decide(context, async () => {
    const failed = await context.store.failedDeliveries(id, limit);
    const now = context.clock.now();
    const changes = failed.flatMap((delivery) => [
      update('eventDeliveries', delivery, { failedAt: null }),
      addJob('send-event', delivery.id, now, now),
    ]);
    return { count: failed.length, changes };
  });
  return count;
}
