// The list of labels beside a work area. Its class names are hooks by which templates drive the tools.
import { classMap, html, ifDefined, nothing, numberKeys, repeat, styleMap } from '../base.ts';
import { imageMessages } from './image/messages.ts';
import type { Label } from './labels.ts';

export interface LabelPane {
  readonly labels: readonly Label[];
  readonly chosen: string;
  readonly isDisabled: boolean;
  /** What the worker looks for among many labels. */
  readonly filter: string;
  choose(name: string): void;
  find(filter: string): void;
  /** What else stands below a label. */
  below?(label: Label): unknown;
}

/** So many labels are taken in at a glance; more can be looked for. */
const glance = 15;

export function renderLabelPane(pane: LabelPane): unknown {
  const { labels, filter } = pane;
  const wanted = filter.trim().toLowerCase();
  const shown = labels.flatMap((label, index) => (label.name.toLowerCase().includes(wanted) ? [{ label, index }] : []));
  return html`<section class="label-part"><h3 class="side-title" id="labels-title">${imageMessages.labels}</h3>
    ${
      labels.length > glance
        ? html`<input
            class="filter" type="search" aria-label=${imageMessages.findLabel} placeholder=${imageMessages.findLabel} .value=${filter}
            @input=${(event: Event) => {
              event.stopPropagation();
              pane.find((event.target as HTMLInputElement).value);
            }}
            @change=${(event: Event) => event.stopPropagation()}
          />`
        : nothing
    }
    ${labels.length === 0 ? html`<p class="empty">${imageMessages.noLabels}</p>` : nothing}
    <div class="label-pane-content" role="group" aria-labelledby="labels-title">
      ${repeat(
        shown,
        ({ label }) => label.name,
        ({ label, index }) => renderLabel(pane, label, index),
      )}
    </div></section>`;
}

function renderLabel({ chosen, isDisabled, choose, below }: LabelPane, label: Label, index: number): unknown {
  const isChosen = label.name === chosen;
  const key = numberKeys[index];
  return html`<button
      class=${classMap({ 'label-button': true, selected: isChosen })} type="button" title=${label.name}
      aria-pressed=${isChosen ? 'true' : 'false'} aria-keyshortcuts=${ifDefined(key)} ?disabled=${isDisabled}
      @click=${() => choose(label.name)}
    >
      <span class="swatch" style=${styleMap({ background: label.color })}></span>
      <span class="text">${label.name}</span>
      ${key === undefined ? nothing : html`<kbd aria-hidden="true">${key}</kbd>`}
    </button>${below?.(label) ?? nothing}`;
}

/** Scrolls the list, and nothing around it, until the chosen label is seen. */
export function revealLabel(root: ParentNode): void {
  const chosen = root.querySelector('.label-button.selected');
  // Which of them scrolls depends on the width of the window.
  const lists = [chosen?.closest('.label-pane-content'), chosen?.closest('.side')];
  const list = lists.find((each) => each && each.scrollHeight > each.clientHeight);
  if (!chosen || !list) return;
  const [at, seen] = [chosen.getBoundingClientRect(), list.getBoundingClientRect()];
  list.scrollTop += Math.min(0, at.top - seen.top) + Math.max(0, at.bottom - seen.bottom);
}
