// Query strings: parsing, and writing the members that are bound to one.
import type { MapShape, StructureShape } from '../shape.ts';
import { hasMalformedPercent, uriEncode } from '../sigv4/uri.ts';
import { type CodecOptions, inOrder, isRecord, membersOf, memberValue } from './json-value.ts';
import { malformed, misfit } from './serialization-error.ts';
import { encodeText } from './text-value.ts';

/** Values by parameter name, in the order of the query. */
export type QueryParameters = ReadonlyMap<string, readonly string[]>;

/** The parameters of a query as on the wire; `+` is a space. */
export function parseQuery(rawQuery: string): QueryParameters {
  const result = new Map<string, string[]>();
  if (rawQuery === '') return result;
  for (const part of rawQuery.split('&')) {
    if (part === '') continue;
    const cut = part.indexOf('=');
    const name = percentDecode((cut < 0 ? part : part.slice(0, cut)).replaceAll('+', ' '), 'the query');
    const value = cut < 0 ? '' : percentDecode(part.slice(cut + 1).replaceAll('+', ' '), name);
    const values = result.get(name);
    if (values === undefined) result.set(name, [value]);
    else values.push(value);
  }
  return result;
}

/** Decodes `%XX` as UTF-8; bytes that came unescaped stand one per character. */
export function percentDecode(text: string, path: string): string {
  if (hasMalformedPercent(text)) throw malformed(path, 'valid percent-encoding');
  try {
    return decodeURIComponent(text.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`));
  } catch {
    throw malformed(path, 'percent-encoded UTF-8');
  }
}

/** The query of a structure's bound members; absent members and empty lists are left out. */
export function encodeQuery(shape: StructureShape, values: Record<string, unknown>, options: CodecOptions): string {
  const parts: string[] = [];
  const taken = new Set<string>();
  const add = (name: string, text: string): void => {
    parts.push(`${uriEncode(name)}=${uriEncode(text)}`);
  };
  for (const member of inOrder(membersOf(shape), values, options.side)) {
    if (member.binding?.location !== 'query') continue;
    const value = memberValue(member, values, options);
    if (value === undefined) continue;
    taken.add(member.wireName);
    if (member.shape.type !== 'list') {
      add(member.wireName, encodeText(member.shape, value, 'query', options, member.name));
      continue;
    }
    if (!Array.isArray(value)) throw misfit(member.name, 'a list', value);
    for (const item of value) {
      add(member.wireName, encodeText(member.shape.member, item, 'query', options, member.name));
    }
  }
  for (const member of membersOf(shape)) {
    if (member.binding?.location !== 'query-map') continue;
    const value = memberValue(member, values, options);
    if (value === undefined) continue;
    if (!isRecord(value)) throw misfit(member.name, 'an object', value);
    const item = (member.shape as MapShape).value;
    for (const [name, entry] of Object.entries(value)) {
      // A parameter of its own wins over an entry of the map.
      if (taken.has(name)) continue;
      const scalar = item.type === 'list' ? item.member : item;
      const entries: readonly unknown[] = item.type === 'list' && Array.isArray(entry) ? entry : [entry];
      for (const one of entries) add(name, encodeText(scalar, one, 'query', options, `${member.name}.${name}`));
    }
  }
  return parts.join('&');
}
