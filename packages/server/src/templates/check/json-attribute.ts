import JSON5 from 'json5';

/**
 * Reads the value of an attribute that holds JSON as the elements in the browser do (packages/elements,
 * internal/json-attribute.ts): strict JSON, JSON5, and JSON5 with quotes around bare URLs.
 */
export function parseJsonAttribute(text: string): { readonly value: unknown } | { readonly error: string } {
  if (text.trim() === '') return { value: undefined };
  let error = '';
  for (const [parse, source] of [
    [JSON.parse, text],
    [JSON5.parse, text],
    [JSON5.parse, quoteBareUrls(text)],
  ] as const) {
    try {
      return { value: parse(source) as unknown };
    } catch (reason) {
      error = (reason as Error).message;
    }
  }
  return { error };
}

function quoteBareUrls(text: string): string {
  return text.replace(
    /(["']?src["']?\s*:\s*)((?:https?|s3):\/\/[^\s"',}]+)/g,
    (_all, key: string, url: string) => `${key}${JSON.stringify(url)}`,
  );
}
