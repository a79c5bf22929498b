import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { Hashing } from '@holdpoint/protocol';

/** The hash functions that Signature Version 4 needs, from Node. */
export const hashing: Hashing = {
  sha256Hex: (data) => hash('sha256', data, 'hex'),
  hmac: (key, data) => createHmac('sha256', key).update(data).digest(),
};

/** Whether two texts are equal, in a time that depends on their lengths only. */
export function equalInConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a, 'latin1');
  const right = Buffer.from(b, 'latin1');
  return left.length === right.length && timingSafeEqual(left, right);
}
