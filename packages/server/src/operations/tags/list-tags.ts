import type { OperationHandler } from '../../context.ts';
import { tagList } from '../../domain/tags.ts';
import { decodeToken } from '../next-token.ts';
import { taggedResource } from './tagged-resource.ts';

/** A resource has at most 50 tags and a page at least 50, so no page ever follows. */
export const listTags: OperationHandler<'ListTags'> = async (context, input) => {
  const resource = await taggedResource(context, input.ResourceArn);
  return { Tags: decodeToken(input.NextToken) === undefined ? tagList(resource.tags) : [] };
};
