// The mask that the work began with, in few bytes: to tell whether it was changed.
import type { Pixels } from './mask.ts';

export class InitialMask {
  readonly #runs: Uint32Array;
  readonly #names: readonly string[];

  /**
   * @param runs of its pixels
   * @param names what the answer says of each region's number; empty for what is not in it
   */
  constructor(runs: Uint32Array, names: readonly string[]) {
    this.#runs = runs;
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

/** Lengths and numbers in turn. */
export function runsOf(pixels: Pixels): Uint32Array<ArrayBuffer> {
  let count = 0;
  for (let at = 0; at < pixels.length; at++) if (at === 0 || pixels[at] !== pixels[at - 1]) count++;
  const runs = new Uint32Array(2 * count);
  for (let from = 0, to = 0; from < pixels.length; ) {
    const start = from;
    const number = pixels[start]!;
    while (from < pixels.length && pixels[from] === number) from++;
    runs[to++] = from - start;
    runs[to++] = number;
  }
  return runs;
}
