// Operations of our own on flow definitions: what lists leave out, and a look at an output path before a flow is made with it.
import { holdpointOperations } from '../operations/operation.ts';
import { HumanTaskUiArn, MaxResults, NextToken, WorkteamArn } from '../operations/shapes.ts';
import { boolean, integer, list, oneOf, string, structure, timestamp } from '../shape.ts';

/** The flow definition's name. */
const FlowDefinitionName = string({ min: 1, max: 63, pattern: '[a-z0-9](-*[a-z0-9]){0,62}' });

const AwsManagedHumanLoopRequestSource = oneOf(
  'AWS/Rekognition/DetectModerationLabels/Image/V3',
  'AWS/Textract/AnalyzeDocument/Forms/V1',
);

/** What activation conditions say about one input. */
const Activation = structure(
  {
    /** Whether people are asked. */
    Activated: boolean,
    /** The conditions as JSON, with `EvaluationResult` on each condition and each group. */
    EvaluationResults: string({ jsonValue: true }),
    /** Why people are asked although the conditions could not be judged, ten reasons at most; empty when they could. */
    Reasons: list(string()),
  },
  ['Activated', 'Reasons'],
);

export const flowDefinitionExtensions = holdpointOperations({
  /**
   * Lists flow definitions with what ListFlowDefinitions leaves out: whom they ask, with which page, and how many of their
   * loops are unfinished. Newest first.
   *
   * A page can have fewer flow definitions than asked for, or none, and still name a next page: those that do not fit are
   * left out of it.
   */
  ListFlowDefinitionDetails: {
    input: structure({
      /** Only those that show this human task UI. */
      HumanTaskUiArn,
      /** Only those that ask this workteam. */
      WorkteamArn,
      NextToken,
      MaxResults,
    }),
    output: structure(
      {
        /** The flow definitions of this page. */
        FlowDefinitionDetails: list(
          structure(
            {
              FlowDefinitionName,
              /** The flow definition's ARN. */
              FlowDefinitionArn: string(),
              /** Initializing, Active, Failed or Deleting. */
              FlowDefinitionStatus: oneOf('Initializing', 'Active', 'Failed', 'Deleting'),
              /** When the flow definition was created. */
              CreationTime: timestamp,
              WorkteamArn,
              HumanTaskUiArn,
              /** What workers read in their list of tasks. */
              TaskTitle: string(),
              /** How many different workers answer each loop. */
              TaskCount: integer(1, 3),
              /** Whether the human task UI that it was made with is still there; without it no loops can be started. */
              HumanTaskUiExists: boolean,
              /** How many of its loops are InProgress or Stopping, counted up to 1000. */
              UnfinishedHumanLoops: integer(0, 1000),
            },
            [
              'FlowDefinitionName',
              'FlowDefinitionArn',
              'FlowDefinitionStatus',
              'CreationTime',
              'WorkteamArn',
              'HumanTaskUiArn',
              'TaskTitle',
              'TaskCount',
              'HumanTaskUiExists',
              'UnfinishedHumanLoops',
            ],
          ),
        ),
        NextToken,
      },
      ['FlowDefinitionDetails'],
    ),
    pages: 'FlowDefinitionDetails',
  },
  /**
   * Looks at an `S3OutputPath` before a flow definition is made with it: whether outputs could be written under it, and
   * whether its bucket is there. What is wrong with it is data, never an error.
   */
  CheckOutputPath: {
    input: structure(
      {
        /** `s3://BUCKET` or `s3://BUCKET/PREFIX`, as CreateFlowDefinition takes it. */
        S3OutputPath: string({ max: 1024 }),
        FlowDefinitionName,
      },
      ['S3OutputPath'],
    ),
    output: structure({
      /** Why no output could be written under it; CreateFlowDefinition refuses it for the same reason. */
      Problem: string(),
      /** The bucket that it names. */
      Bucket: string(),
      /** Whether that bucket is there; one that is not is made when the first output is written. */
      BucketExists: boolean,
    }),
  },
  /**
   * Says what activation conditions would do and why: about one input, or about the last inputs of a flow definition
   * ("these conditions would have sent 312 of 5,000"). Nothing is started or changed.
   *
   * Exactly one of InputContent and LastInputs has to be given.
   *
   * @error ResourceNotFound there is no such flow definition
   */
  EvaluateActivationConditions: {
    input: structure({
      /** Whose conditions are evaluated, unless others are given, and whose inputs with LastInputs. */
      FlowDefinitionName,
      /** Conditions as JSON, as CreateFlowDefinition takes them, instead of those of the flow definition. */
      HumanLoopActivationConditions: string({ max: 10_240, jsonValue: true }),
      /** Of conditions without a flow definition: what they are for. Without it they are for input content. */
      AwsManagedHumanLoopRequestSource,
      /**
       * What StartHumanLoop would be given. With a request source: a response of the service as JSON, with AWS's capitals,
       * or the input content of a loop that one started.
       */
      InputContent: string({ max: 3_145_728, sensitive: true }),
      /** How many inputs, the newest first. Flow definitions with a request source are asked about single inputs only. */
      LastInputs: integer(1, 5000),
    }),
    output: structure({
      /** Of InputContent. */
      Activation,
      /** Of InputContent with a request source: what people would be shown of the response, as JSON. */
      SelectedResponse: string({ jsonValue: true, sensitive: true }),
      /** Of LastInputs. */
      Inputs: structure(
        {
          /**
           * How many inputs were evaluated: fewer than asked for when the flow definition has no more that are kept, or when
           * together they are larger than 64 million characters or need more than 50 million steps of expressions.
           */
          EvaluatedInputs: integer(),
          /** How many of them would be sent to people. */
          ActivatedInputs: integer(),
          /** How many of those because the conditions could not be judged. */
          DoubtfulInputs: integer(),
          /** The conditions as JSON, with `EvaluationCount` on each condition and each group: how often it is true. */
          EvaluationCounts: string({ jsonValue: true }),
          /** When the oldest of the loops was started whose inputs were evaluated. */
          OldestCreationTime: timestamp,
          /** The newest loops whose inputs would be sent to people, 20 at most. */
          ActivatedHumanLoopNames: list(string()),
          Reasons: list(string()),
        },
        [
          'EvaluatedInputs',
          'ActivatedInputs',
          'DoubtfulInputs',
          'EvaluationCounts',
          'ActivatedHumanLoopNames',
          'Reasons',
        ],
      ),
    }),
    errors: ['ResourceNotFound'],
  },
});
