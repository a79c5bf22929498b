import type { Calling } from '../api-command.ts';
import { pages } from '../pages.ts';

/** The names of the flows that show a human task UI; the API does not tell, so every flow is looked at. */
export async function flowsThatShow({ client }: Calling<unknown>, humanTaskUiArn: string): Promise<readonly string[]> {
  const names: string[] = [];
  const fetch = (NextToken: string | undefined) => client.call('ListFlowDefinitions', { MaxResults: 100, NextToken });
  const shows = async (FlowDefinitionName: string): Promise<boolean> => {
    const flow = await client.call('DescribeFlowDefinition', { FlowDefinitionName }).catch((error: Error) => {
      // Deleted since it was listed.
      if (error.name === 'ResourceNotFound') return undefined;
      throw error;
    });
    return flow?.HumanLoopConfig?.HumanTaskUiArn === humanTaskUiArn;
  };
  for await (const { FlowDefinitionSummaries } of pages(fetch)) {
    const found = FlowDefinitionSummaries.map(({ FlowDefinitionName }) => FlowDefinitionName);
    const used = await Promise.all(found.map(shows));
    names.push(...found.filter((_, index) => used[index]));
  }
  return names;
}

/** `the flow a`, `the flows a, b and c`, `the flows a, b, c and 12 more` */
export function namesOfFlows(names: readonly string[]): string {
  if (names.length === 1) return `the flow ${names[0]}`;
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return `the flows ${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
