// The human task UIs: what workers are shown, by name, and which flows show each.
import type { OperationOutput } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { loading, notice } from '../../components/message.ts';
import { PageElement } from '../../page.ts';
import { exactTime, relativeTime } from '../../time.ts';
import { apiCall } from '../api-call.ts';
import { call } from '../console-api.ts';
import { failure, sentenceFor } from '../failure.ts';
import { flowPath, uiPath, uisPath } from '../names.ts';
import { allOf } from '../pages.ts';
import { takeSaid } from '../said.ts';
import { deleteUi } from './delete-ui.ts';

type Ui = OperationOutput<'ListHumanTaskUis'>['HumanTaskUiSummaries'][number];

class HumanTaskUis extends PageElement {
  #uis: readonly Ui[] | undefined;
  /** The names of the flows that show a human task UI, by its ARN. */
  #flows: ReadonlyMap<string, readonly string[]> | undefined;
  #failure: unknown;
  #said: string | undefined;
  #search = new URLSearchParams(location.search).get('search') ?? '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.#said = takeSaid();
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      const [uis, flows] = await Promise.all([loadUis(), loadFlows()]);
      this.#uis = uis;
      this.#flows = flows;
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error;
    }
    this.requestUpdate();
  }

  async #delete(ui: Ui): Promise<void> {
    try {
      if (!(await deleteUi(ui.HumanTaskUiName, this.#flows?.get(ui.HumanTaskUiArn) ?? []))) return;
      this.#said = `${ui.HumanTaskUiName} is deleted.`;
      await this.#load();
    } catch (error) {
      this.#said = sentenceFor(error);
      this.requestUpdate();
    }
  }

  #searched(event: Event): void {
    this.#search = (event.target as HTMLInputElement).value;
    const query = this.#search === '' ? '' : `?${new URLSearchParams({ search: this.#search })}`;
    history.replaceState(history.state, '', uisPath + query);
    this.requestUpdate();
  }

  protected override render() {
    return html`<div class="page">
      <div class="console-head">
        <h1 tabindex="-1">Human task UIs</h1>
        <a class="button button-primary" href="${uisPath}/new">Create a human task UI</a>
      </div>
      <p class="muted">What workers are shown: templates of HTML and Liquid, which flow definitions name.</p>
      <div role="status">${notice(this.#said, () => this.#dismiss())}</div>
      ${this.#renderList()}
      ${apiCall('ListHumanTaskUis', { MaxResults: 100 })}
    </div>`;
  }

  #dismiss(): void {
    this.#said = undefined;
    this.requestUpdate();
  }

  #renderList() {
    if (this.#failure !== undefined) return failure(this.#failure, () => void this.#load());
    const uis = this.#uis;
    if (!uis) return loading('Looking for human task UIs…');
    if (uis.length === 0)
      return html`<div class="panel empty">
        <p class="empty-title">There are no human task UIs yet</p>
        <p>Begin with one of the examples, or with an empty page.</p>
        <p><a class="button" href="${uisPath}/new">Create a human task UI</a></p>
      </div>`;
    const words = this.#search.toLowerCase().split(/\s+/).filter(Boolean);
    const found = uis.filter(({ HumanTaskUiName, HumanTaskUiArn }) =>
      words.every(
        (word) =>
          HumanTaskUiName.includes(word) || this.#flows?.get(HumanTaskUiArn)?.some((flow) => flow.includes(word)),
      ),
    );
    return html`<div class="field console-search">
        <label for="search">Search by name or flow</label>
        <input id="search" type="search" autocomplete="off" .value=${this.#search} @input=${this.#searched} />
      </div>
      <p class="muted small" role="status">${found.length === uis.length ? `${uis.length} in all` : `${found.length} of ${uis.length}`}</p>
      ${
        found.length === 0
          ? html`<p class="panel">Nothing fits “${this.#search}”.</p>`
          : html`<div class="table-scroll" tabindex="0" role="region" aria-label="Human task UIs">
              <table class="console-table">
                <thead>
                  <tr><th scope="col">Name</th><th scope="col">Shown by</th><th scope="col">Created</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr>
                </thead>
                <tbody>${found.map((ui) => this.#renderRow(ui))}</tbody>
              </table>
            </div>`
      }`;
  }

  #renderRow(ui: Ui) {
    const { HumanTaskUiName: name, HumanTaskUiArn, CreationTime } = ui;
    const flows = this.#flows?.get(HumanTaskUiArn) ?? [];
    const created = CreationTime.toISOString();
    return html`<tr>
      <th scope="row"><a href=${uiPath(name)}>${name}</a></th>
      <td>
        ${flows.length === 0 ? html`<span class="muted">no flow</span>` : nothing}
        ${flows.slice(0, 3).map((flow, index) => html`${index > 0 ? ', ' : nothing}<a href=${flowPath(flow)}>${flow}</a>`)}
        ${flows.length > 3 ? html` and ${flows.length - 3} more` : nothing}
      </td>
      <td class="nowrap" title=${exactTime(created)}>${relativeTime(created, Date.now())}</td>
      <td class="row-actions">
        <a class="button" href="${uisPath}/new?from=${encodeURIComponent(name)}" aria-label="Clone ${name}">Clone</a>
        <button type="button" class="button" aria-label="Delete ${name}" @click=${() => void this.#delete(ui)}>Delete</button>
      </td>
    </tr>`;
  }
}

async function loadUis(): Promise<readonly Ui[]> {
  const { items } = await allOf(async (NextToken) => {
    const page = await call('ListHumanTaskUis', { MaxResults: 100, NextToken });
    return { items: page.HumanTaskUiSummaries, next: page.NextToken };
  });
  return items;
}

async function loadFlows(): Promise<ReadonlyMap<string, readonly string[]>> {
  const { items } = await allOf(async (NextToken) => {
    const page = await call('ListFlowDefinitionDetails', { MaxResults: 100, NextToken });
    return { items: page.FlowDefinitionDetails, next: page.NextToken };
  });
  const byUi = Map.groupBy(
    items.filter(({ FlowDefinitionStatus }) => FlowDefinitionStatus !== 'Deleting'),
    ({ HumanTaskUiArn }) => HumanTaskUiArn,
  );
  return new Map([...byUi].map(([arn, flows]) => [arn, flows.map(({ FlowDefinitionName }) => FlowDefinitionName)]));
}

customElements.define('holdpoint-human-task-uis', HumanTaskUis);
