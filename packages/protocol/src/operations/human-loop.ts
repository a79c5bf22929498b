// The five operations of the A2I runtime.
import { dateTime, integer, list, oneOf, string, structure } from '../shape.ts';
import { runtimeOperations } from './operation.ts';

// Wider than AWS's model, which has lower case only: the live service was seen to accept upper case.
/** Letters, digits and inner hyphens, at most 63. */
const HumanLoopName = string({ min: 1, max: 63, pattern: '[A-Za-z0-9](-*[A-Za-z0-9])*' });
/** The flow definition by its ARN. */
const FlowDefinitionArn = string({
  max: 1024,
  pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:flow-definition/.*',
});
/** The loop's ARN; its name is what follows the last slash. */
const HumanLoopArn = string({
  max: 1024,
  pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:human-loop/.*',
});
// Marked sensitive here, so that no message or log repeats what is under review.
/** The content as JSON text. */
const InputContent = string({ max: 3_145_728, sensitive: true });
/**
 * InProgress, then Completed, Failed or Stopped; Stopping while people who were working when it was stopped finish.
 */
const HumanLoopStatus = oneOf('InProgress', 'Failed', 'Completed', 'Stopped', 'Stopping');
/** Where the next page begins; absent on the last one. */
const NextToken = string({ max: 8192, pattern: '.*' });
const AnyString = string();

const nameInPath = structure({ HumanLoopName }, ['HumanLoopName'], {
  bindings: { HumanLoopName: { location: 'label', wireName: 'HumanLoopName' } },
});
const nothing = structure({});
const commonErrors = [
  'ValidationException',
  'ResourceNotFoundException',
  'ThrottlingException',
  'InternalServerException',
] as const;

