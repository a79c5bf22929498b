import { describe, expect, test } from 'vitest';
import { CodePoints } from './code-points.ts';

describe('CodePoints', () => {
  test.each([
    ['plain', 'abc', 3, 'b', 1],
    ['an emoji before', 'a😀bc', 4, 'b', 2],
    ['many of them', '😀😀😀x😀', 5, 'x', 3],
    ['a family of joined emoji', '👩‍👩‍👧!', 6, '!', 5],
    ['combining marks', 'e\u0301x', 3, 'x', 2],
    ['right to left', 'שלום 😀 עולם', 11, 'עולם', 7],
    ['half a pair', '\ud83dx', 2, 'x', 1],
    ['Windows line ends', 'a\r\nb', 4, 'b', 3],
  ])('%s', (_title, text, length, part, offset) => {
    const points = new CodePoints(text);
    expect(points.length).toBe(length);
    expect(points.offsetAt(text.indexOf(part))).toBe(offset);
    expect(points.positionAt(offset)).toBe(text.indexOf(part));
    expect(points.positionAt(length)).toBe(text.length);
    expect(points.offsetAt(text.length)).toBe(length);
  });

  test('agrees with counting one by one, everywhere', () => {
    const text = 'a😀b👩‍👩‍👧c\n𝒳𝒴 ü\u0301'.repeat(20);
    const points = new CodePoints(text);
    let position = 0;
    for (const [offset, character] of [...text].entries()) {
      expect(points.offsetAt(position)).toBe(offset);
      expect(points.positionAt(offset)).toBe(position);
      position += character.length;
    }
  });

  test('counts UTF-16 units where it is told to', () => {
    const points = new CodePoints('😀a', 'utf-16');
    expect([points.length, points.offsetAt(2), points.positionAt(2)]).toEqual([3, 2, 2]);
  });
});
