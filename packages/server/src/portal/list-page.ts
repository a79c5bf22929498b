/** What the portal's lists have in common: how many are asked for, and where the next page begins. */
import { Refusal } from '../domain/refusal.ts';

const mostOfPage = 100;

/** The query's `limit`. @throws Refusal `bad-request` unless it is from 1 to 100 */
export function limitOf(text: string | null, otherwise: number): number {
  if (text === null || text === '') return otherwise;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > mostOfPage)
    throw new Refusal('bad-request', `'limit' must be a number from 1 to ${mostOfPage}.`);
  return limit;
}

export const cursorOf = (...place: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

/**
 * The place that a cursor stands for, undefined for the first page.
 *
 * @param read makes it of what the cursor was made of; undefined when that is none of this list
 * @throws Refusal `bad-request`
 */
export function placeOf<Place>(
  cursor: string | null,
  read: (parts: readonly unknown[]) => Place | undefined,
): Place | undefined {
  if (cursor === null || cursor === '') return undefined;
  let place: Place | undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    place = Array.isArray(value) ? read(value) : undefined;
  } catch {
    // Falls through to the one refusal below.
  }
  if (place === undefined) throw new Refusal('bad-request', "'cursor' is none that this list gave out.");
  return place;
}
