import { base, dialogStyles, guard, html, instructionsStyles, nothing, numberKeys, state } from '../../base.ts';
import { renderAction, renderHistory } from '../../tools/image/image-bar.ts';
import { isPlain, keyOf } from '../../tools/image/image-keys.ts';
import { imageMessages } from '../../tools/image/messages.ts';
import { renderLabelPane } from '../../tools/label-pane.ts';
import { type Mark, renderMarkList } from '../../tools/mark-list.ts';
import { shellStyles } from '../../tools/shell.styles.ts';
import { Shell } from '../../tools/shell.ts';
import { CaretKeys, type Reach } from '../../tools/text/caret-keys.ts';
import { textMessages } from '../../tools/text/messages.ts';
import { excerptOf, readMove } from '../../tools/text/read-aloud.ts';
import type { Extent } from '../../tools/text/segments.ts';
import type { Span } from '../../tools/text/spans.ts';
import { textStyles } from '../../tools/text/text.styles.ts';
import { textShortcuts } from '../../tools/text/text-keys.ts';
import { TextPointer } from '../../tools/text/text-pointer.ts';
import { TextSelection } from '../../tools/text/text-selection.ts';
import type { Look } from '../../tools/text/text-view.ts';
import { entityStyles } from './crowd-entity-annotation.styles.ts';
import { paneLabels } from './entity-labels.ts';
import { EntityWidget } from './entity-widget.ts';
import { isInForm, lockForm, makeOwnForm } from './own-form.ts';

/** Longer lists of marks follow when the text has been painted: nobody waits for them. */
const longList = 200;
const listDelay = 60;

/**
 * Marks spans of a text with labels. Its value is `{ entities }`, each with `startOffset`, `endOffset` and `label`, in the order
 * of the text; an answer without any is allowed, so it never blocks submission. It stands by itself: outside a `crowd-form` it
 * has one of its own with a Submit button in its shadow tree. Children other than instructions stay hidden until a script moves
 * them into that form.
 *
 * @attr required - Changes nothing.
 * @fires input - When the marks have changed.
 * @fires change - After `input`.
 */
export class CrowdEntityAnnotation extends EntityWidget {
  static override styles = [base, dialogStyles, instructionsStyles, shellStyles, textStyles, entityStyles];

