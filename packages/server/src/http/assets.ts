/** What the portal and task pages load: the built files under /assets. */
import type { Handler } from '../context.ts';
import { createStaticFiles, plainReply, replyWithFile } from './static-files.ts';

/**
 * Makes the handler of /assets/….
 *
 * @param folder where the built files are; a file that changes is read anew.
 */
export function createAssets(folder: string): Handler {
  const find = createStaticFiles(folder);
  return async (exchange) => {
    if (exchange.method !== 'GET' && exchange.method !== 'HEAD')
      return plainReply(405, 'Method Not Allowed', { Allow: 'GET, HEAD' });
    const path = exchange.rawPath.slice('/assets/'.length);
    const file = await find(path);
    if (!file) return plainReply(404, 'Not Found');
    return replyWithFile(exchange, file, {
      ...sharing(path),
      ...(path === 'portal/sw.js' && serviceWorker),
      ...(isHashed(path) && forever),
    });
  };
}

/** Their names change with their contents. */
const isHashed = (path: string): boolean => /^(tools|portal\/chunks)\/[a-z-]+-[\w-]{8}\.js$/.test(path);
const forever = { 'Cache-Control': 'public, max-age=31536000, immutable' };

/** It shows push messages, for the portal's paths and no others. */
const serviceWorker = {
  'Service-Worker-Allowed': '/portal',
  'Content-Security-Policy': "default-src 'none'; img-src 'self'",
};

/** The task frame has an opaque origin: what it uses is for everybody. The portal's own files are for the portal. */
const sharing = (path: string): Record<string, string> =>
  path.startsWith('portal/')
    ? { 'Cross-Origin-Resource-Policy': 'same-origin' }
    : { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' };
