import type { OperationInput, OperationName, OperationOutput } from '@holdpoint/protocol';
import { call } from './console-api.ts';

/**
 * All items of a list that is answered in pages; of a very long one as many pages as `most` items take.
 *
 * @throws ConsoleError
 */
export async function listAll<Name extends OperationName, Item>(
  name: Name,
  input: OperationInput<Name>,
  itemsOf: (page: OperationOutput<Name>) => readonly Item[] | undefined,
  most = 5_000,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let NextToken: string | undefined;
  do {
    const page = await call(name, { MaxResults: 100, ...input, ...(NextToken !== undefined && { NextToken }) });
    items.push(...(itemsOf(page) ?? []));
    ({ NextToken } = page as { NextToken?: string });
  } while (NextToken !== undefined && items.length < most);
  return items;
}

export const allFlows = () => listAll('ListFlowDefinitionDetails', {}, (page) => page.FlowDefinitionDetails);

/** Flow definitions to choose from, the newest first. */
export const flowChoices = () => listAll('ListFlowDefinitions', {}, (page) => page.FlowDefinitionSummaries, 1_000);

export const allUis = () => listAll('ListHumanTaskUis', {}, (page) => page.HumanTaskUiSummaries);

export const allWorkteams = () =>
  listAll('ListWorkteams', { SortBy: 'Name', SortOrder: 'Ascending' }, (page) => page.Workteams);
