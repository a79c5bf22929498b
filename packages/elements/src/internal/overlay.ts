// What a verification job shows over its image: the result of an earlier job, to look at only.
import { paletteFor, parseColor } from '../tools/palette.ts';
import { isPlainObject } from './sorted-json.ts';

export interface OverlayBox {
  readonly label: string;
  readonly color: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Overlay {
  readonly legend: readonly { readonly label: string; readonly color: string; readonly count?: number }[];
  readonly boxes: readonly OverlayBox[];
  /** How many boxes have no place in an image. */
  readonly unplaced: number;
  /** Pictures in which each colour stands for a label. */
  readonly mask?: { readonly src: string; readonly colors: readonly string[] };
}

/** Reads the three forms of the attribute. @returns a reason, for the author of the template, where it is none of them */
export function readOverlay(value: unknown): Overlay | string {
  if (!isPlainObject(value)) return 'it is not an object';
  const { boundingBox, semanticSegmentation, instanceSegmentation } = value;
  if (isPlainObject(boundingBox)) return boxesOf(boundingBox);
  if (isPlainObject(semanticSegmentation)) {
    const { labelMappings, src } = semanticSegmentation;
    return maskOf(src, isPlainObject(labelMappings) ? Object.entries(labelMappings) : []);
  }
  if (isPlainObject(instanceSegmentation)) {
    const { instances, src } = instanceSegmentation;
    return maskOf(
      src,
      Array.isArray(instances) ? instances.map((each) => [isPlainObject(each) ? each.label : '', each]) : [],
    );
  }
  return 'it has no boundingBox, semanticSegmentation or instanceSegmentation';
}

function boxesOf({ labels, value }: Record<string, unknown>): Overlay | string {
  if (!Array.isArray(value)) return 'boundingBox.value is not a list';
  const boxes = value.filter(isPlainObject).map((box) => ({
    label: String(box.label ?? ''),
    left: Number(box.left ?? Number.NaN),
    top: Number(box.top ?? Number.NaN),
    width: Number(box.width ?? Number.NaN),
    height: Number(box.height ?? Number.NaN),
  }));
  const placed = boxes.filter(
    ({ left, top, width, height }) => Number.isFinite(left + top + width + height) && width >= 0 && height >= 0,
  );
  // A label that no box has keeps its colour: the job that made the boxes has counted it.
  const names = [
    ...new Set([...(Array.isArray(labels) ? labels.map(String) : []), ...placed.map(({ label }) => label)]),
  ];
  const colors = paletteFor(names.length);
  const colorOf = (label: string) => colors[names.indexOf(label)]!;
  return {
    legend: names.map((label) => ({
      label,
      color: colorOf(label),
      count: placed.filter((box) => box.label === label).length,
    })),
    boxes: placed.map((box) => ({ ...box, color: colorOf(box.label) })),
    unplaced: value.length - placed.length,
  };
}

function maskOf(src: unknown, entries: readonly (readonly [unknown, unknown])[]): Overlay | string {
  if (typeof src !== 'string' || src.trim() === '') return 'it has no src';
  const legend = entries.flatMap(([label, entry]) => {
    const color = parseColor(isPlainObject(entry) ? entry.color : entry);
    return color === undefined ? [] : [{ label: String(label), color }];
  });
  if (legend.length === 0) return 'it gives no label a colour such as #2ca02c';
  return { legend, boxes: [], unplaced: 0, mask: { src: src.trim(), colors: legend.map(({ color }) => color) } };
}
