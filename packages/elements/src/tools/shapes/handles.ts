// The parts of a selected shape that can be taken hold of: eight on a box, the points of all others, and the middles of edges,
// where a point can be put in.
import { clampPoint, type Point, type Size } from '../image/viewport.ts';
import { boxOf, distance } from './geometry.ts';
import type { ShapeKind } from './shape-kind.ts';

/** Clockwise from the top left corner; 0 and 1 are the sides of the box, a half its middle. */
const boxHandles = [
  [0, 0],
  [0.5, 0],
  [1, 0],
  [1, 0.5],
  [1, 1],
  [0.5, 1],
  [0, 1],
  [0, 0.5],
] as const;

const boxCursors = ['nwse', 'ns', 'nesw', 'ew', 'nwse', 'ns', 'nesw', 'ew'] as const;

export function handlesOf(kind: ShapeKind, points: readonly Point[]): readonly Point[] {
  if (!kind.isBox) return points;
  const [from, to] = [points[0]!, points[1]!];
  return boxHandles.map(([x, y]) => ({ x: from.x + (to.x - from.x) * x, y: from.y + (to.y - from.y) * y }));
}

/** What the mouse looks like over it. */
export const cursorOf = (kind: ShapeKind, handle: number): string =>
  kind.isBox ? `${boxCursors[handle]}-resize` : 'move';

/** The points after a handle has come to another place. */
export function moveHandle(
  kind: ShapeKind,
  points: readonly Point[],
  handle: number,
  to: Point,
  image: Size,
): readonly Point[] {
  const at = clampPoint(to, image);
  if (!kind.isBox) return points.with(handle, at);
  const [first, last] = [points[0]!, points[1]!];
  const [x, y] = boxHandles[handle]!;
  return boxOf(
    { x: x === 0 ? at.x : first.x, y: y === 0 ? at.y : first.y },
    { x: x === 1 ? at.x : last.x, y: y === 1 ? at.y : last.y },
    image,
  );
}

/** Whether points can be put in and taken out. */
export const isFlexible = (kind: ShapeKind): boolean => kind.most > kind.least;

/** The middle of an edge, by the number of its first point. */
export function middleOf(points: readonly Point[], edge: number): Point {
  const [from, to] = [points[edge]!, points[(edge + 1) % points.length]!];
  return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
}

/** The edges that are long enough for a handle in their middle. */
export function splittableEdges(kind: ShapeKind, points: readonly Point[], least: number): number[] {
  if (!isFlexible(kind)) return [];
  const count = kind.isClosed ? points.length : points.length - 1;
  const edges: number[] = [];
  for (let edge = 0; edge < count; edge++) {
    if (distance(points[edge]!, points[(edge + 1) % points.length]!) >= least) edges.push(edge);
  }
  return edges;
}

export const insertPoint = (points: readonly Point[], edge: number, at: Point): readonly Point[] =>
  points.toSpliced(edge + 1, 0, at);
