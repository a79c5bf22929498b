import { flowDefinitionArn } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { defaultTimeLimitSeconds } from '../../domain/task.ts';
import { loadFlowDefinition } from './load-flow-definition.ts';

/** Describes a flow definition as it was given; `TaskTimeLimitInSeconds` is returned with its default, as Terraform expects. */
export const describeFlowDefinition: OperationHandler<'DescribeFlowDefinition'> = async (context, input) => {
  const flowDefinition = await loadFlowDefinition(context, input.FlowDefinitionName);
  const { HumanLoopConfig, ...config } = flowDefinition.config;
  return {
    FlowDefinitionArn: flowDefinitionArn(context.installation, flowDefinition.name),
    FlowDefinitionName: flowDefinition.name,
    FlowDefinitionStatus: flowDefinition.status,
    CreationTime: new Date(flowDefinition.createdAt),
    ...config,
    HumanLoopConfig: { TaskTimeLimitInSeconds: defaultTimeLimitSeconds, ...HumanLoopConfig },
  } as Awaited<ReturnType<OperationHandler<'DescribeFlowDefinition'>>>;
};
