/** Node, Deno and Bun: the shared files of the AWS tools, their own hash functions, connections that are kept open. */
import { builtin } from './builtin.ts';
import { configure } from './configuration.ts';
import { createHttpTransport } from './http-transport.ts';
import type { Platform } from './platform.ts';

export const platform: Platform = {
  hashing: {
    sha256Hex: (data) => builtin('node:crypto').createHash('sha256').update(data).digest('hex'),
    hmac: (key, text) => builtin('node:crypto').createHmac('sha256', key).update(text).digest(),
  },
  configure,
  createTransport: createHttpTransport,
};
