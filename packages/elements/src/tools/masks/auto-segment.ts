import { isPlainObject } from '../../base.ts';
import type { Point, Size } from '../image/viewport.ts';

/** What a page's own segmentation is asked for: the thing between its four outermost points. */
export interface AutoSegmentRequest extends Size {
  /** The address of the image, as the element has it. */
  readonly src: string;
  readonly label: string;
  /** Four points in pixels of the image, in the order in which they were set. */
  readonly points: readonly Point[];
}

/**
 * A page's own segmentation: answers one or more outlines, each a list of points `{ x, y }` in pixels of the image. The service
 * has a model behind this tool; which one is used here is for the page to say.
 */
export type AutoSegment = (request: AutoSegmentRequest) => unknown;

/** How many points it is asked with: the leftmost, topmost, rightmost and lowest. */
export const extremePoints = 4;

const leastPoints = 3;

/** The outlines of an answer; undefined where it is no such thing, since code of the page's made it. */
export function readOutlines(answer: unknown): readonly (readonly Point[])[] | undefined {
  if (!Array.isArray(answer) || answer.length === 0) return undefined;
  const outlines: readonly unknown[] = Array.isArray(answer[0]) ? answer : [answer];
  return outlines.every(isOutline) ? outlines : undefined;
}

const isOutline = (value: unknown): value is readonly Point[] =>
  Array.isArray(value) &&
  value.length >= leastPoints &&
  value.every((point) => isPlainObject(point) && Number.isFinite(point.x) && Number.isFinite(point.y));
