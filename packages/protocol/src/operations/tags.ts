// Tags of flow definitions, human task UIs and workteams.
import { integer, list, string, structure } from '../shape.ts';
import { sageMakerOperations } from './operation.ts';
import { NextToken, nothing, TagKey, TagList } from './shapes.ts';

const ResourceArn = string({ max: 256, pattern: 'arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:.+' });

export const tagOperations = sageMakerOperations({
  AddTags: {
    input: structure({ ResourceArn, Tags: TagList }, ['ResourceArn', 'Tags']),
    output: structure({ Tags: TagList }),
  },
  ListTags: {
    input: structure({ ResourceArn, NextToken, MaxResults: integer(50) }, ['ResourceArn']),
    output: structure({ Tags: TagList, NextToken }),
    pages: 'Tags',
  },
  DeleteTags: {
    input: structure({ ResourceArn, TagKeys: list(TagKey, { min: 1, max: 50 }) }, ['ResourceArn', 'TagKeys']),
    output: nothing,
  },
});
