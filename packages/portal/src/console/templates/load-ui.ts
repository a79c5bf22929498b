import { call } from '../console-api.ts';
import { nextName } from '../names.ts';
import { allOf } from '../pages.ts';
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
  const [content, uis, allFlows] = await Promise.all([
    name === undefined ? '' : templateText(name),
    allOf(async (NextToken) => {
      const page = await call('ListHumanTaskUis', { MaxResults: 100, NextToken });
      return { items: page.HumanTaskUiSummaries, next: page.NextToken };
    }),
    allOf(async (NextToken) => {
      const page = await call('ListFlowDefinitionDetails', { MaxResults: 100, NextToken });
      return { items: page.FlowDefinitionDetails, next: page.NextToken };
    }),
  ]);
  const arn = uis.items.find(({ HumanTaskUiName }) => HumanTaskUiName === name)?.HumanTaskUiArn;
  const flows = allFlows.items
    .filter(({ HumanTaskUiArn, FlowDefinitionStatus }) => HumanTaskUiArn === arn && FlowDefinitionStatus !== 'Deleting')
    .map(({ FlowDefinitionName, FlowDefinitionArn }) => ({ name: FlowDefinitionName, arn: FlowDefinitionArn }));
  return {
    name: name ?? '',
    content,
    suggestedName:
      name === undefined
        ? ''
        : nextName(
            name,
            uis.items.map(({ HumanTaskUiName }) => HumanTaskUiName),
          ),
    flows,
    loopSources:
      flows.length > 0 ? flows.map(({ arn }) => arn) : allFlows.items.map(({ FlowDefinitionArn }) => FlowDefinitionArn),
  };
}
