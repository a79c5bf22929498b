import { base, dialogStyles, guard, html, instructionsStyles } from '../../base.ts';
import { answerKey, type Block } from '../../tools/document/blocks.ts';
import { documentStyles } from '../../tools/document/document.styles.ts';
import { documentShortcuts } from '../../tools/document/document-keys.ts';
import { documentMessages } from '../../tools/document/messages.ts';
import { PageWidget } from '../../tools/document/page-widget.ts';
import type { PairEditor } from '../../tools/document/pair-editor.ts';
import { renderPairPane } from '../../tools/document/pair-list.ts';
import type { Pair, PartName } from '../../tools/document/pairs.ts';
import { renderAction, renderHistory, renderSettings } from '../../tools/image/image-bar.ts';
import { isPlain, keyOf } from '../../tools/image/image-keys.ts';
import { imageStyles } from '../../tools/image/image-widget.styles.ts';
import { imageMessages } from '../../tools/image/messages.ts';
import { shellStyles } from '../../tools/shell.styles.ts';
import { Shell } from '../../tools/shell.ts';

/**
 * The keys and values that a form has, as Textract read them, beside the image of its page. Each pair can be called invalid, its
 * texts, check boxes and places corrected; keys that were looked for in vain can be given a value, and pairs be added. The answer
 * is `{ blocks }` under a fixed key: what nobody has changed is the block that was given. A pair counts as it is unless the worker
 * says otherwise; submission waits for the image, for an answer to each key that was not detected, and for the text of each key.
 */
export class CrowdTextractAnalyzeDocument extends PageWidget {
  static override styles = [base, dialogStyles, instructionsStyles, shellStyles, imageStyles, documentStyles];

  /** The key that consumers look up. Documents name no attribute for it; one that is given counts all the same. */
  override name: string = answerKey;

  readonly #shell = new Shell(this);
  #printed: { readonly pairs: readonly Pair[]; readonly text: string } | undefined;

  /** The answer's object, always. */
  get value(): unknown {
    return this._submittableValue;
  }

  get _submittableValue(): { blocks: Block[] } {
    return { blocks: structuredClone(this.book.answer) as Block[] };
  }

  protected override get formValue(): string | null {
    const { pairs } = this.book;
    if (this.#printed?.pairs !== pairs) this.#printed = { pairs, text: this.book.print() };
    return this.#printed.text;
  }

  protected override problem() {
    const { pageProblem } = this;
    if (pageProblem !== undefined) return { flag: 'badInput', message: pageProblem } as const;
    const open = this.book.pairs.filter((pair) => this.book.isOpen(pair));
    if (open.length === 0) return undefined;
    const message = open.some(({ key }) => key.text.trim() === '')
      ? documentMessages.needKey
      : documentMessages.needAnswers(open.length);
    return { flag: 'valueMissing', message } as const;
  }

  /** Goes to what is to be answered still, when submission was refused. */
  override focus(options?: FocusOptions): void {
    const open = this.book.pairs.find((pair) => this.book.isOpen(pair));
    if (open) this.walk.choose(open.id, 'field');
    else (this.renderRoot.querySelector<HTMLElement>('.pair-head[tabindex="0"]') ?? this.stageElement)?.focus(options);
  }

  protected override begun(): void {
    this.#printed = undefined;
    this.hint = '';
    this.walk.begin();
    this.boxes.choose(undefined);
  }

  protected override committed(): void {
    this.requestUpdate();
    this.edited();
    this.announce('input');
    this.announce('change');
  }

  // Changing them

  #edit(changes: Partial<Pair>): boolean {
    const pair = this.pair;
    if (!pair || this.inactive) return false;
    this.book.edit(pair, changes);
    this.committed();
    return true;
  }

