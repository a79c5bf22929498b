// Which pixels a brush, a polygon or a flood covers, row by row. A pixel is covered when its middle is.
import type { Point } from '../image/viewport.ts';
import type { Mask } from './mask.ts';

/** The pixels of a row from `from` to `to`, without the latter. */
type Span = (y: number, from: number, to: number) => void;

/** Where a brush of so many pixels is for a point: its middle is the middle of a pixel, or a corner, so that it is even on all sides. */
export const brushMiddle = ({ x, y }: Point, size: number): Point =>
  size % 2 === 1 ? { x: Math.floor(x) + 0.5, y: Math.floor(y) + 0.5 } : { x: Math.round(x), y: Math.round(y) };

/** What a round brush covers on its straight way between two middles. */
export function brushSpans(from: Point, to: Point, size: number, span: Span): void {
  const radius = size / 2;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  // From the middle line to the edge of the way.
  const side =
    length === 0 ? undefined : { x: (-(to.y - from.y) / length) * radius, y: ((to.x - from.x) / length) * radius };
  const corners = side && [
    { x: from.x + side.x, y: from.y + side.y },
    { x: to.x + side.x, y: to.y + side.y },
    { x: to.x - side.x, y: to.y - side.y },
    { x: from.x - side.x, y: from.y - side.y },
  ];
  const last = Math.ceil(Math.max(from.y, to.y) + radius);
  for (let y = Math.floor(Math.min(from.y, to.y) - radius); y < last; y++) {
    const middle = y + 0.5;
    let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const reach = (x: number) => {
      left = Math.min(left, x);
      right = Math.max(right, x);
    };
    for (const end of [from, to]) {
      const rest = radius ** 2 - (middle - end.y) ** 2;
      if (rest < 0) continue;
      reach(end.x - Math.sqrt(rest));
      reach(end.x + Math.sqrt(rest));
    }
    if (corners) for (const x of crossings(corners, middle)) reach(x);
    if (left <= right) span(y, Math.ceil(left - 0.5), Math.floor(right - 0.5) + 1);
  }
}

/** What lies within a polygon; where it crosses itself, what is within an odd number of its turns. */
export function polygonSpans(points: readonly Point[], span: Span): void {
  const ys = points.map(({ y }) => y);
  const last = Math.ceil(Math.max(...ys));
  for (let y = Math.floor(Math.min(...ys)); y < last; y++) {
    const edges = crossings(points, y + 0.5).sort((one, other) => one - other);
    for (let index = 0; index + 1 < edges.length; index += 2)
      span(y, Math.ceil(edges[index]! - 0.5), Math.ceil(edges[index + 1]! - 0.5));
  }
}

function crossings(points: readonly Point[], y: number): number[] {
  const found: number[] = [];
  for (const [index, one] of points.entries()) {
    const other = points[(index + 1) % points.length]!;
    if (one.y <= y !== other.y <= y) found.push(one.x + ((y - one.y) / (other.y - one.y)) * (other.x - one.x));
  }
  return found;
}

/** Gives the area around a pixel that belongs to one region to another one; areas that meet at a corner only do not hang together. */
export function flood(mask: Mask, x: number, y: number, region: number): void {
  const { width, height } = mask;
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  const old = mask.pixels[y * width + x]!;
  if (old === region) return;
  // The last span's row and column, as one number.
  const seeds = [y * width + x];
  for (let seed = seeds.pop(); seed !== undefined; seed = seeds.pop()) {
    // Read anew: filling may have given the mask wider numbers.
    const { pixels } = mask;
    if (pixels[seed] !== old) continue;
    const row = Math.floor(seed / width);
    const start = row * width;
    let [from, to] = [seed, seed + 1];
    while (from > start && pixels[from - 1] === old) from--;
    while (to < start + width && pixels[to] === old) to++;
    mask.fill(row, from - start, to - start, region);
    const after = mask.pixels;
    for (const next of [row - 1, row + 1]) {
      if (next < 0 || next >= height) continue;
      const shift = (next - row) * width;
      let isOpen = false;
      for (let at = from + shift; at < to + shift; at++) {
        const wasOpen = isOpen;
        isOpen = after[at] === old;
        if (isOpen && !wasOpen) seeds.push(at);
      }
    }
  }
}
