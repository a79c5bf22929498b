// The human task UIs: what workers are shown, by name, and which flows show each.
import type { OperationOutput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { apiCall } from '../api-call.ts';
import { call } from '../console-api.ts';
import { ConsolePage } from '../console-page.ts';
import { allFlows, allUis } from '../list-all.ts';
import { flowPath, uiPath, uisPath } from '../names.ts';
import { ago, empty, table } from '../parts.ts';
import { createSearch } from '../searched-list.ts';
import { askToDeleteUi } from './delete-ui.ts';

type Ui = OperationOutput<'ListHumanTaskUis'>['HumanTaskUiSummaries'][number];

class HumanTaskUis extends ConsolePage {
  #uis: readonly Ui[] = [];
  /** The names of the flows that show a human task UI, by its ARN. */
  #flows: ReadonlyMap<string, readonly string[]> = new Map();
  readonly #search = createSearch(this);

  protected override async load(): Promise<void> {
    [this.#uis, this.#flows] = await Promise.all([allUis(), flowsByUi()]);
  }

  #flowsOf({ HumanTaskUiArn }: Ui): readonly string[] {
    return this.#flows.get(HumanTaskUiArn) ?? [];
  }

  async #delete(ui: Ui): Promise<void> {
    const { HumanTaskUiName } = ui;
    if (await askToDeleteUi(HumanTaskUiName, this.#flowsOf(ui)))
      await this.act(() => call('DeleteHumanTaskUi', { HumanTaskUiName }), `${HumanTaskUiName} is deleted.`);
  }

  protected override render() {
    return this.page(
      'Human task UIs',
      () => html`<p class="muted">What workers are shown: templates of HTML and Liquid, which flow definitions name.</p>
        ${this.#renderList()} ${apiCall('ListHumanTaskUis', { MaxResults: 100 })}`,
      { beside: html`<a class="button button-primary" href="${uisPath}/new">Create a human task UI</a>` },
    );
  }

  #renderList() {
    if (this.#uis.length === 0)
      return empty('There are no human task UIs yet.', 'Begin with one of the examples, or with an empty page.');
    return this.#search({
      label: 'Search by name or flow',
      items: this.#uis,
      textOf: (ui) => [ui.HumanTaskUiName, ...this.#flowsOf(ui)],
      draw: (found) =>
        table(
          'Human task UIs',
          ['Name', 'Shown by', 'Created', ''],
          found.map((ui) => this.#cells(ui)),
        ),
    });
  }

  #cells(ui: Ui): unknown[] {
    const { HumanTaskUiName: name, CreationTime } = ui;
    const flows = this.#flowsOf(ui);
    return [
      html`<a href=${uiPath(name)}>${name}</a>`,
      html`${flows.length === 0 ? html`<span class="muted">no flow</span>` : nothing}${flows
        .slice(0, 3)
        .map((flow, index) => html`${index > 0 ? ', ' : nothing}<a href=${flowPath(flow)}>${flow}</a>`)}${
        flows.length > 3 ? ` and ${flows.length - 3} more` : nothing
      }`,
      ago(CreationTime),
      html`<span class="row"><a class="button" href="${uisPath}/new?from=${encodeURIComponent(name)}" aria-label="Clone ${name}">Clone</a>
        <button type="button" class="button" aria-label="Delete ${name}" @click=${() => void this.#delete(ui)}>Delete</button></span>`,
    ];
  }
}

async function flowsByUi(): Promise<ReadonlyMap<string, readonly string[]>> {
  const flows = (await allFlows()).filter(({ FlowDefinitionStatus }) => FlowDefinitionStatus !== 'Deleting');
  const byUi = Map.groupBy(flows, ({ HumanTaskUiArn }) => HumanTaskUiArn);
  return new Map([...byUi].map(([arn, some]) => [arn, some.map(({ FlowDefinitionName }) => FlowDefinitionName)]));
}

customElements.define('holdpoint-human-task-uis', HumanTaskUis);
