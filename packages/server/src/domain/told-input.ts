import type { Shape, StructureShape } from '@holdpoint/protocol';

/** Longer texts are told by their length: templates, whole policies. */
const mostText = 200;
const mostItems = 20;
const addresses: ReadonlySet<string> = new Set(['Url', 'QueueUrl', 'Endpoint']);

/**
 * What the activity log tells of a call's input: what was asked, without secrets, contents under review and long texts.
 * Of addresses of event targets only the host: their paths and queries often are the secret.
 */
export function toldInput(shape: StructureShape, input: unknown): Readonly<Record<string, unknown>> | null {
  const told = tellStructure(shape, input);
  return Object.keys(told).length > 0 ? told : null;
}

function tellStructure(shape: StructureShape, value: unknown): Record<string, unknown> {
  const told: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members)) {
    const given = (value as Record<string, unknown>)[name];
    const text = given === undefined || given === null ? undefined : tell(member, given, name);
    if (text !== undefined) told[name] = text;
  }
  return told;
}

function tell(shape: Shape, value: unknown, name: string): unknown {
  if ('sensitive' in shape && shape.sensitive) return undefined;
  switch (shape.type) {
    case 'structure': {
      const told = tellStructure(shape, value);
      return Object.keys(told).length > 0 ? told : undefined;
    }
    case 'list': {
      const items = value as readonly unknown[];
      const told = items.slice(0, mostItems).map((item) => tell(shape.member, item, name));
      return items.length > mostItems ? [...told, `… and ${items.length - mostItems} more`] : told;
    }
    case 'map':
      return Object.fromEntries(
        Object.entries(value as Record<string, unknown>)
          .slice(0, mostItems)
          .map(([key, item]) => [key, tell(shape.value, item, key)]),
      );
    case 'string':
      return tellText(String(value), name);
    case 'blob':
      return undefined;
    default:
      return value;
  }
}

function tellText(text: string, name: string): string {
  if (addresses.has(name)) return URL.parse(text)?.origin ?? '…';
  return text.length > mostText ? `… (${text.length} characters)` : text;
}
