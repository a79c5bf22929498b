import {
  base,
  CrowdWidget,
  dialogStyles,
  guard,
  html,
  instructionsStyles,
  nothing,
  property,
  state,
} from '../../base.ts';
import { onImage } from '../../tools/document/areas.ts';
import { answerKey, type Block, type Blocks, readBlocks } from '../../tools/document/blocks.ts';
import { documentStyles } from '../../tools/document/document.styles.ts';
import { documentShortcuts } from '../../tools/document/document-keys.ts';
import { type ImportantKey, readImportantKeys } from '../../tools/document/important-keys.ts';
import { documentMessages } from '../../tools/document/messages.ts';
import { PageBoxes } from '../../tools/document/page-boxes.ts';
import { PairBook } from '../../tools/document/pair-book.ts';
import type { PairEditor } from '../../tools/document/pair-editor.ts';
import { describePair, renderPairPane, shownPairs } from '../../tools/document/pair-list.ts';
import type { Pair, PartName } from '../../tools/document/pairs.ts';
import { renderPage } from '../../tools/document/render-page.ts';
import { renderAction, renderHistory, renderSettings } from '../../tools/image/image-bar.ts';
import { arrowOf, isPlain, keyOf } from '../../tools/image/image-keys.ts';
import { imageStyles } from '../../tools/image/image-widget.styles.ts';
import { imageMessages } from '../../tools/image/messages.ts';
import { Picture } from '../../tools/image/picture.ts';
import { PointerInput } from '../../tools/image/pointer-input.ts';
import { StageView } from '../../tools/image/stage-view.ts';
import { toStage } from '../../tools/image/viewport.ts';
import { boundsOf } from '../../tools/shapes/geometry.ts';
import { shellStyles } from '../../tools/shell.styles.ts';
import { Shell } from '../../tools/shell.ts';

/** Where the focus goes when a pair is chosen. */
type Focus = 'row' | 'field' | 'none';

/**
 * The keys and values that a form has, as Textract read them, beside the image of its page. Each pair can be called invalid, its
 * texts, check boxes and places corrected; keys that were looked for in vain can be given a value, and pairs be added. The answer
 * is `{ blocks }` under a fixed key: what nobody has changed is the block that was given. A pair counts as it is unless the worker
 * says otherwise; submission waits for the image, for an answer to each key that was not detected, and for the text of each key.
 */
export class CrowdTextractAnalyzeDocument extends CrowdWidget {
  static override styles = [base, dialogStyles, instructionsStyles, shellStyles, imageStyles, documentStyles];
  static override readonly aliases = { ...CrowdWidget.aliases, blocktypes: 'block-types' };

  /** The key that consumers look up. Documents name no attribute for it; one that is given counts all the same. */
  override name: string = answerKey;

