import { flowDefinitionArn } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { pageOf } from '../next-token.ts';
import { timePage } from '../time-page.ts';

export const listFlowDefinitions: OperationHandler<'ListFlowDefinitions'> = async (context, input) => {
  const { pageSize, ...page } = timePage(input);
  const { items, nextToken } = pageOf(await context.store.flowDefinitions(page), pageSize);
  return {
    FlowDefinitionSummaries: items.map((flowDefinition) => ({
      FlowDefinitionName: flowDefinition.name,
      FlowDefinitionArn: flowDefinitionArn(context.installation, flowDefinition.name),
      FlowDefinitionStatus: flowDefinition.status,
      CreationTime: new Date(flowDefinition.createdAt),
    })),
    NextToken: nextToken,
  };
};
