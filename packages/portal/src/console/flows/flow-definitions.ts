// The flow definitions: whom each asks, what it shows, and how many of its loops are unfinished.
import type { OperationOutput } from '@holdpoint/protocol';
import { html } from 'lit';
import { loading, notice } from '../../components/message.ts';
import { PageElement } from '../../page.ts';
import { exactTime, relativeTime } from '../../time.ts';
import { apiCall } from '../api-call.ts';
import { call } from '../console-api.ts';
import { failure, sentenceFor } from '../failure.ts';
import { flowPath, flowsPath, nameIn, uiPath } from '../names.ts';
import { allOf } from '../pages.ts';
import { takeSaid } from '../said.ts';
import { deleteFlow } from './delete-flow.ts';

export type FlowDetails = OperationOutput<'ListFlowDefinitionDetails'>['FlowDefinitionDetails'][number];

/** @throws ConsoleError */
export async function loadFlows(): Promise<readonly FlowDetails[]> {
  const { items } = await allOf(async (NextToken) => {
    const page = await call('ListFlowDefinitionDetails', { MaxResults: 100, NextToken });
    return { items: page.FlowDefinitionDetails, next: page.NextToken };
  });
  return items;
}

/** "999" or "1000 or more". */
export const countText = (count: number): string => (count >= 1000 ? '1000 or more' : String(count));

class FlowDefinitions extends PageElement {
  #flows: readonly FlowDetails[] | undefined;
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
      this.#flows = await loadFlows();
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error;
    }
    this.requestUpdate();
  }

  async #delete(flow: FlowDetails): Promise<void> {
    try {
      if (!(await deleteFlow(flow))) return;
      this.#said = `${flow.FlowDefinitionName} is being deleted.`;
      await this.#load();
    } catch (error) {
      this.#said = sentenceFor(error);
      this.requestUpdate();
    }
  }

  #searched(event: Event): void {
    this.#search = (event.target as HTMLInputElement).value;
    const query = this.#search === '' ? '' : `?${new URLSearchParams({ search: this.#search })}`;
    history.replaceState(history.state, '', flowsPath + query);
    this.requestUpdate();
  }

  #dismiss(): void {
    this.#said = undefined;
    this.requestUpdate();
  }

  protected override render() {
    return html`<div class="page">
      <div class="console-head">
        <h1 tabindex="-1">Flow definitions</h1>
        <a class="button button-primary" href="${flowsPath}/new">Create a flow definition</a>
      </div>
      <p class="muted">The standing rules that human loops follow: who is asked, with which page, and where answers go.</p>
      <div role="status">${notice(this.#said, () => this.#dismiss())}</div>
      ${this.#renderList()}
      ${apiCall('ListFlowDefinitionDetails', { MaxResults: 100 })}
    </div>`;
  }

  #renderList() {
    if (this.#failure !== undefined) return failure(this.#failure, () => void this.#load());
    const flows = this.#flows;
    if (!flows) return loading('Looking for flow definitions…');
    if (flows.length === 0)
      return html`<div class="panel empty">
        <p class="empty-title">There are no flow definitions yet</p>
        <p>A flow definition needs a workteam and a human task UI; then programs can start human loops with it.</p>
        <p><a class="button" href="${flowsPath}/new">Create a flow definition</a></p>
      </div>`;
    const words = this.#search.toLowerCase().split(/\s+/).filter(Boolean);
    const found = flows.filter(
      ({ FlowDefinitionName, WorkteamArn, HumanTaskUiArn, TaskTitle, FlowDefinitionStatus }) => {
        const text = [FlowDefinitionName, nameIn(WorkteamArn), nameIn(HumanTaskUiArn), TaskTitle, FlowDefinitionStatus];
        return words.every((word) => text.some((part) => part.toLowerCase().includes(word)));
      },
    );
    return html`<div class="field console-search">
        <label for="search">Search by name, title, workteam or task UI</label>
        <input id="search" type="search" autocomplete="off" .value=${this.#search} @input=${this.#searched} />
      </div>
      <p class="muted small" role="status">${found.length === flows.length ? `${flows.length} in all` : `${found.length} of ${flows.length}`}</p>
      ${
        found.length === 0
          ? html`<p class="panel">Nothing fits “${this.#search}”.</p>`
          : html`<div class="table-scroll" tabindex="0" role="region" aria-label="Flow definitions">
              <table class="console-table">
                <thead>
                  <tr>
                    ${['Name', 'Status', 'Workteam', 'Task UI', 'Unfinished loops', 'Created'].map((head) => html`<th scope="col">${head}</th>`)}
                    <th scope="col"><span class="visually-hidden">Actions</span></th>
                  </tr>
                </thead>
                <tbody>${found.map((flow) => this.#renderRow(flow))}</tbody>
              </table>
            </div>`
      }`;
  }

  #renderRow(flow: FlowDetails) {
    const name = flow.FlowDefinitionName;
    const created = flow.CreationTime.toISOString();
    const ui = nameIn(flow.HumanTaskUiArn);
    return html`<tr>
      <th scope="row"><a href=${flowPath(name)}>${name}</a><br /><span class="muted small">${flow.TaskTitle}</span></th>
      <td>${flow.FlowDefinitionStatus}</td>
      <td>${nameIn(flow.WorkteamArn)}</td>
      <td>${flow.HumanTaskUiExists ? html`<a href=${uiPath(ui)}>${ui}</a>` : html`${ui} <span class="muted small">(deleted)</span>`}</td>
      <td>${countText(flow.UnfinishedHumanLoops)}</td>
      <td class="nowrap" title=${exactTime(created)}>${relativeTime(created, Date.now())}</td>
      <td class="row-actions">
        <a class="button" href="${flowsPath}/new?from=${encodeURIComponent(name)}" aria-label="Clone ${name}">Clone</a>
        <button type="button" class="button" aria-label="Delete ${name}" @click=${() => void this.#delete(flow)}>Delete</button>
      </td>
    </tr>`;
  }
}

customElements.define('holdpoint-flow-definitions', FlowDefinitions);
