// One question with its answer, its passages and its tags; those that are not being written show in one line.
import { classMap, html, ifDefined, live, nothing, styleMap } from '../../base.ts';
import { toolIcon } from '../tool-icon.ts';
import { countWords } from './count-words.ts';
import type { Bounds, Field, Limits } from './limits.ts';
import { questionMessages } from './messages.ts';
import type { Pair } from './pairs.ts';

export interface PairView {
  readonly pair: Pair;
  readonly number: number;
  readonly color: string;
  readonly isCurrent: boolean;
  readonly isDisabled: boolean;
  readonly limits: Limits;
  /** All tags that can be chosen; none hides the field. */
  readonly tags: readonly string[];
  readonly mayAddTags: boolean;
  /** The passages in a few words each. */
  readonly excerpts: readonly string[];
  /** What is wrong, where it is to be shown. */
  readonly errors: ReadonlyMap<Field, string>;
  open(): void;
  type(field: 'question' | 'answer', text: string): void;
  typed(): void;
  leaveField(): void;
  remove(): void;
  removePassage(index: number): void;
  showPassage(index: number): void;
  setWhole(isWhole: boolean): void;
  setTag(tag: string, isOn: boolean): void;
  addTag(tag: string): void;
}

/** What happens in a field is told by the element, in its own events. */
const quietly = (run: (event: Event) => void) => (event: Event) => {
  event.stopPropagation();
  run(event);
};

export function renderPair(view: PairView): unknown {
  const { pair, number, color, isCurrent, isDisabled, errors } = view;
  return html`<section
    class=${classMap({ pair: true, current: isCurrent, wrong: errors.size > 0 })} aria-labelledby="pair-${pair.id}"
    style=${styleMap({ '--span': color })}
  >
    <div class="pair-head">
      <h4 class="pair-heading"><button
        class="pair-title" type="button" id="pair-${pair.id}" aria-expanded=${isCurrent ? 'true' : 'false'} @click=${() => view.open()}
      ><span class="pair-number">${questionMessages.number(number)}</span>${isCurrent ? nothing : renderSummary(view)}</button></h4>
      <button
        class="quiet-button pair-remove" type="button" aria-label=${questionMessages.removeNamed(number)} title=${questionMessages.remove}
        ?disabled=${isDisabled} @click=${() => view.remove()}
      >${toolIcon('delete')}</button>
    </div>
    ${isCurrent ? renderBody(view) : nothing}
  </section>`;
}

function renderSummary({ pair, errors }: PairView): unknown {
  const [error] = errors.values();
  const passages = pair.isWhole ? questionMessages.whole : questionMessages.passageCount(pair.passages.length);
  return html`<span class="pair-summary" dir="auto">${pair.question.trim().slice(0, 200) || questionMessages.unwritten}</span>
    <span class=${error === undefined ? 'pair-note' : 'pair-note pair-error'}>${error ?? passages}</span>`;
}

function renderBody(view: PairView): unknown {
  const { limits } = view;
  return html`<div class="pair-body">
    ${renderField(view, 'question', questionMessages.question, limits.questionWords)}
    ${renderField(view, 'answer', questionMessages.answer, limits.answerWords)}
    ${renderPassages(view)}
    ${view.tags.length === 0 ? nothing : renderTags(view)}
  </div>`;
}

function renderField(view: PairView, field: 'question' | 'answer', label: string, bounds: Bounds): unknown {
  const { pair, isDisabled, errors } = view;
  const id = `${field}-${pair.id}`;
  const error = errors.get(field);
  const count = countWords(pair[field]);
  return html`<div class="pair-field">
    <label for=${id}>${label}</label>
    <textarea
      id=${id} rows="2" dir="auto" .value=${live(pair[field])} ?disabled=${isDisabled}
      aria-describedby=${error === undefined ? `${id}-count` : `${id}-error ${id}-count`} aria-invalid=${ifDefined(error === undefined ? undefined : 'true')}
      @input=${quietly((event) => view.type(field, (event.target as HTMLTextAreaElement).value))}
      @change=${quietly(() => view.typed())}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape' && !event.isComposing) view.leaveField();
      }}
    ></textarea>
    <div class="pair-foot">
      <span class="pair-error" id="${id}-error">${error ?? nothing}</span>
      <span class=${count > bounds.most ? 'count over' : 'count'} id="${id}-count">${countText(count, bounds)}</span>
    </div>
  </div>`;
}

function countText(count: number, { least, most }: Bounds): string {
  if (count < least && least > 1) return questionMessages.wordsAtLeast(count, least);
  return most === Number.POSITIVE_INFINITY ? questionMessages.words(count) : questionMessages.wordsOf(count, most);
}

function renderPassages(view: PairView): unknown {
  const { pair, isDisabled, excerpts, errors } = view;
  const error = errors.get('passages');
  return html`<fieldset class="pair-field">
    <legend>${questionMessages.passages}</legend>
    ${
      pair.isWhole
        ? nothing
        : excerpts.length === 0
          ? html`<p class="empty">${questionMessages.noPassages}</p>`
          : html`<ul class="passages">${excerpts.map(
              (text, index) => html`<li>
                <button class="passage" type="button" dir="auto" @click=${() => view.showPassage(index)}>${text}</button>
                <button
                  class="quiet-button pair-remove" type="button" aria-label=${questionMessages.removePassage(text)} ?disabled=${isDisabled}
                  @click=${() => view.removePassage(index)}
                >${toolIcon('cross')}</button></li>`,
            )}</ul>`
    }
    <label class="check"><input
      type="checkbox" id="passages-${pair.id}" .checked=${live(pair.isWhole)} ?disabled=${isDisabled}
      aria-describedby=${ifDefined(error === undefined ? undefined : `passages-${pair.id}-error`)}
      aria-invalid=${ifDefined(error === undefined ? undefined : 'true')} @input=${quietly(() => {})}
      @change=${quietly((event) => view.setWhole((event.target as HTMLInputElement).checked))}
    />${questionMessages.whole}</label>
    <span class="pair-error" id="passages-${pair.id}-error">${error ?? nothing}</span>
  </fieldset>`;
}

function renderTags(view: PairView): unknown {
  const { pair, tags, mayAddTags, isDisabled } = view;
  const add = (input: HTMLInputElement) => {
    view.addTag(input.value);
    input.value = '';
  };
  const custom = () =>
    html`<div class="custom-tag"><input
        type="text" id="tag-${pair.id}" aria-label=${questionMessages.customTag} placeholder=${questionMessages.customTag}
        ?disabled=${isDisabled} @input=${quietly(() => {})} @change=${quietly(() => {})}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== 'Enter' || event.isComposing) return;
          event.preventDefault();
          add(event.target as HTMLInputElement);
        }}
      /><button
        class="action" type="button" ?disabled=${isDisabled}
        @click=${(event: Event) => add((event.currentTarget as Element).previousElementSibling as HTMLInputElement)}
      >${questionMessages.addTag}</button></div>`;
  return html`<fieldset class="pair-field">
    <legend>${questionMessages.tags}</legend>
    <div class="tag-list">${tags.map(
      (tag) => html`<label class="check tag-choice"><input
        type="checkbox" .checked=${live(pair.tags.includes(tag))} ?disabled=${isDisabled} @input=${quietly(() => {})}
        @change=${quietly((event) => view.setTag(tag, (event.target as HTMLInputElement).checked))}
      /><span>${tag}</span></label>`,
    )}</div>
    ${mayAddTags ? custom() : nothing}
  </fieldset>`;
}
