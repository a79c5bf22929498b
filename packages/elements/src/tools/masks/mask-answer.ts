// What an answer says of a mask: which regions occur in it, and the drawing that shows them.
import type { Mask } from './mask.ts';
import type { Drawing } from './png-encode.ts';
import type { Region } from './region.ts';

/** A region that the answer has, and its number. */
export interface PresentRegion {
  readonly number: number;
  readonly region: Region;
}

/** Those with pixels and a label that is in the list. */
export const presentRegions = (
  mask: Mask,
  regions: readonly Region[],
  hasLabel: (label: string) => boolean,
): readonly PresentRegion[] =>
  regions.flatMap((region, index) =>
    hasLabel(region.label) && mask.count(index + 1) > 0 ? [{ number: index + 1, region }] : [],
  );

/** The mask as of the last commit; regions that are not present are background. */
export function drawingOf(
  { width, height, kept: pixels }: Mask,
  regions: readonly Region[],
  present: readonly PresentRegion[],
  colorOf: (region: Region) => string,
): Drawing {
  const entries = new Uint16Array(regions.length + 1);
  const palette = [0xffffff];
  for (const { number, region } of present)
    entries[number] = palette.push(Number.parseInt(colorOf(region).slice(1), 16)) - 1;
  return { width, height, pixels, entries, palette };
}

/** What tells whether the answer says the same of a number, number by number. */
export const namesOf = (regions: readonly Region[]): readonly string[] => [
  '',
  ...regions.map(({ label, color }) => `${label}\n${color ?? ''}`),
];
