import { describe, expect, test } from 'vitest';
import { parseJsonAttribute } from './json-attribute.ts';

describe('parseJsonAttribute', () => {
  test.each([
    ['["a","b"]', ['a', 'b']],
    ["['Positive', 'Negative',]", ['Positive', 'Negative']],
    ["{ text: 'None of these' }", { text: 'None of these' }],
    ["[ // first\n 'a', /* second */ 'b' ]", ['a', 'b']],
    ['{ src: https://host/a.png?x=1, labels: ["a"] }', { src: 'https://host/a.png?x=1', labels: ['a'] }],
    ['{"src": s3://bucket/key}', { src: 's3://bucket/key' }],
    ['  ', undefined],
    ['{"__proto__":1}', JSON.parse('{"__proto__":1}')],
  ])('%s', (text, value) => {
    expect(parseJsonAttribute(text)).toEqual({ value });
  });

  test.each(['[', "['a' 'b']", 'Positive', '{{ task.input }}'])('%s is an error', (text) => {
    expect(parseJsonAttribute(text).error).toEqual(expect.any(String));
  });
});
