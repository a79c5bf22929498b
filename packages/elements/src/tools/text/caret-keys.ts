// Where keys move the caret in a text, as in a text field.
import { borderBefore, characterAt } from './segments.ts';
import type { TextView } from './text-view.ts';

export type Reach = 'character' | 'word' | 'line' | 'all';

export interface Move {
  readonly to: number;
  /** How far it went, which decides what is read out. */
  readonly reach: Reach;
}

const words = new Intl.Segmenter(undefined, { granularity: 'word' });
/** Between blocks there is a little room: so often a line's height is tried. */
const attempts = 4;

export class CaretKeys {
  readonly #view: TextView;
  /** Going up and down through short lines keeps the column. */
  #column: number | undefined;

  constructor(view: TextView) {
    this.#view = view;
  }

  /** Where a key leads from a position; undefined for keys that move nothing. */
  move({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, from: number): Move | undefined {
    const isFar = ctrlKey || altKey || metaKey;
    const isVertical = key === 'ArrowUp' || key === 'ArrowDown';
    if (!isVertical || isFar) this.#column = undefined;
    const { text } = this.#view;
    switch (key) {
      case 'ArrowLeft':
      case 'ArrowRight': {
        const isForward = (key === 'ArrowRight') !== this.#view.isRightToLeft(from);
        if (!isFar) return { to: isForward ? this.#after(from) : this.#before(from), reach: 'character' };
        return { to: isForward ? this.#wordEnd(from) : this.#wordStart(from), reach: 'word' };
      }
      case 'ArrowUp':
        return { to: isFar ? this.#paragraph(from, -1) : this.#line(from, -1), reach: 'line' };
      case 'ArrowDown':
        return { to: isFar ? this.#paragraph(from, 1) : this.#line(from, 1), reach: 'line' };
      case 'Home':
        return isFar ? { to: 0, reach: 'all' } : { to: this.#edge(from, 'start'), reach: 'line' };
      case 'End':
        return isFar ? { to: text.length, reach: 'all' } : { to: this.#edge(from, 'end'), reach: 'line' };
      default:
        return undefined;
    }
  }

  #after(from: number): number {
    return characterAt(this.#view.chunkAt(from), from)?.end ?? from;
  }

  #before(from: number): number {
    return from === 0 ? 0 : borderBefore(this.#view.chunkAt(from - 1), from - 1);
  }

  /** The end of the word that is here or comes next. */
  #wordEnd(from: number): number {
    for (let at = from; at < this.#view.text.length; ) {
      const chunk = this.#view.chunkAt(at);
      for (const { index, segment, isWordLike } of words.segment(chunk.text)) {
        const end = chunk.start + index + segment.length;
        if (isWordLike && end > from) return end;
      }
      at = chunk.end;
    }
    return this.#view.text.length;
  }

  #wordStart(from: number): number {
    for (let at = from; at > 0; ) {
      const chunk = this.#view.chunkAt(at - 1);
      const starts = [...words.segment(chunk.text)].filter(({ isWordLike }) => isWordLike);
      const found = starts.findLast(({ index }) => chunk.start + index < from);
      if (found) return chunk.start + found.index;
      at = chunk.start;
    }
    return 0;
  }

  #paragraph(from: number, step: 1 | -1): number {
    const { text } = this.#view;
    if (step < 0) return from < 2 ? 0 : text.lastIndexOf('\n', from - 2) + 1;
    const next = text.indexOf('\n', from);
    return next < 0 ? text.length : next + 1;
  }

  /** Lines are what the browser has made of the text, so their places on the screen decide. */
  #line(from: number, step: 1 | -1): number {
    const rect = this.#view.caretRect(from);
    if (!rect) return from;
    this.#column ??= rect.left;
    const height = Number.parseFloat(getComputedStyle(this.#view.element).lineHeight) || rect.height * 2;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const y = rect.top + rect.height / 2 + step * height * (0.5 + attempt / 2);
      const to = this.#view.positionAt(this.#column, y);
      if (to !== undefined && (step > 0 ? to > from : to < from)) return to;
    }
    return step > 0 ? this.#view.text.length : 0;
  }

  #edge(from: number, edge: 'start' | 'end'): number {
    const rect = this.#view.caretRect(from);
    if (!rect) return from;
    const area = this.#view.element.getBoundingClientRect();
    const isLeft = (edge === 'start') !== this.#view.isRightToLeft(from);
    return this.#view.positionAt(isLeft ? area.left + 1 : area.right - 1, rect.top + rect.height / 2) ?? from;
  }
}
