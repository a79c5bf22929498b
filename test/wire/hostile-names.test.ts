// Objects and buckets whose names mean something to a file system, to XML, to HTTP or to JavaScript.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { uriEncode } from '@holdpoint/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostileRequest } from '../testing/hostile-client.ts';
import { errorsIn, type HostileServer, startHostileServer } from '../testing/hostile-server.ts';
import type { RawAnswer } from '../testing/raw-http.ts';

const escaped = `escape-${randomUUID()}`;

const keys = [
  '..',
  '.',
  `../${escaped}`,
  `../../../../${escaped}`,
  `/${escaped}`,
  `a/../../${escaped}`,
  'a/./b',
  'a//b',
  '/',
  '//',
  'a/',
  '...',
  '.hidden',
  `..\\..\\${escaped}`,
  `C:\\${escaped}`,
  `\\\\host\\${escaped}`,
  `%2e%2e/${escaped}`,
  '%2F',
  '%00',
  '%',
  'con',
  'CON',
  'aux.txt',
  'nul',
  'com1',
  'lpt9.log',
  'dot.',
  'space ',
  ' space',
  'a=',
  'a~',
  'a!',
  'A',
  'a',
  '~',
  '-rf',
  '*',
  '?x=y',
  'a?b#c',
  'a+b',
  'a&b=c',
  '<a href="x">&\'',
  ']]>',
  '__proto__',
  'constructor',
  'a\0b',
  '\x01',
  '\x1b[31m',
  '\t',
  'a\nb',
  '\r\nX-Injected: 1',
  '\x7f',
  '\x85',
  '\u2028',
  '\u202egnp.exe',
  '\ufeff',
  '\ufffd',
  'é',
  'e\u0301',
  'İ',
  '\u{1f600}',
  'x'.repeat(1024),
  '/'.repeat(1024),
  `${'d/'.repeat(511)}xx`,
  '.'.repeat(1024),
  'É'.repeat(512),
  '\u{1f600}'.repeat(256),
  '\x01'.repeat(1024),
]; // prettier-ignore

const refusedKeys = ['x'.repeat(1025), 'é'.repeat(513)];

const buckets = [
  '..',
  '.',
  '...',
  '%2e%2e',
  `..%2f${escaped}`,
  'aws',
  'con',
  'nul',
  'UPPER',
  'ab',
  'a'.repeat(64),
  'a..b',
  '-ab',
  'ab-',
  'a_b',
  '192.168.0.1',
  'xn--bucket',
  '__proto__',
  'constructor',
  'tostring',
  'holdpoint.db',
  'a%00b',
  'a%0ab',
  '%ff',
  '%',
  '%F0%9F%98%80',
  'a%20b',
  'assets',
  'portal',
  'human-loops',
  'healthz',
]; // prettier-ignore

let server: HostileServer;
let outside: string[];

beforeAll(async () => {
  server = await startHostileServer();
  outside = await filesOutside();
});
afterAll(() => server?.close());

/** Every path of the data directory but the objects. */
async function filesOutside(): Promise<string[]> {
  const entries = await readdir(server.data, { recursive: true });
  return entries.filter((path) => path !== 'objects' && !path.startsWith('objects/')).sort();
}

function s3(method: string, path: string, more: Partial<HostileRequest> = {}): Promise<RawAnswer> {
  const request = { method, path, ...more };
  return server.send(request, server.sign(request, { service: 's3' }));
}

const pathOf = (key: string): string => `/holdpoint/${uriEncode(key, true)}`;

/** An answer that an S3 client can read: no failure of ours, and nothing that XML cannot hold. */
function expectReadable({ status, headers, body }: RawAnswer): void {
  // S3's word for what is not offered is 501.
  expect([500, 502, 503, 504]).not.toContain(status);
  expect(headers['x-amz-request-id']).toBeTruthy();
  expect(headers).not.toHaveProperty('x-injected');
  if (!headers['content-type']?.includes('xml') || body === '') return;
  expect(body).toMatch(/^<\?xml/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(body).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/);
  expect(body.replace(/<[^<>]*>/g, '').replace(/&(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);/g, '')).not.toMatch(
    /[<&]/,
  );
}

