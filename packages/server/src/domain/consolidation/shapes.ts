import { type Json, stringifySorted } from '@holdpoint/protocol';
import { type FieldKind, type Given, isNumber, isRecord, type JsonRecord, weightOf } from './field-kind.ts';
import {
  distance,
  meanDistance,
  nearestOn,
  type Point,
  polygonOverlap,
  type Rectangle,
  rectangleOverlap,
} from './geometry.ts';
import { likenessOfMarks, type MarkRules, mergeMarks, mostMarks } from './match-marks.ts';
import { weightedMean } from './numbers.ts';
import { vote } from './vote.ts';

interface Labelled {
  readonly label: string;
}
type Box = Labelled & Rectangle;
type Keypoint = Labelled & Point;
type Path = Labelled & { readonly vertices: readonly Point[] };

interface Picture<M> {
  readonly marks: readonly M[];
  /** Other members, such as the size of the picture; the same for all, else those of most. */
  readonly rest: string;
}

/** At this part of the picture's diagonal a point is as far away as it may be to be the same. */
const nearPart = 0.02;

/** `{ boundingBoxes: [] }`: matched boxes become one with the mean of each side. */
export const boxes: FieldKind<Picture<Box>> = pictureKind<Box>('boundingBoxes', readBox, () => ({
  ...common,
  likeness: rectangleOverlap,
  merge: (marks) => ({
    height: meanOf(marks, ({ height }) => height),
    label: marks[0]!.value.label,
    left: meanOf(marks, ({ left }) => left),
    top: meanOf(marks, ({ top }) => top),
    width: meanOf(marks, ({ width }) => width),
  }),
}));

/** `{ polygons: [] }`: of matched polygons the one that overlaps most with the others, its corners moved to the mean outline. */
export const polygons: FieldKind<Picture<Path>> = pictureKind<Path>('polygons', readPath(3), () => ({
  ...common,
  likeness: (a, b) => (boxesMeet(a.vertices, b.vertices) ? polygonOverlap(a.vertices, b.vertices) : 0),
  merge: (marks) => mergePaths(marks, true, (a, b) => polygonOverlap(a.vertices, b.vertices)),
}));

/** `{ polylines: [] }` and `{ lines: [] }`, alike when they are at a small distance from each other all along. */
export const polylines: FieldKind<Picture<Path>> = pictureKind<Path>('polylines', readPath(2), pathRules);
export const lines: FieldKind<Picture<Path>> = pictureKind<Path>('lines', readPath(2), pathRules);

/**
 * `{ keypoints: [] }`: likeness falls with the distance as in the object keypoint similarity of COCO (Ronchi & Perona,
 * Benchmarking and Error Diagnosis in Multi-Instance Pose Estimation, ICCV 2017); matched points become their mean.
 */
export const keypoints: FieldKind<Picture<Keypoint>> = pictureKind<Keypoint>('keypoints', readKeypoint, (size) => ({
  ...common,
  likeness: (a, b) => nearness(distance(a, b), size),
  merge: (marks) => ({
    label: marks[0]!.value.label,
    x: meanOf(marks, ({ x }) => x),
    y: meanOf(marks, ({ y }) => y),
  }),
}));

const common = { label: ({ label }: Labelled): string => label, key: (mark: unknown): string => stringifySorted(mark) };

function pathRules(size: number): MarkRules<Path> {
  const likeness = (a: Path, b: Path): number => nearness(meanDistance(a.vertices, b.vertices), size);
  return { ...common, likeness, merge: (marks) => mergePaths(marks, false, likeness) };
}

function pictureKind<M extends Labelled>(
  member: string,
  readMark: (value: Json) => M | undefined,
  rulesOf: (size: number) => MarkRules<M>,
): FieldKind<Picture<M>> {
  return {
    kind: member,
    read(value) {
      if (!isRecord(value)) return undefined;
      const { [member]: list, initialValueModified: _modified, ...rest } = value;
      if (!Array.isArray(list) || list.length > mostMarks) return undefined;
      const marks = list.map(readMark);
      return marks.every((mark) => mark !== undefined) ? { marks, rest: stringifySorted(rest) } : undefined;
    },
    similarity: (a, b) => likenessOfMarks(a.marks, b.marks, rulesOf(sizeOf([a, b]))),
    merge(given) {
      const { winner } = vote(given.map(({ value, weight }) => ({ choice: value.rest, weight })));
      const rules = rulesOf(sizeOf(given.map(({ value }) => value)));
      const marks = mergeMarks(
        given.map(({ value, weight }) => ({ value: value.marks, weight })),
        rules,
      );
      const value = { ...(JSON.parse(winner) as JsonRecord), [member]: marks as unknown as Json };
      return { method: 'merged-shapes', merged: { marks, rest: winner }, value };
    },
  };
}

