import { randomBytes, randomUUID } from 'node:crypto';

let lastTime = 0;
let sequence = 0;

/**
 * A time-ordered identifier (UUID version 7, RFC 9562), so that new rows land at the end of an index and rows of one
 * millisecond stay in the order in which this process made them (up to 4096 of them).
 */
export function newId(now: number): string {
  sequence = now === lastTime ? (sequence + 1) & 0xfff : 0;
  lastTime = now;
  const time = now.toString(16).padStart(12, '0');
  const place = sequence.toString(16).padStart(3, '0');
  // randomUUID draws its random bits in advance, many at a time; version 4 and 7 have them in the same places.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${place}-${randomUUID().slice(19)}`;
}

/** A random identifier for requests and events (UUID version 4). */
export const newRequestId = (): string => randomUUID();

/** A secret that cannot be guessed: 256 random bits, base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
