// Which region each pixel of an image belongs to. What was painted since the last `commit` can be taken back at once; a commit
// gives the difference, by which it can be taken back later.
import type { Size } from '../image/viewport.ts';

export interface Rectangle extends Size {
  readonly left: number;
  readonly top: number;
}

/** Of each pixel the number of its region; 0 is the background. */
export type Pixels = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

/** What a commit has changed: runs along the rows of a rectangle, as length, number before, number after. */
export interface Difference extends Rectangle {
  readonly runs: Uint32Array;
}

/** The largest number of a byte. */
const largestByte = 255;
/** Width and height of a tile, as a power of two. */
const tileShift = 6;
/** In place of both numbers: these pixels are what they were. */
const unchanged = 0xffffffff;

export class Mask {
  readonly width: number;
  readonly height: number;
  #pixels: Pixels;
  /** As they were at the last commit. */
  #kept: Pixels;
  #counts: number[] = [];
  /** Where something was painted since the last commit, and since the last look. */
  #dirty: Bounds | undefined;
  /** Tiles with something painted since the last commit: a stroke across the image leaves most of its rectangle alone. */
  readonly #tiles: Uint8Array;
  readonly #tilesAcross: number;
  #fresh: Bounds | undefined;

  constructor({ width, height }: Size) {
    this.width = width;
    this.height = height;
    this.#pixels = new Uint8Array(width * height);
    this.#kept = new Uint8Array(width * height);
    this.#tilesAcross = (width >> tileShift) + 1;
    this.#tiles = new Uint8Array(this.#tilesAcross * ((height >> tileShift) + 1));
  }

  get pixels(): Pixels {
    return this.#pixels;
  }

  /** The number of a pixel; the background's outside of the image. */
  at(x: number, y: number): number {
    return x < 0 || y < 0 || x >= this.width || y >= this.height ? 0 : this.#pixels[y * this.width + x]!;
  }

  /** As they were at the last commit. */
  get kept(): Pixels {
    return this.#kept;
  }

  /** How many pixels a region has, as of the last commit. */
  count(region: number): number {
    return this.#counts[region] ?? 0;
  }

  /** Begins anew with these pixels. @param counts how many of them each region has */
  begin(pixels: Pixels, counts: Iterable<number>): void {
    this.#pixels = pixels;
    this.#kept = pixels.slice();
    this.#counts = [...counts];
    this.#clean();
    this.#fresh = { left: 0, top: 0, right: this.width, bottom: this.height };
  }

  /** Gives the pixels of a row to a region, as far as they are within the image; `to` is not one of them. */
  fill(y: number, from: number, to: number, region: number): void {
    const left = Math.max(0, from);
    const right = Math.min(this.width, to);
    if (y < 0 || y >= this.height || left >= right) return;
    if (region > largestByte) this.#widen();
    const row = y * this.width;
    this.#pixels.fill(region, row + left, row + right);
    const tiles = (y >> tileShift) * this.#tilesAcross;
    this.#tiles.fill(1, tiles + (left >> tileShift), tiles + ((right - 1) >> tileShift) + 1);
    this.#dirty = include(this.#dirty, left, right, y);
    this.#fresh = include(this.#fresh, left, right, y);
  }

