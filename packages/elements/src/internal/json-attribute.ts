// Values of attributes that hold JSON. Nearly all templates write them with single quotes, bare keys or trailing commas,
// so strict JSON comes first, then JSON5, then one repair.
import parseJson5 from 'json5/lib/parse.js';

type JsonAttribute = { readonly value: unknown; readonly error?: undefined } | { readonly error: string };

/** Reads the text of an attribute; never throws. An empty text is `undefined`. */
export function parseJsonAttribute(text: string): JsonAttribute {
  if (text.trim() === '') return { value: undefined };
  let error = '';
  for (const [parse, source] of [
    [JSON.parse, text],
    [parseJson5, text],
    [parseJson5, quoteBareUrls(text)],
  ] as const) {
    try {
      return { value: parse(source) as unknown };
    } catch (reason) {
      error ||= reason instanceof Error ? reason.message : String(reason);
    }
  }
  return { error };
}

/** `{ src: https://host/a.png }`: a template that forgot the quotes around a value that Liquid fills in. */
function quoteBareUrls(text: string): string {
  return text.replace(
    /(["']?src["']?\s*:\s*)((?:https?|s3):\/\/[^\s"',}]+)/g,
    (_all, key: string, url: string) => `${key}${JSON.stringify(url)}`,
  );
}
