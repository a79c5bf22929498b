import type { NoticeChoices } from '@holdpoint/protocol';
import { describe, expect, it } from 'vitest';
import { assignmentRow, noticesRow, subscriptionRow } from '../testing/rows.ts';
import {
  defaultNotices,
  isTimeZone,
  pushEveryMs,
  quietEnd,
  tellByMail,
  tellByPush,
  waitingSentence,
  warnByPush,
} from './notices.ts';
import type { Assignment } from './rows.ts';

const minute = 60_000;
const at = (text: string) => Date.parse(text);
const now = at('2026-06-01T12:00:00Z');
const settings = (set: Partial<NoticeChoices> = {}): NoticeChoices => ({
  ...defaultNotices,
  push: true,
  mail: true,
  ...set,
});
const night = { quietFrom: '22:00', quietUntil: '07:00' };
const noon = { quietFrom: '11:30', quietUntil: '13:00' };

describe('R4 push', () => {
  it.each([
    ['nothing is unseen', {}, null, undefined, { tell: 'not' }],
    ['it is off', { push: false }, null, now, { tell: 'not' }],
    ['never told before', {}, null, now, { tell: 'now' }],
    ['told long ago', {}, now - pushEveryMs, now, { tell: 'now' }],
    ['told a minute ago', {}, now - minute, now, { tell: 'later', at: now - minute + pushEveryMs }],
    ['quiet hours', noon, null, now, { tell: 'later', at: at('2026-06-01T13:00:00Z') }],
  ] as const)('%s', (_, set, pushedAt, unseenSince, expected) => {
    const subscription = subscriptionRow({ pushedAt });
    expect(tellByPush({ settings: settings(set), subscription, unseenSince, now })).toEqual(expected);
  });
});

describe('R4 a task about to expire', () => {
  const held = (minutes: number, set: Partial<Assignment> = {}) =>
    assignmentRow({ acceptedAt: now - 60 * minute, deadline: now + minutes * minute, ...set });
  it.each([
    ['none is held', [], {}, null, { tell: 'not' }],
    ['there is much time', [held(60)], {}, null, { tell: 'later', at: now + 55 * minute, deadline: now + 60 * minute }],
    ['there is little time', [held(60), held(4)], {}, null, { tell: 'now', deadline: now + 4 * minute }],
    ['it was said before', [held(4)], {}, now + 4 * minute, { tell: 'not' }],
    ['its time was prolonged', [held(5)], {}, now + 4 * minute, { tell: 'now', deadline: now + 5 * minute }],
    ['it is over', [held(0)], {}, null, { tell: 'not' }],
    ['it was put aside', [held(4, { stoppedAt: now })], {}, null, { tell: 'not' }],
    ['it never had more time', [held(4, { acceptedAt: now })], {}, null, { tell: 'not' }],
    ['push is off', [held(4)], { push: false }, null, { tell: 'not' }],
    ['in quiet hours', [held(4)], noon, null, { tell: 'not' }],
  ] as const)('%s', (_, assignments, set, warnedUpTo, expected) => {
    const subscription = subscriptionRow({ warnedUpTo });
    expect(warnByPush({ settings: settings(set), subscription, held: assignments, now })).toEqual(expected);
  });
});

describe('R4 mail', () => {
  const half = now - 30 * minute;
  it.each([
    ['nothing is unseen', {}, null, undefined, { tell: 'not' }],
    ['it is off', { mail: false }, null, half, { tell: 'not' }],
    ['a task is new', {}, null, now, { tell: 'later', at: now + 30 * minute }],
    ['a task waited for the delay', {}, null, half, { tell: 'now' }],
    ['of the worker’s own', { mailAfterMinutes: 45 }, null, half, { tell: 'later', at: now + 15 * minute }],
    ['a mail was sent an hour ago', {}, now - 60 * minute, half, { tell: 'later', at: now + 180 * minute }],
    ['the interval is over', {}, now - 240 * minute, half, { tell: 'now' }],
    ['quiet hours', noon, null, half, { tell: 'later', at: at('2026-06-01T13:00:00Z') }],
  ] as const)('%s', (_, set, mailedAt, unseenSince, expected) => {
    expect(tellByMail({ notices: noticesRow({ settings: settings(set), mailedAt }), unseenSince, now })).toEqual(
      expected,
    );
  });
});

describe('R4 quiet hours', () => {
  it.each([
    ['none', {}, 'UTC', '2026-06-01T23:00:00Z', undefined],
    ['by night, before', night, 'UTC', '2026-06-01T21:59:59Z', undefined],
    ['by night, at the beginning', night, 'UTC', '2026-06-01T22:00:00Z', '2026-06-02T07:00:00Z'],
    ['by night, after midnight', night, 'UTC', '2026-06-02T00:30:10Z', '2026-06-02T07:00:00Z'],
    ['by night, at the end', night, 'UTC', '2026-06-02T07:00:00Z', undefined],
    ['by day', noon, 'UTC', '2026-06-02T12:59:59Z', '2026-06-02T13:00:00Z'],
    ['in Tokyo', night, 'Asia/Tokyo', '2026-06-01T13:00:00Z', '2026-06-01T22:00:00Z'],
    ['in Kathmandu', night, 'Asia/Kathmandu', '2026-06-01T16:15:00Z', '2026-06-02T01:15:00Z'],
    ['when clocks are put on', night, 'Europe/Berlin', '2026-03-28T22:30:00Z', '2026-03-29T05:00:00Z'],
    ['when clocks are put back', night, 'Europe/Berlin', '2026-10-24T21:30:00Z', '2026-10-25T06:00:00Z'],
    ['of no length', { quietFrom: '07:00', quietUntil: '07:00' }, 'UTC', '2026-06-01T07:00:00Z', undefined],
  ] as const)('%s', (_, set, timeZone, moment, expected) => {
    const end = quietEnd(settings({ ...set, timeZone }), at(moment));
    expect(end === undefined ? undefined : new Date(end).toISOString()).toBe(
      expected && new Date(expected).toISOString(),
    );
  });

  it('are in time zones that exist', () => {
    expect(['Europe/Berlin', 'UTC', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, true, false, false]);
  });
});

it.each([
  [1, '1 task is waiting'],
  [3, '3 tasks are waiting'],
  [99, '99 tasks are waiting'],
  [100, '99+ tasks are waiting'],
])('R4 %i: %s', (waiting, sentence) => {
  expect(waitingSentence(waiting)).toBe(sentence);
});
