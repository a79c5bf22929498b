// What a worker narrows and orders the waiting tasks by.
import type { QueueResponse, TaskSort, TaskWish } from '@holdpoint/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { keyHint, keyShortcut } from '../components/key-hint.ts';
import { isFiltered } from '../task-wish.ts';

const sorts: { readonly [sort in TaskSort]: string } = {
  oldest: 'Waiting longest',
  newest: 'Newest',
  due: 'Ending first',
};
/** More keywords than these are shown when they are asked for. */
const fewKeywords = 12;

export interface QueueFilter {
  wish: TaskWish;
  /** What stands in the search, also while it is not asked for yet. */
  text: string;
  queue: QueueResponse | undefined;
  showsAllKeywords: boolean;
  showAllKeywords: () => void;
  /** Typed: the address follows without a step back for each letter. */
  typed: (text: string) => void;
  choose: (change: { readonly [part in keyof TaskWish]: string | undefined }) => void;
  clear: () => void;
}

export function queueFilter(filter: QueueFilter): TemplateResult {
  const { wish, text, queue, typed, choose, clear } = filter;
  const flows = [...new Set(queue?.workteams.flatMap((team) => team.flowDefinitions.map(({ name }) => name)))].sort();
  return html`<form class="filter-bar" role="search" aria-label="Tasks" @submit=${(event: Event) => event.preventDefault()}>
    <label class="filter">
      <span class="filter-label">Search tasks${keyHint('search')}</span>
      <input type="search" maxlength="200" autocomplete="off" aria-keyshortcuts=${keyShortcut('search')} placeholder="Title, flow, keyword, loop …"
        .value=${live(text)}
        @input=${(event: InputEvent) => typed((event.target as HTMLInputElement).value)} />
    </label>
    <label class="filter">
      <span class="filter-label">Flow</span>
      <select @change=${(event: Event) => choose({ flowDefinitionName: chosenValue(event) })}>
        ${options(withChosen(flows, wish.flowDefinitionName), wish.flowDefinitionName, 'All flows')}
      </select>
    </label>
    <label class="filter">
      <span class="filter-label">Order</span>
      <select @change=${(event: Event) => choose({ sort: chosenValue(event) })}>
        ${Object.entries(sorts).map(
          ([sort, name]) => html`<option value=${sort} .selected=${(wish.sort ?? 'oldest') === sort}>${name}</option>`,
        )}
      </select>
    </label>
    ${
      isFiltered(wish) || wish.sort !== undefined
        ? html`<button type="button" class="button filter-clear" @click=${clear}>Clear filter</button>`
        : nothing
    }
    ${keywordChips(filter)}
  </form>`;
}

function keywordChips({ wish, queue, showsAllKeywords, showAllKeywords, choose }: QueueFilter) {
  const all = withChosen(queue?.keywords ?? [], wish.keyword);
  if (all.length === 0) return nothing;
  const isLong = all.length > fewKeywords && !showsAllKeywords;
  const shown = isLong ? all.filter((word, index) => index < fewKeywords || word === wish.keyword) : all;
  return html`<div class="chips" role="group" aria-label="Keywords">
    ${shown.map((word) => {
      const isChosen = word === wish.keyword;
      return html`<button type="button" class="chip" aria-pressed=${isChosen ? 'true' : 'false'}
        @click=${() => choose({ keyword: isChosen ? undefined : word })}>${word}</button>`;
    })}
    ${
      isLong
        ? html`<button type="button" class="button button-quiet" @click=${showAllKeywords}>All ${all.length} keywords</button>`
        : nothing
    }
  </div>`;
}

/** What an address names is shown as chosen, also when no flow has it any more. */
const withChosen = (all: readonly string[], chosen: string | undefined): readonly string[] =>
  chosen === undefined || all.includes(chosen) ? all : [...all, chosen];

const options = (names: readonly string[], chosen: string | undefined, none: string) => html`
  <option value="" .selected=${chosen === undefined}>${none}</option>
  ${names.map((name) => html`<option value=${name} .selected=${name === chosen}>${name}</option>`)}`;

const chosenValue = (event: Event): string => (event.target as HTMLSelectElement).value;
