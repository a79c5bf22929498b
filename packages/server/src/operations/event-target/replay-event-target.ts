import type { OperationContext, OperationHandler } from '../../context.ts';
import { guard, update } from '../../domain/change.ts';
import { addJob } from '../../domain/jobs.ts';
import type { EventDelivery } from '../../domain/rows.ts';
import { decide } from '../decide.ts';
import { loadDeadLetters } from './load-dead-letters.ts';
import { loadEventTarget } from './load-event-target.ts';

/** How many deliveries one save queues, so that no save holds others up. */
const batch = 200;

/** Queues deliveries that were given up again; each is tried for another three days, in the order in which they were made. */
export const replayEventTarget: OperationHandler<'ReplayEventTarget'> = async (context, input) => {
  const { EventTargetId: id, DeliveryIds: ids } = input;
  await loadEventTarget(context, id);
  if (ids) return { Replayed: await replay(context, id, () => loadDeadLetters(context, id, ids)) };
  // Those that fail again meanwhile come last in the list: the count keeps them from being replayed twice.
  let { failed: left } = await context.store.countDeliveries(id);
  let replayed = 0;
  while (left > 0) {
    const limit = Math.min(left, batch);
    const count = await replay(context, id, () => context.store.failedDeliveries(id, limit));
    if (count === 0) break;
    left -= count;
    replayed += count;
  }
  return { Replayed: replayed };
};

async function replay(
  context: OperationContext,
  id: string,
  load: () => Promise<readonly EventDelivery[]>,
): Promise<number> {
  const { count } = await decide(context, async () => {
    // Deleted in between, it would take with it what is said to be sent again.
    const target = await loadEventTarget(context, id);
    const failed = await load();
    const now = context.clock.now();
    const changes = failed.flatMap((delivery) => [
      update('eventDeliveries', delivery, { failedAt: null }),
      addJob('send-event', delivery.id, now, now),
    ]);
    return { count: failed.length, changes: [guard('eventTargets', target), ...changes] };
  });
  return count;
}
