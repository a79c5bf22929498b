import { expect, test } from 'vitest';
import { countdownText, duration, relativeTime, secondsOfToday, timeLeft } from './time.ts';

test.each([
  [0, '0 s'],
  [45, '45 s'],
  [600, '10 min'],
  [5400, '1 h 30 min'],
  [5401, '1 h 30 min'],
  [86_400, '1 d'],
  [864_000, '10 d'],
])('a limit of %i seconds is %s', (seconds, text) => expect(duration(seconds)).toBe(text));

test.each([
  [-5, '00:00'],
  [0.2, '00:01'],
  [59, '00:59'],
  [872, '14:32'],
  [3723, '1:02:03'],
  [90_000, '1 d 1 h'],
])('%d seconds left are %s', (seconds, text) => expect(countdownText(seconds)).toBe(text));

test.each([
  [-10, 'now'],
  [-120, '2 minutes ago'],
  [3599, 'in 1 hour'],
  [7200, 'in 2 hours'],
  [86_400, 'in 1 day'],
  [-86_400 * 3, '3 days ago'],
])('%i seconds away is %s', (seconds, text) => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(relativeTime(new Date(now + seconds * 1000).toISOString(), now)).toBe(text);
});

test.each([
  [-1, 'time is over'],
  [59, 'under a minute left'],
  [119, '1 min left'],
  [5459, '1 h 30 min left'],
])('a turn that ends in %i seconds has %s', (seconds, text) => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(timeLeft(new Date(now + seconds * 1000).toISOString(), now)).toBe(text);
});

test('R1: the day begins at midnight where the browser is', () => {
  expect(secondsOfToday(new Date(2026, 4, 12).getTime())).toBe(0);
  expect(secondsOfToday(new Date(2026, 4, 12, 13, 30).getTime())).toBe(13.5 * 3600);
});

test('a time that is none is called unknown', () => expect(relativeTime('soon', 0)).toBe('unknown'));
