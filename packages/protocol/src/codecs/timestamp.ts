// Timestamps in the three formats of the protocols.
import type { TimestampFormat } from '../shape.ts';
import { malformed, misfit } from './serialization-error.ts';

/** The last millisecond that a Date can hold. */
const maximum = 8.64e15;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const isoForm = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?([Zz]|[+-]\d\d:?\d\d)?)?$/;
const httpForm = /^[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))? GMT$/;

/**
 * A moment as JSON value: a number of seconds with milliseconds as fraction, or a string. Clients may give what
 * `decodeTimestamp` reads instead of a Date.
 */
export function encodeTimestamp(
  value: unknown,
  format: TimestampFormat,
  path: string,
  fraction: 'milliseconds' | 'when-set',
): string | number {
  if (!(value instanceof Date) && fraction === 'milliseconds') throw misfit(path, 'a Date', value);
  const moment = value instanceof Date ? value : decodeTimestamp(value, path);
  const time = moment.getTime();
  if (Number.isNaN(time)) throw malformed(path, 'a valid Date');
  if (format === 'epoch-seconds') return time / 1000;
  if (format === 'http-date') return moment.toUTCString();
  const text = moment.toISOString();
  if (fraction === 'milliseconds') return text;
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : `${text.slice(0, -1)}000Z`;
}

/** A Date from a JSON value: seconds since 1970, RFC 3339 or an HTTP date, whichever the sender chose. */
export function decodeTimestamp(value: unknown, path: string): Date {
  if (typeof value === 'number') return fromSeconds(value, path);
  if (typeof value === 'string') {
    const moment = parseDateTime(value) ?? parseHttpDate(value);
    if (moment === undefined) throw malformed(path, 'a date and time such as 2020-02-24T12:00:00Z');
    return moment;
  }
  throw misfit(path, 'a timestamp', value);
}

/** A Date from the text of a header, label or query parameter. */
export function decodeTimestampText(text: string, format: TimestampFormat, path: string): Date {
  if (format === 'epoch-seconds' && /^-?\d+(?:\.\d+)?(?:[Ee][+-]?\d+)?$/.test(text)) {
    return fromSeconds(Number(text), path);
  }
  return decodeTimestamp(text, path);
}

function fromSeconds(seconds: number, path: string): Date {
  const time = Math.round(seconds * 1000);
  if (!(Math.abs(time) <= maximum)) throw malformed(path, 'a number of seconds since 1970');
  return new Date(time);
}

/** RFC 3339, more generously: a date alone, no zone (UTC), any numeric offset, 1 to 9 digits of fraction (cut to milliseconds). */
export function parseDateTime(text: string): Date | undefined {
  const match = isoForm.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  return assemble(
    [year, month, day, hour, minute, second].map((part) => Number(part ?? 0)),
    fraction,
    zone === undefined || zone === 'Z' || zone === 'z' ? 0 : offsetMinutes(zone),
  );
}

function parseHttpDate(text: string): Date | undefined {
  const match = httpForm.exec(text);
  if (match === null) return undefined;
  const [, day, month = '', year, hour, minute, second, fraction] = match;
  const parts = [year, months.indexOf(month) + 1, day, hour, minute, second].map(Number);
  return assemble(parts, fraction, 0);
}

function offsetMinutes(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

function assemble(parts: readonly number[], fraction: string | undefined, offset: number): Date | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  if (hour > 23 || minute > 59 || second > 59 || Math.abs(offset) >= 24 * 60) return undefined;
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  if (moment.getUTCMonth() !== month - 1 || moment.getUTCDate() !== day) return undefined;
  const millisecond = Number((fraction ?? '').slice(0, 3).padEnd(3, '0'));
  moment.setUTCHours(hour, minute - offset, second, millisecond);
  return moment;
}
