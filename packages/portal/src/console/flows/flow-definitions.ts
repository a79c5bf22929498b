// The flow definitions: whom each asks, what it shows, and how many of its loops are unfinished.
import type { OperationOutput } from '@holdpoint/protocol';
import { html } from 'lit';
import { apiCall } from '../api-call.ts';
import { call } from '../console-api.ts';
import { ConsolePage } from '../console-page.ts';
import { allFlows } from '../list-all.ts';
import { flowPath, flowsPath, nameIn, uiPath } from '../names.ts';
import { ago, empty, table } from '../parts.ts';
import { createSearch } from '../searched-list.ts';
import { askToDeleteFlow } from './delete-flow.ts';
import { countText } from './flow-count.ts';

type Flow = OperationOutput<'ListFlowDefinitionDetails'>['FlowDefinitionDetails'][number];

class FlowDefinitions extends ConsolePage {
  #flows: readonly Flow[] = [];
  readonly #search = createSearch(this);

  protected override async load(): Promise<void> {
    this.#flows = await allFlows();
  }

  async #delete({ FlowDefinitionName, UnfinishedHumanLoops }: Flow): Promise<void> {
    if (await askToDeleteFlow(FlowDefinitionName, UnfinishedHumanLoops))
      await this.act(
        () => call('DeleteFlowDefinition', { FlowDefinitionName }),
        `${FlowDefinitionName} is being deleted.`,
      );
  }

  protected override render() {
    return this.page(
      'Flow definitions',
      () => html`<p class="muted">The standing rules that human loops follow: who is asked, with which page, and where answers go.</p>
        ${this.#renderList()} ${apiCall('ListFlowDefinitionDetails', { MaxResults: 100 })}`,
      { beside: html`<a class="button button-primary" href="${flowsPath}/new">Create a flow definition</a>` },
    );
  }

  #renderList() {
    if (this.#flows.length === 0)
      return empty(
        'There are no flow definitions yet.',
        'A flow definition needs a workteam and a human task UI; then programs can start human loops with it.',
      );
    return this.#search({
      label: 'Search by name, title, workteam or task UI',
      items: this.#flows,
      textOf: ({ FlowDefinitionName, WorkteamArn, HumanTaskUiArn, TaskTitle, FlowDefinitionStatus }) => [
        FlowDefinitionName,
        nameIn(WorkteamArn),
        nameIn(HumanTaskUiArn),
        TaskTitle,
        FlowDefinitionStatus,
      ],
      draw: (found) =>
        table(
          'Flow definitions',
          ['Name', 'Status', 'Workteam', 'Task UI', 'Unfinished loops', 'Created', ''],
          found.map((flow) => this.#cells(flow)),
        ),
    });
  }

  #cells(flow: Flow): unknown[] {
    const name = flow.FlowDefinitionName;
    const team = nameIn(flow.WorkteamArn);
    const ui = nameIn(flow.HumanTaskUiArn);
    return [
      html`<a href=${flowPath(name)}>${name}</a><br /><span class="muted small">${flow.TaskTitle}</span>`,
      flow.FlowDefinitionStatus,
      html`<a href="/console/workteams/${encodeURIComponent(team)}">${team}</a>`,
      flow.HumanTaskUiExists
        ? html`<a href=${uiPath(ui)}>${ui}</a>`
        : html`${ui} <span class="muted small">(deleted)</span>`,
      countText(flow.UnfinishedHumanLoops),
      ago(flow.CreationTime),
      html`<span class="row"><a class="button" href="${flowsPath}/new?from=${encodeURIComponent(name)}" aria-label="Clone ${name}">Clone</a>
        <button type="button" class="button" aria-label="Delete ${name}" @click=${() => void this.#delete(flow)}>Delete</button></span>`,
    ];
  }
}

customElements.define('holdpoint-flow-definitions', FlowDefinitions);
