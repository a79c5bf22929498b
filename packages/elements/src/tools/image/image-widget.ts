// What all image tools share: the image and where it lies, undo, the cursor for keys, and what is around the stage.
import { base, dialogStyles, html, instructionsStyles, isPlainObject, nothing, property, state } from '../../base.ts';
import { History, type Step } from '../history.ts';
import type { Label } from '../labels.ts';
import { shellStyles } from '../shell.styles.ts';
import { Shell } from '../shell.ts';
import { type ImageSettings, renderBar, renderSettings } from './image-bar.ts';
import { ImageContract, type Press } from './image-contract.ts';
import { commonShortcuts } from './image-keys.ts';
import { imageStyles } from './image-widget.styles.ts';
import { imageMessages } from './messages.ts';
import { Picture } from './picture.ts';
import { PointerInput } from './pointer-input.ts';
import { renderSide } from './render-side.ts';
import { StageKeys } from './stage-keys.ts';
import { StageView } from './stage-view.ts';
import type { Point, Size } from './viewport.ts';

export type { Press } from './image-contract.ts';

const noSize: Size = { width: 0, height: 0 };

/** @attr required - Changes nothing: a mark or “Nothing to label” is needed in any case. */
export abstract class ImageWidget extends ImageContract {
  static override styles = [base, dialogStyles, instructionsStyles, shellStyles, imageStyles];

