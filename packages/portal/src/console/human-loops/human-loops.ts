// All human loops: found by everything that is shown of them, kept up to date, and acted on many at a time.
import { html, nothing } from 'lit';
import { loading } from '../../components/message.ts';
import { createRowWindow, type RowWindow } from '../../components/row-window.ts';
import { apiCall } from '../api-call.ts';
import { isSignedOut } from '../console-api.ts';
import { ConsolePage } from '../console-page.ts';
import { confirm } from '../english.ts';
import { flowChoices } from '../list-all.ts';
import { type BulkAction, bulkWords, operationOf, type Progress, runBulk } from './bulk.ts';
import { filterForm } from './filter-form.ts';
import {
  countFilters,
  type Filters,
  readFilters,
  type SearchInput,
  searchInput,
  type sortings,
  writeFilters,
} from './filters.ts';
import { watchHumanLoops } from './live.ts';
import { createLoopList } from './loop-list.ts';
import { loopTable } from './loop-table.ts';

const path = '/console/human-loops';
/** Milliseconds after the last key. */
const typingPause = 300;

class HumanLoops extends ConsolePage {
  #filters: Filters = readFilters(location.search);
  #arns: ReadonlyMap<string, string> = new Map();
  #chosen = new Set<string>();
  #progress: Progress | undefined;
  #ending: AbortController | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #stopWatching: (() => void) | undefined;
  #input: SearchInput = {};
  readonly #wasOpen = countFilters({ ...this.#filters, name: '', status: [] }) > 0;
  readonly #list = createLoopList(() => this.requestUpdate());
  readonly #window: RowWindow = createRowWindow(() => this.#moved());

  override disconnectedCallback(): void {
    this.#stopWatching?.();
    this.#window.stop();
    clearTimeout(this.#typing);
    this.#ending?.abort();
    super.disconnectedCallback();
  }

  /** The filters are there as soon as the flow definitions are; what is found follows. */
  protected override async load(): Promise<void> {
    const flows = await flowChoices();
    this.#arns = new Map(
      flows.map(({ FlowDefinitionName, FlowDefinitionArn }) => [FlowDefinitionName, FlowDefinitionArn]),
    );
    if (!this.isConnected) return;
    void this.#search();
    this.#stopWatching ??= watchHumanLoops(() => this.#refresh());
  }

