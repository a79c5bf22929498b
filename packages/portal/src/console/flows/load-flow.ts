import type { OperationOutput } from '@holdpoint/protocol';
import { call } from '../console-api.ts';
import { listAll } from '../list-all.ts';

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
  const [tags, flows] = await Promise.all([
    listAll('ListTags', { ResourceArn: flow.FlowDefinitionArn, MaxResults: 50 }, ({ Tags }) => Tags),
    listAll('ListFlowDefinitionDetails', { HumanTaskUiArn }, (page) => page.FlowDefinitionDetails),
  ]);
  const details = flows.find((one) => one.FlowDefinitionName === FlowDefinitionName);
  return {
    flow,
    tags,
    unfinished: details?.UnfinishedHumanLoops ?? 0,
    uiExists: details?.HumanTaskUiExists ?? true,
  };
}
