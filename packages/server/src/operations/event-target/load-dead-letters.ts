import { ApiError } from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import type { EventDelivery } from '../../domain/rows.ts';

/** @throws ApiError ResourceNotFound when one of the ids is no dead letter of the target. */
export async function loadDeadLetters(
  { store }: OperationContext,
  eventTargetId: string,
  ids: readonly string[],
): Promise<readonly EventDelivery[]> {
  const load = async (id: string): Promise<EventDelivery> => {
    const delivery = await store.eventDelivery(id);
    if (delivery && delivery.eventTargetId === eventTargetId && delivery.failedAt !== null) return delivery;
    throw new ApiError('ResourceNotFound', `The event target ${eventTargetId} has no dead letter ${id}.`);
  };
  return Promise.all([...new Set(ids)].map(load));
}
