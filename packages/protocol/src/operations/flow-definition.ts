// Flow definitions: the standing rules that human loops follow.
import { integer, list, oneOf, string, structure, timestamp } from '../shape.ts';
import { sageMakerOperations } from './operation.ts';
import {
  FailureReason,
  HumanTaskUiArn,
  MaxResults,
  NextToken,
  nothing,
  RoleArn,
  SortOrder,
  TagList,
  WorkteamArn,
} from './shapes.ts';

const FlowDefinitionName = string({ min: 1, max: 63, pattern: '[a-z0-9](-*[a-z0-9]){0,62}' });
const FlowDefinitionArn = string({
  max: 1024,
  pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]+:[0-9]{12}:flow-definition/.*',
});
const FlowDefinitionStatus = oneOf('Initializing', 'Active', 'Failed', 'Deleting');

const HumanLoopRequestSource = structure(
  {
    AwsManagedHumanLoopRequestSource: oneOf(
      'AWS/Rekognition/DetectModerationLabels/Image/V3',
      'AWS/Textract/AnalyzeDocument/Forms/V1',
    ),
  },
  ['AwsManagedHumanLoopRequestSource'],
);

const HumanLoopActivationConfig = structure(
  {
    HumanLoopActivationConditionsConfig: structure(
      { HumanLoopActivationConditions: string({ max: 10_240, jsonValue: true }) },
      ['HumanLoopActivationConditions'],
    ),
  },
  ['HumanLoopActivationConditionsConfig'],
);

const HumanLoopConfig = structure(
  {
    WorkteamArn,
    HumanTaskUiArn,
    TaskTitle: string({ min: 1, max: 128, pattern: '[\\t\\n\\r -\\uD7FF\\uE000-\\uFFFD]*' }),
    TaskDescription: string({ min: 1, max: 255, pattern: '.+' }),
    TaskCount: integer(1, 3),
    TaskAvailabilityLifetimeInSeconds: integer(1),
    TaskTimeLimitInSeconds: integer(30),
    TaskKeywords: list(string({ min: 1, max: 30, pattern: '[A-Za-z0-9]+( [A-Za-z0-9]+)*' }), { min: 1, max: 5 }),
    PublicWorkforceTaskPrice: structure({
      AmountInUsd: structure({
        Dollars: integer(0, 2),
        Cents: integer(0, 99),
        TenthFractionsOfACent: integer(0, 9),
      }),
    }),
  },
  ['WorkteamArn', 'HumanTaskUiArn', 'TaskTitle', 'TaskDescription', 'TaskCount'],
);

const OutputConfig = structure(
  {
    S3OutputPath: string({ max: 1024, pattern: '(https|s3)://([^/]+)/?(.*)' }),
    KmsKeyId: string({ max: 2048, pattern: '[a-zA-Z0-9:/_-]*' }),
  },
  ['S3OutputPath'],
);

export const flowDefinitionOperations = sageMakerOperations({
  CreateFlowDefinition: {
    input: structure(
      {
        FlowDefinitionName,
        HumanLoopRequestSource,
        HumanLoopActivationConfig,
        HumanLoopConfig,
        OutputConfig,
        RoleArn,
        Tags: TagList,
      },
      // Newer models leave HumanLoopConfig optional, but nothing can be reviewed without it.
      ['FlowDefinitionName', 'HumanLoopConfig', 'OutputConfig', 'RoleArn'],
    ),
    output: structure({ FlowDefinitionArn }, ['FlowDefinitionArn']),
    errors: ['ResourceInUse', 'ResourceLimitExceeded'],
  },
  DescribeFlowDefinition: {
    input: structure({ FlowDefinitionName }, ['FlowDefinitionName']),
    output: structure(
      {
        FlowDefinitionArn,
        FlowDefinitionName,
        FlowDefinitionStatus,
        CreationTime: timestamp,
        HumanLoopRequestSource,
        HumanLoopActivationConfig,
        HumanLoopConfig,
        OutputConfig,
        RoleArn,
        FailureReason,
      },
      ['FlowDefinitionArn', 'FlowDefinitionName', 'FlowDefinitionStatus', 'CreationTime', 'OutputConfig', 'RoleArn'],
    ),
    errors: ['ResourceNotFound'],
  },
  ListFlowDefinitions: {
    input: structure({
      CreationTimeAfter: timestamp,
      CreationTimeBefore: timestamp,
      SortOrder,
      NextToken,
      MaxResults,
    }),
    output: structure(
      {
        FlowDefinitionSummaries: list(
          structure(
            { FlowDefinitionName, FlowDefinitionArn, FlowDefinitionStatus, CreationTime: timestamp, FailureReason },
            ['FlowDefinitionName', 'FlowDefinitionArn', 'FlowDefinitionStatus', 'CreationTime'],
          ),
        ),
        NextToken,
      },
      ['FlowDefinitionSummaries'],
    ),
    pages: 'FlowDefinitionSummaries',
  },
  DeleteFlowDefinition: {
    input: structure({ FlowDefinitionName }, ['FlowDefinitionName']),
    output: nothing,
    errors: ['ResourceNotFound', 'ResourceInUse'],
  },
});