  readonly #shell = new Shell(this);
  readonly #book = new PairBook();
  readonly #picture = new Picture(this, () => {
    this.#stage.fit();
    this.#reveal();
  });
  readonly #stage = new StageView(this, () => this.#picture.size);
  readonly #boxes: PageBoxes;
  readonly #pointer: PointerInput;
  #src = '';
  #initial: unknown;
  #blockTypes: readonly unknown[] | undefined;
  #keys: readonly ImportantKey[] = [];
  #givenKeys: unknown;
  #blocks: Blocks = readBlocks(undefined)!;
  #printed: { readonly pairs: readonly Pair[]; readonly text: string } | undefined;

  /** Keys that were read off the page cannot be changed. */
  @property({ type: Boolean, attribute: 'no-key-edit' }) noKeyEdit = false;
  /** Places on the page can be neither changed nor drawn. */
  @property({ type: Boolean, attribute: 'no-geometry-edit' }) noGeometryEdit = false;

  @state() private selected: number | undefined;
  @state() private checked: ReadonlySet<number> = new Set();
  @state() private filter = '';
  @state() private said = '';
  /** Shown on the page until the worker goes on. */
  @state() private hint = '';
  @state() private settings = { brightness: 100, contrast: 100, opacity: 100 };

  constructor() {
    super();
    const element = this;
    this.#boxes = new PageBoxes(this.#stage, {
      get image() {
        return element.#picture.size ?? { width: 0, height: 0 };
      },
      get pairs() {
        return element.#book.pairs;
      },
      get selected() {
        return element.#pair;
      },
      get isEditable() {
        return element.#areBoxesFree && element.#pair?.isRejected === false;
      },
      select: (id) => this.#choose(id, 'none'),
      place: (part, area) => {
        const pair = this.#pair;
        if (!pair) return;
        this.hint = '';
        this.#book.edit(pair, { [part]: { ...pair[part], area } });
        this.#boxes.part = part;
        this.#committed();
      },
      changed: () => this.requestUpdate(),
    });
    this.#pointer = new PointerInput({
      press: (at, event) => {
        this.hint = '';
        if (this.#picture.size) this.#boxes.press(at, event.pointerType === 'touch');
      },
      drag: (at) => this.#boxes.drag(at),
      release: (at) => this.#boxes.release(at),
      abort: () => this.#boxes.abort(),
      hover: (at) => this.#boxes.hover(this.#picture.size && at),
      pan: (by) => this.#stage.pan(by),
      zoom: (factor, at) => this.#stage.zoomAt(factor, at),
      isMoving: () => false,
    });
  }

  /** Address of the image of the page. A new one takes all changes back. */
  @property()
  get src(): string {
    return this.#src;
  }
  set src(src: string | null | undefined) {
    this.#src = src ?? '';
    if (this.#picture.size) this.#begin();
    this.#picture.load(this.#src);
  }

  /** The blocks that were read off the page: a list, or a response or an answer that has one. */
  @property({ attribute: 'initial-value' })
  get initialValue(): unknown {
    return this.#initial;
  }
  set initialValue(value: unknown) {
    this.#initial = this.readJson('initial-value', value);
    const blocks = readBlocks(this.#initial);
    if (blocks === undefined) this.report('initial-value', 'neither a list of blocks nor an object with one');
    this.#blocks = blocks ?? readBlocks(undefined)!;
    this.#begin();
  }

  /** Keys that the page should have: objects with `importantFormKey` and `importantFormKeyAliases`. Reading gives a fresh list. */
  @property()
  get keys(): unknown[] {
    return Array.isArray(this.#givenKeys) ? structuredClone(this.#givenKeys) : [];
  }
  set keys(keys: readonly unknown[] | string | null | undefined) {
    this.#givenKeys = this.readJson('keys', keys);
    const read = readImportantKeys(this.#givenKeys);
    if (read === undefined) this.report('keys', 'it is no list');
    this.#keys = read ?? [];
    this.#begin();
  }

  /** The types of blocks to review; there is one only, `KEY_VALUE_SET`. Reading gives a fresh list. */
  @property({ attribute: 'block-types' })
  get blockTypes(): unknown[] {
    return [...(this.#blockTypes ?? ['KEY_VALUE_SET'])];
  }
  set blockTypes(types: readonly unknown[] | string | null | undefined) {
    const list = this.readJson('block-types', types);
    this.#blockTypes = Array.isArray(list) ? list : undefined;
    if (list !== undefined && list !== null && !Array.isArray(list)) this.report('block-types', 'it is no list');
    const others = (this.#blockTypes ?? []).filter((type) => type !== 'KEY_VALUE_SET').map(String);
    if (others.length > 0)
      this.report(
        'block-types',
        `${others.join(', ')} cannot be reviewed`,
        documentMessages.otherTypes(others.join(', ')),
      );
  }

  /** The answer's object, always. */
  get value(): unknown {
    return this._submittableValue;
  }

  get _submittableValue(): { blocks: Block[] } {
    return { blocks: structuredClone(this.#book.answer) as Block[] };
  }

  protected override get formValue(): string | null {
    const { pairs } = this.#book;
    if (this.#printed?.pairs !== pairs) this.#printed = { pairs, text: this.#book.print() };
    return this.#printed.text;
  }

  get #pair(): Pair | undefined {
    return this.#book.find(this.selected);
  }

  get #areBoxesFree(): boolean {
    return !this.noGeometryEdit && !this.inactive;
  }

  protected override problem() {
    const { problem, size } = this.#picture;
    if (problem !== undefined) return { flag: 'badInput', message: problem } as const;
    if (size === undefined) return { flag: 'badInput', message: imageMessages.loading } as const;
    const open = this.#book.pairs.filter((pair) => this.#book.isOpen(pair));
    if (open.length === 0) return undefined;
    const message = open.some(({ key }) => key.text.trim() === '')
      ? documentMessages.needKey
      : documentMessages.needAnswers(open.length);
    return { flag: 'valueMissing', message } as const;
  }

  /** Goes to what is to be answered still, when submission was refused. */
  override focus(options?: FocusOptions): void {
    const open = this.#book.pairs.find((pair) => this.#book.isOpen(pair));
    if (open) this.#choose(open.id, 'field');
    else (this.renderRoot.querySelector<HTMLElement>('.pair-head[tabindex="0"]') ?? this.#stageElement)?.focus(options);
  }

  protected override restore(): void {
    this.#begin();
  }

  #begin(): void {
    const { unreadable, repeated } = this.#blocks;
    const misplaced = this.#book.begin(this.#blocks, this.#keys);
    this.#printed = undefined;
    this.selected = undefined;
    this.checked = new Set();
    this.hint = '';
    this.#boxes.choose(undefined);
    const faults = [
      ...(unreadable > 0 ? [documentMessages.leftOut(unreadable)] : []),
      ...(repeated[0] !== undefined ? [documentMessages.repeatedIds(repeated[0])] : []),
      ...(misplaced > 0 ? [documentMessages.misplaced(misplaced)] : []),
    ];
    if (faults.length > 0) this.report('initial-value', faults.join(' '), faults.join(' '));
  }

  #committed(): void {
    this.requestUpdate();
    this.edited();
    this.announce('input');
    this.announce('change');
  }

  // Going through the pairs

  #choose(id: number, focus: Focus): void {
    this.#book.endTyping();
    this.hint = '';
    if (id !== this.selected) this.#boxes.choose(undefined);
    this.selected = id;
    const pair = this.#pair;
    if (!pair) return;
    if (focus === 'none') this.said = describePair(pair);
    this.#reveal();
    void this.updateComplete.then(() => this.#show(id, focus));
  }

  #enterField(): boolean {
    if (this.selected === undefined) return false;
    this.#choose(this.selected, 'field');
    return true;
  }

  #show(id: number, focus: Focus): void {
    const row = this.renderRoot.querySelector<HTMLElement>(`[data-pair="${id}"]`);
    if (!row) return;
    // Where both lie one above the other, what was clicked stays where it is.
    row.scrollIntoView({ block: 'nearest' });
    if (focus === 'none') return;
    const wanted = this.#book.find(id)?.key.text === '' ? '.key-field' : '.value-field';
    const field =
      focus === 'field' &&
      (row.querySelector<HTMLElement>(wanted) ?? row.querySelector<HTMLElement>('.pair-body input'));
    const target = field || row.querySelector<HTMLElement>('.pair-head');
    target?.focus({ preventScroll: true });
    if (target instanceof HTMLTextAreaElement) target.select();
  }

  /** Moves the view until the chosen pair is seen. */
  #reveal(): void {
    const { size } = this.#picture;
    const pair = this.#pair;
    if (!size || !pair) return;
    for (const area of [pair.value.area, pair.key.area]) {
      if (!area) continue;
      const { left, top, right, bottom } = boundsOf(onImage(area, size));
      this.#stage.reveal({ x: right, y: bottom });
      this.#stage.reveal({ x: left, y: top });
    }
  }

  #zoomToPair(): boolean {
    const { size } = this.#picture;
    const stage = this.#stageElement;
    const areas = [this.#pair?.key.area, this.#pair?.value.area].flatMap((area) => area ?? []);
    if (!size || !stage || areas.length === 0) return false;
    const { left, top, right, bottom } = boundsOf(onImage(areas, size));
    const { scale } = this.#stage.view;
    const wanted = Math.min(stage.clientWidth / (right - left + 1), stage.clientHeight / (bottom - top + 1), 6) * 0.8;
    const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
    this.#stage.zoomAt(wanted / scale, toStage(this.#stage.view, middle));
    const at = toStage(this.#stage.view, middle);
    this.#stage.pan({ x: stage.clientWidth / 2 - at.x, y: stage.clientHeight / 2 - at.y });
    return true;
  }

  get #shown(): readonly Pair[] {
    return shownPairs(this.#book.pairs, this.filter, this.selected);
  }

  #step(by: 1 | -1, focus: Focus): boolean {
    const shown = this.#shown;
    const at = shown.findIndex(({ id }) => id === this.selected);
    const next = shown[at < 0 ? 0 : at + by];
    if (next) this.#choose(next.id, focus);
    return true;
  }

  /** The fast way: one key for “right as it is” and on to the next that was not looked at. */
  #accept(focus: Focus): boolean {
    const pair = this.#pair;
    if (!pair) return this.#step(1, focus);
    this.#book.endTyping();
    if (this.#book.isOpen(pair)) {
      this.#tell(documentMessages.needAnswer);
      this.#choose(pair.id, 'field');
      this.hint = documentMessages.needAnswer;
      return true;
    }
    this.checked = new Set([...this.checked, pair.id]);
    const shown = this.#shown;
    const at = shown.indexOf(pair);
    const rest = [...shown.slice(at + 1), ...shown.slice(0, at)];
    const next = rest.find(({ id }) => !this.checked.has(id));
    if (next) this.#choose(next.id, focus);
    else this.#tell(documentMessages.allChecked);
    return true;
  }

  #tell(sentence: string): void {
    this.said = sentence;
    this.hint = sentence;
  }

  // Changing them

  #edit(changes: Partial<Pair>): boolean {
    const pair = this.#pair;
    if (!pair || this.inactive) return false;
    this.#book.edit(pair, changes);
    this.#committed();
    return true;
  }

  #reject(isRejected: boolean): boolean {
    if (this.#pair?.origin === 'added' || this.#pair?.isRejected === isRejected) return false;
    this.#boxes.choose(undefined);
    return this.#edit({ isRejected });
  }

  #type(part: PartName, text: string): void {
    const pair = this.#pair;
    if (!pair || this.inactive) return;
    const isEmpty = part === 'value' && text.trim() === '';
    // A value that was read and is taken away is blank; of a key that was looked for nobody knows.
    const isBlank =
      part === 'value' ? isEmpty && pair.origin === 'given' && pair.selections.length === 0 : pair.isBlank;
    this.#book.type(pair, part, { [part]: { ...pair[part], text }, isBlank });
    this.#committed();
  }

  #add(): boolean {
    if (this.inactive) return false;
    this.filter = '';
    const { id } = this.#book.add();
    this.#committed();
    this.#choose(id, 'field');
    return true;
  }

  #remove(): void {
    const pair = this.#pair;
    if (pair?.origin !== 'added' || this.inactive) return;
    const shown = this.#shown;
    const next = shown[shown.indexOf(pair) + 1] ?? shown[shown.indexOf(pair) - 1];
    this.#book.remove(pair);
    this.#committed();
    if (next) this.#choose(next.id, 'row');
  }

  #chooseBox(part: PartName): boolean {
    const pair = this.#pair;
    if (!pair || !this.#areBoxesFree || pair.isRejected || !this.#picture.size) return false;
    this.#boxes.choose(this.#boxes.part === part ? undefined : part);
    if (this.#boxes.part === undefined) return true;
    this.#tell(pair[part].area ? documentMessages.adjustHint : documentMessages.drawHint);
    this.#reveal();
    this.#stageElement?.focus();
    return true;
  }

  readonly #undo = (): boolean => this.#turn(() => this.#book.undo(), imageMessages.undone);
  readonly #redo = (): boolean => this.#turn(() => this.#book.redo(), imageMessages.redone);

  #turn(turn: () => unknown, sentence: string): boolean {
    if (this.inactive) return false;
    const before = new Set(this.#book.pairs);
    if (turn() === undefined) return true;
    this.#boxes.abort();
    this.#committed();
    // Whatever has become of it is to be seen.
    const changed = this.#book.pairs.find((pair) => !before.has(pair));
    if (!this.#pair) this.selected = undefined;
    if (changed && changed.id !== this.selected) this.#choose(changed.id, 'none');
    this.said = sentence;
    return true;
  }

  // Keys

  protected override pressed(event: KeyboardEvent): boolean {
    const key = keyOf(event);
    if (key === '?') {
      this.#shell.toggleShortcuts();
      return true;
    }
    const isOn = (name: string) => event.composedPath().some((node) => (node as Element).classList?.contains(name));
    const isOnStage = isOn('stage');
    if (isOnStage && this.#pressedOnStage(event, key)) return true;
    if (isOnStage || isOn('pair-head')) {
      if (key === 'ArrowDown') return this.#step(1, isOnStage ? 'none' : 'row');
      if (key === 'ArrowUp') return this.#step(-1, isOnStage ? 'none' : 'row');
      if (key === 'Enter') return this.#accept(isOnStage ? 'none' : 'row');
    }
    const action = {
      'Ctrl+z': this.#undo,
      'Ctrl+Shift+z': this.#redo,
      'Ctrl+y': this.#redo,
      '+': this.#stage.zoomIn,
      '=': this.#stage.zoomIn,
      '-': this.#stage.zoomOut,
      f: this.#stage.fit,
      z: () => this.#zoomToPair(),
      a: () => this.#add(),
      e: () => this.#enterField(),
      y: () => this.#reject(false),
      n: () => this.#reject(true),
      b: () => this.#pair?.isRejected === false && this.#edit({ isBlank: !this.#pair.isBlank }),
      k: () => this.#chooseBox('key'),
      v: () => this.#chooseBox('value'),
    }[key];
    return action !== undefined && action() !== false;
  }

  #pressedOnStage(event: KeyboardEvent, key: string): boolean {
    const by = arrowOf(event);
    if (by && this.#areBoxesFree && this.#boxes.nudge(by)) return true;
    if (key === ']' || key === '[') return this.#boxes.nextHandle(key === ']' ? 1 : -1);
    if (key === 'Enter' && this.#areBoxesFree && this.#stageElement) {
      const { clientWidth: width, clientHeight: height } = this.#stageElement;
      return this.#boxes.placeInMiddle({ width, height });
    }
    if (key !== 'Escape') return false;
    this.hint = '';
    if (this.#boxes.part === undefined && !this.#boxes.draft) return false;
    this.#boxes.choose(undefined);
    return true;
  }

  /** Keys in a field: it is left by them only where they would do nothing in it. */
  #pressedInField(event: KeyboardEvent): boolean {
    const key = keyOf(event);
    const target = event.target;
    if (key === 'Ctrl+z') return this.#undo();
    if (key === 'Ctrl+Shift+z' || key === 'Ctrl+y') return this.#redo();
    if (event.isComposing || target instanceof HTMLButtonElement) return false;
    if (key === 'Enter') return this.#accept('field');
    if (key === 'Escape' && this.selected !== undefined) {
      this.#choose(this.selected, 'row');
      return true;
    }
    if (!(target instanceof HTMLTextAreaElement) || !isPlain(event)) return false;
    if (key === 'ArrowDown' && target.selectionEnd === target.value.length) return this.#step(1, 'field');
    if (key === 'ArrowUp' && target.selectionStart === 0) return this.#step(-1, 'field');
    return false;
  }

  get #stageElement(): HTMLElement | undefined {
    return this.renderRoot.querySelector<HTMLElement>('.stage') ?? undefined;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    this.#pointer.attach(this.#stageElement);
    this.#stage.attach(this.#stageElement);
  }

  protected override render() {
    return this.#shell.render({
      instructions: this.instructions,
      header: this.header || documentMessages.page,
      shortcuts: documentShortcuts(this.noGeometryEdit),
      settings: renderSettings(this.settings, (settings) => {
        this.settings = settings;
      }),
      alerts: html`${this.renderUnreadable()}${
        this.#picture.problem === imageMessages.notAnImage('application/pdf')
          ? html`<crowd-alert type="error">${documentMessages.pdf}</crowd-alert>`
          : nothing
      }`,
      main: html`${this.#renderStage()}<p class="unseen" role="status">${this.said}</p>`,
      side: this.#renderSide(),
      bar: this.#renderBar(),
      complaint: this.renderComplaint(),
    });
  }

  #renderStage(): unknown {
    const { size } = this.#picture;
    const { place, view } = this.#stage;
    const { brightness, contrast, opacity } = this.settings;
    const filter =
      brightness === 100 && contrast === 100 ? '' : `;filter:brightness(${brightness}%) contrast(${contrast}%)`;
    const look = this.#boxes.look === '' ? '' : `;cursor:${this.#boxes.look}`;
    return html`<div
      class="stage" tabindex="0" role="application" aria-label="${documentMessages.page}. ${documentMessages.pageHelp}"
      aria-describedby="complaint" style="--mark-opacity:${opacity / 100}${look}"
    >
      ${this.#picture.render(`${place}${filter}`)}
      ${
        size
          ? renderPage({
              view,
              image: size,
              pairs: this.#book.pairs,
              selected: this.#pair,
              hovered: this.#book.find(this.#boxes.hovered),
              draft: this.#boxes.draft,
              box: this.#boxes.box?.box,
              handle: this.#boxes.handle,
            })
          : nothing
      }
      <canvas class="upper-canvas" width="1" height="1" style=${place}></canvas>
      ${this.hint === '' ? nothing : html`<p class="hint" aria-hidden="true">${this.hint}</p>`}
    </div>`;
  }

  #renderBar(): unknown {
    const { canUndo, canRedo } = this.#book;
    return html`<div class="bar" part="bar">
      <div class="bar-group" role="group" aria-label=${imageMessages.view}>
        ${renderAction('zoom-out', imageMessages.zoomOut, this.#stage.zoomOut)}
        ${renderAction('zoom-in', imageMessages.zoomIn, this.#stage.zoomIn)}
        ${renderAction('fit', imageMessages.fit, this.#stage.fit)}
      </div>
      ${renderHistory(
        canUndo && !this.inactive ? this.#undo : undefined,
        canRedo && !this.inactive ? this.#redo : undefined,
      )}
    </div>`;
  }

  /** Rendered when something of it has changed only, not on each move of a pointer. */
  #renderSide(): unknown {
    const { pairs } = this.#book;
    const { part } = this.#boxes;
    const parts = [
      pairs,
      this.selected,
      this.checked,
      this.filter,
      this.inactive,
      part,
      this.noKeyEdit,
      this.noGeometryEdit,
      this.#picture.size,
    ];
    return guard(parts, () =>
      renderPairPane({
        pairs,
        selected: this.selected,
        checked: this.checked,
        filter: this.filter,
        isInactive: this.inactive,
        editor: this.#editor,
        isOpen: (pair) => this.#book.isOpen(pair),
        isEdited: (pair) => this.#book.isEdited(pair),
        select: (id) => {
          if (id === this.selected) this.selected = undefined;
          else this.#choose(id, 'none');
        },
        find: (filter) => {
          this.filter = filter;
        },
        add: () => this.#add(),
      }),
    );
  }

  get #editor(): PairEditor {
    const { size } = this.#picture;
    return {
      isInactive: this.inactive,
      isKeyFixed: this.noKeyEdit,
      areBoxesFixed: this.noGeometryEdit,
      part: this.#boxes.part,
      scan: size && { src: this.#src.trim(), size, isAnonymous: this.#picture.isReadable },
      reject: (isRejected) => this.#reject(isRejected),
      type: (part, text) => this.#type(part, text),
      endTyping: () => this.#book.endTyping(),
      setBlank: (isBlank) => this.#edit({ isBlank }),
      tick: (selection, isSelected) => {
        const selections = this.#pair?.selections.map((each, at) =>
          at === selection ? { ...each, isSelected } : each,
        );
        if (selections) this.#edit({ selections });
      },
      accept: () => this.#accept('row'),
      chooseBox: (part) => this.#chooseBox(part),
      remove: () => this.#remove(),
      pressed: (event) => this.#pressedInField(event),
    };
  }
}
