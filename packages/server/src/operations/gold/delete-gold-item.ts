import { ApiError } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { remove } from '../../domain/change.ts';
import { decide } from '../decide.ts';

/** Deletes a gold item; the loop that was made of it goes on, and its answers are not scored. */
export const deleteGoldItem: OperationHandler<'DeleteGoldItem'> = async (context, { GoldItemId: id }) => {
  await decide(context, async () => {
    const item = await context.store.goldItem(id);
    if (!item) throw new ApiError('ResourceNotFound', `There is no gold item ${id}.`);
    return { changes: [remove('goldItems', item)] };
  });
  return {};
};
