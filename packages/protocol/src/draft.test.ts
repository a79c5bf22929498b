import { expect, test } from 'vitest';
import { isDraft, longestDraft } from './draft.ts';

const circle: Record<string, unknown> = {};
circle.self = circle;
/** With the rest of the draft around it, as long as a draft may be. */
const longest = 'x'.repeat(longestDraft - JSON.stringify({ version: 1, controls: { a: '' } }).length);

test.each<[what: string, value: unknown, is: boolean]>([
  ['without controls', { version: 1, controls: {} }, true],
  ['with states of any kind', { version: 1, controls: { 'input/a/0': 'x', 'crowd-slider//0': [1, null] } }, true],
  ['of the longest length', { version: 1, controls: { a: longest } }, true],
  ['longer by one byte', { version: 1, controls: { a: `${longest}x` } }, false],
  ['longer in bytes than in characters', { version: 1, controls: { a: longest.replace('x', 'ß') } }, false],
  ['of another version', { version: 2, controls: {} }, false],
  ['with a list of controls', { version: 1, controls: [] }, false],
  ['with a circle', { version: 1, controls: circle }, false],
  ['with what JSON has no words for', { version: 1, controls: { a: 1n } }, false],
  ['nothing', null, false],
  ['a text', '{"version":1,"controls":{}}', false],
])('R2: a draft %s', (_what, value, is) => {
  expect(isDraft(value)).toBe(is);
});
