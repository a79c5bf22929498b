import { expect, it } from 'vitest';
import { extensionTagProblem, isTagged, secondsOfTag } from './extension-tags.ts';

const undo = 'holdpoint:undo-seconds';

it.each(['0', '5', '3600'])('%s seconds can be used', (value) => {
  expect(extensionTagProblem(undo, value)).toBeUndefined();
});

it.each(['3601', '-1', '1.5', '1e3', '', ' 5', 'five', '9999999999'])('%j is no number of seconds', (value) => {
  expect(extensionTagProblem(undo, value)).toBe(
    'The tag holdpoint:undo-seconds must be a whole number of seconds from 0 to 3600.',
  );
});

it.each(['holdpoint:undo', 'holdpoint:', 'holdpoint:__proto__'])(
  '%s is unknown, and all that are known are named',
  (name) => {
    const problem = extensionTagProblem(name, '5');
    expect(problem).toContain(`Unknown tag ${name}.`);
    expect(problem).toMatch(
      /known: holdpoint:undo-seconds, holdpoint:extend-seconds, holdpoint:sensitive, holdpoint:on-no-review, holdpoint:word-confidence\.$/,
    );
  },
);

it('what is not set is something else', () => {
  expect(secondsOfTag({ [undo]: '0' }, undo, 5)).toBe(0);
  expect(secondsOfTag({}, undo, 5)).toBe(5);
});

it.each(['true', 'false'])('R5: holdpoint:sensitive can be %s', (value) => {
  expect(extensionTagProblem('holdpoint:sensitive', value)).toBeUndefined();
  expect(isTagged({ 'holdpoint:sensitive': value }, 'holdpoint:sensitive')).toBe(value === 'true');
});

it.each(['', 'yes', 'True', '1', ' true'])('R5: %j does not say whether a flow is sensitive', (value) => {
  expect(extensionTagProblem('holdpoint:sensitive', value)).toBe('The tag holdpoint:sensitive must be true or false.');
});

it('R5: a flow is not sensitive by default', () => expect(isTagged({}, 'holdpoint:sensitive')).toBe(false));

it.each(['complete', 'skip'])('7.3 – holdpoint:on-no-review can be %s', (value) => {
  expect(extensionTagProblem('holdpoint:on-no-review', value)).toBeUndefined();
});

it.each(['', 'true', 'Skip', 'constructor'])('7.3 – holdpoint:on-no-review cannot be %j', (value) => {
  expect(extensionTagProblem('holdpoint:on-no-review', value)).toBe(
    'The tag holdpoint:on-no-review must be complete or skip.',
  );
});
