// What a pointer means by a place on the image.
import type { Point } from '../image/viewport.ts';
import { boundsOf, distance, distanceToEdge, isWithin } from './geometry.ts';
import { handlesOf, middleOf, splittableEdges } from './handles.ts';
import type { Shape } from './shape.ts';
import type { ShapeKind } from './shape-kind.ts';

export type Hit =
  | { readonly part: 'handle'; readonly shape: Shape; readonly index: number }
  /** The middle of an edge of the selected shape. */
  | { readonly part: 'middle'; readonly shape: Shape; readonly index: number }
  | { readonly part: 'border'; readonly shape: Shape };

/** @param leastEdge as long as this an edge has a handle in its middle */
export function findHit(
  kind: ShapeKind,
  at: Point,
  shapes: readonly Shape[],
  selected: Shape | undefined,
  reach: number,
  leastEdge: number,
): Hit | undefined {
  if (selected) {
    const handles = handlesOf(kind, selected.points);
    const index = nearest(handles, at, reach);
    if (index >= 0) return { part: 'handle', shape: selected, index };
    const edges = splittableEdges(kind, selected.points, leastEdge);
    const edge = nearest(
      edges.map((each) => middleOf(selected.points, each)),
      at,
      reach,
    );
    if (edge >= 0) return { part: 'middle', shape: selected, index: edges[edge]! };
  }
  let best: Shape | undefined;
  let least = reach;
  for (const shape of shapes) {
    const apart = distanceToBorder(kind, shape, at, reach);
    // Of two that lie on one another, the upper one.
    if (apart <= least) [best, least] = [shape, apart];
  }
  return best && { part: 'border', shape: best };
}

/** The smallest shape that has the place in its inside. */
export function findInside(kind: ShapeKind, at: Point, shapes: readonly Shape[]): Shape | undefined {
  let best: Shape | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const shape of shapes) {
    if (!isInside(kind, at, shape)) continue;
    const { left, top, right, bottom } = boundsOf(shape.points);
    const area = (right - left) * (bottom - top);
    if (area <= least) [best, least] = [shape, area];
  }
  return best;
}

export function isInside(kind: ShapeKind, at: Point, { points }: Shape): boolean {
  if (!kind.isClosed) return false;
  return isWithin(at, kind.isBox ? cornersOf(points) : points);
}

/** The four corners of a box, clockwise. */
export function cornersOf(points: readonly Point[]): readonly Point[] {
  const [from, to] = [points[0]!, points[1]!];
  return [from, { x: to.x, y: from.y }, to, { x: from.x, y: to.y }];
}

function nearest(points: readonly Point[], at: Point, reach: number): number {
  let best = -1;
  let least = reach;
  points.forEach((point, index) => {
    const apart = distance(point, at);
    if (apart <= least) [best, least] = [index, apart];
  });
  return best;
}

function distanceToBorder(kind: ShapeKind, shape: Shape, at: Point, reach: number): number {
  const { left, top, right, bottom } = boundsOf(shape.points);
  if (at.x < left - reach || at.x > right + reach || at.y < top - reach || at.y > bottom + reach) return Infinity;
  const points = kind.isBox ? cornersOf(shape.points) : shape.points;
  if (points.length === 1) return distance(at, points[0]!);
  let least = Number.POSITIVE_INFINITY;
  for (let index = kind.isClosed ? 0 : 1; index < points.length; index++) {
    least = Math.min(least, distanceToEdge(at, points.at(index - 1)!, points[index]!));
  }
  return least;
}
