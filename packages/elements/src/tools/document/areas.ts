// Where a key or a value lies on the page: a polygon, in fractions of the page's width and height.
import { isPlainObject } from '../../base.ts';
import type { Point, Size } from '../image/viewport.ts';
import { type Bounds, boundsOf } from '../shapes/geometry.ts';

/** At least three points. */
export type Area = readonly Point[];

/** `misplaced` where there is a geometry that says nothing. */
export function readArea(geometry: unknown): Area | 'misplaced' | undefined {
  if (geometry === undefined || geometry === null) return undefined;
  if (!isPlainObject(geometry)) return 'misplaced';
  return polygonIn(geometry.polygon) ?? boxIn(geometry.boundingBox) ?? 'misplaced';
}

function polygonIn(polygon: unknown): Area | undefined {
  if (!Array.isArray(polygon) || polygon.length < 3) return undefined;
  const points = polygon.map((point) =>
    isPlainObject(point) ? { x: fraction(point.x), y: fraction(point.y) } : outside,
  );
  return points.every(isPlaced) ? points : undefined;
}

function boxIn(box: unknown): Area | undefined {
  if (!isPlainObject(box)) return undefined;
  const [left, top] = [fraction(box.left), fraction(box.top)];
  // The documentation's sample has the height under this name.
  const [right, bottom] = [fraction(left + number(box.width)), fraction(top + number(box.height ?? box.weight))];
  const points = cornersOf({ left, top, right, bottom });
  return points.every(isPlaced) ? points : undefined;
}

const outside: Point = { x: Number.NaN, y: Number.NaN };
const number = (value: unknown): number =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : Number.NaN;
const fraction = (value: unknown): number => Math.min(1, Math.max(0, number(value)));
const isPlaced = ({ x, y }: Point): boolean => !Number.isNaN(x) && !Number.isNaN(y);

export const cornersOf = ({ left, top, right, bottom }: Bounds): Area => [
  { x: left, y: top },
  { x: right, y: top },
  { x: right, y: bottom },
  { x: left, y: bottom },
];

/** In pixels of an image of the page. */
export const onImage = (area: Area, { width, height }: Size): readonly Point[] =>
  area.map(({ x, y }) => ({ x: x * width, y: y * height }));

/** Upper left and lower right corner in pixels of the image: what handles take hold of. */
export function boxOn(area: Area, image: Size): readonly Point[] {
  const { left, top, right, bottom } = boundsOf(onImage(area, image));
  return [
    { x: left, y: top },
    { x: right, y: bottom },
  ];
}

/** Moves and stretches an area so that it fills a box in pixels of the image; what is slanted stays so. */
export function fitTo(area: Area, [from, to]: readonly Point[], { width, height }: Size): Area {
  const { left, top, right, bottom } = boundsOf(area);
  const across = (x: number) => (right > left ? (x - left) / (right - left) : 0);
  const down = (y: number) => (bottom > top ? (y - top) / (bottom - top) : 0);
  return area.map(({ x, y }) => ({
    x: round((from!.x + across(x) * (to!.x - from!.x)) / width),
    y: round((from!.y + down(y) * (to!.y - from!.y)) / height),
  }));
}

/** A box of an image, by two of its corners in pixels. */
export const areaOf = ([from, to]: readonly Point[], { width, height }: Size): Area =>
  cornersOf({
    left: round(from!.x / width),
    top: round(from!.y / height),
    right: round(to!.x / width),
    bottom: round(to!.y / height),
  });

/** As a block has it. */
export function geometryOf(area: Area): Record<string, unknown> {
  const { left, top, right, bottom } = boundsOf(area);
  return {
    boundingBox: { height: round(bottom - top), left, top, width: round(right - left) },
    polygon: area.map(({ x, y }) => ({ x, y })),
  };
}

/** Finer than a pixel of any scan. */
const round = (value: number): number => Math.round(value * 1e7) / 1e7;
