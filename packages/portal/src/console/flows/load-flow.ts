import type { OperationOutput } from '@holdpoint/protocol';
import { call } from '../console-api.ts';
import { allOf } from '../pages.ts';

export interface LoadedFlow {
  readonly flow: OperationOutput<'DescribeFlowDefinition'>;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  /** Counted up to 1000. */
  readonly unfinished: number;
  readonly uiExists: boolean;
}

/** @throws ConsoleError */
export async function loadFlow(FlowDefinitionName: string): Promise<LoadedFlow> {
  const flow = await call('DescribeFlowDefinition', { FlowDefinitionName });
  const HumanTaskUiArn = flow.HumanLoopConfig?.HumanTaskUiArn;
  const [{ Tags = [] }, { items }] = await Promise.all([
    call('ListTags', { ResourceArn: flow.FlowDefinitionArn }),
    allOf(async (NextToken) => {
      const page = await call('ListFlowDefinitionDetails', { HumanTaskUiArn, MaxResults: 100, NextToken });
      return { items: page.FlowDefinitionDetails, next: page.NextToken };
    }),
  ]);
  const details = items.find((one) => one.FlowDefinitionName === FlowDefinitionName);
  return {
    flow,
    tags: Tags,
    unfinished: details?.UnfinishedHumanLoops ?? 0,
    uiExists: details?.HumanTaskUiExists ?? true,
  };
}
