import type { OperationHandler } from '../../context.ts';
import { addTags as add, tagList } from '../../domain/tags.ts';
import { decide } from '../decide.ts';
import { taggedResource } from './tagged-resource.ts';

/** Adds tags; one with a key that is there already replaces it. */
export const addTags: OperationHandler<'AddTags'> = async (context, input) => {
  const { tags } = await decide(context, async () => {
    const resource = await taggedResource(context, input.ResourceArn);
    const tags = add(resource.tags, input.Tags);
    return { changes: await resource.setTags(tags), tags };
  });
  return { Tags: tagList(tags) };
};
