// The five operations of the A2I runtime.
import { dateTime, integer, list, oneOf, string, structure } from '../shape.ts';
import { runtimeOperations } from './operation.ts';

/** Wider than AWS's model, which has lower case only: the live service was seen to accept upper case. */
const HumanLoopName = string({ min: 1, max: 63, pattern: '[A-Za-z0-9](-*[A-Za-z0-9])*' });
const FlowDefinitionArn = string({
  max: 1024,
  pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:flow-definition/.*',
});
const HumanLoopArn = string({
  max: 1024,
  pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:human-loop/.*',
});
/** Marked sensitive here, so that no message or log repeats what is under review. */
const InputContent = string({ max: 3_145_728, sensitive: true });
const HumanLoopStatus = oneOf('InProgress', 'Failed', 'Completed', 'Stopped', 'Stopping');
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
  StartHumanLoop: {
    http: { method: 'POST', uri: '/human-loops' },
    input: structure(
      {
        HumanLoopName,
        FlowDefinitionArn,
        HumanLoopInput: structure({ InputContent }, ['InputContent']),
        DataAttributes: structure(
          {
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
  DescribeHumanLoop: {
    http: { method: 'GET', uri: '/human-loops/{HumanLoopName}' },
    input: nameInPath,
    output: structure(
      {
        CreationTime: dateTime,
        FailureReason: AnyString,
        FailureCode: AnyString,
        HumanLoopStatus,
        HumanLoopName,
        HumanLoopArn,
        FlowDefinitionArn,
        HumanLoopOutput: structure({ OutputS3Uri: AnyString }, ['OutputS3Uri']),
      },
      ['CreationTime', 'HumanLoopStatus', 'HumanLoopName', 'HumanLoopArn', 'FlowDefinitionArn'],
    ),
    errors: commonErrors,
  },
  ListHumanLoops: {
    http: { method: 'GET', uri: '/human-loops' },
    input: structure(
      {
        CreationTimeAfter: dateTime,
        CreationTimeBefore: dateTime,
        FlowDefinitionArn,
        SortOrder: oneOf('Ascending', 'Descending'),
        NextToken,
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
        HumanLoopSummaries: list(
          structure({
            HumanLoopName,
            HumanLoopStatus,
            CreationTime: dateTime,
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
  StopHumanLoop: {
    http: { method: 'POST', uri: '/human-loops/stop' },
    input: structure({ HumanLoopName }, ['HumanLoopName']),
    output: nothing,
    errors: commonErrors,
  },
  DeleteHumanLoop: {
    http: { method: 'DELETE', uri: '/human-loops/{HumanLoopName}' },
    input: nameInPath,
    output: nothing,
    errors: commonErrors,
  },
});
