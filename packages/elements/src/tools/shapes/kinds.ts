// The five kinds of shapes.
import { isPlainObject } from '../../base.ts';
import { clampPoint, type Point, type Size } from '../image/viewport.ts';
import { boxOf } from './geometry.ts';
import { shapeMessages } from './messages.ts';
import type { Shape } from './shape.ts';
import type { ShapeKind } from './shape-kind.ts';

export const boxKind: ShapeKind = {
  key: 'boundingBoxes',
  tool: 'rectangle',
  shortcut: 'b',
  least: 2,
  most: 2,
  isClosed: true,
  isBox: true,
  isDragged: true,
  isSimple: false,
  asksAgain: false,
  isOrdered: false,
  read({ left, top, width, height }, image) {
    const [x, y, w, h] = [number(left), number(top), number(width), number(height)];
    if (!(w > 0 && h > 0)) return undefined;
    // Nothing of it is in the image.
    if (!(x < image.width && y < image.height && x + w > 0 && y + h > 0)) return undefined;
    return boxOf({ x, y }, { x: x + w, y: y + h }, image);
  },
  print({ label, points: [from, to] }) {
    return { height: to!.y - from!.y, label, left: from!.x, top: from!.y, width: to!.x - from!.x };
  },
  describe: ([from, to]) => `${from!.x}, ${from!.y} · ${to!.x - from!.x} × ${to!.y - from!.y}`,
};

const vertices = {
  isBox: false,
  print: ({ label, points }: Shape) => ({ label, vertices: points.map(({ x, y }) => ({ x, y })) }),
  describe: (points: readonly Point[]) => shapeMessages.points(points.length),
};

export const polygonKind: ShapeKind = {
  ...vertices,
  key: 'polygons',
  tool: 'polygon',
  shortcut: 'p',
  least: 3,
  most: Number.POSITIVE_INFINITY,
  isClosed: true,
  isDragged: false,
  isSimple: true,
  asksAgain: true,
  isOrdered: false,
  read: ({ vertices }, image) => readVertices(vertices, 3, Number.POSITIVE_INFINITY, image),
};

export const polylineKind: ShapeKind = {
  ...vertices,
  key: 'polylines',
  tool: 'polyline',
  shortcut: 'p',
  least: 2,
  most: Number.POSITIVE_INFINITY,
  isClosed: false,
  isDragged: false,
  isSimple: false,
  asksAgain: false,
  isOrdered: false,
  read: ({ vertices }, image) => readVertices(vertices, 2, Number.POSITIVE_INFINITY, image),
};

export const lineKind: ShapeKind = {
  ...vertices,
  key: 'lines',
  tool: 'line',
  shortcut: 'l',
  least: 2,
  most: 2,
  isClosed: false,
  isDragged: true,
  isSimple: false,
  asksAgain: false,
  isOrdered: false,
  read: ({ vertices }, image) => readVertices(vertices, 2, 2, image),
  describe: ([from, to]) => `${from!.x}, ${from!.y} – ${to!.x}, ${to!.y}`,
};

export const keypointKind: ShapeKind = {
  key: 'keypoints',
  tool: 'keypoint',
  shortcut: 'k',
  least: 1,
  most: 1,
  isClosed: false,
  isBox: false,
  isDragged: false,
  isSimple: false,
  asksAgain: false,
  isOrdered: true,
  read: (entry, image) => readVertices([entry], 1, 1, image),
  print: ({ label, points: [at] }) => ({ label, x: at!.x, y: at!.y }),
  describe: ([at]) => `${at!.x}, ${at!.y}`,
};

/** Numbers, and texts that are numbers: templates fill in both. NaN for anything else. */
function number(value: unknown): number {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : Number.NaN;
}

/** What lies outside comes to the image's edge. */
export function readVertices(list: unknown, least: number, most: number, image: Size): Point[] | undefined {
  if (!Array.isArray(list) || list.length < least || list.length > most) return undefined;
  const points: Point[] = [];
  for (const each of list) {
    const point = isPlainObject(each) ? { x: number(each.x), y: number(each.y) } : undefined;
    if (point === undefined || Number.isNaN(point.x) || Number.isNaN(point.y)) return undefined;
    points.push(clampPoint(point, image));
  }
  return points;
}
