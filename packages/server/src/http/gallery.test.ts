import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Exchange, Handler, Reply } from '../context.ts';
import { createGallery } from './gallery.ts';

const files = {
  'index.html': '<!doctype html><title>Gallery</title>',
  'gallery.js': 'show()',
  'gallery.css': 'body {}',
  'examples/crowd-input.html': '<crowd-form></crowd-form>',
};

let folder: string;
let gallery: Handler;

const open = (built: string, isOn = true): Handler =>
  createGallery({
    folder: join(folder, built),
    isOn,
    origins: () => ['http://localhost:7800', 'https://review.example.com'],
    frameHeaders: (origin) => ({ 'Content-Security-Policy': `sandbox; of ${origin}` }),
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-gallery-'));
  await writeFile(join(folder, 'secret.html'), 'secret');
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, 'built', name, '..'), { recursive: true });
    await writeFile(join(folder, 'built', name), content);
  }
  gallery = open('built');
});
afterEach(() => rm(folder, { recursive: true }));

function ask(rawPath: string, handler = gallery, method = 'GET'): Promise<Reply> {
  const exchange: Pick<Exchange, 'method' | 'rawPath' | 'rawQuery' | 'secure' | 'header'> = {
    method,
    rawPath,
    rawQuery: '',
    secure: false,
    header: () => undefined,
  };
  return handler(exchange as Exchange);
}

it('shows its page, which runs its own script only and frames examples only', async () => {
  const { status, headers, body } = await ask('/gallery/');
  expect([status, String(body)]).toEqual([200, files['index.html']]);
  expect(String(headers['Content-Security-Policy']).split('; ')).toEqual([
    "default-src 'none'",
    'script-src http://localhost:7800/gallery/gallery.js https://review.example.com/gallery/gallery.js',
    'style-src http://localhost:7800/gallery/gallery.css https://review.example.com/gallery/gallery.css',
    'frame-src http://localhost:7800/gallery/examples/ https://review.example.com/gallery/examples/',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]);
  expect(headers).toMatchObject({ 'X-Frame-Options': 'DENY', 'X-Content-Type-Options': 'nosniff' });
});

it('gives an example the headers of a task page, and lets it be framed', async () => {
  const { status, headers, body } = await ask('/gallery/examples/crowd-input');
  expect([status, String(body)]).toEqual([200, files['examples/crowd-input.html']]);
  expect(headers['Content-Security-Policy']).toBe('sandbox; of http://localhost:7800');
  expect(headers).not.toHaveProperty('X-Frame-Options');
});

it('leads to its page from the address without a slash', async () => {
  expect(await ask('/gallery')).toMatchObject({ status: 302, headers: { Location: '/gallery/' } });
});

it.each([
  '/gallery/none',
  '/gallery/examples/',
  '/gallery/examples/none',
  '/gallery/../secret.html',
  '/gallery/examples/../../secret',
])('has nothing at %s', async (path) => {
  expect(await ask(path)).toMatchObject({ status: 404, body: 'There is no such page.\n' });
});

it.each(['/gallery', '/gallery/', '/gallery/gallery.js', '/gallery/examples/crowd-input'])(
  'says at %s that it is switched off where it is',
  async (path) => {
    const reply = await ask(path, open('built', false));
    expect(reply.status).toBe(404);
    expect(reply.body).toMatch(/switched off on this server; the setting "gallery"/);
  },
);

it('says what to do while nothing is built', async () => {
  const reply = await ask('/gallery/', open('later'));
  expect(reply).toMatchObject({ status: 503, headers: { 'Cache-Control': 'no-store' } });
  expect(reply.body).toMatch(/npm run build -- gallery/);
});

it('answers HEAD as GET, and no other method', async () => {
  expect((await ask('/gallery/', gallery, 'HEAD')).status).toBe(200);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
    expect(await ask('/gallery/', gallery, method)).toMatchObject({ status: 405, headers: { Allow: 'GET, HEAD' } });
});