  /** Gives all pixels of one region to another. */
  replace(region: number, by: number): void {
    const { width, height } = this;
    for (let y = 0; y < height; y++) {
      const end = (y + 1) * width;
      for (let at = this.#find(region, y * width, end); at < end; ) {
        let next = at + 1;
        while (next < end && this.#pixels[next] === region) next++;
        this.fill(y, at - y * width, next - y * width, by);
        at = this.#find(region, next, end);
      }
    }
  }

  #find(region: number, from: number, end: number): number {
    let at = from;
    while (at < end && this.#pixels[at] !== region) at++;
    return at;
  }

  /** Where something was painted since this was asked for the last time. */
  look(): Rectangle | undefined {
    const fresh = this.#fresh && rectangleOf(this.#fresh);
    this.#fresh = undefined;
    return fresh;
  }

  /** Keeps what was painted. @returns undefined when no pixel is another one */
  commit(): Difference | undefined {
    if (this.#dirty === undefined) return undefined;
    const rectangle = rectangleOf(this.#dirty);
    const runs = this.#compare(rectangle);
    this.#clean();
    if (runs.length === 3 && runs[1] === unchanged) return undefined;
    const difference = { ...rectangle, runs: Uint32Array.from(runs) };
    this.#write(difference, 2);
    return difference;
  }

  #compare({ left, top, width, height }: Rectangle): number[] {
    const [pixels, kept] = [this.#pixels, this.#kept];
    const runs: number[] = [];
    let [length, before, after] = [0, unchanged, unchanged];
    for (let y = top; y < top + height; y++) {
      const row = y * this.width;
      const tiles = (y >> tileShift) * this.#tilesAcross;
      const right = left + width;
      for (let at = row + left; at < row + right; ) {
        // In tight loops, since there may be millions of them.
        const start = at;
        const tile = (at - row) >> tileShift;
        const end = row + Math.min(right, (tile + 1) << tileShift);
        let [was, is] = [kept[at]!, pixels[at]!];
        if (this.#tiles[tiles + tile] === 0) {
          at = end;
          was = is = unchanged;
        } else if (was === is) {
          while (at < end && pixels[at] === kept[at]) at++;
          was = is = unchanged;
        } else while (at < end && kept[at] === was && pixels[at] === is) at++;
        if (was === before && is === after) length += at - start;
        else {
          if (length > 0) runs.push(length, before, after);
          [length, before, after] = [at - start, was, is];
        }
      }
    }
    runs.push(length, before, after);
    return runs;
  }

  /** Takes back what was painted since the last commit. */
  revert(): void {
    if (this.#dirty === undefined) return;
    const { left, right, top, bottom } = this.#dirty;
    for (let y = top; y < bottom; y++) {
      const row = y * this.width;
      this.#pixels.set(this.#kept.subarray(row + left, row + right), row + left);
    }
    this.#fresh = union(this.#fresh, this.#dirty);
    this.#clean();
  }

  #clean(): void {
    this.#dirty = undefined;
    this.#tiles.fill(0);
  }

  undo(difference: Difference): void {
    this.#restore(difference, 1);
  }

  redo(difference: Difference): void {
    this.#restore(difference, 2);
  }

  #restore(difference: Difference, side: 1 | 2): void {
    const { left, top, width, height } = difference;
    this.#write(difference, side);
    this.#fresh = union(this.#fresh, { left, top, right: left + width, bottom: top + height });
  }

  /** @param side which of a run's two numbers the pixels get */
  #write({ left, top, width, runs }: Difference, side: 1 | 2): void {
    // In pixels from the rectangle's first one, row after row.
    let at = 0;
    for (let index = 0; index < runs.length; index += 3) {
      const length = runs[index]!;
      const region = runs[index + side]!;
      if (region === unchanged) {
        at += length;
        continue;
      }
      const other = runs[index + 3 - side]!;
      this.#counts[region] = this.count(region) + length;
      this.#counts[other] = this.count(other) - length;
      for (const end = at + length; at < end; ) {
        const column = at % width;
        const part = Math.min(width - column, end - at);
        const start = (top + Math.floor(at / width)) * this.width + left + column;
        this.#pixels.fill(region, start, start + part);
        this.#kept.fill(region, start, start + part);
        at += part;
      }
    }
  }

  #widen(): void {
    if (this.#pixels instanceof Uint16Array) return;
    this.#pixels = Uint16Array.from(this.#pixels);
    this.#kept = Uint16Array.from(this.#kept);
  }
}

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function include(bounds: Bounds | undefined, left: number, right: number, y: number): Bounds {
  if (bounds && left >= bounds.left && right <= bounds.right && y >= bounds.top && y < bounds.bottom) return bounds;
  return union(bounds, { left, top: y, right, bottom: y + 1 });
}

function union(one: Bounds | undefined, other: Bounds): Bounds {
  if (one === undefined) return other;
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  };
}

const rectangleOf = ({ left, top, right, bottom }: Bounds): Rectangle => ({
  left,
  top,
  width: right - left,
  height: bottom - top,
});
