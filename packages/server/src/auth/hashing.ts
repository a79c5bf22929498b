import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { Hashing } from '@holdpoint/protocol';

// Node turns the bytes of a key into a key object at every use, which takes six times as long as the rest (measured);
// signing keys are cached, so their key objects can be as well.
const keyObjects = new WeakMap<Uint8Array, KeyObject>();

function keyObject(key: Uint8Array): KeyObject {
  const known = keyObjects.get(key);
  if (known) return known;
  const made = createSecretKey(key);
  keyObjects.set(key, made);
  return made;
}

/** The hash functions that Signature Version 4 needs, from Node. */
export const hashing: Hashing = {
  sha256Hex: (data) => hash('sha256', data, 'hex'),
  hmac: (key, data) =>
    createHmac('sha256', typeof key === 'string' ? key : keyObject(key))
      .update(data)
      .digest(),
};

/** Whether two texts are equal, in a time that depends on their lengths only. */
export function equalInConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a, 'latin1');
  const right = Buffer.from(b, 'latin1');
  return left.length === right.length && timingSafeEqual(left, right);
}
