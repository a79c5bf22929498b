// Human task UIs: what a worker is shown.
import { list, oneOf, string, structure, timestamp } from '../shape.ts';
import { sageMakerOperations } from './operation.ts';
import { anyString, HumanTaskUiArn, MaxResults, NextToken, nothing, RoleArn, SortOrder, TagList } from './shapes.ts';

const HumanTaskUiName = string({ min: 1, max: 63, pattern: '[a-z0-9](-*[a-z0-9])*' });
const UiTemplate = structure({ Content: string({ min: 1, max: 128_000, pattern: '[\\S\\s]+' }) }, ['Content']);

export const humanTaskUiOperations = sageMakerOperations({
  CreateHumanTaskUi: {
    input: structure({ HumanTaskUiName, UiTemplate, Tags: TagList }, ['HumanTaskUiName', 'UiTemplate']),
    output: structure({ HumanTaskUiArn }, ['HumanTaskUiArn']),
    errors: ['ResourceInUse', 'ResourceLimitExceeded'],
  },
  DescribeHumanTaskUi: {
    input: structure({ HumanTaskUiName }, ['HumanTaskUiName']),
    output: structure(
      {
        HumanTaskUiArn,
        HumanTaskUiName,
        HumanTaskUiStatus: oneOf('Active', 'Deleting'),
        CreationTime: timestamp,
        UiTemplate: structure({
          Url: string({ min: 1, max: 2048 }),
          ContentSha256: string({ min: 1, max: 128_000 }),
        }),
      },
      ['HumanTaskUiArn', 'HumanTaskUiName', 'CreationTime', 'UiTemplate'],
    ),
    errors: ['ResourceNotFound'],
  },
  ListHumanTaskUis: {
    input: structure({
      CreationTimeAfter: timestamp,
      CreationTimeBefore: timestamp,
      SortOrder,
      NextToken,
      MaxResults,
    }),
    output: structure(
      {
        HumanTaskUiSummaries: list(
          structure({ HumanTaskUiName, HumanTaskUiArn, CreationTime: timestamp }, [
            'HumanTaskUiName',
            'HumanTaskUiArn',
            'CreationTime',
          ]),
        ),
        NextToken,
      },
      ['HumanTaskUiSummaries'],
    ),
    pages: 'HumanTaskUiSummaries',
  },
  DeleteHumanTaskUi: {
    input: structure({ HumanTaskUiName }, ['HumanTaskUiName']),
    output: nothing,
    errors: ['ResourceNotFound'],
  },
  RenderUiTemplate: {
    input: structure(
      {
        UiTemplate,
        /** Marked sensitive here for the reason of StartHumanLoop's input content. */
        Task: structure({ Input: string({ min: 2, max: 128_000, pattern: '[\\S\\s]+', sensitive: true }) }, ['Input']),
        RoleArn,
        HumanTaskUiArn,
      },
      ['Task', 'RoleArn'],
    ),
    output: structure(
      {
        RenderedContent: anyString,
        Errors: list(structure({ Code: anyString, Message: anyString }, ['Code', 'Message'])),
      },
      ['RenderedContent', 'Errors'],
    ),
    errors: ['ResourceNotFound'],
  },
});
