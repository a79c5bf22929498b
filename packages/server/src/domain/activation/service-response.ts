import { isRecord } from '@holdpoint/protocol';

/**
 * The response of the service in what is evaluated: the response itself, or the input content of a loop that a service
 * started, whose `aiServiceResponse` begins its names with small letters (a2i.md 4.4).
 */
export const serviceResponseOf = (value: unknown): unknown =>
  isRecord(value) && Object.hasOwn(value, 'aiServiceResponse') ? capitalized(value.aiServiceResponse) : value;

function capitalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitalized);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name.charAt(0).toUpperCase() + name.slice(1), capitalized(member)]),
  );
}
