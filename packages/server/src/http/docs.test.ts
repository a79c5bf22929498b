import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Exchange, Handler, Reply } from '../context.ts';
import { createDocs } from './docs.ts';

const inline = "document.documentElement.classList.add('dark')";
const page = (text: string): string =>
  `<!doctype html><title>${text}</title><script id="x">${inline}</script><script type="module" src="/docs/assets/app.js"></script>` +
  `<p>${text}</p>`.repeat(100);
const files = {
  'index.html': page('start'),
  '404.html': page('no such page'),
  'concepts.html': page('concepts'),
  'my-index.html': page('my index'),
  'templates/index.html': page('templates'),
  'templates/elements.html': page('elements'),
  'examples/crowd-input.html': '<crowd-form></crowd-form>',
  'assets/app.A1b2C3d4.js': 'go()',
  'assets/chunks/@localSearchIndexroot.A1b2C3d4.js': 'index()',
  'icon.svg': '<svg/>',
  'hashmap.json': '{}',
  '.hidden': 'hidden',
};

let folder: string;
let docs: Handler;
let origins: string[];
let secure: boolean;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-docs-'));
  await writeFile(join(folder, 'secret.html'), 'secret');
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, 'built', name, '..'), { recursive: true });
    await writeFile(join(folder, 'built', name), content);
  }
  origins = ['http://localhost:7800'];
  secure = false;
  docs = createDocs({ folder: join(folder, 'built'), origins: () => origins });
});
afterEach(() => rm(folder, { recursive: true }));

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> {
  const [rawPath = '', rawQuery = ''] = path.split('?');
  const exchange: Pick<Exchange, 'method' | 'rawPath' | 'rawQuery' | 'secure' | 'header'> = {
    method,
    rawPath,
    rawQuery,
    secure,
    header: (name) => headers[name],
  };
  return docs(exchange as Exchange);
}

it.each([
  ['/docs/', 'start'],
  ['/docs/concepts', 'concepts'],
  ['/docs/my-index', 'my index'],
  ['/docs/templates/', 'templates'],
  ['/docs/templates/elements', 'elements'],
])('shows the page at %s', async (path, text) => {
  const reply = await ask(path);
  expect(reply).toMatchObject({
    status: 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Resource-Policy': 'same-origin',
    },
  });
  expect(String(reply.body)).toBe(page(text));
});

it.each([
  ['/docs', '/docs/'],
  ['/docs?from=portal', '/docs/?from=portal'],
  ['/docs/index', '/docs/'],
  ['/docs/index.html', '/docs/'],
  ['/docs/concepts.html', '/docs/concepts'],
  ['/docs/concepts.html?x=1', '/docs/concepts?x=1'],
  ['/docs/concepts/', '/docs/concepts'],
  ['/docs/templates', '/docs/templates/'],
  ['/docs/templates/index.html', '/docs/templates/'],
])('leads from %s to the clean address %s', async (path, location) => {
  expect(await ask(path)).toMatchObject({ status: 302, headers: { Location: location } });
});

it.each([
  '/docs/none',
  '/docs/none.html',
  '/docs/none/',
  '/docs/404',
  '/docs/404.html',
  '/docs/.hidden',
  '/docs/../secret',
  '/docs/../secret.html',
  '/docs/templates/../../secret',
  '/docs/..%2fsecret',
  '/docs/%2e%2e/secret',
  '/docs/..\\secret',
  '/docs//concepts',
  '/docs/concepts//',
  '/docs/concepts%00',
  '/docs//evil.example/',
])('answers its own 404 page at %s', async (path) => {
  const reply = await ask(path, { 'if-none-match': '*' });
  expect([reply.status, String(reply.body)]).toEqual([404, page('no such page')]);
  expect(reply.headers).toHaveProperty('Content-Security-Policy');
});

it.each(['/docs/assets/none.js', '/docs/assets/../../secret.html', '/docs/examples/none'])(
  'answers a word at %s, which no person asks for',
  async (path) => {
    expect(await ask(path)).toMatchObject({ status: 404, body: 'Not Found\n' });
  },
);