  #reject(isRejected: boolean): boolean {
    if (this.pair?.origin === 'added' || this.pair?.isRejected === isRejected) return false;
    this.boxes.choose(undefined);
    return this.#edit({ isRejected });
  }

  #type(part: PartName, text: string): void {
    const pair = this.pair;
    if (!pair || this.inactive) return;
    const isEmpty = part === 'value' && text.trim() === '';
    // A value that was read and is taken away is blank; of a key that was looked for nobody knows.
    const isBlank =
      part === 'value' ? isEmpty && pair.origin === 'given' && pair.selections.length === 0 : pair.isBlank;
    this.book.type(pair, part, { [part]: { ...pair[part], text }, isBlank });
    this.committed();
  }

  #add(): boolean {
    if (this.inactive) return false;
    this.walk.filter = '';
    const { id } = this.book.add();
    this.committed();
    this.walk.choose(id, 'field');
    return true;
  }

  #remove(): void {
    const pair = this.pair;
    if (pair?.origin !== 'added' || this.inactive) return;
    const next = this.walk.skip(pair);
    this.book.remove(pair);
    this.committed();
    if (next) this.walk.choose(next.id, 'row');
  }

  readonly #undo = (): boolean => this.#turn(() => this.book.undo(), imageMessages.undone);
  readonly #redo = (): boolean => this.#turn(() => this.book.redo(), imageMessages.redone);

  #turn(turn: () => unknown, sentence: string): boolean {
    if (this.inactive) return false;
    const before = new Set(this.book.pairs);
    if (turn() === undefined) return true;
    this.boxes.abort();
    this.committed();
    // Whatever has become of it is to be seen.
    const changed = this.book.pairs.find((pair) => !before.has(pair));
    if (!this.pair) this.walk.leave();
    if (changed && changed.id !== this.walk.selected) this.walk.choose(changed.id, 'none');
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
    if (isOnStage && this.pressedOnStage(event, key)) return true;
    // Of a page that was just opened nothing has the focus: the first Enter begins.
    if (key === 'Enter' && event.target === document.body) return this.walk.accept('row');
    if (isOnStage || isOn('pair-head')) {
      if (key === 'ArrowDown') return this.walk.step(1, isOnStage ? 'none' : 'row');
      if (key === 'ArrowUp') return this.walk.step(-1, isOnStage ? 'none' : 'row');
      if (key === 'Enter') return this.walk.accept(isOnStage ? 'none' : 'row');
    }
    const action = {
      'Ctrl+Enter': this.#submit,
      'Ctrl+z': this.#undo,
      'Ctrl+Shift+z': this.#redo,
      'Ctrl+y': this.#redo,
      '+': this.stage.zoomIn,
      '=': this.stage.zoomIn,
      '-': this.stage.zoomOut,
      f: this.stage.fit,
      z: () => this.zoomToPair(),
      a: () => this.#add(),
      e: () => this.walk.enterField(),
      y: () => this.#reject(false),
      n: () => this.#reject(true),
      b: () => this.pair?.isRejected === false && this.#edit({ isBlank: !this.pair.isBlank }),
      k: () => this.chooseBox('key'),
      v: () => this.chooseBox('value'),
    }[key];
    return action !== undefined && action() !== false;
  }

  /** Keys in a field: it is left by them only where they would do nothing in it. */
  #pressedInField(event: KeyboardEvent): boolean {
    const key = keyOf(event);
    const target = event.target;
    if (key === 'Ctrl+Enter') return this.#submit();
    if (key === 'Ctrl+z') return this.#undo();
    if (key === 'Ctrl+Shift+z' || key === 'Ctrl+y') return this.#redo();
    if (event.isComposing || target instanceof HTMLButtonElement) return false;
    if (key === 'Enter') return this.walk.accept('field');
    if (key === 'Escape' && this.walk.selected !== undefined) {
      this.walk.choose(this.walk.selected, 'row');
      return true;
    }
    if (!(target instanceof HTMLTextAreaElement) || !isPlain(event)) return false;
    if (key === 'ArrowDown' && target.selectionEnd === target.value.length) return this.walk.step(1, 'field');
    if (key === 'ArrowUp' && target.selectionStart === 0) return this.walk.step(-1, 'field');
    return false;
  }

  /** The way to the button below all fields would be a long one for keys. */
  readonly #submit = (): boolean => {
    this.form?.requestSubmit();
    return this.form !== null;
  };

  protected override render() {
    return this.#shell.render({
      instructions: this.instructions,
      header: this.header || documentMessages.page,
      shortcuts: documentShortcuts(this.noGeometryEdit),
      settings: renderSettings(this.settings, (settings) => {
        this.settings = settings;
      }),
      alerts: this.renderUnreadable(),
      main: html`${this.renderStage()}<p class="unseen" role="status">${this.said}</p>`,
      side: this.#renderSide(),
      bar: this.#renderBar(),
      complaint: this.renderComplaint(),
    });
  }

  #renderBar(): unknown {
    const { canUndo, canRedo } = this.book;
    return html`<div class="bar" part="bar">
      <div class="bar-group" role="group" aria-label=${imageMessages.view}>
        ${renderAction('zoom-out', imageMessages.zoomOut, this.stage.zoomOut)}
        ${renderAction('zoom-in', imageMessages.zoomIn, this.stage.zoomIn)}
        ${renderAction('fit', imageMessages.fit, this.stage.fit)}
      </div>
      ${renderHistory(
        canUndo && !this.inactive ? this.#undo : undefined,
        canRedo && !this.inactive ? this.#redo : undefined,
      )}
    </div>`;
  }

  /** Rendered when something of it has changed only, not on each move of a pointer. */
  #renderSide(): unknown {
    const { pairs } = this.book;
    const { part } = this.boxes;
    const parts = [
      pairs,
      this.walk.selected,
      this.walk.checked,
      this.walk.filter,
      this.inactive,
      part,
      this.noKeyEdit,
      this.noGeometryEdit,
      this.picture.size,
    ];
    return guard(parts, () =>
      renderPairPane({
        pairs,
        selected: this.walk.selected,
        checked: this.walk.checked,
        filter: this.walk.filter,
        isInactive: this.inactive,
        editor: this.#editor,
        isOpen: (pair) => this.book.isOpen(pair),
        isEdited: (pair) => this.book.isEdited(pair),
        select: (id) => this.walk.click(id),
        point: (id) => {
          this.boxes.hovered = id;
          this.requestUpdate();
        },
        find: (filter) => {
          this.walk.filter = filter;
          this.requestUpdate();
        },
        add: () => this.#add(),
      }),
    );
  }

  get #editor(): PairEditor {
    const { size } = this.picture;
    return {
      isInactive: this.inactive,
      isKeyFixed: this.noKeyEdit,
      areBoxesFixed: this.noGeometryEdit,
      part: this.boxes.part,
      scan: size && { src: this.src.trim(), size, isAnonymous: this.picture.isReadable },
      reject: (isRejected) => this.#reject(isRejected),
      type: (part, text) => this.#type(part, text),
      endTyping: () => this.book.endTyping(),
      setBlank: (isBlank) => this.#edit({ isBlank }),
      tick: (selection, isSelected) => {
        const selections = this.pair?.selections.map((each, at) => (at === selection ? { ...each, isSelected } : each));
        if (selections) this.#edit({ selections });
      },
      accept: (pointer) => this.walk.accept('row', pointer),
      chooseBox: (part) => this.chooseBox(part),
      remove: () => this.#remove(),
      pressed: (event) => this.#pressedInField(event),
    };
  }
}
