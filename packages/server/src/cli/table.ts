/** Rows as columns of text under their headings. What would steer a terminal is shown as a replacement character. */
export function formatTable(headings: readonly string[], rows: readonly (readonly string[])[], empty: string): string {
  if (rows.length === 0) return empty;
  const cells = [headings, ...rows].map((row) => row.map(printable));
  return formatRows(cells, widthsOf(cells)).join('\n');
}

/** How wide the columns of rows are. */
export const widthsOf = (rows: readonly (readonly string[])[]): number[] =>
  (rows[0] ?? []).map((_, column) => rows.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), 0));

/** Rows as lines whose columns have the given widths. */
export const formatRows = (rows: readonly (readonly string[])[], widths: readonly number[]): string[] =>
  rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );

export const printable = (text: string): string => text.replace(/\p{Cc}/gu, '\u{fffd}');

/** A moment to the minute, in UTC. */
export const minuteOf = (moment: Date): string => `${moment.toISOString().slice(0, 16).replace('T', ' ')}Z`;
