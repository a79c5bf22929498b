/** Static files under /assets: from one folder, compressed once in memory, revalidated by ETag. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Exchange, Handler, Reply } from '../context.ts';

const types: { readonly [extension: string]: string } = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
const compressible = /^(text\/|application\/(json|wasm)|image\/(svg|x-icon))/;
/** Smaller files gain nothing. */
const leastCompressed = 1024;

type Encoding = 'br' | 'gzip' | 'identity';

interface Asset {
  readonly etag: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly mtimeMs: number;
  readonly encoded: Map<Encoding, Promise<Buffer>>;
}

/**
 * Makes the handler of /assets/….
 *
 * @param folder where the built files are; a file that changes is read anew.
 */
export function createAssets(folder: string): Handler {
  const assets = new Map<string, Promise<Asset>>();

  async function load(path: string): Promise<Asset | undefined> {
    const file = join(folder, path);
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const known = await assets.get(path);
    if (known?.mtimeMs === found.mtimeMs) return known;
    const asset = readFile(file).then((bytes) => assetOf(path, bytes, found.mtimeMs));
    asset.catch(() => assets.delete(path));
    assets.set(path, asset);
    return asset;
  }

  return async (exchange) => {
    if (exchange.method !== 'GET' && exchange.method !== 'HEAD')
      return plain(405, 'Method Not Allowed', { Allow: 'GET, HEAD' });
    const path = exchange.rawPath.slice('/assets/'.length);
    // Names of built files are plain; anything else (dots first, percent signs, backslashes) is none of them.
    const known = path.split('/').every((name) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(name));
    const asset = known ? await load(path) : undefined;
    return asset ? reply(exchange, path, asset) : plain(404, 'Not Found');
  };
}

async function reply(exchange: Exchange, path: string, asset: Asset): Promise<Reply> {
  const encoding = encodingFor(exchange.header('accept-encoding') ?? '', asset);
  const headers: Record<string, string> = {
    ETag: asset.etag,
    'Cache-Control': 'no-cache',
    Vary: 'Accept-Encoding',
    'X-Content-Type-Options': 'nosniff',
    ...sharing(path),
  };
  if (matches(exchange.header('if-none-match'), asset.etag)) return { status: 304, headers };
  headers['Content-Type'] = asset.type;
  if (encoding === 'identity') return { status: 200, headers, body: asset.bytes };
  return { status: 200, headers: { ...headers, 'Content-Encoding': encoding }, body: await encode(asset, encoding) };
}

/** The task frame has an opaque origin: what it uses is for everybody. The portal's own files are for the portal. */
const sharing = (path: string): Record<string, string> =>
  path.startsWith('portal/')
    ? { 'Cross-Origin-Resource-Policy': 'same-origin' }
    : { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' };

const assetOf = (path: string, bytes: Buffer, mtimeMs: number): Asset => ({
  // Weak: the same file travels in several encodings.
  etag: `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`,
  type: types[extname(path).toLowerCase()] ?? 'application/octet-stream',
  bytes,
  mtimeMs,
  encoded: new Map(),
});

function encodingFor(accepted: string, { type, bytes }: Asset): Encoding {
  if (bytes.length < leastCompressed || !compressible.test(type)) return 'identity';
  const wanted = accepted
    .toLowerCase()
    .split(',')
    .map((part) => part.trim().split(/\s*;\s*/))
    .filter(([, weight]) => !/^q=0(\.0*)?$/.test(weight ?? ''))
    .map(([name]) => name);
  if (wanted.includes('br')) return 'br';
  return wanted.includes('gzip') ? 'gzip' : 'identity';
}

function encode({ encoded, bytes }: Asset, encoding: 'br' | 'gzip'): Promise<Buffer> {
  let result = encoded.get(encoding);
  if (!result) {
    result =
      encoding === 'gzip'
        ? promisify(gzip)(bytes, { level: 9 })
        : // The highest quality takes seconds for a large bundle and gains little.
          promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 8 } });
    encoded.set(encoding, result);
  }
  return result;
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const strong = (tag: string): string => tag.trim().replace(/^W\//, '');
  return header.trim() === '*' || header.split(',').some((tag) => strong(tag) === strong(etag));
}

const plain = (status: number, text: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff', ...headers },
  body: `${text}\n`,
});
