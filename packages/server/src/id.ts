import { randomBytes, randomUUID } from 'node:crypto';

/** A time-ordered identifier (UUID version 7, RFC 9562), so that new rows land at the end of an index. */
export function newId(now: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A random identifier for requests and events (UUID version 4). */
export const newRequestId = (): string => randomUUID();

/** A secret that cannot be guessed: 256 random bits, base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