  #src = '';
  protected readonly history = new History();
  protected readonly shell = new Shell(this);
  protected readonly picture = new Picture(this, () => this.#pictureCame());
  protected readonly stage = new StageView(this, () => this.picture.size);
  readonly #pointer = new PointerInput({
    press: (at, event) => this.#press(at, event),
    drag: (at) => this.drag(this.stage.pointAt(at)),
    release: (at) => this.release(this.stage.pointAt(at)),
    abort: () => this.abort(),
    hover: (at, event) => this.hover(at && this.stage.pointAt(at), pressOf(event)),
    pan: (by) => {
      this.#keys.panned();
      this.stage.pan(by);
    },
    zoom: (factor, at) => this.stage.zoomAt(factor, at),
    isMoving: () => this.#keys.isMoving,
  });
  readonly #keys: StageKeys = new StageKeys({
    hasImage: () => this.picture.size !== undefined,
    isDrawable: () => this.isDrawable,
    modes: () => this.modes,
    mode: () => this.mode,
    toggleShortcuts: this.shell.toggleShortcuts,
    chooseLabel: (index) => this.#chooseLabelAt(index),
    pressedOwn: (event) => this.pressedOwn(event),
    chooseMode: (mode) => this.#chooseMode(mode),
    undo: () => this.#undo(),
    redo: () => this.#redo(),
    duplicate: () => this.duplicate?.() ?? false,
    removeSelected: () => this.#removeSelected(),
    cancel: () => {
      this.hint = '';
      return this.cancel();
    },
    zoomIn: this.stage.zoomIn,
    zoomOut: this.stage.zoomOut,
    fit: this.stage.fit,
    nudge: (by) => this.nudge(by),
    moveCursor: (by) => this.#moveCursor(by),
    selectNext: (step) => this.#selectNext(step),
    finish: () => this.finish(),
    placeAtCursor: () => this.#placeAtCursor(),
    changed: () => this.requestUpdate(),
  });
  /** One of `modes`, or `move`. */
  @state() protected mode = '';
  @state() private nothing = false;
  @state() private said = '';
  /** Shown on the stage until the worker goes on. */
  @state() private hint = '';
  @state() private filter = '';
  @state() private settings = this.usualSettings;

  /** The address of the image. A new one takes all marks away. */
  @property()
  get src(): string {
    return this.#src;
  }
  set src(src: string | null | undefined) {
    this.#src = src ?? '';
    if (this.picture.size) {
      // What was drawn belongs to the other one.
      this.drafts.forget();
      this.#forget();
    }
    this.picture.load(this.#src);
  }

  /** The answer's object, always. */
  get value(): unknown {
    return this._submittableValue;
  }

  protected get image(): Size {
    return this.picture.size ?? noSize;
  }

  protected get isDrawable(): boolean {
    return this.picture.size !== undefined && !this.nothing && !this.inactive;
  }

  private get usualSettings(): ImageSettings {
    return { brightness: 100, contrast: 100, opacity: this.usualOpacity };
  }

  protected get isNothing(): boolean {
    return this.nothing;
  }

  /** In pixels of the image: what is as near as this to a pointer is meant by it. */
  protected reach(isCoarse: boolean): number {
    return (isCoarse ? 22 : 8) / this.stage.view.scale;
  }

  protected override problem() {
    const { problem, size } = this.picture;
    if (problem !== undefined) return { flag: 'badInput', message: problem } as const;
    if (size === undefined) return { flag: 'badInput', message: imageMessages.loading } as const;
    if (this.marks.length > 0 || this.nothing) return undefined;
    return { flag: 'valueMissing', message: imageMessages.needMark } as const;
  }

  protected override restore(): void {
    if (this.picture.size) this.#forget(this.initialValue);
  }

  protected override initialValueChanged(): void {
    this.restore();
  }

  #forget(initial?: unknown): void {
    this.cancel();
    this.history.clear();
    this.nothing = false;
    this.hint = '';
    this.begin(initial);
    this.drafts.begunAnew();
    this.requestUpdate();
  }

  protected override get beginsAnew(): boolean {
    return true;
  }

  protected override draft(isLast: boolean): unknown {
    const marks = this.drafts.isTouched ? this.draftMarks(isLast) : undefined;
    return marks === undefined ? undefined : { isNothing: this.nothing, marks };
  }

  protected override resume(state: unknown): boolean {
    if (!isPlainObject(state) || this.picture.size === undefined) return false;
    this.cancel();
    this.history.clear();
    this.hint = '';
    this.nothing = state.isNothing === true;
    this.requestUpdate();
    return this.resumeMarks(state.marks);
  }

  /** Whether a template gave marks to begin with: then the answer says whether they were changed. */
  protected get hasInitial(): boolean {
    return Array.isArray(this.initialValue) || isPlainObject(this.initialValue);
  }

  /** To be called when an edit is done: fires `input` and `change`. */
  protected committed(): void {
    // Taking a deletion back may bring marks back.
    if (this.marks.length > 0) this.nothing = false;
    this.requestUpdate();
    this.edited();
    this.announce('input');
    this.announce('change');
  }

  /** Why nothing can be drawn while no label is chosen. */
  protected get noLabelSentence(): string {
    return this.paint.length === 0 ? imageMessages.noLabels : imageMessages.chooseLabel;
  }

  /** Told to screen readers. */
  protected say(sentence: string): void {
    this.hint = '';
    this.said = sentence;
  }

  /** Shown to everybody, until the worker goes on. @param spoken what screen readers are told, if that is more */
  protected tell(sentence: string, spoken = sentence): void {
    this.said = spoken;
    this.hint = sentence;
  }

  protected override willUpdate(): void {
    if (this.mode === '') this.mode = this.modes[0]!.id;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    const stage = this.renderRoot.querySelector<HTMLElement>('.stage') ?? undefined;
    this.#pointer.attach(stage);
    this.stage.attach(stage);
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.stage')?.focus(options);
  }

  #pictureCame(): void {
    this.restore();
    this.stage.fit();
  }

  #press(at: Point, event: PointerEvent): void {
    this.stage.hideCursor();
    this.hint = '';
    if (this.isDrawable) this.press(this.stage.pointAt(at), pressOf(event));
  }

  protected chooseLabel(name: string): void {
    this.label = name;
    this.hint = '';
    if (this.selected !== undefined) this.relabel(this.selected, name);
    this.say(name);
  }

  #undo(): void {
    this.abort();
    this.#changed(this.history.undo(), imageMessages.undone);
  }

  #redo(): void {
    this.abort();
    this.#changed(this.history.redo(), imageMessages.redone);
  }

  #changed(step: Step | undefined, sentence: string): void {
    if (step === undefined) return;
    this.hint = '';
    this.say(sentence);
    if (step.isQuiet) this.requestUpdate();
    else this.committed();
  }

  #removeSelected(): boolean {
    if (this.selected === undefined) return false;
    this.removeMark(this.selected);
    return true;
  }

  #chooseLabelAt(index: number): boolean {
    const label = this.paint[index];
    if (label === undefined || !this.isDrawable) return false;
    this.chooseLabel(label.name);
    return true;
  }

  protected override pressed(event: KeyboardEvent): boolean {
    return this.#keys.pressed(event);
  }

  #placeAtCursor(): boolean {
    if (!this.isDrawable) return false;
    const { cursor } = this.stage;
    if (cursor === undefined) this.#moveCursor({ x: 0, y: 0 });
    else this.place(cursor);
    return true;
  }

  #moveCursor(by: Point): void {
    const cursor = this.stage.moveCursor(by);
    this.hover(cursor, { shift: false, isCoarse: false, isExact: true });
    this.say(imageMessages.cursorAt(cursor.x, cursor.y));
  }

  /** At the last mark the focus goes on to what follows, so that keys are not caught. */
  #selectNext(step: 1 | -1): boolean {
    const { marks } = this;
    const at = marks.findIndex(({ id }) => id === this.selected);
    const next = at < 0 ? (step > 0 ? 0 : marks.length - 1) : at + step;
    const mark = marks[next];
    this.select(mark?.id);
    if (mark) this.say(`${mark.label}, ${mark.text}`);
    return mark !== undefined;
  }

  #chooseMode(mode: string): void {
    // To move the view is part of drawing.
    if (mode !== 'move' && this.mode !== 'move') this.cancel();
    this.mode = mode;
  }

  protected override render() {
    const { size } = this.picture;
    return this.shell.render({
      instructions: this.instructions,
      header: this.header,
      shortcuts: [...this.ownShortcuts, ...commonShortcuts()],
      settings: renderSettings(
        this.settings,
        (settings) => {
          this.settings = settings;
        },
        this.usualSettings,
      ),
      alerts: this.renderUnreadable(),
      main: html`${this.#renderStage(size)}<p class="unseen" role="status">${this.said}</p>`,
      side: this.#renderSide(),
      bar: renderBar({
        modes: this.modes,
        mode: this.mode,
        chooseMode: (mode) => this.#chooseMode(mode),
        tools: this.renderTools(),
        zoomIn: this.stage.zoomIn,
        zoomOut: this.stage.zoomOut,
        fit: this.stage.fit,
        undo: this.history.canUndo ? () => this.#undo() : undefined,
        redo: this.history.canRedo ? () => this.#redo() : undefined,
        remove: this.selected === undefined ? undefined : () => this.#removeSelected(),
        duplicate: this.duplicate && {
          run: this.selected === undefined ? undefined : () => this.duplicate?.(),
        },
        isDisabled: !this.isDrawable,
        isNothing: this.nothing,
        isNothingDisabled: this.inactive || this.marks.length > 0,
        setNothing: (nothing) => {
          this.cancel();
          this.nothing = nothing;
          this.committed();
        },
      }),
      complaint: this.renderComplaint(),
    });
  }

  #renderStage(size: Size | undefined): unknown {
    const { brightness, contrast, opacity } = this.settings;
    const { place, view } = this.stage;
    const filter =
      brightness === 100 && contrast === 100 ? '' : `;filter:brightness(${brightness}%) contrast(${contrast}%)`;
    const look = view.scale >= 4 ? `${filter};image-rendering:pixelated` : filter;
    const pointer = this.#keys.isMoving || this.pointerLook === undefined ? '' : `;cursor:${this.pointerLook}`;
    return html`<div
      class="stage ${this.#keys.isMoving ? 'moving' : ''}" tabindex="0" role="application" aria-label=${`${this.header || imageMessages.stage}. ${imageMessages.stageHelp}`}
      style="--mark-opacity:${opacity / 100}${pointer}" aria-describedby="complaint"
    >
      ${this.picture.render(`${place}${look}`)}
      ${size ? html`${this.renderMarks(size)}<canvas class="upper-canvas" width="1" height="1" style=${place}></canvas>${this.stage.renderCursor()}` : ''}
      ${this.hint === '' ? nothing : html`<p class="hint" aria-hidden="true">${this.hint}</p>`}
    </div>`;
  }

  #renderSide(): unknown {
    return renderSide(
      {
        labels: this.paint,
        chosen: this.label,
        isDisabled: !this.isDrawable,
        filter: this.filter,
        choose: (name) => this.chooseLabel(name),
        find: (filter) => {
          this.filter = filter;
        },
        ...(this.renderBelowLabel && { below: (label: Label) => this.renderBelowLabel?.(label) }),
      },
      {
        marks: this.marks,
        selected: this.selected,
        isDisabled: this.inactive,
        select: (mark) => this.select(mark),
        remove: (mark) => this.removeMark(mark),
        enter: () => this.focus(),
      },
    );
  }
}

const pressOf = (event: PointerEvent): Press => ({ shift: event.shiftKey, isCoarse: event.pointerType === 'touch' });
