import { expect, it } from 'vitest';
import {
  extensionTagProblem,
  extensionTags,
  isTagged,
  numberOfTag,
  secondsOfTag,
  textOfTag,
} from './extension-tags.ts';

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
    expect(problem?.endsWith(`known: ${extensionTags.map((tag) => tag.name).join(', ')}.`)).toBe(true);
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

it.each([
  ['holdpoint:consolidation', 'weighted', undefined],
  ['holdpoint:consolidation', 'Weighted', 'majority, weighted or dawid-skene'],
  ['holdpoint:consolidation-numbers', 'mode', 'median or mean'],
  ['holdpoint:details-uri', 's3://details', undefined],
  ['holdpoint:details-uri', 's3://details/some/prefix/', undefined],
  ['holdpoint:details-uri', 'https://details.s3.amazonaws.com/x', 'a bucket and a prefix, such as s3://bucket/details'],
  ['holdpoint:details-uri', 's3://No_Bucket/x', 'a bucket and a prefix, such as s3://bucket/details'],
  ['holdpoint:details-uri', '', 'a bucket and a prefix, such as s3://bucket/details'],
  ['holdpoint:quorum', '2', undefined],
  ['holdpoint:quorum', '1', 'a whole number from 2 to 50'],
  ['holdpoint:max-answers', '51', 'a whole number from 1 to 50'],
  ['holdpoint:min-answers', '1.5', 'a whole number from 1 to 50'],
  ['holdpoint:stop-confidence', '0.95', undefined],
  ['holdpoint:stop-confidence', '.5', undefined],
  ['holdpoint:stop-confidence', '1', undefined],
  ['holdpoint:stop-confidence', '0', 'a number above 0 and up to 1, such as 0.9'],
  ['holdpoint:stop-confidence', '0.0', 'a number above 0 and up to 1, such as 0.9'],
  ['holdpoint:stop-confidence', '1.1', 'a number above 0 and up to 1, such as 0.9'],
  ['holdpoint:stop-confidence', 'NaN', 'a number above 0 and up to 1, such as 0.9'],
  ['holdpoint:veto', 'not safe', undefined],
  ['holdpoint:veto', ' ', 'the value of an answer'],
  ['holdpoint:compare-fields', 'label note', undefined],
  ['holdpoint:compare-fields', 'label  note', 'names of fields with one space between them'],
])('7.4 – %s as %j: %s', (name, value, form) => {
  expect(extensionTagProblem(name, value)).toBe(form && `The tag ${name} must be ${form}.`);
});

it('7.4 – a tag that is not set has no text', () => {
  expect(textOfTag({}, 'holdpoint:consolidation')).toBeUndefined();
});

it.each(['complete', 'skip'])('7.3 – holdpoint:on-no-review can be %s', (value) => {
  expect(extensionTagProblem('holdpoint:on-no-review', value)).toBeUndefined();
});

it.each(['', 'true', 'Skip', 'constructor'])('7.3 – holdpoint:on-no-review cannot be %j', (value) => {
  expect(extensionTagProblem('holdpoint:on-no-review', value)).toBe(
    'The tag holdpoint:on-no-review must be complete or skip.',
  );
});

it('7.4 – numbers and texts of tags', () => {
  const tags = { 'holdpoint:stop-confidence': '.5', 'holdpoint:veto': 'no' };
  expect([numberOfTag(tags, 'holdpoint:stop-confidence'), numberOfTag(tags, 'holdpoint:quorum')]).toEqual([
    0.5,
    undefined,
  ]);
  expect([textOfTag(tags, 'holdpoint:veto'), textOfTag({}, 'holdpoint:veto')]).toEqual(['no', undefined]);
});
