// What all image tools share: the image and where it lies, undo, the cursor for keys, and what is around the stage.
import {
  base,
  dialogStyles,
  guard,
  html,
  instructionsStyles,
  isPlainObject,
  nothing,
  numberKeys,
  property,
  state,
} from '../../base.ts';
import { History, type Step } from '../history.ts';
import { renderLabelPane } from '../label-pane.ts';
import { LabelledWidget } from '../labelled-widget.ts';
import type { Label } from '../labels.ts';
import { type Mark, renderMarkList } from '../mark-list.ts';
import { shellStyles } from '../shell.styles.ts';
import { Shell, type Shortcut } from '../shell.ts';
import { type ImageSettings, type Mode, renderBar, renderSettings } from './image-bar.ts';
import { arrowOf, commonShortcuts, isPlain, keyOf } from './image-keys.ts';
import { imageStyles } from './image-widget.styles.ts';
import { imageMessages } from './messages.ts';
import { Picture } from './picture.ts';
import { PointerInput } from './pointer-input.ts';
import { StageView } from './stage-view.ts';
import type { Point, Size } from './viewport.ts';

/** How a press was made. */
export interface Press {
  readonly shift: boolean;
  /** Fingers and pens hide what they touch: what is near counts as hit. */
  readonly isCoarse: boolean;
  /** The cursor of the keys stands on a pixel: what is near is not meant. */
  readonly isExact?: boolean;
}

const noSize: Size = { width: 0, height: 0 };

/** @attr required - Changes nothing: a mark or “Nothing to label” is needed in any case. */
export abstract class ImageWidget extends LabelledWidget {
  static override styles = [base, dialogStyles, instructionsStyles, shellStyles, imageStyles];

  #src = '';
  /** Escape was pressed with nothing to cancel: the next Tab leaves the stage. */
  #isLeaving = false;
  #space: 'up' | 'down' | 'dragged' = 'up';
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
      if (this.#space === 'down') this.#space = 'dragged';
      this.stage.pan(by);
    },
    zoom: (factor, at) => this.stage.zoomAt(factor, at),
    isMoving: () => this.#isMoving,
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
    if (this.picture.size) this.#forget();
    this.picture.load(this.#src);
  }

