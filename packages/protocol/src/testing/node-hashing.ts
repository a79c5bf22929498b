import { createHash, createHmac } from 'node:crypto';
import type { Hashing } from '../sigv4/hashing.ts';

/** The hash functions of Node. */
export const nodeHashing: Hashing = {
  sha256Hex: (data) => createHash('sha256').update(data).digest('hex'),
  hmac: (key, data) => createHmac('sha256', key).update(data).digest(),
};
