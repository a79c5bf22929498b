// An answer as the corpus writes it down: without what differs from one answer to the next, and with masks that can be read.
import { readPng } from '../../packages/elements/src/testing/read-png.ts';

const randomId = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Ids that were made at random become `new1`, `new2`, … in the order in which they come; a mask becomes a list of equal rows
 * with the runs of colours in each.
 */
export function comparable(answer: unknown): string {
  const ids = new Map<string, string>();
  return JSON.stringify(
    answer,
    (name, value: unknown) => {
      if (typeof value !== 'string') return value;
      if (name === 'pngImageData') return rowsOf(value);
      if (!randomId.test(value)) return value;
      if (!ids.has(value)) ids.set(value, `new${ids.size + 1}`);
      return ids.get(value);
    },
    2,
  );
}

function rowsOf(base64: string): string[] {
  const { width, height, at } = readPng(base64);
  const rows = Array.from({ length: height }, (_row, y) => {
    const pixels = Array.from({ length: width }, (_pixel, x) => at(x, y));
    return runsOf(pixels)
      .map(([count, color]) => `${count} × ${color}`)
      .join(', ');
  });
  return runsOf(rows).map(([count, row]) => `${count} rows: ${row}`);
}

/** Equal neighbours, and how many they are. */
function runsOf(items: readonly string[]): [number, string][] {
  const runs: [number, string][] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last?.[1] === item) last[0] += 1;
    else runs.push([1, item]);
  }
  return runs;
}
