import { type Json, stringifySorted } from '@holdpoint/protocol';
import { type FieldKind, type Given, inOrder, isRecord, type JsonRecord, type Merged, weightOf } from './field-kind.ts';
import { commonLength, totalLength } from './intervals.ts';
import { likenessOfMarks, type MarkRules, mergeMarks } from './match-marks.ts';
import { base64Of, bytesOfBase64, decodePng, encodePng } from './png.ts';
import { vote } from './vote.ts';

/** What is painted in one colour. */
interface Region {
  readonly label: string;
  readonly color: number;
  /** Pixels from each even place up to before the one after it, in order. */
  readonly runs: readonly number[];
}

interface Mask {
  readonly width: number;
  readonly height: number;
  readonly regions: readonly Region[];
  readonly value: JsonRecord;
}

/** A palette has room for so many. */
const mostRegions = 255;

const rules: MarkRules<Region> = {
  label: ({ label }) => label,
  key: ({ label, runs }) => `${label} ${runs.join(' ')}`,
  likeness: (a, b) => {
    const both = commonLength(a.runs, b.runs);
    const either = totalLength(a.runs) + totalLength(b.runs) - both;
    return either === 0 ? 1 : both / either;
  },
  merge: (marks) => ({
    ...marks[0]!.value,
    runs: majorityOf(marks.map(({ value, weight }) => ({ value: value.runs, weight }))),
  }),
};

/**
 * `labelMappings` with a mask of one label per pixel: each pixel by vote, the background being a choice like others (the voting rule
 * that STAPLE is measured against in Warfield, Zou & Wells, IEEE Transactions on Medical Imaging 23(7), 2004). Two masks are
 * the same by the mean of intersection over union over all labels.
 */
export const semanticMasks: FieldKind<Mask> = {
  kind: 'semantic-mask',
  read(value) {
    const mappings = isRecord(value) ? value.labelMappings : undefined;
    if (!isRecord(mappings)) return undefined;
    return readMask(
      value as JsonRecord,
      Object.entries(mappings).map(([label, mapping]) => ({
        label,
        color: isRecord(mapping) ? mapping.color : undefined,
      })),
    );
  },
  similarity(a, b) {
    if (a.width !== b.width || a.height !== b.height) return 0;
    const labels = [...new Set([...a.regions, ...b.regions].map(({ label }) => label))].sort(inOrder);
    if (labels.length === 0) return 1;
    const each = labels.map((label) => {
      const [one, other] = [a, b].map(({ regions }) => regions.find((region) => region.label === label));
      return one && other ? rules.likeness(one, other) : 0;
    });
    return each.reduce((sum, likeness) => sum + likeness, 0) / each.length;
  },
  merge(given) {
    const alike = ofOneSize(given);
    const labels = [...new Set(alike.flatMap(({ value }) => value.regions.map(({ label }) => label)))].sort(inOrder);
    if (labels.length > mostRegions) return mostAgreeing(given, semanticMasks);
    const regions = labels.map(
      (label) => alike.flatMap(({ value }) => value.regions.find((each) => each.label === label) ?? [])[0]!,
    );
    const { width, height } = alike[0]!.value;
    const pixels = votePixels(alike, labels, width * height);
    const painted = regions.map((region, index) => ({ ...region, runs: runsOf(pixels, index + 1) }));
    const mappings = painted
      .filter(({ runs }) => runs.length > 0)
      .map(({ label, color }) => [label, { color: hexOf(color) }] as const);
    return paint(alike, distinct(painted), { labelMappings: Object.fromEntries(mappings) });
  },
};

/** `instances` with a mask of one colour for each: matched by intersection over union; of each match the pixels of most. */
export const instanceMasks: FieldKind<Mask> = {
  kind: 'instance-mask',
  read(value) {
    if (!isRecord(value) || !Array.isArray(value.instances)) return undefined;
    const instances = (value.instances as Json[]).filter(isRecord);
    return instances.length === value.instances.length
      ? readMask(
          value,
          instances.map(({ label, color }) => ({ label, color })),
        )
      : undefined;
  },
  similarity: (a, b) =>
    a.width === b.width && a.height === b.height ? likenessOfMarks(a.regions, b.regions, rules) : 0,
  merge(given) {
    const alike = ofOneSize(given);
    const regions = distinct(
      mergeMarks(
        alike.map(({ value, weight }) => ({ value: value.regions, weight })),
        rules,
      ),
    );
    if (regions.length > mostRegions) return mostAgreeing(given, instanceMasks);
    return paint(alike, regions, { instances: regions.map(({ label, color }) => ({ color: hexOf(color), label })) });
  },
};

