import { ApiError } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { pageOf } from '../next-token.ts';
import { nameInArn } from '../own-arn.ts';
import { timePage } from '../time-page.ts';

/** Lists a flow definition's loops, newest first unless asked otherwise. */
export const listHumanLoops: OperationHandler<'ListHumanLoops'> = async (context, input) => {
  const name = nameInArn(context.installation, input.FlowDefinitionArn, 'flow-definition');
  const flowDefinition = name === undefined ? undefined : await context.store.flowDefinitionByName(name);
  if (!flowDefinition)
    throw new ApiError('ResourceNotFoundException', `FlowDefinition '${input.FlowDefinitionArn}' does not exist.`);
  const { pageSize, ...page } = timePage(input);
  const { items, nextToken } = pageOf(await context.store.humanLoops(flowDefinition.id, page), pageSize);
  return {
    HumanLoopSummaries: items.map((humanLoop) => ({
      CreationTime: new Date(humanLoop.createdAt),
      FailureReason: humanLoop.failureReason?.slice(0, 1024),
      FlowDefinitionArn: input.FlowDefinitionArn,
      HumanLoopName: humanLoop.name,
      HumanLoopStatus: humanLoop.status,
    })),
    NextToken: nextToken,
  };
};