it('lets a page run its own scripts only, and reach nothing but its own list of pages', async () => {
  origins = ['http://localhost:7800', 'https://review.example.com'];
  const hash = createHash('sha256').update(inline).digest('base64');
  for (const path of ['/docs/', '/docs/none'])
    expect(String((await ask(path)).headers['Content-Security-Policy']).split('; ')).toEqual([
      "default-src 'none'",
      `script-src http://localhost:7800/docs/ https://review.example.com/docs/ 'sha256-${hash}'`,
      'style-src http://localhost:7800/docs/ https://review.example.com/docs/',
      'img-src http://localhost:7800/docs/ https://review.example.com/docs/ data:',
      'connect-src http://localhost:7800/docs/hashmap.json https://review.example.com/docs/hashmap.json',
      'frame-src http://localhost:7800/docs/examples/ https://review.example.com/docs/examples/',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
});

it('lets nothing run where the host of the request is no plain one', async () => {
  origins = [];
  expect((await ask('/docs/')).headers['Content-Security-Policy']).toMatch(/script-src 'none' 'sha256-/);
});

it('gives live examples a sandbox of their own', async () => {
  const { headers } = await ask('/docs/examples/crowd-input');
  expect(String(headers['Content-Security-Policy']).split('; ')).toEqual([
    'sandbox allow-scripts allow-forms',
    "default-src 'none'",
    "script-src 'unsafe-inline' http://localhost:7800/assets/",
    "style-src 'unsafe-inline' http://localhost:7800/assets/",
    'img-src http://localhost:7800/assets/ data: blob:',
    'connect-src http://localhost:7800/assets/ data: blob:',
    'worker-src blob: data:',
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ]);
  expect(headers).not.toHaveProperty('X-Frame-Options');
});

it('asks browsers to stay on https where they came by it', async () => {
  expect((await ask('/docs/')).headers).not.toHaveProperty('Strict-Transport-Security');
  secure = true;
  for (const path of ['/docs/', '/docs/examples/crowd-input'])
    expect((await ask(path)).headers).toHaveProperty('Strict-Transport-Security');
});

it.each([
  ['/docs/assets/app.A1b2C3d4.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  [
    '/docs/assets/chunks/@localSearchIndexroot.A1b2C3d4.js',
    'text/javascript; charset=utf-8',
    'public, max-age=31536000, immutable',
  ],
  ['/docs/icon.svg', 'image/svg+xml', 'no-cache'],
  ['/docs/hashmap.json', 'application/json; charset=utf-8', 'no-cache'],
])('serves %s as %s, kept as %s', async (path, type, caching) => {
  const { status, headers } = await ask(path);
  expect({ status, type: headers['Content-Type'], caching: headers['Cache-Control'] }).toEqual({
    status: 200,
    type,
    caching,
  });
});

it('compresses, answers 304 while a page is the same, and shows it anew when it is not', async () => {
  const reply = await ask('/docs/concepts', { 'accept-encoding': 'gzip, br' });
  expect(reply.headers).toMatchObject({ 'Content-Encoding': 'br', Vary: 'Accept-Encoding' });
  expect(String(brotliDecompressSync(reply.body as Buffer))).toBe(page('concepts'));
  const etag = String(reply.headers.ETag);
  const same = await ask('/docs/concepts', { 'if-none-match': etag });
  expect(same).toMatchObject({ status: 304, headers: { ETag: etag } });
  expect(same.headers).toHaveProperty('Content-Security-Policy');
  expect((await ask('/docs/templates/', { 'if-none-match': etag })).status).toBe(200);
});

it('answers HEAD as GET, and no other method', async () => {
  const { body: _, ...get } = await ask('/docs/concepts');
  expect(await ask('/docs/concepts', {}, 'HEAD')).toMatchObject(get);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
    expect(await ask('/docs/', {}, method)).toMatchObject({ status: 405, headers: { Allow: 'GET, HEAD' } });
});

it('says what to do while nothing is built, and shows it once it is', async () => {
  const later = createDocs({ folder: join(folder, 'later'), origins: () => origins });
  const exchange = { method: 'GET', rawPath: '/docs/concepts', rawQuery: '', header: () => undefined };
  const reply = await later(exchange as unknown as Exchange);
  expect(reply).toMatchObject({ status: 503, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
  expect(reply.body).toMatch(/^The documentation is not built here yet\. .*npm run build -- docs/);
  await mkdir(join(folder, 'later'));
  await writeFile(join(folder, 'later', 'concepts.html'), 'built');
  expect(await later(exchange as unknown as Exchange)).toMatchObject({ status: 200, body: Buffer.from('built') });
});
