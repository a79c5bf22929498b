import type { OperationHandler } from '../../context.ts';
import { remove } from '../../domain/change.ts';
import type { EventDelivery } from '../../domain/rows.ts';
import { decide } from '../decide.ts';
import { loadDeadLetters } from './load-dead-letters.ts';
import { loadEventTarget } from './load-event-target.ts';

/** How many rows one save removes, so that no save holds others up. */
const batch = 200;

/** Deletes dead letters; one that is replayed meanwhile is sent and not deleted. */
export const deleteDeadLetters: OperationHandler<'DeleteDeadLetters'> = async (context, input) => {
  const { EventTargetId: id, DeliveryIds: ids } = input;
  await loadEventTarget(context, id);
  const discard = async (load: () => Promise<readonly EventDelivery[]>): Promise<number> => {
    const { count } = await decide(context, async () => {
      const letters = await load();
      return { count: letters.length, changes: letters.map((letter) => remove('eventDeliveries', letter)) };
    });
    return count;
  };
  if (ids) return { Deleted: await discard(() => loadDeadLetters(context, id, ids)) };
  // Not those that are given up meanwhile, which come last in the list: nobody has seen them.
  let { failed: left } = await context.store.countDeliveries(id);
  let deleted = 0;
  while (left > 0) {
    const limit = Math.min(left, batch);
    const count = await discard(() => context.store.failedDeliveries(id, limit));
    if (count === 0) break;
    left -= count;
    deleted += count;
  }
  return { Deleted: deleted };
};
