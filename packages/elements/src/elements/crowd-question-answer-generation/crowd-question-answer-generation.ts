import {
  base,
  dialogStyles,
  html,
  instructionsStyles,
  isPlainObject,
  nothing,
  property,
  repeat,
  state,
} from '../../base.ts';
import { renderHistory } from '../../tools/image/image-bar.ts';
import { keyOf } from '../../tools/image/image-keys.ts';
import { imageMessages } from '../../tools/image/messages.ts';
import { nthColor } from '../../tools/palette.ts';
import { type Field, type Offence, offencesOf } from '../../tools/questions/limits.ts';
import { questionMessages } from '../../tools/questions/messages.ts';
import { isBlank, type Pair, PairEditor, readPairs, withPassage } from '../../tools/questions/pairs.ts';
import { type Passage, PassagePane } from '../../tools/questions/passage-pane.ts';
import { questionShortcuts } from '../../tools/questions/question-keys.ts';
import { QuestionWidget } from '../../tools/questions/question-widget.ts';
import { questionStyles } from '../../tools/questions/questions.styles.ts';
import { renderPair } from '../../tools/questions/render-pair.ts';
import { shellStyles } from '../../tools/shell.styles.ts';
import { Shell } from '../../tools/shell.ts';
import { CodePoints } from '../../tools/text/code-points.ts';
import { type Extent, trimmed } from '../../tools/text/segments.ts';
import { textStyles } from '../../tools/text/text.styles.ts';
import { isReference } from '../../tools/text-reference.ts';

interface QuestionAnswer {
  readonly questionsAndAnswers: readonly {
    readonly answer: string;
    readonly question: string;
    readonly tags: readonly string[];
    readonly textReferences: readonly { readonly endOffset: number; readonly startOffset: number }[];
  }[];
}

/**
 * Questions about a text with their answers, tags, and the passages that they are about. The answer is
 * `{ questionsAndAnswers }`, each with `question`, `answer`, `tags` and `textReferences`: offsets in Unicode code points, none
 * for a question that concerns the whole text. Submission is blocked while there are too few or too many questions, words are
 * missing or too many, or a question has neither a passage nor the whole text.
 *
 * No document or program shows the answer of the original: its keys are ours. A blank question is no part of it.
 */
export class CrowdQuestionAnswerGeneration extends QuestionWidget {
  static override styles = [base, dialogStyles, instructionsStyles, shellStyles, textStyles, questionStyles];

  readonly #shell = new Shell(this);
  readonly #editor = new PairEditor(() => this.#changed());
  readonly #pane = new PassagePane({
    isDisabled: () => this.inactive,
    stage: () => this.#stage,
    lookOf: (pair) => ({
      color: nthColor(pair),
      tag: String(this.#numberOf(pair)),
      isSelected: pair === this.current,
    }),
    changed: (said) => {
      if (said !== undefined) this.said = said;
      this.requestUpdate();
    },
    highlighted: () => {
      if (this.#currentPair) this.#addPassage();
    },
    clicked: (passages) => {
      const at = passages.findIndex(({ pair }) => pair === this.current);
      const next = passages[(at + 1) % passages.length];
      if (next) this.current = next.pair;
    },
    tagClicked: ({ pair, start }, isCross) => {
      if (isCross) this.#removePassage(pair, start);
      else this.current = pair;
    },
    numberOf: (pair) => this.#numberOf(pair),
  });
  #text = '';
  #points: CodePoints | undefined;
  #drawn: readonly unknown[] = [];

  /** The question that is being written, and that gets what is highlighted. */
  @state() private current: number | undefined;
  @state() private said = '';
  /** The number of the question that was deleted last, until something else is done. */
  @state() private deleted: number | undefined;

  constructor() {
    super();
    this.#begin();
  }