  readonly #shell = new Shell(this);
  readonly #selection = new TextSelection(this.view);
  readonly #keys = new CaretKeys(this.view);
  readonly #pointer = new TextPointer(this.view, {
    isDisabled: () => this.inactive,
    anchor: () => this.#selection.anchor,
    select: (anchor, focus) => this.#select(anchor, focus),
    selected: () => this.#highlighted(),
    clicked: (position, isOnSpan) => this.#clicked(position, isOnSpan),
    tagClicked: (id, isCross) => (isCross ? this.#remove(id) : this.#pick(id)),
  });
  readonly #resizes = new ResizeObserver(() => this.#selection.draw());
  #form: HTMLElement | undefined;
  #isDrawn = false;
  #marks = new WeakMap<Span, Mark>();
  #listed = { version: -1, picked: undefined as number | undefined };
  #listTimer: ReturnType<typeof setTimeout> | undefined;

  /** The label for what will be highlighted; empty when none is chosen. */
  @state() private label = '';
  @state() private picked: number | undefined;
  @state() private isNested = false;
  @state() private hasExtent = false;
  @state() private said = '';
  @state() private filter = '';

  protected override problem() {
    return undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.isNested = isInForm(this);
    document.addEventListener('selectionchange', this.#onSelectionChange);
    // What was put off when it was taken away.
    this.requestUpdate();
    this.#resizes.observe(this.view.element);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    this.#pointer.detach();
    this.#selection.forget();
    clearTimeout(this.#listTimer);
    this.#listTimer = undefined;
    document.removeEventListener('selectionchange', this.#onSelectionChange);
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    const isDone = await super.getUpdateComplete();
    await (this.#form as { updateComplete?: Promise<unknown> } | undefined)?.updateComplete;
    return isDone;
  }

  protected override lock(): void {
    super.lock();
    lockForm(this.#form);
  }

  override focus(options?: FocusOptions): void {
    this.#stage?.focus(options);
  }

  get #stage(): HTMLElement | undefined {
    return this.renderRoot.querySelector<HTMLElement>('.text-stage') ?? undefined;
  }

  /** The marks are those that were given. */
  protected override begun(): void {
    this.picked = undefined;
    this.#selection.reset();
    this.hasExtent = false;
    this.#drawAnew();
  }

  protected override labelsRead(): void {
    if (!this.byLabel.has(this.label)) this.label = this.labelList.length === 1 ? this.labelList[0]!.label : '';
    if (this.picked !== undefined && !this.isKnown(this.all.get(this.picked)!)) this.picked = undefined;
    this.#marks = new WeakMap();
    this.#drawAnew();
  }

  protected override replaced(out: Span | undefined, into: Span | undefined): void {
    if (!into && this.picked === out?.id) this.picked = undefined;
    this.#draw(out, into);
    this.requestUpdate();
  }

  #drawAnew(): void {
    this.editor.version += 1;
    this.#isDrawn = false;
    this.requestUpdate();
  }

  readonly #lookOf = (span: Span): Look => {
    const { color, short } = this.labelOf(span);
    return { color, tag: short, isSelected: span.id === this.picked };
  };

  /** Draws the chunks that spans touch, or all. */
  #draw(...spans: readonly (Span | undefined)[]): void {
    const all = this.all;
    const touched = new Set(spans.flatMap((span) => (span ? all.chunksOf(span) : [])));
    for (const index of spans.length === 0 ? this.view.chunks.keys() : touched)
      this.view.draw(index, all.inChunk(index).filter(this.isKnown), this.#lookOf);
    this.#selection.draw();
  }

  #committed(): void {
    this.edited();
    this.announce('input');
    this.announce('change');
  }

  #mark({ start, end }: Extent, label: string): void {
    const same = this.all.like({ start, end, label });
    this.#selection.collapse();
    this.hasExtent = false;
    if (same) {
      this.#pick(same.id);
      this.said = textMessages.markedAlready;
      return;
    }
    // It is not picked: the next label that is chosen is meant for what comes next.
    this.#pick(undefined);
    this.said = this.#describe(this.editor.add({ start, end }, label));
    this.#committed();
  }

  #relabel(span: Span, label: string): void {
    if (span.label === label) return;
    const relabelled = this.editor.relabel(span, label);
    if (relabelled.id !== span.id) this.#pick(relabelled.id);
    this.said = this.#describe(relabelled);
    this.#committed();
  }

  #remove(id: number): void {
    const span = this.all.get(id);
    if (!span || this.inactive) return;
    this.editor.remove(span);
    this.#committed();
    this.said = textMessages.removed(this.labelOf(span).full, excerptOf(this.view, span));
  }

  #undo(): void {
    if (!this.editor.undo()) return;
    this.said = imageMessages.undone;
    this.#committed();
  }

  #redo(): void {
    if (!this.editor.redo()) return;
    this.said = imageMessages.redone;
    this.#committed();
  }

  #describe(span: Span): string {
    return textMessages.marked(this.labelOf(span).full, excerptOf(this.view, span));
  }

  #pick(id: number | undefined): void {
    const before = this.picked === undefined ? undefined : this.all.get(this.picked);
    this.picked = id;
    const span = id === undefined ? undefined : this.all.get(id);
    if (before || span) this.#draw(before, span);
    if (!span) return;
    this.#selection.set(span.start, span.start);
    this.hasExtent = false;
    this.#selection.reveal(this.#stage);
    this.said = this.#describe(span);
  }

  #select(anchor: number, focus: number): void {
    this.#selection.set(anchor, focus, true);
    this.hasExtent = this.#selection.extent !== undefined;
  }

  /** Something was highlighted by a pointer. */
  #highlighted(): void {
    const { extent } = this.#selection;
    if (!extent) return;
    this.#pick(undefined);
    if (this.label !== '') this.#mark(extent, this.label);
    else this.said = textMessages.selected(excerptOf(this.view, extent));
  }

  /** Where spans lie over each other, the shortest one is picked, and the next one with each further click. */
  #clicked(position: number, isOnSpan: boolean): void {
    const around = isOnSpan ? this.all.around(position).filter(this.isKnown) : [];
    const next = around[(around.findIndex(({ id }) => id === this.picked) + 1) % around.length];
    this.#pick(next?.id);
    this.#select(position, position);
  }

  readonly #onSelectionChange = (): void => {
    if (this.inactive || !this.#selection.takeNative()) return;
    this.hasExtent = true;
    if (this.picked !== undefined) this.#pick(undefined);
  };

  #choose(label: string): void {
    const { extent } = this.#selection;
    const picked = this.picked === undefined ? undefined : this.all.get(this.picked);
    if (this.inactive) return;
    if (extent) this.#mark(extent, label);
    else if (picked) this.#relabel(picked, label);
    else {
      // Chosen once more it is given up, so that one can highlight first again.
      this.label = this.label === label ? '' : label;
      this.said =
        this.label === '' ? textMessages.hint : textMessages.hintLabel(this.byLabel.get(label)?.full ?? label);
    }
  }

  #enter(): boolean {
    const { extent, focus } = this.#selection;
    if (!extent) {
      this.#clicked(focus, true);
      return true;
    }
    if (this.label === '') this.said = textMessages.hintSelected;
    else this.#mark(extent, this.label);
    return true;
  }

  #cancel(): boolean {
    if (this.#selection.extent) this.#selection.collapse();
    else if (this.picked !== undefined) this.#pick(undefined);
    else if (this.label !== '' && this.labelList.length > 1) this.label = '';
    else return false;
    this.hasExtent = false;
    return true;
  }

  /** From the picked mark or from the caret. */
  #next(step: 1 | -1): boolean {
    const spans = this.visible;
    const { focus } = this.#selection;
    const at = spans.findIndex(({ id }) => id === this.picked);
    const next =
      at >= 0
        ? spans[at + step]
        : step > 0
          ? spans.find(({ start }) => start >= focus)
          : spans.findLast(({ start }) => start < focus);
    if (next) this.#pick(next.id);
    return next !== undefined;
  }

  protected override pressed(event: KeyboardEvent): boolean {
    const key = keyOf(event);
    if (isPlain(event) && !event.shiftKey && numberKeys.includes(event.key)) {
      const label = this.labelList[numberKeys.indexOf(event.key)];
      if (label) this.#choose(label.label);
      return label !== undefined;
    }
    const actions: Readonly<Record<string, () => unknown>> = {
      '?': this.#shell.toggleShortcuts,
      'Ctrl+z': () => this.#undo(),
      ',': () => this.#undo(),
      'Ctrl+Shift+z': () => this.#redo(),
      'Ctrl+y': () => this.#redo(),
      '.': () => this.#redo(),
      Delete: () => this.#removePicked(),
      Backspace: () => this.#removePicked(),
      Escape: () => this.#cancel(),
      n: () => this.#next(1),
      p: () => this.#next(-1),
    };
    const action = actions[key];
    if (action) return action() !== false;
    const isOnText = event.composedPath().some((node) => (node as Element).classList?.contains('text-stage'));
    return isOnText && this.#pressedOnText(event, key);
  }

  #pressedOnText(event: KeyboardEvent, key: string): boolean {
    if (key === 'Enter' || key === ' ') return this.#enter();
    if (key === 'Ctrl+a') {
      this.#select(0, this.text.length);
      return true;
    }
    const { anchor, focus, extent } = this.#selection;
    const move = this.#keys.move(event, focus);
    if (!move) return false;
    if (this.picked !== undefined) this.#pick(undefined);
    // Without Shift an arrow ends what is highlighted at the end that it points to.
    const isPlainMove = extent && !event.shiftKey && move.reach === 'character';
    const to = isPlainMove ? (move.to > focus ? Math.max(anchor, focus) : Math.min(anchor, focus)) : move.to;
    this.#select(event.shiftKey ? anchor : to, to);
    this.#selection.reveal(this.#stage);
    this.#sayMove(focus, to, move.reach);
    return true;
  }

  #removePicked(): boolean {
    if (this.picked === undefined) return false;
    this.#remove(this.picked);
    return true;
  }

  #sayMove(from: number, to: number, reach: Reach): void {
    const { extent } = this.#selection;
    if (extent) {
      this.said = textMessages.selected(excerptOf(this.view, extent));
      return;
    }
    const entered = this.all
      .around(to)
      .filter((span) => this.isKnown(span) && !(span.start <= from && from < span.end));
    const labels = entered.map((span) => this.labelOf(span).full).join(', ');
    this.said = [labels && textMessages.begins(labels), readMove(this.view, from, to, reach)].filter(Boolean).join(' ');
  }

  protected override willUpdate(): void {
    if (!this.#isDrawn) this.#draw();
    this.#isDrawn = true;
    this.#list();
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    this.#pointer.attach(this.#stage);
  }

  /** Brings the list of marks up to what is marked, now or soon. */
  #list(): void {
    const { version, picked } = this.#listed;
    if (version === this.editor.version && picked === this.picked) return;
    const isInUse = (this.renderRoot as ShadowRoot).activeElement?.id === 'marks';
    const list = () => {
      this.#listTimer = undefined;
      this.#listed = { version: this.editor.version, picked: this.picked };
      this.requestUpdate();
    };
    if (isInUse || version < 0 || this.all.ordered.length < longList) list();
    else this.#listTimer ??= setTimeout(list, listDelay);
  }

  /** With controls in the instructions, as in a form around all of it. */
  #ownForm(): HTMLElement {
    this.#form ??= makeOwnForm(this, () => [
      this,
      ...['short-instructions', 'full-instructions'].flatMap((name) =>
        this.regions.all(name).flatMap((region) => [...region.querySelectorAll('*')]),
      ),
    ]);
    return this.#form;
  }

  protected override render() {
    const { keptOut } = this;
    return this.#shell.render({
      instructions: this.instructions,
      header: this.header,
      shortcuts: textShortcuts(),
      alerts: html`${this.renderUnreadable()}${
        keptOut > 0 ? html`<crowd-alert type="warning">${textMessages.keptOut(keptOut)}</crowd-alert>` : nothing
      }`,
      main: html`${this.#renderText()}<p class="unseen" role="status">${this.said}</p>`,
      side: this.#renderSide(),
      bar: this.#renderBar(),
      complaint: html`${this.renderComplaint()}${this.isNested ? nothing : this.#ownForm()}`,
    });
  }

  #renderText(): unknown {
    return html`<div
      class="text-stage" tabindex="0" role="application" aria-describedby="complaint"
      aria-label=${`${this.header || textMessages.stage}. ${textMessages.stageHelp}`}
      aria-disabled=${this.inactive ? 'true' : 'false'}
    >
      ${this.text === '' ? html`<p class="no-text">${textMessages.noText}</p>` : nothing}
      <div class="page">${this.view.element}${this.#selection.caret}</div>
    </div>`;
  }

  #renderBar(): unknown {
    const action = (isPossible: boolean, run: () => void) => (isPossible && !this.inactive ? run : undefined);
    return html`<div class="bar" part="bar">
      ${renderHistory(
        action(this.editor.canUndo, () => this.#undo()),
        action(this.editor.canRedo, () => this.#redo()),
        html`${renderAction(
          'delete',
          imageMessages.remove,
          action(this.picked !== undefined, () => this.#removePicked()),
        )}`,
      )}
      <p class="hint">${this.#hint}</p>
    </div>`;
  }

  get #hint(): string {
    const picked = this.picked === undefined ? undefined : this.all.get(this.picked);
    if (this.hasExtent) return textMessages.hintSelected;
    if (picked) return textMessages.hintMark(this.#describe(picked));
    const { label } = this;
    return label === '' ? textMessages.hint : textMessages.hintLabel(this.byLabel.get(label)?.full ?? label);
  }

  #renderSide(): unknown {
    const picked = this.picked === undefined ? undefined : this.all.get(this.picked);
    const chosen = picked ? this.labelOf(picked).full : (this.byLabel.get(this.label)?.full ?? '');
    return html`${guard([this.labelList, chosen, this.inactive, this.filter], () =>
      renderLabelPane({
        labels: paneLabels(this.labelList),
        chosen,
        isDisabled: this.inactive,
        filter: this.filter,
        choose: (name) => this.#choose(this.labelList.find(({ full }) => full === name)!.label),
        find: (filter) => {
          this.filter = filter;
        },
      }),
    )}
    ${guard([this.#listed, this.inactive], () =>
      renderMarkList({
        marks: this.visible.map((span) => this.#markOf(span)),
        selected: this.#listed.picked,
        isDisabled: this.inactive,
        select: (id) => this.#pick(id),
        remove: (id) => this.#remove(id),
        enter: () => this.focus(),
      }),
    )}`;
  }

  #markOf(span: Span): Mark {
    const known = this.#marks.get(span);
    if (known) return known;
    const { full, color } = this.labelOf(span);
    const mark = { id: span.id, label: full, color, text: excerptOf(this.view, span) };
    this.#marks.set(span, mark);
    return mark;
  }
}
