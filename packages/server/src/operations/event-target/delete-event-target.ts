import type { OperationContext, OperationHandler } from '../../context.ts';
import { discard, remove } from '../../domain/change.ts';
import { decide } from '../decide.ts';
import { loadEventTarget } from './load-event-target.ts';

/** How many rows one save removes, so that no save holds others up. */
const batch = 200;

/** Deletes an event target and what failed for it; deliveries that wait find it gone when they are due and go themselves. */
export const deleteEventTarget: OperationHandler<'DeleteEventTarget'> = async (context, { EventTargetId: id }) => {
  await loadEventTarget(context, id);
  // Most go before the target, so that a crash half-way leaves a target that can be deleted again.
  await discardFailed(context, id);
  await decide(context, async () => ({ changes: [remove('eventTargets', await loadEventTarget(context, id))] }));
  await discardFailed(context, id);
  return {};
};

async function discardFailed({ store }: OperationContext, id: string): Promise<void> {
  for (;;) {
    const failed = await store.failedDeliveries(id, batch);
    if (failed.length === 0) return;
    await store.save(failed.map((delivery) => discard('eventDeliveries', delivery.id)));
  }
}
