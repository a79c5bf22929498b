import { describe, expect, test } from 'vitest';
import { chunkIndexAt, cutIntoChunks } from './chunks.ts';

describe('cutIntoChunks', () => {
  test.each([
    ['nothing', '', 1],
    ['a line', 'abc', 1],
    ['short paragraphs together', 'a\n\nb\n'.repeat(10), 1],
    ['many short paragraphs', `${'x'.repeat(99)}\n`.repeat(16), 2],
    ['a paragraph longer than the aim stays whole', 'word '.repeat(400), 1],
    ['one far longer does not', 'word '.repeat(2000), 4],
    ['without spaces', '語'.repeat(6000), 3],
    ['only line breaks', '\n'.repeat(2000), 3],
  ])('%s', (_title, text, count) => {
    const chunks = cutIntoChunks(text);
    expect(chunks).toHaveLength(count);
    expect(chunks.map((chunk) => chunk.text).join('')).toBe(text);
    expect(chunks.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
    for (const [index, { start, end }] of chunks.entries()) {
      expect(chunkIndexAt(chunks, start)).toBe(index);
      if (end > start) expect(chunkIndexAt(chunks, end - 1)).toBe(index);
    }
  });

  test.each([
    ['a family of joined emoji', '👩‍👩‍👧'],
    ['a letter with marks', 'e\u0301\u0323'],
  ])('never cuts %s', (_title, character) => {
    for (const lead of ['', 'x', 'xy', 'xyz'])
      for (const { text } of cutIntoChunks(lead + character.repeat(1500)))
        expect(text.replace(lead, '').replaceAll(character, '')).toBe('');
  });
});
