import type { Json } from '@holdpoint/protocol';

/**
 * The value at a dotted path, such as `fields.0.value`; a dot within a name is written `\.`. Undefined where there is none.
 */
export function valueAt(value: Json, path: string): Json | undefined {
  let current: Json | undefined = value;
  for (const name of namesOf(path)) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) return undefined;
    current = (current as Readonly<Record<string, Json>>)[name];
  }
  return current;
}

const namesOf = (path: string): string[] =>
  (path.match(/(?:\\.|[^.\\])+/g) ?? []).map((name) => name.replace(/\\(.)/g, '$1'));
