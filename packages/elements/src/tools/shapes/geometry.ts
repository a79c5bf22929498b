// Plane geometry of shapes, in pixels of the image.
import { clampPoint, type Point, type Size } from '../image/viewport.ts';

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function boundsOf(points: readonly Point[]): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { left, top, right, bottom };
}

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

export const isSame = (a: Point, b: Point): boolean => a.x === b.x && a.y === b.y;

export function distanceToEdge(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / length;
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - from.x - at * dx, point.y - from.y - at * dy);
}

/** Whether a point lies in a ring, by the even-odd rule. */
export function isWithin(point: Point, ring: readonly Point[]): boolean {
  let within = false;
  for (let index = 0, before = ring.length - 1; index < ring.length; before = index++) {
    const [a, b] = [ring[index]!, ring[before]!];
    if (a.y > point.y !== b.y > point.y && point.x < ((b.x - a.x) * (point.y - a.y)) / (b.y - a.y) + a.x)
      within = !within;
  }
  return within;
}

/** Moves points together, as far as all of them stay in the image. */
export function movePoints(points: readonly Point[], by: Point, image: Size): Point[] {
  const { left, top, right, bottom } = boundsOf(points);
  const x = Math.max(-left, Math.min(image.width - right, Math.round(by.x)));
  const y = Math.max(-top, Math.min(image.height - bottom, Math.round(by.y)));
  return points.map((point) => ({ x: point.x + x, y: point.y + y }));
}

/** A box by two of its corners, at least one pixel wide and high. */
export function boxOf(a: Point, b: Point, image: Size): Point[] {
  const [from, to] = [clampPoint(a, image), clampPoint(b, image)];
  const [left, right] = span(from.x, to.x, image.width);
  const [top, bottom] = span(from.y, to.y, image.height);
  return [
    { x: left, y: top },
    { x: right, y: bottom },
  ];
}

function span(a: number, b: number, most: number): [number, number] {
  if (a !== b) return [Math.min(a, b), Math.max(a, b)];
  return a < most ? [a, a + 1] : [a - 1, a];
}

/** Whether the edge from point `index` to the next one meets another edge elsewhere than at the points that they share. */
export function meetsAnotherEdge(points: readonly Point[], isClosed: boolean, index: number): boolean {
  const count = points.length;
  const edges = isClosed ? count : count - 1;
  const [a, b] = [points[index]!, points[(index + 1) % count]!];
  if (isSame(a, b)) return true;
  for (let other = 0; other < edges; other++) {
    if (other === index) continue;
    const [c, d] = [points[other]!, points[(other + 1) % count]!];
    const isNext = other === (index + 1) % count;
    const isBefore = (other + 1) % count === index;
    // Neighbours share a point; they may not lie on one another.
    if (isNext || isBefore) {
      if (isNext && (isOn(d, a, b) || isOn(a, c, d))) return true;
      if (isBefore && (isOn(c, a, b) || isOn(b, c, d))) return true;
    } else if (meet(a, b, c, d)) return true;
  }
  return false;
}

const turn = (a: Point, b: Point, c: Point): number => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));

/** Whether a point lies on an edge. */
const isOn = (point: Point, from: Point, to: Point): boolean =>
  turn(from, to, point) === 0 &&
  point.x >= Math.min(from.x, to.x) &&
  point.x <= Math.max(from.x, to.x) &&
  point.y >= Math.min(from.y, to.y) &&
  point.y <= Math.max(from.y, to.y);

function meet(a: Point, b: Point, c: Point, d: Point): boolean {
  if (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) return true;
  return isOn(c, a, b) || isOn(d, a, b) || isOn(a, c, d) || isOn(b, c, d);
}