/** The diagonal of the picture; of one that nobody gave, a thousand. */
function sizeOf(pictures: readonly Picture<unknown>[]): number {
  const sizes = pictures.flatMap(({ rest }) => {
    const size = (JSON.parse(rest) as JsonRecord).inputImageProperties;
    return isRecord(size) && isNumber(size.width) && isNumber(size.height) ? [Math.hypot(size.width, size.height)] : [];
  });
  return Math.max(1, ...(sizes.length > 0 ? sizes : [1000]));
}

/** 0.5 at the distance up to which points are the same. */
const nearness = (away: number, size: number): number => 2 ** -((away / (size * nearPart)) ** 2);

/** Whole where all are: pixels stay pixels. */
function meanOf<M>(marks: readonly Given<M>[], numberOf: (mark: M) => number): number {
  const given = marks.map(({ value, weight }) => ({ value: numberOf(value), weight }));
  const mean = weightedMean(given);
  return given.every(({ value }) => Number.isInteger(value)) ? Math.round(mean) : mean;
}

function mergePaths(marks: readonly Given<Path>[], closed: boolean, likeness: (a: Path, b: Path) => number): Path {
  const isWhole = marks.every(({ value }) =>
    value.vertices.every(({ x, y }) => Number.isInteger(x) && Number.isInteger(y)),
  );
  const score = (path: Path): number =>
    marks
      .map(({ value, weight }) => weight * likeness(path, value))
      .sort((a, b) => a - b)
      .reduce((sum, each) => sum + each, 0);
  const ranked = marks
    .map(({ value }) => ({ path: value, score: score(value), key: stringifySorted(value) }))
    .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1));
  const best = ranked[0]!;
  const moved = best.path.vertices.map((vertex) => {
    const near = marks.map(({ value, weight }) => ({ value: nearestOn(value.vertices, vertex, closed), weight }));
    const [x, y] = (['x', 'y'] as const).map((axis) =>
      weightedMean(near.map(({ value, weight }) => ({ value: value[axis], weight }))),
    ) as [number, number];
    return isWhole ? { x: Math.round(x), y: Math.round(y) } : { x, y };
  });
  const path: Path = { label: best.path.label, vertices: moved };
  // The mean of outlines that differ in the number of their arms may be worse than each of them.
  return score(path) >= best.score && weightOf(marks) > 0 ? path : best.path;
}

function boxesMeet(a: readonly Point[], b: readonly Point[]): boolean {
  const side = (points: readonly Point[], axis: 'x' | 'y') => {
    const values = points.map((point) => point[axis]);
    return [values.reduce((x, y) => Math.min(x, y)), values.reduce((x, y) => Math.max(x, y))] as const;
  };
  return (['x', 'y'] as const).every((axis) => {
    const [[from, to], [start, end]] = [side(a, axis), side(b, axis)];
    return from <= end && start <= to;
  });
}

function readBox(value: Json): Box | undefined {
  if (!isRecord(value)) return undefined;
  const { label, left, top, width, height } = value;
  const isBox =
    typeof label === 'string' &&
    isNumber(left) &&
    isNumber(top) &&
    isNumber(width) &&
    isNumber(height) &&
    width >= 0 &&
    height >= 0;
  return isBox ? { height, label, left, top, width } : undefined;
}

function readKeypoint(value: Json): Keypoint | undefined {
  if (!isRecord(value)) return undefined;
  const { label, x, y } = value;
  return typeof label === 'string' && isNumber(x) && isNumber(y) ? { label, x, y } : undefined;
}

function readPath(fewest: number): (value: Json) => Path | undefined {
  return (value) => {
    if (!isRecord(value) || typeof value.label !== 'string' || !Array.isArray(value.vertices)) return undefined;
    const vertices = (value.vertices as Json[]).flatMap((point) =>
      isRecord(point) && isNumber(point.x) && isNumber(point.y) ? [{ x: point.x, y: point.y }] : [],
    );
    return vertices.length >= fewest && vertices.length === value.vertices.length
      ? { label: value.label, vertices }
      : undefined;
  };
}
