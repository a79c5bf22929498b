// Marks that a template gives to begin with.
import { isPlainObject } from '../../base.ts';
import type { Point, Size } from '../image/viewport.ts';
import { readVertices } from './kinds.ts';
import type { ShapeKind } from './shape-kind.ts';

interface ReadShapes {
  readonly shapes: readonly { readonly label: string; readonly points: readonly Point[] }[];
  /** What cannot be read, as JSON. */
  readonly leftOut: readonly string[];
}

/** Takes a list, or an object with the list under the key of the answer; undefined for anything else. */
export function readShapes(kind: ShapeKind, initial: unknown, image: Size): ReadShapes | undefined {
  const list = isPlainObject(initial) ? initial[kind.key] : initial;
  if (list === undefined || list === null || list === '')
    return isPlainObject(initial) ? undefined : { shapes: [], leftOut: [] };
  if (!Array.isArray(list)) return undefined;
  const shapes: { label: string; points: readonly Point[] }[] = [];
  const leftOut: string[] = [];
  for (const entry of list) {
    const points = isPlainObject(entry) ? kind.read(entry, image) : undefined;
    const label = isPlainObject(entry) ? entry.label : undefined;
    if (points === undefined || typeof label !== 'string') leftOut.push(inShort(entry));
    else shapes.push({ label, points });
  }
  return { shapes, leftOut };
}

/** Marks as a draft has them. What cannot be one is left out. */
export function resumeShapes(kind: ShapeKind, marks: readonly unknown[], image: Size): ReadShapes['shapes'] {
  return marks.flatMap((mark) => {
    if (!isPlainObject(mark) || typeof mark.label !== 'string' || !Array.isArray(mark.points)) return [];
    const points = readVertices(mark.points, kind.least, kind.most, image);
    return points === undefined ? [] : [{ label: mark.label, points }];
  });
}

function inShort(entry: unknown): string {
  // JSON has no NaN; the worker is to see it.
  const text = JSON.stringify(entry, (_key, value) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
