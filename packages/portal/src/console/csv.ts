// Tables as files for spreadsheets.

export type Cell = string | number | Date | undefined;

/** Lines of RFC 4180; numbers and times as programs read them. */
export const csvLines = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');

/** Has the browser save texts as a file; they may be parts that it keeps outside the page. */
export function saveCsv(name: string, parts: readonly (string | Blob)[]): void {
  // The mark at the beginning tells spreadsheets that it is UTF-8.
  const url = URL.createObjectURL(new Blob(['\uFEFF', ...parts], { type: 'text/csv;charset=utf-8' }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  // A browser may ask where to, and read it only then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function cellText(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  if (cell instanceof Date) return cell.toISOString();
  // A spreadsheet takes a text that begins so for a formula, and runs it.
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
