import { describe, expect, it } from 'vitest';
import { type Fields, isPrefix, prefixOf, readItem } from './read-item.ts';

const read = (text: string | Buffer, fields: Partial<Fields> = {}) =>
  readItem({ number: 7, bytes: Buffer.from(text as string), tooLong: false }, { prefix: 'items', ...fields });

describe('a line', () => {
  it.each<[what: string, line: string, fields: Partial<Fields>, name: string, input: string]>([
    [
      'is the input, to the byte',
      '{"b": 1.0,  "a": 12345678901234567890}',
      {},
      'items-7',
      '{"b": 1.0,  "a": 12345678901234567890}',
    ],
    ['may be any JSON value', '[1]', {}, 'items-7', '[1]'],
    ['may hold letters of any kind', '"ä€😀"', {}, 'items-7', '"ä€😀"'],
    ['has its name in a field', '{"id":"a-1","x":2}', { nameField: 'id' }, 'a-1', '{"id":"a-1","x":2}'],
    [
      'has a number for a name',
      '{"id":12345678901234567890}',
      { nameField: 'id' },
      '12345678901234567890',
      '{"id":12345678901234567890}',
    ],
    [
      'has its input in a field, whose numbers stay',
      '{"in":{"n":12345678901234567890,"e":1E400},"o":1}',
      { inputField: 'in' },
      'items-7',
      '{"n":12345678901234567890,"e":1E400}',
    ],
    [
      'has both in fields',
      '{"id":98765432109876543210,"in":"x"}',
      { nameField: 'id', inputField: 'in' },
      '98765432109876543210',
      '"x"',
    ],
    ['has an input that is null', '{"in":null}', { inputField: 'in' }, 'items-7', 'null'],
  ])('%s', (_what, line, fields, name, input) => {
    expect(read(line, fields)).toEqual({ name, input });
  });

  it.each(['', ' ', ' \t\r'])('with nothing in it (%j) is none', (line) => {
    expect(read(line)).toBeUndefined();
  });

  it.each<[what: string, line: string | Buffer, fields: Partial<Fields>, code: string, message: string]>([
    ['no JSON', '{"a": }', {}, 'NotJson', 'is not JSON: it breaks at column 7'],
    ['two values', '{} {}', {}, 'NotJson', 'is not JSON: it breaks at column 4'],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]), {}, 'NotUtf8', 'is not a text in UTF-8'],
    [
      'no object',
      '[1]',
      { nameField: 'id' },
      'NotAnObject',
      'is not a JSON object, which the fields are looked for in',
    ],
    ['no name', '{"x":1}', { nameField: 'id' }, 'NoName', 'has no text in the field id, which names the loop'],
    [
      'a name of another kind',
      '{"id":{}}',
      { nameField: 'id' },
      'NoName',
      'has no text in the field id, which names the loop',
    ],
    [
      'an inherited name',
      '{}',
      { nameField: 'toString' },
      'NoName',
      'has no text in the field toString, which names the loop',
    ],
    [
      'a name that is refused',
      '{"id":"a b\\u001b"}',
      { nameField: 'id' },
      'BadName',
      "has the name 'a b\u{fffd}'; a name is made of letters and digits with hyphens between them, 63 at most",
    ],
    ['no input', '{"x":1}', { inputField: 'in' }, 'NoInput', 'has no field in'],
    [
      'too long an input',
      `"${'x'.repeat(3_145_728)}"`,
      {},
      'TooLong',
      'is too long; an input has at most 3,145,728 characters',
    ],
  ])('%s', (_what, line, fields, code, message) => {
    expect(read(line, fields)).toEqual({ code, message });
  });

  it('is as long as the API takes it, counted in characters', () => {
    expect(read(`"${'😀'.repeat(3_145_726)}"`)).toMatchObject({ name: 'items-7' });
    expect(read(`"${'😀'.repeat(3_145_727)}"`)).toMatchObject({ code: 'TooLong' });
  });
});

describe('a prefix', () => {
  it.each([
    ['items.jsonl', 'items'],
    ['/tmp/My Items (2).jsonl', 'my-items-2'],
    ['.hidden', 'hidden'],
    ['äöü.jsonl', ''],
    [`${'long-'.repeat(20)}.jsonl`, 'long-long-long-long-long-long-long-long-long-long'],
  ])('of %s is %s', (file, prefix) => {
    expect(prefixOf(file)).toBe(prefix);
    expect(prefix === '' || isPrefix(prefix)).toBe(true);
  });

  it.each(['', '-a', 'a-', 'a b', 'a'.repeat(51)])('is not %j', (prefix) => {
    expect(isPrefix(prefix)).toBe(false);
  });
});
