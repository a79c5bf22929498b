/** Reads what a portal request brings: its JSON body, ids in its path, numbers in its query. */
import type { Exchange } from '../context.ts';
import { Refusal } from '../domain/refusal.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Limit of bodies that are no answers (bytes). */
export const smallBody = 64 * 1024;

/** @throws Refusal `bad-request` unless the body is a JSON object. */
export async function readJson(exchange: Exchange, limit: number): Promise<JsonObject> {
  const bytes = await exchange.readBody(limit);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal('bad-request', 'The request is not valid JSON.');
  }
  if (!isObject(value)) throw new Refusal('bad-request', 'The request must be a JSON object.');
  return value;
}

/** A text member; @throws Refusal `bad-request` when it is missing, no text or longer than `max` UTF-16 units. */
export function textOf(body: JsonObject, name: string, max: number): string {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  if (typeof value !== 'string') throw new Refusal('bad-request', `'${name}' must be a text.`);
  if (value.length > max) throw new Refusal('bad-request', `'${name}' must have at most ${max} characters.`);
  return value;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
