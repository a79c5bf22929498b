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

/** Lower-case letters, digits and inner hyphens, at most 63. */
const FlowDefinitionName = string({ min: 1, max: 63, pattern: '[a-z0-9](-*[a-z0-9]){0,62}' });
/** The flow definition's ARN. */
const FlowDefinitionArn = string({
  max: 1024,
  pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]+:[0-9]{12}:flow-definition/.*',
});
/** Initializing, Active, Failed or Deleting. */
const FlowDefinitionStatus = oneOf('Initializing', 'Active', 'Failed', 'Deleting');

/** The managed task type, for loops that calls of Rekognition or Textract start; absent for your own content. */
const HumanLoopRequestSource = structure(
  {
    /** Whose results are reviewed: content moderation by Rekognition, or forms by Textract. */
    AwsManagedHumanLoopRequestSource: oneOf(
      'AWS/Rekognition/DetectModerationLabels/Image/V3',
      'AWS/Textract/AnalyzeDocument/Forms/V1',
    ),
  },
  ['AwsManagedHumanLoopRequestSource'],
);

/**
 * When people are asked, as JSON in a string. With a request source the types of that service; without one types of ours,
 * evaluated on the input content of each start.
 */
const HumanLoopActivationConfig = structure(
  {
    /** Holds the conditions. */
    HumanLoopActivationConditionsConfig: structure(
      {
        /** The conditions, as JSON text. */
        HumanLoopActivationConditions: string({ max: 10_240, jsonValue: true }),
      },
      ['HumanLoopActivationConditions'],
    ),
  },
  ['HumanLoopActivationConditionsConfig'],
);

/** Who is asked, with which page, how many of them and for how long. */
const HumanLoopConfig = structure(
  {
    WorkteamArn,
    HumanTaskUiArn,
    /** What workers read in their list of tasks. */
    TaskTitle: string({ min: 1, max: 128, pattern: '[\\t\\n\\r -\\uD7FF\\uE000-\\uFFFD]*' }),
    /** One sentence about the task, in the same list. */
    TaskDescription: string({ min: 1, max: 255, pattern: '.+' }),
    /** How many different workers answer each loop, 1 to 3. */
    TaskCount: integer(1, 3),
    /**
     * Seconds from the start of a loop for which its task is offered; 864000 (ten days) without it. Then the loop is
     * Failed with Expired.
     */
    TaskAvailabilityLifetimeInSeconds: integer(1),
    /** Seconds that a worker has for one task; 3600 without it. */
    TaskTimeLimitInSeconds: integer(30),
    /** Words by which workers find the task. */
    TaskKeywords: list(string({ min: 1, max: 30, pattern: '[A-Za-z0-9]+( [A-Za-z0-9]+)*' }), { min: 1, max: 5 }),
    /** What a public workforce would be paid; kept, nobody is paid here. */
    PublicWorkforceTaskPrice: structure({
      /** For one task, in US dollars: the sum of its members. */
      AmountInUsd: structure({
        /** Whole dollars. */
        Dollars: integer(0, 2),
        /** Whole cents. */
        Cents: integer(0, 99),
        /** Tenths of a cent. */
        TenthFractionsOfACent: integer(0, 9),
      }),
    }),
  },
  ['WorkteamArn', 'HumanTaskUiArn', 'TaskTitle', 'TaskDescription', 'TaskCount'],
);

/** Where `output.json` goes: a bucket, with a prefix if you like. */
const OutputConfig = structure(
  {
    /**
     * `s3://BUCKET` or `s3://BUCKET/PREFIX`. A bucket that does not exist is made when the first output is written.
     */
    S3OutputPath: string({ max: 1024, pattern: '(https|s3)://([^/]+)/?(.*)' }),
    /** A key of AWS KMS for the outputs, where objects are in S3; a folder keeps it and does not apply it. */
    KmsKeyId: string({ max: 2048, pattern: '[a-zA-Z0-9:/_-]*' }),
  },
  ['S3OutputPath'],
);

export const flowDefinitionOperations = sageMakerOperations({
  /**
   * Creates a flow definition: who is asked, with which page, how many of them, for how long, and where the answers
   * go.
   *
   * It is Initializing for a moment and then Active; loops can be started at once. Nothing of it but its tags can be
   * changed later.
   *
   * @error ResourceInUse a flow definition of this name exists
   * @error ResourceLimitExceeded the quota of flow definitions is used up
   * @error ValidationException the workteam or the human task UI does not exist, or no bucket can have the output
   * path
   * @source A2I developer guide, "Create a flow definition"; SageMaker API reference, CreateFlowDefinition
   */
  CreateFlowDefinition: {
    input: structure(
      {
        FlowDefinitionName,
        HumanLoopRequestSource,
        HumanLoopActivationConfig,
        HumanLoopConfig,
        OutputConfig,
        RoleArn,
        /** The tags that it gets, at most 50. */
        Tags: TagList,
      },
      // Newer models leave HumanLoopConfig optional, but nothing can be reviewed without it.
      ['FlowDefinitionName', 'HumanLoopConfig', 'OutputConfig', 'RoleArn'],
    ),
    output: structure({ FlowDefinitionArn }, ['FlowDefinitionArn']),
    errors: ['ResourceInUse', 'ResourceLimitExceeded'],
  },
  /**
   * Describes a flow definition as it was created, and its status.
   *
   * @error ResourceNotFound there is no such flow definition
   * @source SageMaker API reference, DescribeFlowDefinition
   */
  DescribeFlowDefinition: {
    input: structure({ FlowDefinitionName }, ['FlowDefinitionName']),
    output: structure(
      {
        FlowDefinitionArn,
        FlowDefinitionName,
        FlowDefinitionStatus,
        /** When the flow definition was created. */
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
  /**
   * Lists the flow definitions by the time of their creation, newest first unless asked otherwise.
   *
   * @source SageMaker API reference, ListFlowDefinitions
   */
  ListFlowDefinitions: {
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
        /** The flow definitions of this page. */
        FlowDefinitionSummaries: list(
          structure(
            {
              FlowDefinitionName,
              FlowDefinitionArn,
              FlowDefinitionStatus,
              /** When the flow definition was created. */
              CreationTime: timestamp,
              FailureReason,
            },
            ['FlowDefinitionName', 'FlowDefinitionArn', 'FlowDefinitionStatus', 'CreationTime'],
          ),
        ),
        NextToken,
      },
      ['FlowDefinitionSummaries'],
    ),
    pages: 'FlowDefinitionSummaries',
  },
  /**
   * Deletes a flow definition. Loops that nobody works on are stopped, people who are working may finish; then it is
   * gone and its name is free.
   *
   * @error ResourceNotFound there is no such flow definition
   * @source A2I developer guide, "Delete a flow definition"; SageMaker API reference, DeleteFlowDefinition
   */
  DeleteFlowDefinition: {
    input: structure({ FlowDefinitionName }, ['FlowDefinitionName']),
    output: nothing,
    errors: ['ResourceNotFound', 'ResourceInUse'],
  },
});
