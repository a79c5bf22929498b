import { ApiError } from '@holdpoint/protocol';
import type { OperationContext, OperationHandler } from '../../context.ts';
import { discard, remove } from '../../domain/change.ts';
import { decide } from '../decide.ts';
import { loadEventTarget } from './load-event-target.ts';

/** How many rows one save removes, so that no save holds others up. */
const batch = 200;

/**
 * Deletes an event target and, with force, what failed for it; deliveries that wait find it gone when they are due and go
 * themselves.
 */
export const deleteEventTarget: OperationHandler<'DeleteEventTarget'> = async (context, input) => {
  const { EventTargetId: id } = input;
  await loadEventTarget(context, id);
  if (input.Force !== true) await requireNoDeadLetters(context, id);
  // Most go before the target, so that a crash half-way leaves a target that can be deleted again.
  await discardFailed(context, id);
  await decide(context, async () => ({ changes: [remove('eventTargets', await loadEventTarget(context, id))] }));
  await discardFailed(context, id);
  return {};
};

async function requireNoDeadLetters({ store }: OperationContext, id: string): Promise<void> {
  const { failed } = await store.countDeliveries(id);
  if (failed === 0) return;
  throw new ApiError(
    'ResourceInUse',
    `The event target ${id} has ${failed} dead ${failed === 1 ? 'letter' : 'letters'}: replay or delete them first, or give Force to delete them with it.`,
  );
}

async function discardFailed({ store }: OperationContext, id: string): Promise<void> {
  for (;;) {
    const failed = await store.failedDeliveries(id, batch);
    if (failed.length === 0) return;
    await store.save(failed.map((delivery) => discard('eventDeliveries', delivery.id)));
  }
}
