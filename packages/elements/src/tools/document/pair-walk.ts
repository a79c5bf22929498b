// Which pair is worked on, and the way from one to the next, by keys and by clicks.
import { documentMessages } from './messages.ts';
import type { PairBook } from './pair-book.ts';
import { describePair, shownPairs } from './pair-list.ts';
import type { Pair } from './pairs.ts';

/** Where the focus goes when a pair is chosen. */
export type Focus = 'row' | 'field' | 'none';

interface Sink {
  /** Where the rows are. */
  readonly root: ParentNode;
  /** Resolves when what was chosen is drawn. */
  readonly drawn: Promise<unknown>;
  /** A pair was chosen; `isOther` when it is not the one from before. */
  chosen(isOther: boolean): void;
  /** For assistive technology. */
  say(sentence: string): void;
  /** For everybody. */
  tell(sentence: string): void;
  /** A pair was called right. */
  accepted(): void;
  changed(): void;
}

export class PairWalk {
  readonly #book: PairBook;
  readonly #sink: Sink;
  selected: number | undefined;
  checked: ReadonlySet<number> = new Set();
  filter = '';
  /** A click closes only what a click has opened: whoever clicks a pair that came by itself wants to work on it. */
  #clicked: number | undefined;

  constructor(book: PairBook, sink: Sink) {
    this.#book = book;
    this.#sink = sink;
  }

  get pair(): Pair | undefined {
    return this.#book.find(this.selected);
  }

  get shown(): readonly Pair[] {
    return shownPairs(this.#book.pairs, this.filter, this.selected);
  }

  begin(): void {
    this.leave();
    this.checked = new Set();
  }

  leave(): void {
    this.selected = undefined;
    this.#clicked = undefined;
    this.#sink.changed();
  }

  /** @param pointer how far down the window the button was clicked that leads to the next pair: the next one comes there */
  choose(id: number, focus: Focus, pointer?: number): void {
    this.#book.endTyping();
    const isOther = id !== this.selected;
    this.selected = id;
    this.#clicked = undefined;
    this.#sink.chosen(isOther);
    const { pair } = this;
    if (!pair) return;
    if (focus === 'none') this.#sink.say(describePair(pair));
    this.#sink.changed();
    void this.#sink.drawn.then(() => this.#show(id, focus, pointer));
  }

  /** The row of a pair was clicked. */
  click(id: number): void {
    const pair = this.#book.find(id);
    const isWanting = pair !== undefined && this.#book.isOpen(pair);
    if (id === this.selected && id === this.#clicked && !isWanting) {
      this.leave();
      return;
    }
    // What is to be answered stays open, and the answer can be typed at once.
    if (id !== this.selected || isWanting) this.choose(id, isWanting ? 'field' : 'none');
    this.#clicked = id;
  }

  enterField(): boolean {
    if (this.selected === undefined) return false;
    this.choose(this.selected, 'field');
    return true;
  }

  step(by: 1 | -1, focus: Focus): boolean {
    const { shown } = this;
    const at = shown.findIndex(({ id }) => id === this.selected);
    const next = shown[at < 0 ? 0 : at + by];
    if (next) this.choose(next.id, focus);
    return true;
  }

  /** The fast way: one key for “right as it is” and on to the next that was not looked at. */
  accept(focus: Focus, pointer?: number): boolean {
    const { pair } = this;
    if (!pair) return this.step(1, focus);
    this.#book.endTyping();
    if (this.#book.isOpen(pair)) {
      this.choose(pair.id, 'field');
      this.#sink.tell(documentMessages.needAnswer);
      return true;
    }
    this.checked = new Set([...this.checked, pair.id]);
    this.#sink.accepted();
    this.#sink.changed();
    const { shown } = this;
    const at = shown.indexOf(pair);
    const rest = [...shown.slice(at + 1), ...shown.slice(0, at)];
    const next = rest.find(({ id }) => !this.checked.has(id));
    if (next) this.choose(next.id, focus, pointer);
    else this.#sink.tell(documentMessages.allChecked);
    return true;
  }

  /** To the pair beside one that is about to go. */
  skip(pair: Pair): Pair | undefined {
    const { shown } = this;
    const at = shown.indexOf(pair);
    return shown[at + 1] ?? shown[at - 1];
  }

  #show(id: number, focus: Focus, pointer: number | undefined): void {
    const row = this.#sink.root.querySelector<HTMLElement>(`[data-pair="${id}"]`);
    if (!row) return;
    // Where both lie one above the other, what was clicked stays where it is.
    row.scrollIntoView({ block: 'nearest' });
    const button = row.querySelector('.accept')?.getBoundingClientRect();
    if (pointer !== undefined && button) scrollerOf(row)?.scrollBy(0, (button.top + button.bottom) / 2 - pointer);
    if (focus === 'none') return;
    const wanted = this.#book.find(id)?.key.text === '' ? '.key-field' : '.value-field';
    const field =
      focus === 'field' &&
      (row.querySelector<HTMLElement>(wanted) ?? row.querySelector<HTMLElement>('.pair-body input'));
    const target = field || row.querySelector<HTMLElement>('.pair-head');
    target?.focus({ preventScroll: true });
    if (target instanceof HTMLTextAreaElement) target.select();
  }
}

/** The pane, or the page where the pane is as long as its list. */
function scrollerOf(row: Element): Element | null {
  const side = row.closest('.side');
  return side && getComputedStyle(side).display !== 'contents' ? side : document.scrollingElement;
}