export const humanLoopOperations = runtimeOperations({
  /**
   * Starts a human loop: asks people about one piece of content, by the rules of a flow definition.
   *
   * The same name with the same input is a repetition and changes nothing, so a client may try again after a failure.
   * The loop's page is rendered before anybody is asked; when that fails, the loop turns Failed with the reason.
   *
   * Where the flow definition has activation conditions for input content, they say whether people are asked. If not, the
   * loop is Completed at once, without answers, or not made at all (tag `holdpoint:on-no-review`); the header
   * `Holdpoint-Activated` of the answer says `true` or `false`.
   *
   * @error ConflictException a loop of this name is InProgress or Stopping with another input
   * @error ServiceQuotaExceededException the quota of loops in flight is used up
   * @error ValidationException the flow definition does not exist, the content is not JSON, or a finished loop has
   * this name
   * @source A2I developer guide, "Create and start a human loop"; API reference, StartHumanLoop
   */
  StartHumanLoop: {
    http: { method: 'POST', uri: '/human-loops' },
    input: structure(
      {
        HumanLoopName,
        FlowDefinitionArn,
        /** What is to be reviewed. */
        HumanLoopInput: structure({ InputContent }, ['InputContent']),
        /** What the content is free of; needed where a public workforce would see it. */
        DataAttributes: structure(
          {
            /** What the caller declares. */
            ContentClassifiers: list(oneOf('FreeOfPersonallyIdentifiableInformation', 'FreeOfAdultContent'), {
              max: 256,
            }),
          },
          ['ContentClassifiers'],
        ),
      },
      ['HumanLoopName', 'FlowDefinitionArn', 'HumanLoopInput'],
    ),
    output: structure({ HumanLoopArn }),
    errors: [
      'ValidationException',
      'ThrottlingException',
      'ServiceQuotaExceededException',
      'InternalServerException',
      'ConflictException',
    ],
  },
  /**
   * Describes a human loop: its status, and where its output is or will be.
   *
   * `HumanLoopOutput` names the object from the start; it is there, whole, when the status is Completed or Stopped.
   * With the header `Prefer: wait=N` the answer comes when the status changes, or after N seconds (at most 20).
   *
   * @error ResourceNotFoundException there is no such loop, or it was deleted
   * @source API reference, DescribeHumanLoop
   */
  DescribeHumanLoop: {
    http: { method: 'GET', uri: '/human-loops/{HumanLoopName}' },
    input: nameInPath,
    output: structure(
      {
        /** When the loop was started. */
        CreationTime: dateTime,
        /** Of a Failed loop: why, in a sentence. */
        FailureReason: AnyString,
        /** Of a Failed loop: ValidationError, Expired or InternalError. */
        FailureCode: AnyString,
        HumanLoopStatus,
        HumanLoopName,
        HumanLoopArn,
        FlowDefinitionArn,
        /** `OutputS3Uri` is the object with the answers: `output.json`. */
        HumanLoopOutput: structure(
          {
            /** `s3://BUCKET/KEY`. */
            OutputS3Uri: AnyString,
          },
          ['OutputS3Uri'],
        ),
      },
      ['CreationTime', 'HumanLoopStatus', 'HumanLoopName', 'HumanLoopArn', 'FlowDefinitionArn'],
    ),
    errors: commonErrors,
  },
  /**
   * Lists the human loops of a flow definition by the time of their creation, newest first unless asked otherwise.
   *
   * @error ResourceNotFoundException there is no such flow definition
   * @source API reference, ListHumanLoops
   */
  ListHumanLoops: {
    http: { method: 'GET', uri: '/human-loops' },
    input: structure(
      {
        /** Only loops that were created at this moment or later. */
        CreationTimeAfter: dateTime,
        /** Only loops that were created before this moment. */
        CreationTimeBefore: dateTime,
        FlowDefinitionArn,
        /** By creation time; Descending without it. */
        SortOrder: oneOf('Ascending', 'Descending'),
        NextToken,
        /** The most loops of one page, 1 to 100; 10 without it. */
        MaxResults: integer(1, 100),
      },
      ['FlowDefinitionArn'],
      {
        bindings: {
          CreationTimeAfter: { location: 'query', wireName: 'CreationTimeAfter' },
          CreationTimeBefore: { location: 'query', wireName: 'CreationTimeBefore' },
          FlowDefinitionArn: { location: 'query', wireName: 'FlowDefinitionArn' },
          SortOrder: { location: 'query', wireName: 'SortOrder' },
          NextToken: { location: 'query', wireName: 'NextToken' },
          MaxResults: { location: 'query', wireName: 'MaxResults' },
        },
      },
    ),
    output: structure(
      {
        /** The loops of this page. */
        HumanLoopSummaries: list(
          structure({
            HumanLoopName,
            HumanLoopStatus,
            /** When the loop was started. */
            CreationTime: dateTime,
            /** Of a Failed loop: why, in a sentence. */
            FailureReason: string({ max: 1024 }),
            FlowDefinitionArn,
          }),
        ),
        NextToken,
      },
      ['HumanLoopSummaries'],
    ),
    errors: commonErrors,
    pages: 'HumanLoopSummaries',
  },
  /**
   * Stops a human loop: nobody is asked any more. Whoever is working may finish, until then the loop is Stopping; the
   * answers that are in are written.
   *
   * @error ResourceNotFoundException there is no such loop
   * @error ValidationException the loop has finished already
   * @source A2I developer guide, "Delete a human loop"; API reference, StopHumanLoop
   */
  StopHumanLoop: {
    http: { method: 'POST', uri: '/human-loops/stop' },
    input: structure({ HumanLoopName }, ['HumanLoopName']),
    output: nothing,
    errors: commonErrors,
  },
  /**
   * Deletes a finished human loop and its answers; `output.json` stays in its bucket and the name is free again.
   *
   * @error ResourceNotFoundException there is no such loop
   * @error ValidationException the loop is InProgress or Stopping; stop it first
   * @source A2I developer guide, "Delete a human loop"; API reference, DeleteHumanLoop
   */
  DeleteHumanLoop: {
    http: { method: 'DELETE', uri: '/human-loops/{HumanLoopName}' },
    input: nameInPath,
    output: nothing,
    errors: commonErrors,
  },
});
