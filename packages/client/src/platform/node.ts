/** Node, Deno and Bun: the shared files of the AWS tools, their own hash functions, connections that are kept open. */
import type { KeyObject } from 'node:crypto';
import { builtin } from './builtin.ts';
import { configure } from './configuration.ts';
import { createHttpTransport } from './http-transport.ts';
import type { Platform } from './platform.ts';

/** Node makes a key object of bytes at each use, which takes ten times as long as the HMAC itself. */
const keyObjects = new WeakMap<Uint8Array, KeyObject>();

function keyObject(key: Uint8Array): KeyObject {
  let known = keyObjects.get(key);
  if (known === undefined) {
    known = builtin('node:crypto').createSecretKey(key);
    keyObjects.set(key, known);
  }
  return known;
}

export const platform: Platform = {
  hashing: {
    sha256Hex: (data) => builtin('node:crypto').createHash('sha256').update(data).digest('hex'),
    hmac: (key, text) => builtin('node:crypto').createHmac('sha256', keyObject(key)).update(text).digest(),
  },
  configure,
  createTransport: createHttpTransport,
};
