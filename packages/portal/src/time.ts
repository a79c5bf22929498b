// Times as people read them, in the language of the page, unless they are asked for in another, and the worker's locale of it.
import type { Words } from './words/en.ts';
import { formatter, localeOf } from './words/locale.ts';
import { words } from './words/words.ts';

const relative = (count: number, unit: Intl.RelativeTimeFormatUnit, { language }: Words) =>
  formatter('relative', (tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'always' }), language).format(count, unit);
const exact = (time: number, said: Words = words) =>
  formatter(
    'exact',
    (tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' }),
    said === words ? undefined : localeOf(said.language, navigator.languages),
  ).format(time);
const clock = (time: number) =>
  formatter('clock', (tag) => new Intl.DateTimeFormat(tag, { timeStyle: 'short' })).format(time);

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** "in 3 hours", "5 minutes ago", "now". */
export function relativeTime(iso: string, now: number, said: Words = words): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const size = Math.abs(seconds);
  if (Number.isNaN(seconds)) return said.time.unknown;
  if (size < 45) return said.time.now;
  if (Math.round(size / minute) < 60) return relative(Math.round(seconds / minute), 'minute', said);
  if (Math.round(size / hour) < 24) return relative(Math.round(seconds / hour), 'hour', said);
  return relative(Math.round(seconds / day), 'day', said);
}

/** Date and time in the worker's locale. */
export function exactTime(iso: string, said: Words = words): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? said.time.unknown : exact(time, said);
}

/** The time of day for today, else with the date. */
export function deadlineTime(iso: string, now: number): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return words.time.unknown;
  return new Date(time).toDateString() === new Date(now).toDateString() ? clock(time) : exact(time);
}

/** "1 h 30 min" of a length in seconds; at most two units. */
export function duration(seconds: number, { time }: Words = words): string {
  const parts: string[] = [];
  let rest = Math.max(0, Math.round(seconds));
  for (const [size, text] of [
    [day, time.days],
    [hour, time.hours],
    [minute, time.minutes],
    [1, time.seconds],
  ] as const) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(text(count));
  }
  return parts.slice(0, 2).join(time.between) || time.seconds(0);
}

/** "2 hours" of a length in seconds, in the largest unit that it is a whole number of. */
export function longDuration(seconds: number): string {
  const [size, unit] = (
    [
      [7 * day, 'week'],
      [day, 'day'],
      [hour, 'hour'],
    ] as const
  ).find(([size]) => seconds % size === 0) ?? [minute, 'minute'];
  return formatter(
    `long ${unit}`,
    (tag) => new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }),
  ).format(seconds / size);
}

/** "1 h 30 min left" until a moment, in whole minutes. */
export function timeLeft(iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  if (Number.isNaN(seconds)) return words.time.unknown;
  if (seconds <= 0) return words.time.isOver;
  return seconds < minute ? words.time.underAMinute : words.time.left(duration(Math.floor(seconds / minute) * minute));
}

/** The seconds since midnight where the browser is. */
export const secondsOfToday = (now: number): number => Math.round((now - new Date(now).setHours(0, 0, 0, 0)) / 1000);

/** "1:02:03" or "14:32" of a length in seconds; days are spelled out. */
export function countdownText(seconds: number): string {
  const rest = Math.max(0, Math.ceil(seconds));
  if (rest >= day) return duration(rest);
  const pad = (value: number) => String(value).padStart(2, '0');
  const tail = `${pad(Math.floor((rest % hour) / minute))}:${pad(rest % minute)}`;
  return rest >= hour ? `${Math.floor(rest / hour)}:${tail}` : tail;
}
