import { describe, expect, it } from 'vitest';
import { readLines } from './read-lines.ts';

/** The lines of a text that comes in pieces of so many bytes, and those that are too long as `null`. */
async function linesOf(text: string, size: number, limit = 100) {
  const bytes = Buffer.from(text);
  async function* source() {
    for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
  }
  const found: (readonly [number, string | null])[] = [];
  for await (const group of readLines(source(), limit))
    for (const line of group) found.push([line.number, line.tooLong ? null : line.bytes.toString()]);
  return found;
}

describe.each([1, 2, 3, 1000])('lines that come in pieces of %i bytes', (size) => {
  it.each<[what: string, text: string, lines: readonly (string | null)[]]>([
    ['nothing', '', []],
    ['one line without an end', 'a', ['a']],
    ['one line with an end', 'a\n', ['a']],
    ['empty lines, which count', '\n\na\n', ['', '', 'a']],
    ['ends of Windows', 'a\r\nb\r\n', ['a', 'b']],
    ['a byte order mark', '\u{feff}a\n\u{feff}b', ['a', '\u{feff}b']],
    ['letters of several bytes', 'ä\n€\n😀', ['ä', '€', '😀']],
  ])('%s', async (_what, text, lines) => {
    expect(await linesOf(text, size)).toEqual(lines.map((line, index) => [index + 1, line]));
  });

  it('passes over a line that is too long, and goes on behind it', async () => {
    expect(await linesOf(`${'x'.repeat(8)}\n${'x'.repeat(9)}\nb\n${'x'.repeat(30)}`, size, 8)).toEqual([
      [1, 'xxxxxxxx'],
      [2, null],
      [3, 'b'],
      [4, null],
    ]);
  });
});