  /** One that is not there has the address of a sibling: the server then says that it does not exist. */
  #arnOf(flow: string): string | undefined {
    const known = this.#arns.get(flow);
    const [sibling] = this.#arns.values();
    return known ?? sibling?.replace(/[^/]*$/, encodeURIComponent(flow));
  }

  async #search(): Promise<void> {
    this.failure = undefined;
    this.#chosen.clear();
    this.#input = searchInput(this.#filters, (flow) => this.#arnOf(flow), Date.now());
    try {
      await this.#list.begin(this.#input);
    } catch (error) {
      this.fail(error);
    }
  }

  async #more(): Promise<void> {
    try {
      await this.#list.more();
      this.#window.lookAgain();
    } catch (error) {
      this.fail(error);
    }
  }

  async #refresh(): Promise<void> {
    if (!this.#list.isThere || this.#list.isLoading || this.failure !== undefined) return;
    try {
      await this.#list.refresh(this.#list.groups.map(({ key }) => key).filter((key) => this.#window.isNear(key)));
    } catch (error) {
      // What could not be had this time may be the next.
      if (isSignedOut(error)) this.fail(error);
    }
  }

  #moved(): void {
    // A search that stopped goes on when somebody says so.
    if (this.#window.isEndNear() && this.#list.searched === 0 && this.failure === undefined) void this.#more();
    this.requestUpdate();
  }

  #change(set: Partial<Filters>): void {
    this.#filters = { ...this.#filters, ...set };
    history.replaceState(null, '', `${path}${writeFilters(this.#filters)}`);
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.#search(), typingPause);
    this.requestUpdate();
  }

  #sort(sort: (typeof sortings)[number]): void {
    const isSame = (this.#filters.sort || 'CreationTime') === sort;
    const order = isSame && this.#filters.order !== 'Ascending' ? 'Ascending' : '';
    this.#change({ sort: sort === 'CreationTime' ? '' : sort, order });
  }

  #choose(names: readonly string[], isChosen: boolean): void {
    for (const name of names) {
      if (isChosen) this.#chosen.add(name);
      else this.#chosen.delete(name);
    }
    this.requestUpdate();
  }

  async #act(action: BulkAction): Promise<void> {
    const names = [...this.#chosen];
    const what = names.length === 1 ? `“${names[0]}”` : `${names.length} human loops`;
    const texts = {
      stop: 'Nobody is asked any more. Whoever is working may finish; the answers that are in are written.',
      delete:
        'The loops and their answers go for good; only those that have ended can. Their output stays in its bucket.',
      retry: 'What failed and waits for its next try is tried at once. A loop that is Failed stays so.',
    };
    const isSure = await confirm({
      title: `${bulkWords[action].verb} ${what}?`,
      text: texts[action],
      action: bulkWords[action].verb,
      isHarsh: action !== 'retry',
      more: apiCall(operationOf[action], { HumanLoopName: names[0] ?? '' }),
    });
    if (!isSure) return;
    this.#ending = new AbortController();
    const tell = (progress: Progress): void => {
      this.#progress = progress;
      this.requestUpdate();
    };
    const end = await runBulk(action, names, tell, this.#ending.signal);
    this.#ending = undefined;
    // Those that failed stay chosen, to be looked at or tried again.
    this.#chosen = new Set(end.failed.map(({ name }) => name));
    tell(end);
    await this.#refresh();
  }

  protected override updated(): void {
    super.updated();
    this.#window.watch(this);
  }

  protected override render() {
    return this.page('Human loops', () => this.#renderContent(), { beside: this.#renderFresh() });
  }

  #renderContent() {
    return html`${filterForm({
      filters: this.#filters,
      flows: [...this.#arns.keys()],
      isOpen: this.#wasOpen,
      change: (set) => this.#change(set),
      clear: () => {
        const { sort, order } = this.#filters;
        this.#change({ ...readFilters(''), sort, order });
      },
    })}
    ${this.#renderBulk()}
    ${this.failure === undefined ? this.#renderList() : nothing}
    ${apiCall('SearchHumanLoops', this.#input)}`;
  }

  #renderFresh() {
    const { fresh } = this.#list;
    return html`<div role="status">${
      fresh === 0
        ? nothing
        : html`<button type="button" class="button" @click=${() => void this.#showFresh()}>Show ${fresh >= 50 ? '50 or more' : fresh} new</button>`
    }</div>`;
  }

  async #showFresh(): Promise<void> {
    await this.#search();
    window.scrollTo(0, 0);
    this.querySelector<HTMLElement>('h1')?.focus();
  }

  #renderBulk() {
    const count = this.#chosen.size;
    const progress = this.#progress;
    const isRunning = progress !== undefined && !progress.isOver;
    return html`<div class="loop-bulk" ?hidden=${count === 0 && progress === undefined}>
      <div class="row" ?hidden=${count === 0 || isRunning}>
        <strong>${count} selected</strong>
        ${(['stop', 'delete', 'retry'] as const).map(
          (action) =>
            html`<button type="button" class="button" @click=${() => void this.#act(action)}>${bulkWords[action].verb}${action === 'retry' ? ' failed jobs' : ''}</button>`,
        )}
        <button type="button" class="button button-quiet" @click=${() => this.#choose([...this.#chosen], false)}>Select none</button>
      </div>
      <div role="status">${progress === undefined ? nothing : this.#renderProgress(progress)}</div>
    </div>`;
  }

  #renderProgress(progress: Progress) {
    const { action, total, done, failed, isOver } = progress;
    const tried = done + failed.length;
    return html`<p>${done} of ${total} ${bulkWords[action].done}${failed.length > 0 ? `, ${failed.length} failed` : ''}${isOver && tried < total ? ', the others left as they are' : ''}.</p>
      ${
        isOver
          ? nothing
          : html`<div class="row"><progress max=${total} value=${tried} aria-label="Progress"></progress>
            <button type="button" class="button" @click=${() => this.#ending?.abort()}>Stop here</button></div>`
      }
      ${
        failed.length === 0
          ? nothing
          : html`<ul class="loop-failures">${failed.map(({ name, reason }) => html`<li><strong>${name}</strong>: ${reason}</li>`)}</ul>`
      }
      ${
        isOver
          ? html`<button type="button" class="button button-quiet" @click=${() => {
              this.#progress = undefined;
              this.requestUpdate();
            }}>Dismiss</button>`
          : nothing
      }`;
  }

  #renderList() {
    const { groups, isThere, isLoading, next, searched } = this.#list;
    if (!isThere) return loading('Looking for human loops…');
    const isNarrowed = countFilters(this.#filters) > 0;
    const shown = groups.map((group) => ({
      ...group,
      awayHeight: this.#window.isDrawn(group.key) ? undefined : this.#window.heightOf(group.key, group.loops.length),
    }));
    return html`${
      groups.length === 0 && !isLoading
        ? html`<p class="panel">${
            isNarrowed
              ? searched > 0
                ? 'Nothing that fits among those that were looked at.'
                : 'No human loop fits these filters.'
              : 'There are no human loops yet. A program starts one with StartHumanLoop; it is shown here at once.'
          }</p>`
        : loopTable({
            groups: shown,
            filters: this.#filters,
            chosen: this.#chosen,
            gone: this.#list.gone,
            now: Date.now(),
            choose: (names, isChosen) => this.#choose(names, isChosen),
            sort: (by) => this.#sort(by),
          })
    }
    ${
      searched > 0 && next !== undefined
        ? html`<p class="notice notice-info">Looked through ${searched.toLocaleString('en')} loops; there are more.
            <button type="button" class="button" aria-disabled=${isLoading ? 'true' : nothing} @click=${() => void this.#more()}>Search on</button></p>`
        : nothing
    }
    <div data-end>${isLoading ? loading('Looking for more…') : nothing}</div>`;
  }
}

customElements.define('holdpoint-human-loops', HumanLoops);
