// What workers drew, as far as it can be drawn again: the answers of the image tools whose marks are points.
import { isRecord } from '@holdpoint/protocol';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Shape {
  readonly label: string;
  /** Corners, in pixels of the image. */
  readonly points: readonly Point[];
  /** Whether the last corner leads back to the first. */
  readonly isClosed: boolean;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What the members of an answer mean whose marks are lists of corners. */
const closed: Readonly<Record<string, boolean>> = { polygons: true, polylines: false, lines: false };

/**
 * Boxes, polygons, lines and key points as the crowd elements write them; undefined for anything else.
 *
 * @param path where the list was found, such as `roofs.polygons`: corners alone do not say whether they are closed
 */
export function shapesOf(path: string, value: unknown): readonly Shape[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const isClosed = closed[path.split('.').at(-1) ?? ''];
  const shapes = value.flatMap((one: unknown) => shapeOf(one, isClosed) ?? []);
  return shapes.length === value.length ? shapes : undefined;
}

function shapeOf(mark: unknown, isClosed: boolean | undefined): Shape | undefined {
  if (!isRecord(mark)) return undefined;
  const { left, top, width, height, vertices, label, x, y } = mark;
  const named = { label: typeof label === 'string' ? label : '' };
  if ([left, top, width, height].every(isNumber)) {
    const [l, t, w, h] = [left, top, width, height] as [number, number, number, number];
    const points = [
      { x: l, y: t },
      { x: l + w, y: t },
      { x: l + w, y: t + h },
      { x: l, y: t + h },
    ];
    return { ...named, points, isClosed: true };
  }
  if (isNumber(x) && isNumber(y)) return { ...named, points: [{ x, y }], isClosed: false };
  if (isClosed === undefined || !Array.isArray(vertices) || vertices.length === 0 || !vertices.every(isPoint))
    return undefined;
  return { ...named, points: vertices, isClosed };
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isPoint = (value: unknown): value is Point => {
  const { x, y } = (value ?? {}) as Partial<Point>;
  return isNumber(x) && isNumber(y);
};

/** The size of the image beside the marks, which the elements write as `inputImageProperties`. */
export function imageSize(answer: unknown, path: string): Size | undefined {
  const parent = path
    .split('.')
    .slice(0, -1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], answer);
  const { width, height } =
    (parent as { inputImageProperties?: { width?: unknown; height?: unknown } } | undefined)?.inputImageProperties ??
    {};
  return isNumber(width) && isNumber(height) && width > 0 && height > 0 ? { width, height } : undefined;
}

/** What is needed to see all of them, where nobody says how large the image is. */
export function extentOf(shapes: readonly Shape[]): Size {
  const points = shapes.flatMap((shape) => shape.points);
  return {
    width: Math.max(1, ...points.map(({ x }) => x)),
    height: Math.max(1, ...points.map(({ y }) => y)),
  };
}
