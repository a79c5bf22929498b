import type { Json } from '@holdpoint/protocol';
import { describe, expect, it } from 'vitest';
import { flatten } from './flatten.ts';

describe('the members of a value', () => {
  it.each<[what: string, value: Json, found: readonly (readonly [string, Json])[]]>([
    ['a plain one', 1, [['', 1]]],
    [
      'some in order',
      { b: 1, a: 'x', c: null },
      [
        ['b', 1],
        ['a', 'x'],
        ['c', null],
      ],
    ],
    [
      'nested ones',
      { a: { b: { c: 1 }, d: 2 }, e: 3 },
      [
        ['a.b.c', 1],
        ['a.d', 2],
        ['e', 3],
      ],
    ],
    ['lists, whole', { a: [{ b: 1 }] }, [['a', [{ b: 1 }]]]],
    [
      'empty ones',
      { a: {}, b: [] },
      [
        ['a', {}],
        ['b', []],
      ],
    ],
    [
      'names with dots',
      { 'a.b': 1, a: { b: 2 }, 'c\\': 3 },
      [
        ['a\\.b', 1],
        ['a.b', 2],
        ['c\\\\', 3],
      ],
    ],
  ])('%s', (_what, value, found) => {
    expect(flatten(value)).toEqual(found);
  });

  it('of a value of any depth', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`);
    expect(flatten(deep)[0]![1]).toBe(1);
  });
});
