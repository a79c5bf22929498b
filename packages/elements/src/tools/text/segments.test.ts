import { describe, expect, test } from 'vitest';
import { borderAfter, borderBefore, trimmed, wordAt } from './segments.ts';

const chunkOf = (text: string) => ({ start: 10, end: 10 + text.length, text });

describe('segments', () => {
  test.each([
    ['plain', 'abc', 1, 1, 1],
    ['inside a pair', 'a😀b', 2, 1, 3],
    ['inside a family', '👩‍👩‍👧!', 4, 0, 8],
    ['before a combining mark', 'e\u0301x', 1, 0, 2],
    ['between flags', '🇩🇪🇯🇵', 4, 4, 4],
    ['inside a line end of Windows', 'a\r\nb', 2, 1, 3],
    ['at the end', 'abc', 3, 3, 3],
  ])('borders: %s', (_title, text, at, before, after) => {
    expect(borderBefore(chunkOf(text), 10 + at) - 10).toBe(before);
    expect(borderAfter(chunkOf(text), 10 + at) - 10).toBe(after);
  });

  test.each([
    ['in a word', 'one two', 5, 'two'],
    ['just behind one', 'one two', 3, 'one'],
    ['at the very end', 'one two', 7, 'two'],
    ['with an apostrophe', "it's so", 1, "it's"],
    ['right to left', 'שלום עולם', 6, 'עולם'],
    ['on a sign', 'a (b)', 2, '('],
  ])('words: %s', (_title, text, at, word) => {
    const found = wordAt(chunkOf(text), 10 + at)!;
    expect(text.slice(found.start - 10, found.end - 10)).toBe(word);
  });

  test('trimmed leaves white space out', () => {
    expect(trimmed('a  bc \n', { start: 1, end: 7 })).toEqual({ start: 3, end: 5 });
    expect(trimmed('a   ', { start: 1, end: 4 })).toEqual({ start: 4, end: 4 });
  });
});
