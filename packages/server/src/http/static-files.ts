/** Built files from one folder: read once, compressed once in memory, revalidated by ETag. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Exchange, Reply } from '../context.ts';

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

export interface StaticFile {
  readonly etag: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly mtimeMs: number;
  readonly encoded: Map<Encoding, Promise<Buffer>>;
}

/** Finds the file at a path below the folder, such as `portal/app.js`; undefined when there is none. */
export type FindFile = (path: string) => Promise<StaticFile | undefined>;

/** @param folder where the built files are; a file that changes is read anew. */
export function createStaticFiles(folder: string): FindFile {
  const files = new Map<string, Promise<StaticFile>>();

  return async (path) => {
    // Names of built files are plain; anything else (dots first, percent signs, backslashes) is none of them.
    if (!path.split('/').every((name) => /^[A-Za-z0-9_@-][A-Za-z0-9._@-]*$/.test(name))) return undefined;
    const place = join(folder, path);
    const found = await stat(place).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const known = await files.get(path);
    if (known?.mtimeMs === found.mtimeMs) return known;
    const file = readFile(place).then((bytes) => fileOf(path, bytes, found.mtimeMs));
    file.catch(() => files.delete(path));
    files.set(path, file);
    return file;
  };
}

/** The file as a reply: 304 where the client has it already. */
export async function replyWithFile(
  exchange: Exchange,
  file: StaticFile,
  headers: Readonly<Record<string, string>>,
): Promise<Reply> {
  if (!matches(exchange.header('if-none-match'), file.etag)) return sendFile(exchange, file, headers);
  return { status: 304, headers: { ...fileHeaders(file), ...headers } };
}

/** The file, compressed as the client accepts it. */
export async function sendFile(
  exchange: Exchange,
  file: StaticFile,
  more: Readonly<Record<string, string>>,
): Promise<Reply> {
  const encoding = encodingFor(exchange.header('accept-encoding') ?? '', file);
  const headers = { ...fileHeaders(file), ...more, 'Content-Type': file.type };
  if (encoding === 'identity') return { status: 200, headers, body: file.bytes };
  return { status: 200, headers: { ...headers, 'Content-Encoding': encoding }, body: await encode(file, encoding) };
}

const fileHeaders = ({ etag }: StaticFile): Record<string, string> => ({
  ETag: etag,
  'Cache-Control': 'no-cache',
  Vary: 'Accept-Encoding',
  'X-Content-Type-Options': 'nosniff',
});

/** One sentence of text. */
export const plainReply = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff', ...headers },
  body: `${text}\n`,
});

const fileOf = (path: string, bytes: Buffer, mtimeMs: number): StaticFile => ({
  // Weak: the same file travels in several encodings.
  etag: `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`,
  type: types[extname(path).toLowerCase()] ?? 'application/octet-stream',
  bytes,
  mtimeMs,
  encoded: new Map(),
});

function encodingFor(accepted: string, { type, bytes }: StaticFile): Encoding {
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

function encode({ encoded, bytes }: StaticFile, encoding: 'br' | 'gzip'): Promise<Buffer> {
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