describe('objects', () => {
  it.each(keys.map((key) => [JSON.stringify(key).slice(0, 40), key] as const))(
    '%s is an object like any other',
    async (_, key) => {
      const body = `the object ${key}`;
      const put = await s3('PUT', pathOf(key), { body });
      expectReadable(put);
      expect(put.status).toBe(200);
      const got = await s3('GET', pathOf(key));
      expect(got).toMatchObject({
        status: 200,
        body,
        headers: { 'content-security-policy': 'sandbox', 'x-content-type-options': 'nosniff' },
      });
      const encoded = await s3('GET', '/holdpoint', { query: 'encoding-type=url&list-type=2' });
      expectReadable(encoded);
      expect(encoded.body.match(/<Key>/g)).toHaveLength(1);
      expectReadable(await s3('GET', '/holdpoint', { query: `list-type=2&prefix=${uriEncode(key)}&delimiter=%2F` }));
      expect((await s3('DELETE', pathOf(key))).status).toBe(204);
      expect((await s3('GET', pathOf(key))).status).toBe(404);
      expect((await s3('GET', '/holdpoint', { query: 'list-type=2' })).body).not.toContain('<Key>');
    },
  );

  it('keys that differ in case or form are different objects', async () => {
    const alike = ['Case', 'case', 'CASE', 'caſe', 'case/', 'case=', 'cas\u00e9', 'case\u0301'];
    for (const key of alike) await s3('PUT', pathOf(key), { body: key });
    for (const key of alike) expect((await s3('GET', pathOf(key))).body).toBe(key);
    for (const key of alike) await s3('DELETE', pathOf(key));
  });

  it.each(refusedKeys.map((key) => [JSON.stringify(key).slice(0, 40), key] as const))(
    '%s is refused',
    async (_, key) => {
      const answer = await s3('PUT', pathOf(key), { body: 'x' });
      expectReadable(answer);
      expect(answer.status).toBe(400);
    },
  );

  it.each([
    '%',
    '%zz',
    '%ff',
    '%c3%28',
    '..',
    '../..',
    `../../${escaped}`,
    './x',
    '%2e%2e/%2e%2e/holdpoint.db',
    '/etc/passwd',
    '\\',
    'a;b',
    "a'b",
  ])('the raw path %s', async (raw) => {
    expectReadable(await s3('PUT', `/holdpoint/${raw}`, { body: 'x' }));
    expectReadable(await s3('GET', `/holdpoint/${raw}`));
    expectReadable(await s3('DELETE', `/holdpoint/${raw}`));
  });

  it.each([
    '',
    '/',
    '/..',
    '../holdpoint.db',
    '%',
    '%zz',
    'holdpoint',
    '/holdpoint/',
    '/holdpoint/../holdpoint.db',
    '__proto__/x',
    'missing/x',
    '?versionId=x',
    'a'.repeat(3000),
  ])('a copy of %s', async (source) => {
    const answer = await s3('PUT', '/holdpoint/copy', { headers: [['x-amz-copy-source', source]] });
    expectReadable(answer);
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });
});

