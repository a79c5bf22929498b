/** The members of a JSON value by their dotted paths, those of nested objects too. */
import type { Json } from '@holdpoint/protocol';

/**
 * Each value that is no object, with its path: `{ a: { b: 1 } }` has `a.b`. A dot in a name is written `\.`. Lists and empty
 * objects are values as they are: what an answer holds must not decide how many columns a table has.
 */
export function flatten(value: Json, path = ''): (readonly [path: string, value: Json])[] {
  const found: (readonly [string, Json])[] = [];
  // A stack of its own: an answer may be nested deeper than calls can be.
  const left: (readonly [string, Json])[] = [[path, value]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [at, item] = next;
    const members = typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.entries(item) : [];
    if (members.length === 0) found.push(next);
    for (const [name, member] of members.reverse()) left.push([joined(at, name), member as Json]);
  }
  return found;
}

const joined = (path: string, name: string): string => {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll('.', '\\.');
  return path === '' ? escaped : `${path}.${escaped}`;
};

/** A value as text: strings as they are, everything else as JSON. */
export const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
