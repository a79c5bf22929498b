import { allFlows, allUis } from '../list-all.ts';
import { nextName } from '../names.ts';
import { templateText } from './template-text.ts';

/** What work on a template begins with. */
export interface UiSubject {
  /** The human task UI that it begins with; '' for none. */
  readonly name: string;
  readonly content: string;
  /** A free name for what is saved; '' where nothing suggests one. */
  readonly suggestedName: string;
  /** The flows that show it. */
  readonly flows: readonly { readonly name: string; readonly arn: string }[];
  /** The ARNs of flows whose loops give sample inputs: those that show it, else all. */
  readonly loopSources: readonly string[];
}

/** @throws ConsoleError */
export async function loadUi(name: string | undefined): Promise<UiSubject> {
  const [content, uis, allOfFlows] = await Promise.all([
    name === undefined ? '' : templateText(name),
    allUis(),
    allFlows(),
  ]);
  const arn = uis.find(({ HumanTaskUiName }) => HumanTaskUiName === name)?.HumanTaskUiArn;
  const flows = allOfFlows
    .filter(({ HumanTaskUiArn, FlowDefinitionStatus }) => HumanTaskUiArn === arn && FlowDefinitionStatus !== 'Deleting')
    .map(({ FlowDefinitionName, FlowDefinitionArn }) => ({ name: FlowDefinitionName, arn: FlowDefinitionArn }));
  const taken = uis.map(({ HumanTaskUiName }) => HumanTaskUiName);
  return {
    name: name ?? '',
    content,
    suggestedName: name === undefined ? '' : nextName(name, taken),
    flows,
    loopSources:
      flows.length > 0 ? flows.map(({ arn }) => arn) : allOfFlows.map(({ FlowDefinitionArn }) => FlowDefinitionArn),
  };
}