  /** What can be done on the stage besides moving the view; the first one is chosen at first. */
  protected abstract readonly modes: readonly Mode[];
  /** The same list until it changes. */
  protected abstract readonly marks: readonly Mark[];
  protected abstract readonly selected: number | undefined;
  protected abstract readonly ownShortcuts: readonly Shortcut[];
  protected abstract select(mark: number | undefined): void;
  protected abstract removeMark(mark: number): void;
  protected abstract relabel(mark: number, label: string): void;
  /** Points are pixels of the image, not rounded, and may lie outside of it. */
  protected abstract press(point: Point, press: Press): void;
  protected abstract drag(point: Point): void;
  protected abstract release(point: Point): void;
  protected abstract hover(point: Point | undefined, press: Press): void;
  /** Space was pressed with the cursor there: for what a mouse does by pressing, by releasing, or by a click. */
  protected abstract place(point: Point): void;
  /** Moves what is selected by whole pixels. @returns false when nothing is selected, so that the cursor moves instead */
  protected abstract nudge(by: Point): boolean;
  /** Ends what is being drawn and keeps it. @returns false when nothing is being drawn */
  protected abstract finish(): boolean;
  /** Ends what is being drawn, or gives up the selection. @returns false when there is neither */
  protected abstract cancel(): boolean;
  /** Another finger came or the system took the pointer away: what this press has begun is not to count. */
  protected abort(): void {
    this.cancel();
  }
  /** Takes the marks of `initialValue` and forgets all others. The image is there. */
  protected abstract begin(initial: unknown): void;
  /** What lies over the image, on the whole stage. */
  protected abstract renderMarks(image: Size): unknown;
  /** The bar's further parts, if any. */
  protected renderTools(): unknown {
    return undefined;
  }
  /** What else stands below a label in the list. */
  protected renderBelowLabel?(label: Label): unknown;
  /** In percent: how the marks look before a worker changes it. */
  protected get usualOpacity(): number {
    return 100;
  }
  /** A key of the tool's own was pressed. @returns whether it was of use */
  protected pressedOwn(_event: KeyboardEvent): boolean {
    return false;
  }
  /** Makes a second one of what is selected. @returns whether there was anything */
  protected duplicate?(): boolean;
  /** What the mouse looks like; undefined for the usual cross. */
  protected get pointerLook(): string | undefined {
    return undefined;
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
    this.requestUpdate();
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

  /** Shown to everybody, until the worker goes on. */
  protected tell(sentence: string): void {
    this.said = sentence;
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

  protected override pressed(event: KeyboardEvent): boolean {
    const isOnStage = event.composedPath().some((node) => (node as Element).classList?.contains('stage'));
    const key = keyOf(event);
    if (key === '?') return this.#done(this.shell.toggleShortcuts);
    if (!this.picture.size) return false;
    if (isPlain(event) && numberKeys.includes(event.key)) {
      const label = this.paint[numberKeys.indexOf(event.key)];
      return label !== undefined && this.isDrawable && this.#done(() => this.chooseLabel(label.name));
    }
    if (this.isDrawable && this.pressedOwn(event)) return true;
    const mode = this.modes.find((each) => each.key === key);
    if (mode) return this.#done(() => this.#chooseMode(mode.id));
    this.#isLeaving = key === 'Escape' || (this.#isLeaving && key.endsWith('Tab'));
    const action = {
      'Ctrl+z': () => this.#undo(),
      ',': () => this.#undo(),
      'Ctrl+Shift+z': () => this.#redo(),
      'Ctrl+y': () => this.#redo(),
      '.': () => this.#redo(),
      'Ctrl+d': () => this.isDrawable && (this.duplicate?.() ?? false),
      Delete: () => this.#removeSelected(),
      Backspace: () => this.#removeSelected(),
      Escape: () => this.#escape(),
      '+': this.stage.zoomIn,
      '=': this.stage.zoomIn,
      c: this.stage.zoomIn,
      '-': this.stage.zoomOut,
      x: this.stage.zoomOut,
      f: this.stage.fit,
      z: this.stage.fit,
      m: () => this.#chooseMode('move'),
    }[key];
    if (action) return action() !== false;
    return isOnStage && this.#pressedOnStage(event, key);
  }

  #escape(): boolean {
    this.hint = '';
    if (!this.cancel()) return false;
    this.#isLeaving = false;
    return true;
  }

  #pressedOnStage(event: KeyboardEvent, key: string): boolean {
    const by = arrowOf(event);
    if (by !== undefined) {
      if (!this.isDrawable || !this.nudge(by)) this.#moveCursor(by);
      return true;
    }
    if (key === 'Tab' || key === 'Shift+Tab') return !this.#isLeaving && this.#selectNext(key === 'Tab' ? 1 : -1);
    if (key === 'Enter') return this.finish() || this.#placeAtCursor();
    if (key !== ' ') return false;
    // Held down it drags the view; pressed and released it places a point.
    if (!event.repeat) {
      this.#space = 'down';
      this.requestUpdate();
      document.addEventListener('keyup', this.#keyUp);
    }
    return true;
  }

  readonly #keyUp = ({ key }: KeyboardEvent): void => {
    if (key !== ' ') return;
    document.removeEventListener('keyup', this.#keyUp);
    if (this.#space === 'down') this.#placeAtCursor();
    this.#space = 'up';
    this.requestUpdate();
  };

  get #isMoving(): boolean {
    return this.mode === 'move' || this.#space !== 'up';
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

  #done(action: () => void): true {
    action();
    return true;
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
    const pointer = this.#isMoving || this.pointerLook === undefined ? '' : `;cursor:${this.pointerLook}`;
    return html`<div
      class="stage ${this.#isMoving ? 'moving' : ''}" tabindex="0" role="application" aria-label=${`${this.header || imageMessages.stage}. ${imageMessages.stageHelp}`}
      style="--mark-opacity:${opacity / 100}${pointer}" aria-describedby="complaint"
    >
      ${this.picture.render(`${place}${look}`)}
      ${size ? html`${this.renderMarks(size)}<canvas class="upper-canvas" width="1" height="1" style=${place}></canvas>${this.stage.renderCursor()}` : ''}
      ${this.hint === '' ? nothing : html`<p class="hint" aria-hidden="true">${this.hint}</p>`}
    </div>`;
  }

  #renderSide(): unknown {
    const isDisabled = !this.isDrawable;
    // Long lists are rendered only when they have changed, not on each move of a pointer.
    const labelParts = [this.paint, this.label, isDisabled, this.filter, this.renderBelowLabel ? Symbol() : undefined];
    const labels = guard(labelParts, () =>
      renderLabelPane({
        labels: this.paint,
        chosen: this.label,
        isDisabled,
        filter: this.filter,
        choose: (name) => this.chooseLabel(name),
        find: (filter) => {
          this.filter = filter;
        },
        ...(this.renderBelowLabel && { below: (label: Label) => this.renderBelowLabel?.(label) }),
      }),
    );
    const marks = guard([this.marks, this.selected, this.inactive], () =>
      renderMarkList({
        marks: this.marks,
        selected: this.selected,
        isDisabled: this.inactive,
        select: (mark) => this.select(mark),
        remove: (mark) => this.removeMark(mark),
        enter: () => this.focus(),
      }),
    );
    return html`${labels}${marks}`;
  }
}

const pressOf = (event: PointerEvent): Press => ({ shift: event.shiftKey, isCoarse: event.pointerType === 'touch' });
