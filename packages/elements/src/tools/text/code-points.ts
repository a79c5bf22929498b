/** How answers count characters: `code-points` as Python does, or `utf-16` as JavaScript does. */
export type OffsetUnit = 'code-points' | 'utf-16';

/** Translates between positions in a JavaScript text and offsets in Unicode code points. A pair is never cut. */
export class CodePoints {
  /** Where the characters outside the basic plane begin: each takes two units. */
  readonly #pairs: readonly number[];
  readonly length: number;

  constructor(text: string, unit: OffsetUnit = 'code-points') {
    this.#pairs =
      unit === 'utf-16' ? [] : [...text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)].map(({ index }) => index);
    this.length = text.length - this.#pairs.length;
  }

  /** From a position in the text to an offset. */
  offsetAt(position: number): number {
    return position - this.#countWhile((pair) => pair < position);
  }

  /** From an offset to a position in the text. */
  positionAt(offset: number): number {
    return offset + this.#countWhile((pair, before) => pair - before < offset);
  }

  /** How many pairs from the first one on fulfil the condition. */
  #countWhile(holds: (pair: number, before: number) => boolean): number {
    let low = 0;
    let high = this.#pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.#pairs[middle]!, middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
