// Human task UIs: what a worker is shown.
import { list, oneOf, string, structure, timestamp } from '../shape.ts';
import { sageMakerOperations } from './operation.ts';
import { anyString, HumanTaskUiArn, MaxResults, NextToken, nothing, RoleArn, SortOrder, TagList } from './shapes.ts';

/** Lower-case letters, digits and inner hyphens, at most 63. */
const HumanTaskUiName = string({ min: 1, max: 63, pattern: '[a-z0-9](-*[a-z0-9])*' });
/** `Content` is Liquid and HTML, at most 128,000 characters. */
const UiTemplate = structure({ Content: string({ min: 1, max: 128_000, pattern: '[\\S\\s]+' }) }, ['Content']);

export const humanTaskUiOperations = sageMakerOperations({
  /**
   * Creates a human task UI: the Liquid template from which the page of each task is made.
   *
   * @error ResourceInUse a human task UI of this name exists
   * @source A2I developer guide, "Create a worker task template"; SageMaker API reference, CreateHumanTaskUi
   */
  CreateHumanTaskUi: {
    input: structure({ HumanTaskUiName, UiTemplate, Tags: TagList }, ['HumanTaskUiName', 'UiTemplate']),
    output: structure({ HumanTaskUiArn }, ['HumanTaskUiArn']),
    errors: ['ResourceInUse', 'ResourceLimitExceeded'],
  },
  /**
   * Describes a human task UI. Its source is not in the answer: `UiTemplate.Url` leads to it for a while,
   * `ContentSha256` is its SHA-256.
   *
   * @error ResourceNotFound there is no such human task UI
   * @source SageMaker API reference, DescribeHumanTaskUi
   */
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
  /**
   * Lists the human task UIs by the time of their creation, newest first unless asked otherwise.
   *
   * @source SageMaker API reference, ListHumanTaskUis
   */
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
  /**
   * Deletes a human task UI. Loops that were started keep their page; flow definitions that name it start no more.
   *
   * @error ResourceNotFound there is no such human task UI
   * @source SageMaker API reference, DeleteHumanTaskUi
   */
  DeleteHumanTaskUi: {
    input: structure({ HumanTaskUiName }, ['HumanTaskUiName']),
    output: nothing,
    errors: ['ResourceNotFound'],
  },
  /**
   * Renders a template with sample input, as a worker would be shown it. Faults of the template are part of the
   * answer, not an error of the call.
   *
   * @error ResourceNotFound there is no such human task UI
   * @error ValidationException neither or both of template and ARN are given, or the input is not JSON
   * @source A2I developer guide, "Preview a worker task template"; SageMaker API reference, RenderUiTemplate
   */
  RenderUiTemplate: {
    input: structure(
      {
        UiTemplate,
        // Marked sensitive here for the reason of StartHumanLoop's input content.
        /** `Input` is the sample input as JSON text. */
        Task: structure({ Input: string({ min: 2, max: 128_000, pattern: '[\\S\\s]+', sensitive: true }) }, ['Input']),
        RoleArn,
        HumanTaskUiArn,
      },
      ['Task', 'RoleArn'],
    ),
    output: structure(
      {
        /** The page as HTML. */
        RenderedContent: anyString,
        /** What is wrong with the template; empty when nothing is. */
        Errors: list(structure({ Code: anyString, Message: anyString }, ['Code', 'Message'])),
      },
      ['RenderedContent', 'Errors'],
    ),
    errors: ['ResourceNotFound'],
  },
});
