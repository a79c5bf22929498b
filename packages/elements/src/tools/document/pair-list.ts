// The list of pairs beside the page: a row for each, and below the chosen one what can be said of it.
import { guard, html, icon, nothing, repeat } from '../../base.ts';
import { documentMessages } from './messages.ts';
import { type PairEditor, renderPairEditor } from './pair-editor.ts';
import { isSelectionOnly, type Pair } from './pairs.ts';

export interface PairPane {
  readonly pairs: readonly Pair[];
  readonly selected: number | undefined;
  readonly checked: ReadonlySet<number>;
  readonly filter: string;
  readonly isInactive: boolean;
  readonly editor: PairEditor;
  isOpen(pair: Pair): boolean;
  isEdited(pair: Pair): boolean;
  /** Its row was clicked. */
  select(id: number): void;
  /** The mouse is over its row, or over none any more. */
  point(id: number | undefined): void;
  find(filter: string): void;
  add(): void;
}

/** So many pairs are taken in at a glance; more can be looked for. */
const glance = 12;

/** The chosen pair is always among them. */
export function shownPairs(pairs: readonly Pair[], filter: string, selected: number | undefined): readonly Pair[] {
  const wanted = filter.trim().toLowerCase();
  if (wanted === '') return pairs;
  return pairs.filter(
    ({ id, key, value }) =>
      id === selected || key.text.toLowerCase().includes(wanted) || value.text.toLowerCase().includes(wanted),
  );
}

export function renderPairPane(pane: PairPane): unknown {
  const { pairs, filter, checked } = pane;
  const shown = shownPairs(pairs, filter, pane.selected);
  const sought = shown.filter(({ origin }) => origin === 'sought');
  const others = shown.filter(({ origin }) => origin !== 'sought');
  const total = pairs.reduce((sum, { origin }) => sum + (origin === 'sought' ? 0 : 1), 0);
  const done = pairs.reduce((sum, { id, origin }) => sum + (origin !== 'sought' && checked.has(id) ? 1 : 0), 0);
  const reachable = shown.find(({ id }) => id === pane.selected) ?? shown[0];
  return html`<section class="pair-part">
    ${
      pairs.length > glance
        ? html`<input
            class="filter" type="search" aria-label=${documentMessages.find} placeholder=${documentMessages.find} .value=${filter}
            @input=${(event: Event) => {
              event.stopPropagation();
              pane.find((event.target as HTMLInputElement).value);
            }}
            @change=${(event: Event) => event.stopPropagation()}
          />`
        : nothing
    }
    ${
      sought.length > 0
        ? html`<h3 class="side-title" id="sought-title">${documentMessages.sought(sought.length)}</h3>
          ${renderRows(pane, sought, reachable, 'sought-title')}`
        : nothing
    }
    <div class="pair-title">
      <h3 class="side-title" id="pairs-title">${documentMessages.pairs(total, done)}</h3>
      <button class="action" type="button" id="add" title="${documentMessages.add} (A)" ?disabled=${pane.isInactive} @click=${() => pane.add()}>
        ${icon('add')}${documentMessages.add}
      </button>
    </div>
    ${
      others.length > 0
        ? renderRows(pane, others, reachable, 'pairs-title')
        : html`<p class="empty">${total === 0 ? documentMessages.noPairs : documentMessages.noneFound}</p>`
    }
  </section>`;
}

function renderRows(pane: PairPane, pairs: readonly Pair[], reachable: Pair | undefined, title: string): unknown {
  return html`<ul class="pairs" role="list" aria-labelledby=${title}>
    ${repeat(
      pairs,
      ({ id }) => id,
      (pair) => {
        const isSelected = pair.id === pane.selected;
        const parts = [pair, isSelected, pane.checked.has(pair.id), pair === reachable, pane.isInactive];
        return isSelected
          ? renderRow(pane, pair, true, pair === reachable)
          : guard(parts, () => renderRow(pane, pair, false, pair === reachable));
      },
    )}
  </ul>`;
}

function renderRow(pane: PairPane, pair: Pair, isSelected: boolean, isReachable: boolean): unknown {
  const [look, sign, said] = stateOf(pane, pair);
  return html`<li
    class="pair ${look} ${isSelected ? 'selected' : ''}" data-pair=${pair.id}
    @mouseenter=${() => pane.point(pair.id)} @mouseleave=${() => pane.point(undefined)}
  >
    <button
      class="pair-head" type="button" aria-expanded=${isSelected ? 'true' : 'false'} tabindex=${isReachable ? 0 : -1}
      @click=${() => pane.select(pair.id)}
    >
      <span class="pair-texts">
        <span class="pair-key">${pair.key.text || documentMessages.noKey}</span>
        <span class="pair-value" dir="auto">${summaryOf(pair, look === 'open')}</span>
        ${pair.aliases.length > 0 ? html`<span class="where">${documentMessages.alsoCalled(pair.aliases.join(', '))}</span>` : nothing}
      </span>
      <span class="pair-state" title=${said}>${sign}<span class="unseen">${said}</span></span>
    </button>
    ${isSelected ? renderPairEditor(pair, pane.editor) : nothing}
  </li>`;
}

/** How a row looks, its sign, and the same in words. */
function stateOf({ checked, isOpen, isEdited }: PairPane, pair: Pair): readonly [string, unknown, string] {
  if (pair.isRejected) {
    const said = pair.origin === 'sought' ? documentMessages.rowNotFound : documentMessages.rowRejected;
    return ['rejected', icon('close'), said];
  }
  if (isOpen(pair)) return ['open', icon('help'), documentMessages.rowOpen];
  if (checked.has(pair.id)) return ['checked', icon('check'), documentMessages.rowChecked];
  return isEdited(pair) ? ['edited', icon('edit'), ''] : ['', nothing, ''];
}

function summaryOf(pair: Pair, isOpen: boolean): unknown {
  if (isOpen && pair.value.text === '') return html`<i>${documentMessages.rowOpen}</i>`;
  if (pair.isBlank) return html`<i>${documentMessages.rowBlank}</i>`;
  const signs = pair.selections.map(({ isSelected }) => (isSelected ? '☑' : '☐')).join(' ');
  return `${signs} ${valueInWords(pair)}`.trim();
}

function valueInWords(pair: Pair): string {
  if (!isSelectionOnly(pair)) return pair.value.text;
  const isTicked = pair.selections.some(({ isSelected }) => isSelected);
  return isTicked ? documentMessages.rowTicked : documentMessages.rowNotTicked;
}

/** Said when a pair is chosen on the page. */
export function describePair(pair: Pair): string {
  const value = pair.isBlank ? documentMessages.rowBlank : valueInWords(pair) || documentMessages.rowOpen;
  return `${pair.key.text || documentMessages.noKey}: ${value}`;
}

/** Rows are not drawn anew on each move of a pointer over the page: only the one that is meant gets a sign. */
export function pointAtRow(root: ParentNode, id: number | undefined): void {
  const before = root.querySelector<HTMLElement>('.pair[data-pointed]');
  if (before?.dataset.pair === String(id)) return;
  before?.removeAttribute('data-pointed');
  if (id !== undefined) root.querySelector(`[data-pair="${id}"]`)?.setAttribute('data-pointed', '');
}
