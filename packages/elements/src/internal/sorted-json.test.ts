import { expect, test } from 'vitest';
import { sortDeep, stringifySorted } from './sorted-json.ts';

test.each([
  [{ b: 1, a: [{ d: 1, c: 2 }], B: 0 }, '{"B":0,"a":[{"c":2,"d":1}],"b":1}'],
  [{ 10: 'x', 9: 'y', a: undefined }, '{"10":"x","9":"y"}'],
  [JSON.parse('{"b":1,"__proto__":{"z":1,"y":2}}'), '{"__proto__":{"y":2,"z":1},"b":1}'],
  [[undefined, null, Number.NaN], '[null,null,null]'],
  [{}, '{}'],
])('%j is written with sorted keys', (value, text) => {
  expect(stringifySorted(value)).toBe(text);
  expect(JSON.parse(stringifySorted(value, '\n') ?? '')).toEqual(JSON.parse(text));
  expect(stringifySorted(sortDeep(value))).toBe(text);
});