describe('requests about objects', () => {
  it.each([
    ['GET', '/holdpoint', 'list-type=2&max-keys=99999999999'],
    ['GET', '/holdpoint', 'list-type=2&max-keys=-1'],
    ['GET', '/holdpoint', 'list-type=2&max-keys=1e3'],
    ['GET', '/holdpoint', 'list-type=2&continuation-token=../../x'],
    ['GET', '/holdpoint', 'list-type=2&continuation-token=%ff'],
    ['GET', '/holdpoint', 'list-type=3'],
    ['GET', '/holdpoint', 'list-type=2&start-after=%00&prefix=%00'],
    ['GET', '/holdpoint', 'delimiter=%01&marker=..%2F'],
    ['GET', '/holdpoint', 'encoding-type=xml'],
    ['GET', '/holdpoint', 'prefix=a&prefix=b'],
    ['GET', '/holdpoint', '__proto__'],
    ['GET', '/holdpoint', 'uploads&max-uploads=x'],
    ['GET', '/holdpoint', 'versions&key-marker=%01'],
    ['GET', '/holdpoint/x', 'uploadId=../../x'],
    ['PUT', '/holdpoint/x', 'uploadId=../../x&partNumber=1'],
    ['PUT', '/holdpoint/x', 'uploadId=%00&partNumber=0'],
    ['PUT', '/holdpoint/x', 'uploadId=x&partNumber=NaN'],
    ['DELETE', '/holdpoint/x', 'uploadId=..'],
    ['POST', '/holdpoint/x', 'uploadId=__proto__'],
    ['POST', '/holdpoint', 'delete'],
    ['POST', '/holdpoint', ''],
    ['PATCH', '/holdpoint/x', ''],
    ['PUT', '/', ''],
    ['DELETE', '/', ''],
    ['POST', '/', ''],
    ['GET', '/holdpoint/x', 'response-content-type=a%0d%0ab'],
    ['GET', '/holdpoint/x', 'partNumber=99999'],
    ['PUT', '/holdpoint', 'cors'],
    ['PUT', '/holdpoint', 'policy'],
  ])('%s %s?%s', async (method, path, query) => {
    expectReadable(await s3(method, path, { query, body: method === 'GET' ? '' : '<x' }));
  }); // prettier-ignore

  it.each([
    'bytes=-',
    'bytes=5-1',
    'bytes=0-0,1-1',
    'bytes=99-',
    'bytes=-0',
    'bytes=a-b',
    'lines=1-2',
    `bytes=${'9'.repeat(400)}-`,
    'bytes=0-99999999999999999999',
  ])('the range %s', async (range) => {
    await s3('PUT', '/holdpoint/range', { body: 'content' });
    const answer = await s3('GET', '/holdpoint/range', { headers: [['range', range]] });
    expectReadable(answer);
    expect([200, 206, 400, 416]).toContain(answer.status);
  });

  const bomb = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">${'bcdefgh'
    .split('')
    .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefgh'[index]};`.repeat(10)}">`)
    .join('')}]>`;
  it.each([
    ['an entity bomb', `${bomb}<Delete><Object><Key>&h;</Key></Object></Delete>`],
    [
      'an outside entity',
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Delete><Object><Key>&x;</Key></Object></Delete>',
    ],
    ['100,000 levels', `<Delete>${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}</Delete>`],
    ['no end', '<Delete><Object><Key>a'],
    ['another root', '<Erase/>'],
    ['no XML', '{"Delete":{}}'],
    ['1001 keys', `<Delete>${'<Object><Key>a</Key></Object>'.repeat(1001)}</Delete>`],
    [
      'a way out',
      `<Delete><Object><Key>../../holdpoint.db</Key></Object><Object><Key>../${escaped}</Key></Object></Delete>`,
    ],
    [
      'the name of a prototype',
      '<Delete><__proto__><Key>a</Key></__proto__><Object><Key>__proto__</Key></Object></Delete>',
    ],
    ['bytes that are no text', Buffer.from([0x3c, 0xff, 0xfe, 0x00])],
  ])('a deletion with %s', async (_, body) => {
    const answer = await s3('POST', '/holdpoint', { query: 'delete', body });
    expectReadable(answer);
    expect(answer.body).not.toContain('root:');
  });
});

describe('buckets', () => {
  it.each(buckets)('%s is made or refused', async (name) => {
    const made = await s3('PUT', `/${name}`);
    expectReadable(made);
    expectReadable(await s3('PUT', `/${name}/x`, { body: 'x' }));
    expectReadable(await s3('GET', `/${name}`));
    expectReadable(await s3('DELETE', `/${name}/x`));
    const removed = await s3('DELETE', `/${name}`);
    expectReadable(removed);
    if (made.status === 200) expect(removed.status).toBe(204);
  });
});

it('nothing lies outside the objects, and nothing went wrong inside', async () => {
  expect(await filesOutside()).toEqual(outside);
  for (let folder = join(server.data, 'objects', 'x'); folder !== dirname(folder); folder = dirname(folder))
    expect(existsSync(join(folder, escaped)), join(folder, escaped)).toBe(false);
  expect((await server.call('ListHumanTaskUis', {})).HumanTaskUiSummaries).toEqual([]);
  expect(errorsIn(server)).toEqual([]);
});
