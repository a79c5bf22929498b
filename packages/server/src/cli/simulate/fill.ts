import type { Json, JsonObject } from '@holdpoint/protocol';
import { valueAt } from './value-at.ts';

/** What an answer asks for and the input lacks. */
export class MissingInput extends Error {
  constructor(path: string) {
    super(`the input has no ${path}`);
  }
}

const place = /\{\{\s*input(?:\.((?:\\.|[^\s{}\\])+))?\s*\}\}/g;

/**
 * An answer with values of the input in its texts. A text that is one `{{ input.path }}` and nothing else becomes the value
 * itself, whatever its type; within other text a value is written as text.
 *
 * @throws MissingInput
 */
export function fill(content: JsonObject, input: Json): JsonObject {
  return filled(content, input) as JsonObject;
}

function filled(value: Json, input: Json): Json {
  if (typeof value === 'string') return filledText(value, input);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => filled(item, input));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item as Json, input)]));
}

function filledText(text: string, input: Json): Json {
  const [only] = text.matchAll(place);
  if (only?.[0] === text) return inputAt(input, only[1]);
  return text.replace(place, (_all, path: string | undefined) => {
    const value = inputAt(input, path);
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

function inputAt(input: Json, path: string | undefined): Json {
  const value = path === undefined ? input : valueAt(input, path);
  if (value === undefined) throw new MissingInput(path ?? '');
  return value;
}
