/** One figure: ours beside the reference of the same run, and what it is to stay below. */
export interface Row {
  readonly name: string;
  readonly ours: string;
  readonly reference?: string;
  readonly ratio?: number;
  readonly limit?: string;
}

/** All rows as one table; a text is a heading in it. */
export function renderTable(rows: readonly (Row | string)[]): string {
  const titles = ['', 'ours', 'reference', 'ratio', 'limit'];
  const lines = rows.map((row) =>
    typeof row === 'string'
      ? row
      : [`  ${row.name}`, row.ours, row.reference ?? '', row.ratio?.toFixed(2) ?? '', row.limit ?? ''],
  );
  const cells = lines.filter((line) => typeof line !== 'string');
  const widths = titles.map((title, column) => Math.max(title.length, ...cells.map((line) => line[column]!.length)));
  const align = (line: readonly string[]) =>
    line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  ');
  return [titles, ...lines].map((line) => (typeof line === 'string' ? line : align(line).trimEnd())).join('\n');
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 50);

/** Milliseconds beside those of the reference. */
export const timeRow = (name: string, ours: number, reference: number, limit?: string): Row => ({
  name,
  ours: ours.toFixed(0),
  reference: reference.toFixed(0),
  ratio: ours / reference,
  ...(limit !== undefined && { limit }),
});
