import { describe, expect, test } from 'vitest';
import { flowDefinitionRow } from '../testing/rows.ts';
import { requesterOf } from './requester.ts';

const ask = (rule: string | undefined, input: unknown, email?: string) =>
  requesterOf(
    flowDefinitionRow({ tags: rule === undefined ? {} : { 'holdpoint:exclude-requester': rule } }),
    JSON.stringify(input),
    () => ({ email, signedWith: 'the access key AKIA1' }),
  );

describe('7.4 – who started a loop', () => {
  test.each([
    [undefined, {}, undefined, null],
    ['false', {}, 'ada@example.com', null],
    ['true', {}, 'Ada@example.com', 'ada@example.com'],
    ['requestedBy', { requestedBy: ' Ben@Example.com ' }, 'ada@example.com', 'ben@example.com'],
    ['request.by', { request: { by: 'ben@example.com' } }, undefined, 'ben@example.com'],
  ])('%s, %j, signed by %s: %s', (rule, input, email, requester) => {
    expect(ask(rule, input, email)).toBe(requester);
  });

  test.each([
    ['true', {}, 'the access key AKIA1 has no owner'],
    ['requestedBy', {}, "must be in the field 'requestedBy' of InputContent"],
    ['requestedBy', { requestedBy: 'Ben' }, "must be in the field 'requestedBy'"],
    ['requestedBy', { requestedBy: 7 }, "must be in the field 'requestedBy'"],
    ['request.by', { request: ['ben@example.com'] }, "must be in the field 'request.by'"],
    ['constructor.name', {}, "must be in the field 'constructor.name'"],
  ])('%s, %j is not known, which is said', (rule, input, words) => {
    expect(() => ask(rule, input)).toThrow(
      expect.objectContaining({ name: 'ValidationException', message: expect.stringContaining(words) }),
    );
  });
});
