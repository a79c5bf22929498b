// Operations of our own on flow definitions: what lists leave out, and a look at an output path before a flow is made with it.
import { holdpointOperations } from '../operations/operation.ts';
import { HumanTaskUiArn, MaxResults, NextToken, WorkteamArn } from '../operations/shapes.ts';
import { boolean, integer, list, oneOf, string, structure, timestamp } from '../shape.ts';

/** The flow definition's name. */
const FlowDefinitionName = string({ min: 1, max: 63, pattern: '[a-z0-9](-*[a-z0-9]){0,62}' });

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
});