function readMask(
  value: JsonRecord,
  named: readonly { readonly label?: Json; readonly color?: Json }[],
): Mask | undefined {
  const data = isRecord(value.labeledImage) ? value.labeledImage.pngImageData : undefined;
  const bytes = typeof data === 'string' ? bytesOfBase64(data) : undefined;
  const picture = bytes && decodePng(bytes);
  const labels = new Map<number, string>();
  for (const { label, color } of named) {
    if (typeof label !== 'string' || typeof color !== 'string' || !/^#[0-9a-f]{6}$/i.test(color)) return undefined;
    labels.set(Number.parseInt(color.slice(1), 16), label);
  }
  if (!picture) return undefined;
  const runs = new Map<number, number[]>();
  const { width, height, colors } = picture;
  for (let at = 0; at < colors.length; ) {
    const color = colors[at]!;
    let end = at + 1;
    while (end < colors.length && colors[end] === color) end++;
    if (labels.has(color)) {
      const list = runs.get(color) ?? [];
      list.push(at, end);
      runs.set(color, list);
    }
    at = end;
  }
  const regions = [...runs]
    .map(([color, list]) => ({ label: labels.get(color)!, color, runs: list }))
    .sort((a, b) => inOrder(a.label, b.label) || a.runs[0]! - b.runs[0]!);
  return { width, height, regions, value };
}

/** Those with the size that most have. */
function ofOneSize(given: readonly Given<Mask>[]): Given<Mask>[] {
  const size = ({ width, height }: Mask): string => `${width} ${height}`;
  const { winner } = vote(given.map(({ value, weight }) => ({ choice: size(value), weight })));
  return given.filter(({ value }) => size(value) === winner);
}

function paint(given: readonly Given<Mask>[], regions: readonly Region[], members: JsonRecord): Merged<Mask> {
  const { width, height } = given[0]!.value;
  const pixels = new Uint8Array(width * height);
  // Backwards, so that a pixel of two regions stays with the first.
  for (const [index, { runs }] of [...regions.entries()].reverse())
    for (let run = 0; run < runs.length; run += 2) pixels.fill(index + 1, runs[run], runs[run + 1]);
  const png = encodePng(
    width,
    height,
    pixels,
    regions.map(({ color }) => color),
  );
  const value: JsonRecord = {
    inputImageProperties: { height, width },
    labeledImage: { pngImageData: base64Of(png) },
    ...members,
  };
  const painted = regions.map((region, index) => ({ ...region, runs: runsOf(pixels, index + 1) }));
  return { method: 'mask-vote', merged: { width, height, regions: painted, value }, value };
}

/** Which of the labels most of the weight gave to each pixel, from 1 on; 0 is the background, and wins where two are even. */
function votePixels(given: readonly Given<Mask>[], labels: readonly string[], size: number): Uint8Array {
  const winners = new Uint8Array(size);
  const best = new Float64Array(size).fill(weightOf(given));
  const mine = new Float64Array(size);
  for (const { value, weight } of given)
    for (const { runs } of value.regions)
      for (let run = 0; run < runs.length; run += 2)
        for (let at = runs[run]!; at < runs[run + 1]!; at++) best[at]! -= weight;
  for (const [index, label] of labels.entries()) {
    mine.fill(0);
    for (const { value, weight } of given)
      for (const { runs } of value.regions.filter((region) => region.label === label))
        for (let run = 0; run < runs.length; run += 2)
          for (let at = runs[run]!; at < runs[run + 1]!; at++) mine[at]! += weight;
    for (let at = 0; at < size; at++)
      if (mine[at]! > best[at]! + 1e-9) {
        best[at] = mine[at]!;
        winners[at] = index + 1;
      }
  }
  return winners;
}

function runsOf(pixels: Uint8Array, entry: number): number[] {
  const runs: number[] = [];
  for (let at = pixels.indexOf(entry); at >= 0; ) {
    let end = at + 1;
    while (end < pixels.length && pixels[end] === entry) end++;
    runs.push(at, end);
    at = end < pixels.length ? pixels.indexOf(entry, end) : -1;
  }
  return runs;
}

/** Pixels that more than half of the weight has. */
function majorityOf(given: readonly Given<readonly number[]>[]): number[] {
  const half = weightOf(given) / 2;
  const edges = given
    .flatMap(({ value, weight }) => value.map((at, index) => ({ at, change: index % 2 === 0 ? weight : -weight })))
    .sort((a, b) => a.at - b.at || a.change - b.change);
  const runs: number[] = [];
  let sum = 0;
  for (let index = 0; index < edges.length; ) {
    const { at } = edges[index]!;
    for (; index < edges.length && edges[index]!.at === at; index++) sum += edges[index]!.change;
    const isIn = sum > half + 1e-9;
    if (isIn !== (runs.length % 2 === 1)) runs.push(at);
  }
  return runs;
}

/** Each region with a colour of its own: only so can one picture say them all. */
function distinct(regions: readonly Region[]): Region[] {
  const taken = new Set<number>();
  return regions
    .filter(({ runs }) => runs.length > 0)
    .map((region) => {
      let { color } = region;
      // A step that is prime to the number of colours comes to each of them.
      while (taken.has(color)) color = (color + 0x2f6e2d) % 0xffffff;
      taken.add(color);
      return { ...region, color };
    });
}

function mostAgreeing(given: readonly Given<Mask>[], kind: FieldKind<Mask>): Merged<Mask> {
  const ranked = given
    .map(({ value }) => ({
      value,
      score: given
        .map((other) => other.weight * kind.similarity(value, other.value))
        .sort((a, b) => a - b)
        .reduce((sum, score) => sum + score, 0),
      key: stringifySorted(value.value),
    }))
    .sort((a, b) => b.score - a.score || inOrder(a.key, b.key));
  const { value } = ranked[0]!;
  return { method: 'most-agreeing', merged: value, value: value.value };
}

const hexOf = (color: number): string => `#${color.toString(16).padStart(6, '0')}`;
