import { open } from 'node:fs/promises';
import { isBlank, readItem } from './read-item.ts';
import { type Line, readLines } from './read-lines.ts';
import type { Source } from './source.ts';

/** Bytes at the end of a file among which its last line is looked for. */
const tailBytes = 64 * 1024;

/**
 * Whether a file is one JSON list over several lines, which is no line of JSON for each item: it begins with `[` and ends
 * with `]`, and neither its first line nor its last is a JSON value.
 */
export async function isJsonList({ file, open: read }: Source): Promise<boolean> {
  if (file === undefined) return false;
  const first = await firstLine(read(new AbortController().signal));
  if (first === undefined || !/^\s*\[/.test(first.bytes.toString('latin1', 0, 100)) || isValue(first)) return false;
  const last = (await tailOf(file)).trimEnd();
  return (
    last.endsWith(']') && !isValue({ ...first, bytes: Buffer.from(last.slice(last.lastIndexOf('\n') + 1), 'latin1') })
  );
}

async function firstLine(chunks: AsyncIterable<Buffer>): Promise<Line | undefined> {
  for await (const lines of readLines(chunks, tailBytes)) {
    const found = lines.find(({ bytes, tooLong }) => tooLong || !isBlank(bytes));
    // A line that is as long as this may be anything.
    if (found !== undefined) return found.tooLong ? undefined : found;
  }
  return undefined;
}

const isValue = (line: Line): boolean => {
  const item = readItem(line, { prefix: 'a' });
  return item !== undefined && !('code' in item);
};

async function tailOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, tailBytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
