/** The documentation under /docs: static pages by clean addresses, with policies of their own. */
import type { Exchange, Handler, Reply } from '../context.ts';
import { docsExampleHeaders, docsPageHeaders, examplesFolder } from './docs-policy.ts';
import {
  createStaticFiles,
  type FindFile,
  plainReply,
  replyWithFile,
  type StaticFile,
  sendFile,
} from './static-files.ts';

export interface DocsSettings {
  /** Where the built pages are; they may be built, and built anew, while the server runs. */
  readonly folder: string;
  /** The origins under which this server is reached. */
  readonly origins: (exchange: Exchange) => readonly string[];
}

const notBuilt =
  'The documentation is not built here yet. "npm run up" builds it in the background, ' +
  '"npm run build -- docs" right now; then load this page again.';
/** Names with a hash of their content never change. */
const hashed = /^assets\/.+\.[A-Za-z0-9_-]{8,}(\.lean)?\.[a-z0-9]+$/;
const readOnly = { Allow: 'GET, HEAD' };

/** Makes the handler of /docs and /docs/…. */
export function createDocs({ folder, origins }: DocsSettings): Handler {
  const find = createStaticFiles(folder);

  function headersOf(exchange: Exchange, path: string, file: StaticFile): Record<string, string> {
    if (!file.type.startsWith('text/html')) return fileHeaders(path);
    const policy = { origins: origins(exchange), secure: exchange.secure };
    return path.startsWith(examplesFolder) ? docsExampleHeaders(policy) : docsPageHeaders(String(file.bytes), policy);
  }

  async function notFound(exchange: Exchange, path: string): Promise<Reply> {
    // What a page loads needs no page to say that it is not there.
    if (path.startsWith('assets/') || path.startsWith(examplesFolder)) return plainReply(404, 'Not Found');
    if (!(await find('index.html'))) return plainReply(503, notBuilt, { 'Cache-Control': 'no-store' });
    const page = await find('404.html');
    if (!page) return plainReply(404, 'There is no such page.');
    return { ...(await sendFile(exchange, page, headersOf(exchange, path, page))), status: 404 };
  }

  return async (exchange) => {
    if (exchange.method !== 'GET' && exchange.method !== 'HEAD') return plainReply(405, 'Method Not Allowed', readOnly);
    if (exchange.rawPath === '/docs') return redirect(exchange, '');
    const path = exchange.rawPath.slice('/docs/'.length);
    const place = await locate(find, path);
    if (place === undefined) return notFound(exchange, path);
    if (typeof place === 'string') return redirect(exchange, place);
    return replyWithFile(exchange, place, headersOf(exchange, path, place));
  };
}

/** The file at an address, or the path of the clean address that should have been asked for. */
async function locate(find: FindFile, path: string): Promise<StaticFile | string | undefined> {
  if (path === '404' || path === '404.html') return undefined;
  if (path === '' || path.endsWith('/')) {
    const page = await find(`${path}index.html`);
    if (page) return page;
    const name = path.slice(0, -1);
    return (await find(`${name}.html`)) && name;
  }
  if (path.endsWith('.html')) return (await find(path)) && path.replace(/(^|\/)index\.html$|\.html$/, '$1');
  const file = (await find(path)) ?? (await find(`${path}.html`));
  if (file) return /(^|\/)index$/.test(path) ? path.slice(0, -'index'.length) : file;
  return (await find(`${path}/index.html`)) && `${path}/`;
}

const redirect = ({ rawQuery }: Exchange, path: string): Reply => ({
  status: 302,
  headers: { Location: `/docs/${path}${rawQuery === '' ? '' : `?${rawQuery}`}`, 'Cache-Control': 'no-cache' },
});

const fileHeaders = (path: string): Record<string, string> => ({
  'Cross-Origin-Resource-Policy': 'same-origin',
  ...(hashed.test(path) ? { 'Cache-Control': 'public, max-age=31536000, immutable' } : {}),
});
