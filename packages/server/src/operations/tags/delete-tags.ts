import type { OperationHandler } from '../../context.ts';
import { decide } from '../decide.ts';
import { taggedResource } from './tagged-resource.ts';

/** Removes tags by key; keys that are not there are no error. */
export const deleteTags: OperationHandler<'DeleteTags'> = async (context, input) => {
  await decide(context, async () => {
    const resource = await taggedResource(context, input.ResourceArn);
    const kept = Object.entries(resource.tags).filter(([key]) => !input.TagKeys.includes(key));
    return { changes: await resource.setTags(Object.fromEntries(kept)) };
  });
  return {};
};
