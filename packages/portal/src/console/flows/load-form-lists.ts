import { allUis, allWorkteams, listAll } from '../list-all.ts';
import type { FormLists } from './flow-fields.ts';

/** What the form of a flow definition chooses from. @throws ConsoleError */
export async function loadFormLists(): Promise<FormLists> {
  const [workteams, uis, flows] = await Promise.all([
    allWorkteams(),
    allUis(),
    listAll('ListFlowDefinitions', {}, (page) => page.FlowDefinitionSummaries),
  ]);
  return {
    workteams: workteams.map(({ WorkteamArn, WorkteamName }) => ({ value: WorkteamArn, text: WorkteamName })),
    uis: uis.map(({ HumanTaskUiArn, HumanTaskUiName }) => ({ value: HumanTaskUiArn, text: HumanTaskUiName })),
    flowNames: flows.map(({ FlowDefinitionName }) => FlowDefinitionName),
  };
}
