import { commonLength, totalLength } from './intervals.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Products of numbers of edges up to which areas are exact; above, they are read from so many lines. */
const mostCrossings = 250_000;
const coarseLines = 512;

/** Intersection over union of two rectangles, 0 to 1 (Jaccard, The Distribution of the Flora in the Alpine Zone, New Phytologist 11, 1912). */
export function rectangleOverlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  const both = Math.max(0, width) * Math.max(0, height);
  const either = a.width * a.height + b.width * b.height - both;
  // Of what has no area two are the same in the same place only.
  if (either > 0) return both / either;
  return a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height ? 1 : 0;
}

/**
 * Intersection over union of two polygons, 0 to 1, which may cross themselves (even-odd rule). Between two neighbouring heights
 * of corners and crossings all lengths grow evenly, so that the middle gives the exact area.
 */
export function polygonOverlap(a: readonly Point[], b: readonly Point[]): number {
  const heights = breaksOf(a, b);
  let both = 0;
  let either = 0;
  for (let index = 1; index < heights.length; index++) {
    const [top, bottom] = [heights[index - 1]!, heights[index]!];
    const middle = (top + bottom) / 2;
    const [one, other] = [crossingsAt(a, middle), crossingsAt(b, middle)];
    const common = commonLength(one, other);
    both += common * (bottom - top);
    either += (totalLength(one) + totalLength(other) - common) * (bottom - top);
  }
  if (either > 0) return Math.min(1, both / either);
  return a.length === b.length && a.every(({ x, y }, index) => x === b[index]!.x && y === b[index]!.y) ? 1 : 0;
}

function breaksOf(a: readonly Point[], b: readonly Point[]): number[] {
  const corners = [...a, ...b].map(({ y }) => y);
  if ((a.length + b.length) ** 2 > mostCrossings) {
    const [top, bottom] = [corners.reduce((x, y) => Math.min(x, y)), corners.reduce((x, y) => Math.max(x, y))];
    return Array.from({ length: coarseLines + 1 }, (_each, index) => top + ((bottom - top) * index) / coarseLines);
  }
  const edges = [...edgesOf(a), ...edgesOf(b)];
  const crossings = edges.flatMap((edge, index) =>
    edges.slice(0, index).flatMap((other) => crossingHeight(edge, other) ?? []),
  );
  return [...new Set([...corners, ...crossings])].sort((x, y) => x - y);
}

type Edge = readonly [from: Point, to: Point];

const edgesOf = (points: readonly Point[]): Edge[] =>
  points.map((point, index) => [point, points[(index + 1) % points.length]!]);

function crossingHeight([a, b]: Edge, [c, d]: Edge): number | undefined {
  const area = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x);
  if (area === 0) return undefined;
  const along = ((c.x - a.x) * (d.y - c.y) - (c.y - a.y) * (d.x - c.x)) / area;
  const across = ((c.x - a.x) * (b.y - a.y) - (c.y - a.y) * (b.x - a.x)) / area;
  return along > 0 && along < 1 && across > 0 && across < 1 ? a.y + along * (b.y - a.y) : undefined;
}

/** Where a level line enters and leaves a polygon, in order. */
function crossingsAt(points: readonly Point[], y: number): number[] {
  return edgesOf(points)
    .flatMap(([a, b]) => (a.y <= y === b.y <= y ? [] : [a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)]))
    .sort((one, other) => one - other);
}

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** The point of a line of straight pieces that is nearest to another. @param closed whether its end leads to its start. */
export function nearestOn(line: readonly Point[], to: Point, closed: boolean): Point {
  let best = line[0]!;
  for (const [a, b] of closed ? edgesOf(line) : edgesOf(line).slice(0, -1)) {
    const length = (b.x - a.x) ** 2 + (b.y - a.y) ** 2;
    const along = length === 0 ? 0 : ((to.x - a.x) * (b.x - a.x) + (to.y - a.y) * (b.y - a.y)) / length;
    const part = Math.min(1, Math.max(0, along));
    const point = { x: a.x + part * (b.x - a.x), y: a.y + part * (b.y - a.y) };
    if (distance(point, to) < distance(best, to)) best = point;
  }
  return best;
}

/** The mean distance from points spread evenly along each of two lines to the other line. */
export function meanDistance(a: readonly Point[], b: readonly Point[]): number {
  const mean = (from: readonly Point[], to: readonly Point[]): number => {
    const points = spread(from);
    return points.reduce((sum, point) => sum + distance(point, nearestOn(to, point, false)), 0) / points.length;
  };
  // The smaller first: a sum must not depend on which of the two comes first.
  const [one, other] = [mean(a, b), mean(b, a)].sort((x, y) => x - y) as [number, number];
  return (one + other) / 2;
}

const pointsAlong = 32;

function spread(line: readonly Point[]): Point[] {
  const lengths = line.slice(1).map((point, index) => distance(line[index]!, point));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total === 0) return [line[0]!];
  return Array.from({ length: pointsAlong + 1 }, (_each, index) => {
    let rest = (total * index) / pointsAlong;
    for (const [piece, length] of lengths.entries()) {
      if (rest <= length && length > 0) {
        const [from, to] = [line[piece]!, line[piece + 1]!];
        return { x: from.x + (rest / length) * (to.x - from.x), y: from.y + (rest / length) * (to.y - from.y) };
      }
      rest -= length;
    }
    return line.at(-1)!;
  });
}
