import { expect, it } from 'vitest';
import { jsonBreak } from './json-break.ts';

it.each([
  '1',
  '"x"',
  ' {} ',
  '[]',
  'true\n',
  '-1.5e+3',
  '"é\u007f\u2028\\u00e4"',
  '[[[]],{}]',
  '{"a":[1,2,{"b":null,"c":"\\n"}],"":false}',
])('%j is JSON', (text) => {
  JSON.parse(text);
  expect(jsonBreak(text)).toBeUndefined();
});

/** `|` marks the place. */
it.each([
  '|',
  '  |',
  '{"a":1|',
  '{|',
  '[1,2|',
  '[1,|]',
  '{"a":1,|}',
  '{"a":|}',
  '{"a" |1}',
  '{|a:1}',
  "{|'a':1}",
  '[1 |2]',
  '0|1',
  '1|.',
  '[|tru]',
  '{"a":|"x',
  '|"a\nb"',
  '|"\\x"',
  '{} |x',
  '[]|]',
  '{"a":[1,{"b":2}|}',
  '|,',
  '{\n  "a": 1,\n  |"b" 2}'.replace('|"b" 2', '"b" |2'),
])('%j breaks there', (marked) => {
  const text = marked.replace('|', '');
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
  const lines = marked.slice(0, marked.indexOf('|')).split('\n');
  expect(jsonBreak(text)).toEqual({ line: lines.length, column: lines.at(-1)!.length + 1 });
});
