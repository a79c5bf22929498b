// Human task UIs: what a worker is shown.
import { list, oneOf, string, structure, timestamp } from '../shape.ts';
import { sageMakerOperations } from './operation.ts';
import { anyString, HumanTaskUiArn, MaxResults, NextToken, nothing, RoleArn, SortOrder, TagList } from './shapes.ts';

/** Lower-case letters, digits and inner hyphens, at most 63. */
const HumanTaskUiName = string({ min: 1, max: 63, pattern: '[a-z0-9](-*[a-z0-9])*' });
/** `Content` is Liquid and HTML, at most 128,000 characters. */
const UiTemplate = structure(
  {
    /** The template's source. */
    Content: string({ min: 1, max: 128_000, pattern: '[\\S\\s]+' }),
  },
  ['Content'],
);

export const humanTaskUiOperations = sageMakerOperations({
  /**
   * Creates a human task UI: the Liquid template from which the page of each task is made.
   *
   * @error ResourceInUse a human task UI of this name exists
   * @source A2I developer guide, "Create a worker task template"; SageMaker API reference, CreateHumanTaskUi
   */
  CreateHumanTaskUi: {
    input: structure(
      {
        HumanTaskUiName,
        UiTemplate,
        /** The tags that it gets, at most 50. */
        Tags: TagList,
      },
      ['HumanTaskUiName', 'UiTemplate'],
    ),
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
        /** Active, or Deleting for a moment. */
        HumanTaskUiStatus: oneOf('Active', 'Deleting'),
        /** When the human task UI was created. */
        CreationTime: timestamp,
        /** Where its source is. */
        UiTemplate: structure({
          /** A link to the source, good for a while. */
          Url: string({ min: 1, max: 2048 }),
          /** The SHA-256 of the source, in hexadecimal digits. */
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
      /** Only those that were created at this moment or later. */
      CreationTimeAfter: timestamp,
      /** Only those that were created before this moment. */
      CreationTimeBefore: timestamp,
      SortOrder,
      NextToken,
      MaxResults,
    }),
    output: structure(
      {
        /** The human task UIs of this page. */
        HumanTaskUiSummaries: list(
          structure(
            {
              HumanTaskUiName,
              HumanTaskUiArn,
              /** When the human task UI was created. */
              CreationTime: timestamp,
            },
            ['HumanTaskUiName', 'HumanTaskUiArn', 'CreationTime'],
          ),
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
        Task: structure(
          {
            /** The sample input as JSON text. */
            Input: string({ min: 2, max: 128_000, pattern: '[\\S\\s]+', sensitive: true }),
          },
          ['Input'],
        ),
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
        Errors: list(
          structure(
            {
              /** The kind of error. */
              Code: anyString,
              /** What is wrong, in a sentence. */
              Message: anyString,
            },
            ['Code', 'Message'],
          ),
        ),
      },
      ['RenderedContent', 'Errors'],
    ),
    errors: ['ResourceNotFound'],
  },
});
