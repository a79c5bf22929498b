// The list of everything that is marked: a way to reach each mark by keys and by a screen reader.
import { guard, html, ifDefined, repeat, styleMap } from '../base.ts';
import { imageMessages } from './image/messages.ts';

export interface Mark {
  /** Unique within the element, as long as the mark is there. */
  readonly id: number;
  readonly label: string;
  readonly color: string;
  /** Where it is, in a few words. */
  readonly text: string;
}

export interface MarkList {
  readonly marks: readonly Mark[];
  readonly selected: number | undefined;
  readonly isDisabled: boolean;
  /** These two are kept from one drawing to the next: they must mean the same each time. */
  select(id: number): void;
  remove(id: number): void;
  /** Enter was pressed on the list: the worker wants to go on at the mark itself. */
  enter(): void;
}

export function renderMarkList(list: MarkList): unknown {
  const { marks, selected } = list;
  return html`<section class="mark-part"><h3 class="side-title" id="marks-title">${imageMessages.marks(marks.length)}</h3>
    ${marks.length === 0 ? html`<p class="empty">${imageMessages.noMarks}</p>` : ''}
    <div
      class="marks" id="marks" role="listbox" aria-labelledby="marks-title" ?hidden=${marks.length === 0} tabindex="0"
      aria-activedescendant=${ifDefined(selected === undefined ? undefined : `mark-${selected}`)}
      aria-disabled=${list.isDisabled ? 'true' : 'false'}
      @keydown=${(event: KeyboardEvent) => onKey(event, list)}
    >
      ${repeat(
        groupsOf(marks),
        ([first]) => first!.id,
        (group) =>
          html`<div class="mark-group" style="--rows:${group.length}">${repeat(
            group,
            ({ id }) => id,
            (mark) => {
              const { id, label, color, text } = mark;
              // There may be thousands of them, of which one has changed.
              return guard([id, label, color, text, id === selected, list.isDisabled], () => renderMark(mark, list));
            },
          )}</div>`,
      )}
    </div></section>`;
}

/** So many marks, on average, are laid out and painted together: browsers look at each part that they may skip in every frame. */
const groupSize = 32;

/** A mark's id decides whether it begins a group, so that one that comes or goes leaves all other groups as they are. */
function groupsOf(marks: readonly Mark[]): readonly (readonly Mark[])[] {
  const groups: Mark[][] = [];
  for (const mark of marks) {
    const group = groups.at(-1);
    if (group === undefined || mark.id % groupSize === 0) groups.push([mark]);
    else group.push(mark);
  }
  return groups;
}

function renderMark({ id, label, color, text }: Mark, { selected, isDisabled, select, remove }: MarkList): unknown {
  return html`<div
    class="mark" id="mark-${id}" role="option" aria-selected=${id === selected ? 'true' : 'false'}
    @click=${() => isDisabled || select(id)}
  >
    <span class="swatch" style=${styleMap({ background: color })}></span>
    <span class="text">${label} <span class="where">${text}</span></span>
    <span
      class="remove" aria-hidden="true" title=${imageMessages.removeNamed(label)}
      @click=${(event: Event) => {
        event.stopPropagation();
        if (!isDisabled) remove(id);
      }}
    >×</span>
  </div>`;
}

function onKey(event: KeyboardEvent, { marks, selected, isDisabled, select, remove, enter }: MarkList): void {
  if (event.ctrlKey || event.metaKey || event.altKey || marks.length === 0 || isDisabled) return;
  const at = marks.findIndex(({ id }) => id === selected);
  const last = marks.length - 1;
  const next = { ArrowDown: Math.min(last, at + 1), ArrowUp: Math.max(0, at - 1), Home: 0, End: last }[event.key];
  if (next !== undefined) {
    const { id } = marks[next]!;
    select(id);
    (event.currentTarget as Element).querySelector(`#mark-${id}`)?.scrollIntoView({ block: 'nearest' });
  } else if (selected !== undefined && (event.key === 'Delete' || event.key === 'Backspace')) remove(selected);
  else if (event.key === 'Enter') enter();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
