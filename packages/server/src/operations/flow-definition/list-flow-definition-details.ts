import { flowDefinitionArn } from '@holdpoint/protocol';
import type { OperationContext, OperationHandler } from '../../context.ts';
import type { FlowDefinition } from '../../domain/rows.ts';
import { decodeToken, defaultPageSize, pageOf } from '../next-token.ts';

/** Loops are counted up to this. */
const mostCounted = 1000;

/** One page of flow definitions, those of them that fit. */
export const listFlowDefinitionDetails: OperationHandler<'ListFlowDefinitionDetails'> = async (context, input) => {
  const { HumanTaskUiArn, WorkteamArn, MaxResults = defaultPageSize } = input;
  const page = { order: 'Descending', after: decodeToken(input.NextToken), limit: MaxResults + 1 } as const;
  const { items, nextToken } = pageOf(await context.store.flowDefinitions(page), MaxResults);
  const fitting = items.filter(
    ({ config: { HumanLoopConfig: asked } }) =>
      (HumanTaskUiArn === undefined || asked.HumanTaskUiArn === HumanTaskUiArn) &&
      (WorkteamArn === undefined || asked.WorkteamArn === WorkteamArn),
  );
  return {
    FlowDefinitionDetails: await Promise.all(fitting.map((flowDefinition) => detailsOf(context, flowDefinition))),
    NextToken: nextToken,
  };
};

async function detailsOf({ store, installation }: OperationContext, flowDefinition: FlowDefinition) {
  const { WorkteamArn, HumanTaskUiArn, TaskTitle, TaskCount } = flowDefinition.config.HumanLoopConfig;
  const [humanTaskUi, unfinished] = await Promise.all([
    store.humanTaskUi(flowDefinition.humanTaskUiId),
    store.countUnfinishedHumanLoops(mostCounted, flowDefinition.id),
  ]);
  return {
    FlowDefinitionName: flowDefinition.name,
    FlowDefinitionArn: flowDefinitionArn(installation, flowDefinition.name),
    FlowDefinitionStatus: flowDefinition.status,
    CreationTime: new Date(flowDefinition.createdAt),
    WorkteamArn,
    HumanTaskUiArn,
    TaskTitle,
    TaskCount,
    HumanTaskUiExists: humanTaskUi !== undefined,
    UnfinishedHumanLoops: unfinished,
  };
}
