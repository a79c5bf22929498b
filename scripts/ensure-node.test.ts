import { expect, test } from 'vitest';
import { isNewEnough } from './ensure-node.mjs';

test.each([
  ['v18.20.8', false],
  ['v20.20.2', false],
  ['v22.9.0', false],
  ['v22.15.1', false],
  ['v22.16.0', true],
  ['v23.0.0', true],
  ['v24.21.0', true],
])('%s is new enough: %s', (version, expected) => {
  expect(isNewEnough(version)).toBe(expected);
});
