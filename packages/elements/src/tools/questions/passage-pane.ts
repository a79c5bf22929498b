// The text in which passages are marked: what is selected in it, by pointer, finger or keys, and the passages of all questions.
import { CaretKeys, type Reach } from '../text/caret-keys.ts';
import { excerptOf, readMove } from '../text/read-aloud.ts';
import type { Extent } from '../text/segments.ts';
import { type Span, Spans } from '../text/spans.ts';
import { TextPointer } from '../text/text-pointer.ts';
import { TextSelection } from '../text/text-selection.ts';
import { type Look, TextView } from '../text/text-view.ts';
import { questionMessages } from './messages.ts';

/** A passage with the question that it belongs to. */
export interface Passage extends Extent {
  readonly pair: number;
}

export interface PassagePaneHost {
  readonly isDisabled: () => boolean;
  readonly stage: () => HTMLElement | undefined;
  readonly lookOf: (pair: number) => Look;
  /** What is selected has changed, or has been read out. */
  readonly changed: (said?: string) => void;
  /** Something was highlighted by a pointer. */
  readonly highlighted: () => void;
  /** Passages at a place of the text were clicked; none beside them. */
  readonly clicked: (passages: readonly Passage[]) => void;
  readonly tagClicked: (passage: Passage, isCross: boolean) => void;
  /** The number by which a question is called. */
  readonly numberOf: (pair: number) => number;
}

export class PassagePane {
  readonly view = new TextView();
  readonly #host: PassagePaneHost;
  readonly #selection = new TextSelection(this.view);
  readonly #keys = new CaretKeys(this.view);
  readonly #pointer: TextPointer;
  readonly #resizes = new ResizeObserver(() => this.#selection.draw());
  #passages: readonly Passage[] = [];
  #spans = new Spans(this.view.chunks);
  #isFresh = true;

  constructor(host: PassagePaneHost) {
    this.#host = host;
    this.#pointer = new TextPointer(this.view, {
      isDisabled: host.isDisabled,
      anchor: () => this.#selection.anchor,
      select: (anchor, focus) => this.#select(anchor, focus),
      selected: host.highlighted,
      clicked: (position, isOnSpan) => {
        this.#select(position, position);
        host.clicked(isOnSpan ? this.#around(position) : []);
      },
      tagClicked: (id, isCross) => host.tagClicked(this.#passages[id]!, isCross),
    });
  }

  get caret(): HTMLElement {
    return this.#selection.caret;
  }

  /** What is highlighted, in whole characters. */
  get extent(): Extent | undefined {
    return this.#selection.extent;
  }

  connect(): void {
    this.#resizes.observe(this.view.element);
    document.addEventListener('selectionchange', this.#onSelectionChange);
  }

  disconnect(): void {
    this.#resizes.disconnect();
    this.#pointer.detach();
    this.#selection.forget();
    document.removeEventListener('selectionchange', this.#onSelectionChange);
  }

  attach(): void {
    this.#pointer.attach(this.#host.stage());
  }

  setText(text: string): void {
    this.view.setText(text);
    this.#passages = [];
    this.#spans = new Spans(this.view.chunks);
    this.#isFresh = true;
    this.#selection.reset();
  }

  /** Draws the passages, and what has been one, anew. */
  mark(passages: readonly Passage[]): void {
    const before = this.#spans;
    this.#passages = passages;
    this.#spans = new Spans(
      this.view.chunks,
      passages.map(({ start, end, pair }, id): Span => ({ id, start, end, label: String(pair) })),
    );
    for (const index of this.view.chunks.keys()) {
      const spans = this.#spans.inChunk(index);
      if (this.#isFresh || spans.length > 0 || before.inChunk(index).length > 0)
        this.view.draw(index, spans, ({ label }) => this.#host.lookOf(Number(label)));
    }
    this.#isFresh = false;
    this.#selection.draw();
  }

  collapse(): void {
    this.#selection.collapse();
  }

  /** Goes to a passage. */
  reveal({ start }: Extent): void {
    this.#selection.set(start, start);
    this.#selection.reveal(this.#host.stage());
  }

  excerptOf(extent: Extent): string {
    return excerptOf(this.view, extent);
  }

  /** A key was pressed in the text. @returns whether it was of use */
  pressed(event: KeyboardEvent, key: string): boolean {
    const { anchor, focus, extent } = this.#selection;
    if (key === 'Ctrl+a') {
      this.#select(0, this.view.text.length);
      this.#host.changed();
      return true;
    }
    const move = this.#keys.move(event, focus);
    if (!move) return false;
    // Without Shift an arrow ends what is highlighted at the end that it points to.
    const isPlainMove = extent && !event.shiftKey && move.reach === 'character';
    const to = isPlainMove ? (move.to > focus ? Math.max(anchor, focus) : Math.min(anchor, focus)) : move.to;
    this.#select(event.shiftKey ? anchor : to, to);
    this.#selection.reveal(this.#host.stage());
    this.#host.changed(this.#readMove(focus, to, move.reach));
    return true;
  }

  #select(anchor: number, focus: number): void {
    this.#selection.set(anchor, focus, true);
    this.#host.changed();
  }

  #around(position: number): readonly Passage[] {
    return this.#spans.around(position).map(({ id }) => this.#passages[id]!);
  }

  #readMove(from: number, to: number, reach: Reach): string {
    const { extent } = this;
    if (extent) return questionMessages.selected(this.excerptOf(extent));
    const entered = this.#around(to).filter(({ start, end }) => !(start <= from && from < end));
    const numbers = entered.map(({ pair }) => this.#host.numberOf(pair)).join(', ');
    return [numbers && questionMessages.inQuestions(numbers), readMove(this.view, from, to, reach)]
      .filter(Boolean)
      .join(' ');
  }

  readonly #onSelectionChange = (): void => {
    if (!this.#host.isDisabled() && this.#selection.takeNative()) this.#host.changed();
  };
}
