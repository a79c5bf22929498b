// The mask that the work began with, in few bytes: to tell whether it was changed.
import type { Pixels } from './mask.ts';

export class InitialMask {
  /** Lengths and numbers in turn. */
  readonly #runs: Uint32Array;
  readonly #names: readonly string[];

  /** @param names what the answer says of each region's number; empty for what is not in it */
  constructor(pixels: Pixels, names: readonly string[]) {
    const runs: number[] = [];
    for (let from = 0; from < pixels.length; ) {
      const number = pixels[from]!;
      let to = from + 1;
      while (to < pixels.length && pixels[to] === number) to++;
      runs.push(to - from, number);
      from = to;
    }
    this.#runs = Uint32Array.from(runs);
    this.#names = names;
  }

  /** Whether each pixel still says the same. Labels that come and go are shown or not: that is no change of the mask. */
  isSame(pixels: Pixels, names: readonly string[]): boolean {
    const runs = this.#runs;
    let at = 0;
    for (let index = 0; index < runs.length; index += 2) {
      const number = runs[index + 1]!;
      const name = this.#names[number];
      const same = names[number] === name ? number : -1;
      for (const end = at + runs[index]!; at < end; at++)
        if (pixels[at] !== same && names[pixels[at]!] !== name) return false;
    }
    return true;
  }
}
