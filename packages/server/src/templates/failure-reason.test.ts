import { expect, it } from 'vitest';
import { failureReason } from './failure-reason.ts';

const undefinedVariable = (name: string) => ({
  code: 'UndefinedTemplateVariable',
  message: `undefined variable ${name}`,
});

it.each([
  [
    [{ code: 'InvalidParameters', message: '"grant_read_access" input is not a valid S3 URI: " ".' }],
    `Task failed to render: [ InvalidParameters: '"grant_read_access" input is not a valid S3 URI: " ".' ].`,
  ],
  [
    [undefinedVariable('url'), undefinedVariable('image_width')],
    `Task failed to render: [ UndefinedTemplateVariable: 'undefined variable url'; UndefinedTemplateVariable: 'undefined variable image_width' ].`,
  ],
])('%j', (errors, reason) => {
  expect(failureReason(errors)).toBe(reason);
});

it.each([
  [
    'many errors',
    Array.from({ length: 100 }, (_, index) => undefinedVariable(`v${index}`)),
    /undefined variable v\d+'; … \]\.$/,
  ],
  ['one long error', [undefinedVariable('🙂'.repeat(2000))], /^Task failed.*🙂…' \]\.$/u],
  ['a long one first', [undefinedVariable('🙂'.repeat(2000)), undefinedVariable('b')], /🙂…'; … \]\.$/u],
])('cuts %s cleanly', (_, errors, expected) => {
  const reason = failureReason(errors);
  expect(reason).toMatch(expected);
  expect([...reason].length).toBeLessThanOrEqual(1024);
  expect([...reason].length).toBeGreaterThan(900);
});

it('keeps what fits exactly', () => {
  const room = 1024 - [...failureReason([undefinedVariable('')])].length;
  expect([...failureReason([undefinedVariable('x'.repeat(room))])]).toHaveLength(1024);
  expect(failureReason([undefinedVariable('x'.repeat(room))])).not.toContain('…');
  expect([...failureReason([undefinedVariable('x'.repeat(room + 1))])]).toHaveLength(1024);
});
