import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from './duration.ts';

describe('parseDuration', () => {
  it.each([
    ['90s', 90],
    ['30m', 1800],
    ['6h', 21_600],
    ['3d', 259_200],
    ['1h30m', 5400],
    ['1d2h3m4s', 93_784],
    [' 2H ', 7200],
  ])('%s is %i seconds', (text, seconds) => {
    expect(parseDuration(text, '--time-limit')).toBe(seconds);
  });

  it.each([
    ['', "--time-limit is a length of time with its unit, as in 90s, 30m, 6h, 3d or 1h30m, not ''."],
    ['1800', "--time-limit is a length of time with its unit, as in 1800s or 1800m, not '1800'."],
    ['30m1h', "as in 90s, 30m, 6h, 3d or 1h30m, not '30m1h'."],
    ['1.5h', "not '1.5h'."],
    ['-5m', "not '-5m'."],
    ['5 m', "not '5 m'."],
    ['29s', '--time-limit must be 30s or longer, not 29s.'],
    ['8h1s', '--time-limit must be 8h or shorter, not 8h1s.'],
  ])('refuses %j', (text, sentence) => {
    expect(() => parseDuration(text, '--time-limit', { min: 30, max: 28_800 })).toThrow(sentence);
  });

  it('has an end where the calendar has one', () => {
    expect(() => parseDuration('999999999999d', '--for')).toThrow('--for must be 36500d or shorter');
  });
});

it.each([
  [0, '0s'],
  [59.6, '1m'],
  [3600, '1h'],
  [5400, '1h30m'],
  [864_000, '10d'],
])('%d seconds are shown as %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
