// Tags of flow definitions, human task UIs and workteams.
import { integer, list, string, structure } from '../shape.ts';
import { sageMakerOperations } from './operation.ts';
import { NextToken, nothing, TagKey, TagList } from './shapes.ts';

/** A flow definition, human task UI or workteam. */
const ResourceArn = string({ max: 256, pattern: 'arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:.+' });

export const tagOperations = sageMakerOperations({
  /**
   * Adds tags to a flow definition, human task UI or workteam, or gives the ones that it has other values.
   *
   * @error ValidationException there is no such resource, or a tag that begins with `holdpoint:` is not known
   * @source SageMaker API reference, AddTags
   */
  AddTags: {
    input: structure(
      {
        ResourceArn,
        /** The tags to add, at most 50. */
        Tags: TagList,
      },
      ['ResourceArn', 'Tags'],
    ),
    output: structure({
      /** All tags that the resource has now. */
      Tags: TagList,
    }),
  },
  /**
   * Lists the tags of a resource.
   *
   * @source SageMaker API reference, ListTags
   */
  ListTags: {
    input: structure({ ResourceArn, NextToken, MaxResults: integer(50) }, ['ResourceArn']),
    output: structure({
      /** All tags of the resource. */
      Tags: TagList,
      NextToken,
    }),
    pages: 'Tags',
  },
  /**
   * Removes tags from a resource; keys that it does not have are passed over.
   *
   * @source SageMaker API reference, DeleteTags
   */
  DeleteTags: {
    input: structure(
      {
        ResourceArn,
        /** The keys of the tags to remove. */
        TagKeys: list(TagKey, { min: 1, max: 50 }),
      },
      ['ResourceArn', 'TagKeys'],
    ),
    output: nothing,
  },
});
