import { expect, test } from 'vitest';
import { countWords } from './count-words.ts';

test.each([
  ['', 0],
  [' \n\t ', 0],
  ['one', 1],
  ['  two \n words  ', 2],
  ["It's a state-of-the-art thing.", 4],
  ['a – b — ! … 😀', 2],
  ['in 2026 3.14', 3],
  ['مرحبا بالعالم', 2],
  ['今日は天気がいい', 5],
  ['Wie heißt die Straße?', 4],
])('%j has %i words', (text, count) => {
  expect(countWords(text)).toBe(count);
});