  /**
   * The text that is asked about. A new one takes all questions away. The address of a file in S3 is shown as it is: a page
   * cannot read the file.
   */
  @property()
  get text(): string {
    return this.#text;
  }
  set text(value: string | null | undefined) {
    const text = value === null || value === undefined ? '' : String(value);
    if (text === this.#text) return;
    // What was written is about the other one.
    if (this.#text !== '') this.drafts.forget();
    this.#text = text;
    this.#points = undefined;
    this.#pane.setText(isReference(text) ? '' : text);
    this.#begin();
  }

  /** The answer's object, always. */
  get value(): QuestionAnswer {
    return this._submittableValue;
  }

  get _submittableValue(): QuestionAnswer {
    this.#points ??= new CodePoints(this.#text);
    const points = this.#points;
    const written = this.#editor.pairs.filter((pair) => !isBlank(pair));
    return {
      questionsAndAnswers: written.map(({ question, answer, tags, isWhole, passages }) => ({
        answer,
        question,
        tags: [...tags],
        textReferences: (isWhole ? [] : passages).map(({ start, end }) => ({
          endOffset: points.offsetAt(end),
          startOffset: points.offsetAt(start),
        })),
      })),
    };
  }

  protected override problem() {
    const [offence] = this.#offences;
    if (!offence) return undefined;
    const { pair, message } = offence;
    const text = pair === undefined ? message : questionMessages.blocked(this.#numberOf(pair), message);
    return { flag: 'valueMissing', message: text } as const;
  }

  protected override restore(): void {
    this.#begin();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#pane.connect();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pane.disconnect();
  }

  /** What is wrong first, once the worker was told of it; else the text. */
  override focus(options?: FocusOptions): void {
    const [offence] = this.complaint === '' ? [] : this.#offences;
    if (!offence) this.#stage?.focus(options);
    else {
      if (offence.pair !== undefined) this.current = offence.pair;
      this.#focusLater(offence.pair === undefined ? 'add' : `${offence.field}-${offence.pair}`);
    }
  }

  get #stage(): HTMLElement | undefined {
    return this.renderRoot?.querySelector<HTMLElement>('.text-stage') ?? undefined;
  }

  get #currentPair(): Pair | undefined {
    return this.#editor.pairs.find(({ id }) => id === this.current);
  }

  get #offences(): readonly Offence[] {
    return offencesOf(this.#editor.pairs, this.limits);
  }

  #numberOf(id: number): number {
    return this.#editor.pairs.findIndex((pair) => pair.id === id) + 1;
  }

