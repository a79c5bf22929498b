import { call } from '../console-api.ts';
import { allOf } from '../pages.ts';
import type { FormLists } from './flow-fields.ts';

/** What the form of a flow definition chooses from. @throws ConsoleError */
export async function loadFormLists(): Promise<FormLists> {
  const [workteams, uis, flows] = await Promise.all([
    allOf(async (NextToken) => {
      const page = await call('ListWorkteams', { MaxResults: 100, NextToken });
      return { items: page.Workteams, next: page.NextToken };
    }),
    allOf(async (NextToken) => {
      const page = await call('ListHumanTaskUis', { MaxResults: 100, NextToken });
      return { items: page.HumanTaskUiSummaries, next: page.NextToken };
    }),
    allOf(async (NextToken) => {
      const page = await call('ListFlowDefinitions', { MaxResults: 100, NextToken });
      return { items: page.FlowDefinitionSummaries, next: page.NextToken };
    }),
  ]);
  return {
    workteams: workteams.items.map(({ WorkteamArn, WorkteamName }) => ({ value: WorkteamArn, text: WorkteamName })),
    uis: uis.items.map(({ HumanTaskUiArn, HumanTaskUiName }) => ({ value: HumanTaskUiArn, text: HumanTaskUiName })),
    flowNames: flows.items.map(({ FlowDefinitionName }) => FlowDefinitionName),
  };
}
