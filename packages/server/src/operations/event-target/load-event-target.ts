import { ApiError } from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import type { EventTarget } from '../../domain/rows.ts';

/** @throws ApiError ResourceNotFound when no event target has the id. */
export async function loadEventTarget({ store }: OperationContext, id: string): Promise<EventTarget> {
  const target = await store.eventTarget(id);
  if (!target) throw new ApiError('ResourceNotFound', `There is no event target with the id ${id}.`);
  return target;
}
