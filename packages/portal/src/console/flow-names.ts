import { call } from './console-api.ts';

/** Flow definitions that are offered to choose from, the newest. */
const most = 1000;

/** The names of flow definitions, in their order. */
export async function loadFlowNames(): Promise<readonly string[]> {
  const names: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await call('ListFlowDefinitions', { MaxResults: 100, ...(NextToken !== undefined && { NextToken }) });
    names.push(...page.FlowDefinitionSummaries.map(({ FlowDefinitionName }) => FlowDefinitionName));
    NextToken = page.NextToken;
  } while (NextToken !== undefined && names.length < most);
  return names.sort();
}
