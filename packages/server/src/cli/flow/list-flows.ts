import type { OperationOutput } from '@holdpoint/protocol';
import type { Call } from '../api-command.ts';
import { pages } from '../pages.ts';
import { formatTable, minuteOf } from '../table.ts';

export const listFlows: Call<unknown> = async ({ client }) => {
  const flows: OperationOutput<'ListFlowDefinitions'>['FlowDefinitionSummaries'][number][] = [];
  const fetch = (NextToken: string | undefined) => client.call('ListFlowDefinitions', { MaxResults: 100, NextToken });
  for await (const page of pages(fetch)) flows.push(...page.FlowDefinitionSummaries);
  const rows = flows.map((flow) => [
    flow.FlowDefinitionName,
    flow.FlowDefinitionStatus,
    minuteOf(flow.CreationTime),
    flow.FailureReason ?? '',
  ]);
  const failed = flows.some(({ FailureReason }) => FailureReason !== undefined);
  const headings = ['NAME', 'STATUS', 'CREATED', ...(failed ? ['REASON'] : [])];
  return { output: { FlowDefinitionSummaries: flows }, text: formatTable(headings, rows, 'There are no flows.') };
};
