import { ApiError, type OperationInput } from '@holdpoint/protocol';
import { expect, test } from 'vitest';
import { timeSteps } from './time-steps.ts';

const now = Date.parse('2026-03-29T12:07:00Z');
const iso = (time: number | undefined): string => new Date(time!).toISOString().slice(0, 16);

const ranges: [string, OperationInput<'GetStatistics'>, number, string, string][] = [
  ['an hour', { Range: 'Hour' }, 12, '2026-03-29T11:10', '2026-03-29T12:10'],
  ['a day', {}, 24, '2026-03-28T13:00', '2026-03-29T13:00'],
  ['a week', { Range: 'Week' }, 168, '2026-03-22T13:00', '2026-03-29T13:00'],
  ['a week in five minutes', { Range: 'Week', Step: 'FiveMinutes' }, 2016, '2026-03-22T12:10', '2026-03-29T12:10'],
  ['30 days', { Range: 'Month' }, 30, '2026-02-28T00:00', '2026-03-30T00:00'],
  // A day of 23 hours ends the week.
  [
    'days in Berlin',
    { Range: 'Week', Step: 'Day', TimeZone: 'Europe/Berlin' },
    7,
    '2026-03-22T23:00',
    '2026-03-29T22:00',
  ],
  [
    'days in Kolkata',
    { Range: 'Week', Step: 'Day', TimeZone: 'Asia/Kolkata' },
    7,
    '2026-03-22T18:30',
    '2026-03-29T18:30',
  ],
  [
    'days of a given time',
    { StartTime: new Date('2026-01-05T10:00Z'), EndTime: new Date('2026-01-07T00:00Z'), Step: 'Day' },
    2,
    '2026-01-05T00:00',
    '2026-01-07T00:00',
  ],
];

test.each(ranges)('O4 the steps of %s', (_what, input, count, first, end) => {
  const steps = timeSteps(input, now);
  expect([steps.starts.length, iso(steps.starts[0]), iso(steps.end)]).toEqual([count, first, end]);
});

test('O4 a day on which the clock goes back has 25 hours', () => {
  const StartTime = new Date('2026-10-24T12:00Z');
  const EndTime = new Date('2026-10-26T12:00Z');
  const { starts, end } = timeSteps({ StartTime, EndTime, Step: 'Day', TimeZone: 'Europe/Berlin' }, now + 1e11);
  expect([...starts, end].map(iso)).toEqual([
    '2026-10-23T22:00',
    '2026-10-24T22:00',
    '2026-10-25T23:00',
    '2026-10-26T23:00',
  ]);
});

test.each([
  ['both a range and a start', { Range: 'Day', StartTime: new Date(now) }, 'Give Range or StartTime, not both.'],
  ['an end alone', { EndTime: new Date(now) }, 'EndTime goes with StartTime.'],
  ['a start after now', { StartTime: new Date(now + 1) }, 'StartTime must be before EndTime and not after now.'],
  [
    'too many steps',
    { Range: 'Month', Step: 'FiveMinutes' },
    'This time has more than 2100 steps: choose a longer Step or a shorter time.',
  ],
  [
    'a zone of no map',
    { TimeZone: 'Mars/Base' },
    "TimeZone 'Mars/Base' is not known; give a name such as Europe/Berlin.",
  ],
] as const)('O4 %s is refused with a sentence', (_what, input, message) => {
  expect(() => timeSteps(input, now)).toThrow(new ApiError('ValidationException', message));
});
