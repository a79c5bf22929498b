// Values ↔ the text of headers, labels and query parameters, by shape.
import type { ListShape, Shape, TimestampFormat } from '../shape.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { type CodecOptions, checkWhole, fraction } from './json-value.ts';
import { malformed, misfit } from './serialization-error.ts';
import { decodeTimestampText, encodeTimestamp } from './timestamp.ts';

export type TextPlace = 'label' | 'query' | 'header' | 'payload';

const defaultFormat: { readonly [place in TextPlace]: TimestampFormat } = {
  label: 'date-time',
  query: 'date-time',
  header: 'http-date',
  payload: 'epoch-seconds',
};

/** The text of a scalar. */
export function encodeText(
  shape: Shape,
  value: unknown,
  place: TextPlace,
  options: CodecOptions,
  path: string,
): string {
  switch (shape.type) {
    case 'string':
      if (typeof value !== 'string') throw misfit(path, 'a string', value);
      return shape.jsonValue && place === 'header' ? toBase64(new TextEncoder().encode(value)) : value;
    case 'boolean':
      if (typeof value !== 'boolean') throw misfit(path, 'a boolean', value);
      return String(value);
    case 'integer':
    case 'long':
      if (typeof value !== 'number') throw misfit(path, 'a whole number', value);
      checkWhole(shape, value, path);
      return String(value);
    case 'float':
    case 'double':
      if (typeof value !== 'number') throw misfit(path, 'a number', value);
      return String(value);
    case 'timestamp':
      return String(encodeTimestamp(value, shape.format ?? defaultFormat[place], path, fraction(options)));
    case 'blob':
      if (!(value instanceof Uint8Array)) throw misfit(path, 'a Uint8Array', value);
      return toBase64(value);
    default:
      throw misfit(path, 'a value that fits into text', value);
  }
}

/** A scalar from its text. */
export function decodeText(shape: Shape, text: string, place: TextPlace, path: string): unknown {
  switch (shape.type) {
    case 'string':
      return shape.jsonValue && place === 'header' ? decodeJsonHeader(text, path) : text;
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true';
      throw malformed(path, 'true or false');
    case 'integer':
    case 'long': {
      if (!/^[+-]?\d{1,19}$/.test(text)) throw malformed(path, 'a whole number');
      const value = Number(text);
      checkWhole(shape, value, path);
      return value;
    }
    case 'float':
    case 'double':
      if (/^(?:NaN|-?Infinity|[+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?)$/.test(text)) return Number(text);
      throw malformed(path, 'a number');
    case 'timestamp':
      return decodeTimestampText(text, shape.format ?? defaultFormat[place], path);
    case 'blob': {
      const bytes = fromBase64(text);
      if (bytes === undefined) throw malformed(path, 'a base64 string');
      return bytes;
    }
    default:
      throw malformed(path, 'a value that fits into text');
  }
}

function decodeJsonHeader(text: string, path: string): string {
  const bytes = fromBase64(text.trim());
  if (bytes === undefined) throw malformed(path, 'a base64 string');
  return new TextDecoder().decode(bytes);
}

/** A list as one header: items joined with a comma, strings quoted where they contain one. */
export function encodeHeaderList(shape: ListShape, value: unknown, options: CodecOptions, path: string): string {
  if (!Array.isArray(value)) throw misfit(path, 'a list', value);
  return value
    .map((item, index) => {
      const text = encodeText(shape.member, item, 'header', options, `${path}[${index}]`);
      const quote = shape.member.type === 'string' && /[",]/.test(text);
      return quote ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
    })
    .join(', ');
}

/** The items of a header list. */
export function decodeHeaderList(shape: ListShape, text: string, path: string): unknown[] {
  const httpDates = shape.member.type === 'timestamp' && (shape.member.format ?? 'http-date') === 'http-date';
  // An HTTP date has a comma of its own, after the day.
  const items = httpDates ? (text.match(/[^,]+,[^,]+/g) ?? []).map((item) => item.trim()) : splitHeader(text);
  return items.map((item, index) => decodeText(shape.member, item, 'header', `${path}[${index}]`));
}

function splitHeader(text: string): string[] {
  const items: string[] = [];
  const item = /\s*(?:"((?:[^"\\]|\\.)*)"|([^,]*))\s*(?:,|$)/gy;
  while (item.lastIndex < text.length) {
    const match = item.exec(text);
    if (match === null) break;
    items.push(match[1] === undefined ? (match[2] ?? '').trim() : match[1].replace(/\\(.)/g, '$1'));
  }
  return items;
}
