/** The gallery under /gallery: a page that lists all elements, and an example of each in the sandbox of task pages. */
import type { Exchange, Handler, Reply } from '../context.ts';
import { commonHeaders } from './docs-policy.ts';
import { createStaticFiles, plainReply, replyWithFile } from './static-files.ts';

export interface GallerySettings {
  /** Where the built pages are. */
  readonly folder: string;
  /** Whether there is to be one. */
  readonly isOn: boolean;
  /** The origins under which this server is reached. */
  readonly origins: (exchange: Exchange) => readonly string[];
  /** The headers of a task page, for a browser that came to this origin. */
  readonly frameHeaders: (origin: string) => Record<string, string>;
}

const switchedOff = 'The gallery of elements is switched off on this server; the setting "gallery" switches it on.';
const notBuilt = 'The gallery is not built here yet: "npm run build -- gallery" builds it; then load this page again.';
const examplesFolder = 'examples/';

/** Makes the handler of /gallery and /gallery/…. */
export function createGallery({ folder, isOn, origins, frameHeaders }: GallerySettings): Handler {
  const find = createStaticFiles(folder);

  function headersOf(exchange: Exchange, path: string): Record<string, string> {
    const own = origins(exchange);
    const { secure } = exchange;
    if (!path.startsWith(examplesFolder)) return { ...pageHeaders(own), ...commonHeaders({ origins: own, secure }) };
    // Where the host of the request is no plain one, the frame gets nothing of ours.
    return frameHeaders(own[0] ?? 'http://localhost');
  }

  return async (exchange): Promise<Reply> => {
    if (!isOn) return plainReply(404, switchedOff);
    if (exchange.method !== 'GET' && exchange.method !== 'HEAD')
      return plainReply(405, 'Method Not Allowed', { Allow: 'GET, HEAD' });
    if (exchange.rawPath === '/gallery') return { status: 302, headers: { Location: '/gallery/' } };
    const path = exchange.rawPath.slice('/gallery/'.length) || 'index.html';
    const file = await find(path.startsWith(examplesFolder) ? `${path}.html` : path);
    if (file) return replyWithFile(exchange, file, headersOf(exchange, path));
    if (!(await find('index.html'))) return plainReply(503, notBuilt, { 'Cache-Control': 'no-store' });
    return plainReply(404, 'There is no such page.');
  };
}

/** It shares its origin with the portal and the buckets, so it runs its own script and may not connect to anything. */
function pageHeaders(origins: readonly string[]): Record<string, string> {
  const at = (path: string): string => origins.map((origin) => `${origin}/gallery/${path}`).join(' ') || "'none'";
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      `script-src ${at('gallery.js')}`,
      `style-src ${at('gallery.css')}`,
      `frame-src ${at(examplesFolder)}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
  };
}
