import { randomBytes, randomUUID } from 'node:crypto';

/** A time-ordered identifier (UUID version 7, RFC 9562), so that new rows land at the end of an index. */
export function newId(now: number): string {
  const time = now.toString(16).padStart(12, '0');
  // randomUUID draws its random bits in advance, many at a time; version 4 and 7 have them in the same places.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

/** A random identifier for requests and events (UUID version 4). */
export const newRequestId = (): string => randomUUID();

/** A secret that cannot be guessed: 256 random bits, base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