  #begin(): void {
    this.current = this.#editor.begin().id;
    this.deleted = undefined;
    this.#drawn = [];
    this.requestUpdate();
    this.drafts.begunAnew();
  }

  protected override get beginsAnew(): boolean {
    return true;
  }

  protected override draft(): unknown {
    if (!this.drafts.isTouched) return undefined;
    const pairs = this.#editor.pairs.map(({ id: _id, ...pair }) => pair);
    return { pairs, current: this.current === undefined ? undefined : this.#numberOf(this.current) };
  }

  protected override resume(state: unknown): boolean {
    const { pairs: given, current } = isPlainObject(state) ? state : {};
    const pairs = readPairs(given, this.#text.length);
    if (pairs === undefined) return false;
    this.#editor.resume(pairs);
    this.current = this.#editor.pairs[Number(current) - 1]?.id;
    this.deleted = undefined;
    this.#drawn = [];
    this.requestUpdate();
    return true;
  }

  #changed(): void {
    this.deleted = undefined;
    // What an undone step has taken away cannot be written any more.
    if (!this.#currentPair) this.current = this.#editor.pairs.at(-1)?.id;
    this.edited();
    this.requestUpdate();
    this.announce('input');
  }

  #committed(): void {
    this.announce('change');
  }

  #focusLater(id: string): void {
    void this.updateComplete.then(() => {
      const field = (this.renderRoot as ShadowRoot).getElementById(id);
      field?.focus({ preventScroll: true });
      field?.scrollIntoView({ block: 'nearest' });
    });
  }

  get #mayAdd(): boolean {
    return !this.inactive && this.#editor.pairs.length < this.limits.questions.most;
  }

  #add(): void {
    if (!this.#mayAdd) return;
    this.current = this.#editor.add().id;
    this.#committed();
    this.#focusLater(`question-${this.current}`);
  }

  #remove(id: number): void {
    if (this.inactive) return;
    const number = this.#numberOf(id);
    this.#editor.remove(id);
    this.deleted = number;
    this.said = questionMessages.removed(number);
    this.#committed();
    this.#focusLater('undo-delete');
  }

  #undo(): void {
    if (this.inactive || !this.#editor.undo()) return;
    this.said = imageMessages.undone;
    this.#committed();
  }

  #redo(): void {
    if (this.inactive || !this.#editor.redo()) return;
    this.said = imageMessages.redone;
    this.#committed();
  }

  /** What is highlighted becomes a passage of the current question. @returns whether there was something to do */
  #addPassage(): boolean {
    // White space at its ends, as selecting by words leaves it, is no part of a passage.
    const extent = this.#pane.extent && trimmed(this.#text, this.#pane.extent);
    const pair = this.#currentPair;
    if (!extent || extent.start === extent.end || this.inactive) return false;
    if (!pair) {
      this.said = questionMessages.hintNone;
      return true;
    }
    this.#pane.collapse();
    this.#editor.edit(pair.id, { passages: withPassage(pair.passages, extent), isWhole: false });
    this.said = questionMessages.passageAdded(this.#numberOf(pair.id), this.#pane.excerptOf(extent));
    this.#committed();
    return true;
  }

  #removePassage(id: number, start: number): void {
    const pair = this.#editor.pairs.find((each) => each.id === id);
    const passage = pair?.passages.find((each) => each.start === start);
    if (!pair || !passage || this.inactive) return;
    this.#editor.edit(id, { passages: pair.passages.filter((each) => each !== passage) });
    this.said = questionMessages.passageRemoved(this.#pane.excerptOf(passage));
    this.#committed();
  }

  #edit(id: number, change: Partial<Pair>): void {
    this.#editor.edit(id, change);
    this.#committed();
  }

  /** Tags stand in the order of the list, those of one's own behind. */
  #setTag(pair: Pair, tag: string, isOn: boolean): void {
    const chosen = new Set(pair.tags);
    if (isOn) chosen.add(tag);
    else chosen.delete(tag);
    this.#edit(pair.id, { tags: this.#choices([...chosen]).filter((each) => chosen.has(each)) });
  }

  /** Those of the template, and what workers have added to any question. */
  #choices(more: readonly string[] = []): readonly string[] {
    if (this.tags.length === 0) return [];
    return [...new Set([...this.tags, ...this.#editor.pairs.flatMap(({ tags }) => tags), ...more])];
  }

  #addTag(pair: Pair, text: string): void {
    const tag = text.trim().replace(/\s+/g, ' ');
    if (tag === '' || this.inactive || !this.allowCustomQuestionTags) return;
    const known = this.#choices().find((each) => each.toLowerCase() === tag.toLowerCase());
    if (!pair.tags.includes(known ?? tag)) this.#setTag(pair, known ?? tag, true);
    // Also where nothing has changed, a field that was cleared is drawn.
    this.requestUpdate();
  }

  #next(step: 1 | -1): boolean {
    const { pairs } = this.#editor;
    const next = pairs[pairs.findIndex(({ id }) => id === this.current) + step];
    if (!next) return false;
    this.current = next.id;
    this.said = [questionMessages.number(this.#numberOf(next.id)), next.question].filter(Boolean).join(': ');
    this.#focusLater(`pair-${next.id}`);
    return true;
  }

  protected override pressed(event: KeyboardEvent): boolean {
    const key = keyOf(event);
    const actions: Readonly<Record<string, () => unknown>> = {
      '?': this.#shell.toggleShortcuts,
      'Ctrl+z': () => this.#undo(),
      ',': () => this.#undo(),
      'Ctrl+Shift+z': () => this.#redo(),
      'Ctrl+y': () => this.#redo(),
      '.': () => this.#redo(),
      a: () => this.#add(),
      n: () => this.#next(1),
      p: () => this.#next(-1),
    };
    const action = actions[key];
    if (action) return action() !== false;
    const stage = this.#stage;
    if (stage === undefined || !event.composedPath().includes(stage)) return false;
    if (key === 'Enter' || key === ' ') return this.#addPassage();
    if (key !== 'Escape' || !this.#pane.extent) return this.#pane.pressed(event, key);
    this.#pane.collapse();
    this.requestUpdate();
    return true;
  }

  protected override willUpdate(): void {
    const { pairs } = this.#editor;
    const shown = [this.current, ...pairs.flatMap(({ id, passages, isWhole }) => [id, passages, isWhole])];
    if (shown.length === this.#drawn.length && shown.every((each, index) => each === this.#drawn[index])) return;
    this.#drawn = shown;
    const passages = pairs.filter(({ isWhole }) => !isWhole);
    this.#pane.mark(passages.flatMap(({ id, passages }) => passages.map((each): Passage => ({ ...each, pair: id }))));
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    this.#pane.attach();
  }

  protected override render() {
    return this.#shell.render({
      instructions: this.instructions,
      header: this.header,
      shortcuts: questionShortcuts(),
      alerts: html`${this.renderUnreadable()}${this.renderContrary()}`,
      main: html`${this.#renderText()}<p class="unseen" role="status">${this.said}</p>`,
      side: this.#renderSide(),
      bar: this.#renderBar(),
      complaint: nothing,
    });
  }

  #renderText(): unknown {
    return html`<div
      class="text-stage" tabindex="0" role="application"
      aria-label=${`${this.header || questionMessages.stage}. ${questionMessages.stageHelp}`}
      aria-disabled=${this.inactive ? 'true' : 'false'}
    >
      ${this.#text === '' ? html`<p class="no-text">${questionMessages.noText}</p>` : nothing}
      ${
        isReference(this.#text)
          ? html`<crowd-alert type="warning">${questionMessages.reference} <span class="address">${this.#text}</span></crowd-alert>`
          : nothing
      }
      <div class="page">${this.#pane.view.element}${this.#pane.caret}</div>
    </div>`;
  }

  #renderBar(): unknown {
    const action = (isPossible: boolean, run: () => void) => (isPossible && !this.inactive ? run : undefined);
    const pair = this.#currentPair;
    const number = pair ? this.#numberOf(pair.id) : 0;
    const isHighlighted = this.#pane.extent !== undefined;
    const hint = !pair
      ? questionMessages.hintNone
      : isHighlighted
        ? questionMessages.hintSelected(number)
        : questionMessages.hint(number);
    return html`<div class="bar" part="bar">
      ${renderHistory(
        action(this.#editor.canUndo, () => this.#undo()),
        action(this.#editor.canRedo, () => this.#redo()),
        html`<button
          class="action" type="button" ?disabled=${this.inactive || !isHighlighted || !pair}
          @click=${() => this.#addPassage()}
        >${questionMessages.addPassage}</button>`,
      )}
      <p class="hint">${hint}</p>
    </div>`;
  }

  #renderSide(): unknown {
    const { pairs } = this.#editor;
    const { least, most } = this.limits.questions;
    const offences = this.complaint === '' ? [] : this.#offences;
    const range = least > 0 || most !== Number.POSITIVE_INFINITY ? questionMessages.range(least, most) : '';
    return html`<div class="side-head">
        <h3 class="side-title">${questionMessages.title(pairs.length)}</h3><span class="range">${range}</span>
        <button class="action" type="button" id="add" title="A" ?disabled=${!this.#mayAdd} @click=${() => this.#add()}>
          ${questionMessages.add}
        </button>
      </div>
      ${this.renderComplaint()}
      ${repeat(
        pairs,
        ({ id }) => id,
        (pair, index) => this.#renderPair(pair, index, offences),
      )}
      ${
        this.deleted === undefined
          ? nothing
          : html`<div class="deleted"><span>${questionMessages.removed(this.deleted)}</span>
              <button class="link" type="button" id="undo-delete" @click=${() => this.#undo()}>${questionMessages.undo}</button></div>`
      }`;
  }

  #renderPair(pair: Pair, index: number, offences: readonly Offence[]): unknown {
    const { id } = pair;
    const isCurrent = id === this.current;
    return renderPair({
      pair,
      number: index + 1,
      color: nthColor(id),
      isCurrent,
      isDisabled: this.inactive,
      limits: this.limits,
      tags: this.#choices(),
      mayAddTags: this.allowCustomQuestionTags,
      excerpts: isCurrent ? pair.passages.map((passage) => this.#pane.excerptOf(passage)) : [],
      errors: new Map(
        offences.flatMap(({ pair, field, message }): [Field, string][] => (pair === id ? [[field, message]] : [])),
      ),
      open: () => {
        this.current = isCurrent ? undefined : id;
      },
      type: (field, text) => this.#editor.type(id, { [field]: text }),
      typed: () => {
        this.#editor.typed();
        this.#committed();
      },
      leaveField: () => this.#stage?.focus(),
      remove: () => this.#remove(id),
      removePassage: (at) => this.#removePassage(id, pair.passages[at]!.start),
      showPassage: (at) => this.#showPassage(pair.passages[at]!),
      setWhole: (isWhole) => this.#edit(id, { isWhole }),
      setTag: (tag, isOn) => this.#setTag(pair, tag, isOn),
      addTag: (tag) => this.#addTag(pair, tag),
    });
  }

  #showPassage(passage: Extent): void {
    this.#pane.reveal(passage);
    this.requestUpdate();
  }
}
