// A list that is searched by words, which stand in the address, so that a link shows somebody else the same.
import { html, type TemplateResult } from 'lit';
import type { PageElement } from '../page.ts';

export interface SearchedList<Item> {
  /** What can be searched for. */
  readonly label: string;
  readonly items: readonly Item[];
  /** What is found of an item: every word must be in it. */
  readonly textOf: (item: Item) => readonly (string | undefined)[];
  readonly draw: (found: readonly Item[]) => TemplateResult;
}

export type Search = <Item>(list: SearchedList<Item>) => TemplateResult;

/** More rows are not read by anybody: a search finds the rest. */
const mostRows = 200;

/** @returns what renders the field with the list under it; the host is drawn anew when other words are typed */
export function createSearch(host: PageElement): Search {
  let search = new URLSearchParams(location.search).get('search') ?? '';
  const typed = (event: Event): void => {
    search = (event.target as HTMLInputElement).value;
    const query = search === '' ? '' : `?${new URLSearchParams({ search })}`;
    history.replaceState(history.state, '', location.pathname + query);
    host.requestUpdate();
  };
  return ({ label, items, textOf, draw }) => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const found = items.filter((item) => {
      const text = textOf(item).join('\n').toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return html`<div class="field console-search">
        <label for="search">${label}</label>
        <input id="search" type="search" autocomplete="off" .value=${search} @input=${typed} />
      </div>
      <p class="muted small" role="status">${count(found.length, items.length)}</p>
      ${found.length === 0 ? html`<p class="panel">Nothing fits “${search}”.</p>` : draw(found.slice(0, mostRows))}`;
  };
}

const count = (found: number, all: number): string =>
  `${found === all ? `${all} in all` : `${found} of ${all}`}${found > mostRows ? `; the first ${mostRows} are shown` : ''}`;
