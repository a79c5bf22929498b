/** Browsers, workers and every runtime without files: WebCrypto and fetch, and nothing to read settings from. */
import { createFetchTransport } from '../fetch-transport.ts';
import type { RuntimeHashing } from '../sign.ts';
import type { Platform } from './platform.ts';

const bytes = (data: string | Uint8Array): Uint8Array<ArrayBuffer> =>
  typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data);

/** The same array of bytes is imported once: a signing key serves a whole day. */
type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
const imported = new WeakMap<Uint8Array, Promise<Key>>();

function importKey(key: Uint8Array): Promise<Key> {
  const known = imported.get(key);
  if (known !== undefined) return known;
  const made = crypto.subtle.importKey('raw', bytes(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  imported.set(key, made);
  return made;
}

const hashing: RuntimeHashing = {
  async sha256Hex(data) {
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes(data)));
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  },
  hmac: async (key, text) => new Uint8Array(await crypto.subtle.sign('HMAC', await importKey(key), bytes(text))),
};

export const platform: Platform = {
  hashing,
  configure: () => ({}),
  createTransport: ({ connectTimeoutMs, readTimeoutMs }) =>
    createFetchTransport({ timeoutMs: connectTimeoutMs + readTimeoutMs }),
};
