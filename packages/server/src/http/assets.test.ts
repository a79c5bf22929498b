import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Exchange, Handler, Reply } from '../context.ts';
import { createAssets } from './assets.ts';

const script = `console.log('${'a'.repeat(2000)}');\n`;
let folder: string;
let assets: Handler;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-assets-'));
  await mkdir(join(folder, 'built', 'portal'), { recursive: true });
  await writeFile(join(folder, 'secret.js'), 'secret');
  await writeFile(join(folder, 'built', '.hidden'), 'hidden');
  await writeFile(join(folder, 'built', 'crowd-html-elements.js'), script);
  await writeFile(join(folder, 'built', 'portal', 'app.js'), script);
  await mkdir(join(folder, 'built', 'tools'));
  await writeFile(join(folder, 'built', 'tools', 'crowd-line-Bvq1PyoY.js'), script);
  await writeFile(join(folder, 'built', 'tools', 'crowd-line.js'), script);
  await writeFile(join(folder, 'built', 'pixel.png'), Buffer.alloc(3000));
  assets = createAssets(join(folder, 'built'));
});
afterEach(() => rm(folder, { recursive: true }));

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> {
  const exchange: Pick<Exchange, 'method' | 'rawPath' | 'header'> = {
    method,
    rawPath: path,
    header: (name) => headers[name],
  };
  return assets(exchange as Exchange);
}

it.each([
  ['br, gzip', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
  ['br;q=0, gzip', 'gzip', gunzipSync],
  ['', undefined, (body: Uint8Array) => body],
] as const)('serves a script to a client that accepts "%s" as %s', async (accepted, encoding, decode) => {
  const reply = await ask('/assets/crowd-html-elements.js', { 'accept-encoding': accepted });
  expect(reply.headers['Content-Encoding']).toBe(encoding);
  expect(reply.headers).toMatchObject({
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': 'no-cache',
    'Access-Control-Allow-Origin': '*',
    'X-Content-Type-Options': 'nosniff',
    Vary: 'Accept-Encoding',
  });
  expect(Buffer.from(decode(reply.body as Buffer)).toString()).toBe(script);
});

it('keeps the files of the portal to the portal', async () => {
  const { headers } = await ask('/assets/portal/app.js');
  expect(headers).not.toHaveProperty('Access-Control-Allow-Origin');
});

it('lets a tool be kept for ever by its hashed name only', async () => {
  const hashed = await ask('/assets/tools/crowd-line-Bvq1PyoY.js');
  expect(hashed.headers).toMatchObject({
    'Cache-Control': 'public, max-age=31536000, immutable',
    'Access-Control-Allow-Origin': '*',
  });
  const { headers } = await ask('/assets/tools/crowd-line.js');
  expect(headers['Cache-Control']).toBe('no-cache');
});

it('does not compress what is compressed', async () => {
  const { headers } = await ask('/assets/pixel.png', { 'accept-encoding': 'br' });
  expect(headers['Content-Type']).toBe('image/png');
  expect(headers).not.toHaveProperty('Content-Encoding');
});

it('answers 304 while the file is the same, and reads it anew when it is not', async () => {
  const path = '/assets/crowd-html-elements.js';
  const etag = String((await ask(path)).headers.ETag);
  for (const given of [etag, `"x", ${etag.slice(2)}`, '*'])
    expect(await ask(path, { 'if-none-match': given })).toMatchObject({ status: 304, headers: { ETag: etag } });
  const file = join(folder, 'built', 'crowd-html-elements.js');
  await writeFile(file, 'new');
  await utimes(file, 1, 1);
  const reply = await ask(path, { 'if-none-match': etag });
  expect([reply.status, String(reply.body)]).toEqual([200, 'new']);
});

it.each([
  '/assets/',
  '/assets/none.js',
  '/assets/portal',
  '/assets/.hidden',
  '/assets/../secret.js',
  '/assets/portal/../../secret.js',
  '/assets/..%2fsecret.js',
  '/assets/%2e%2e/secret.js',
  '/assets/..\\secret.js',
  '/assets//portal/app.js',
  '/assets/portal/app.js%00',
])('has nothing at %s', async (path) => {
  expect((await ask(path)).status).toBe(404);
});

it('takes no other methods', async () => {
  expect(await ask('/assets/portal/app.js', {}, 'POST')).toMatchObject({
    status: 405,
    headers: { Allow: 'GET, HEAD' },
  });
});
