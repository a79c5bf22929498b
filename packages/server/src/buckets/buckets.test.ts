/** What no SDK would send: half and wrong bodies, forged chunks, hostile headers, browsers. */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import {
  chunkStringToSign,
  formatAmzDate,
  presignUrl,
  signingKey,
  signRequest,
  toHex,
  trailerStringToSign,
} from '@holdpoint/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashing } from '../auth/hashing.ts';
import { type BucketServer, startBucketServer } from '../testing/bucket-server.ts';

let server: BucketServer;
beforeAll(async () => {
  server = await startBucketServer();
  await server.objectStore.createBucket('raw', Date.now());
  await server.objectStore.put('raw', 'ten', Buffer.from('0123456789'), { contentType: 'text/html' }, Date.now());
});
afterAll(() => server.close());

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly payloadHash?: string;
}

function sign({ method, target, headers = {}, body = '', payloadHash = sha256(body) }: Sent): Record<string, string> {
  const [rawPath = '', rawQuery = ''] = target.split('?');
  const all = { host: server.url.slice('http://'.length), ...headers };
  const signed = signRequest(
    hashing,
    { method, rawPath, rawQuery, headers: Object.entries(all), payloadHash },
    server,
    { region: 'us-east-1', service: 's3', now: new Date(), s3: true },
  );
  return { ...all, ...signed };
}

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

function sendAsIs({ method, target, headers = {}, body = '' }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length =
      'content-length' in headers || body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = httpRequest(
      `${server.url}/`,
      { method, path: target, headers: { ...headers, ...length } },
      (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces).toString() }),
        );
      },
    );
    sent.on('error', reject);
    // Bytes, because Node would write the headers in the encoding of a text.
    sent.end(Buffer.from(body));
  });
}

const send = (sent: Sent): Promise<Answer> => sendAsIs({ ...sent, headers: sign(sent) });
const codeOf = (answer: Answer): string => /<Code>(\w+)/.exec(answer.body)?.[1] ?? String(answer.status);

describe('reads', () => {
  it.each<[Record<string, string>, number, string]>([
    [{ range: 'bytes=0-3' }, 206, '0123'],
    [{ range: 'bytes=8-999999999999999999999' }, 206, '89'],
    [{ range: 'bytes=-3' }, 206, '789'],
    [{ range: 'bytes=-0' }, 416, ''],
    [{ range: 'bytes=10-' }, 416, ''],
    [{ range: 'bytes=5-2' }, 200, '0123456789'],
    [{ range: 'bytes=0-1,3-4' }, 200, '0123456789'],
    [{ range: 'bytes=a-b' }, 200, '0123456789'],
    [{ range: 'lines=1-2' }, 200, '0123456789'],
    [{ range: 'bytes=0-3', 'if-range': '"other"' }, 200, '0123456789'],
    [{ 'if-none-match': '*' }, 304, ''],
    [{ 'if-modified-since': 'never' }, 200, '0123456789'],
    [{ 'if-modified-since': new Date(Date.now() + 600_000).toUTCString() }, 304, ''],
    [{ 'if-unmodified-since': new Date(0).toUTCString() }, 412, ''],
  ])('with %j', async (headers, status, body) => {
    const answer = await send({ method: 'GET', target: '/raw/ten', headers });
    expect(answer.status).toBe(status);
    if (status < 300) expect(answer.body).toBe(body);
  });

  it('let no object run in the name of the server, errors included', async () => {
    for (const target of ['/raw/ten', '/raw/none', '/raw']) {
      const { headers } = await send({ method: 'GET', target });
      expect(headers).toMatchObject({
        'content-security-policy': 'sandbox',
        'x-content-type-options': 'nosniff',
        'access-control-allow-origin': '*',
      });
    }
  });

  it('answer a browser of opaque origin', async () => {
    const url = presignUrl(hashing, {
      method: 'GET',
      url: `${server.url}/raw/ten`,
      credentials: server,
      region: 'eu-west-1',
      service: 's3',
      now: new Date(),
      expiresIn: 60,
      s3: true,
    });
    const answer = await fetch(url, { headers: { Origin: 'null' } });
    expect(await answer.text()).toBe('0123456789');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    const preflight = await fetch(url, {
      method: 'OPTIONS',
      headers: {
        Origin: 'null',
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Headers': 'content-type,x-amz-date',
      },
    });
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type,x-amz-date');
  });

  it('refuse overrides that cannot stand in a header', async () => {
    const target = '/raw/ten?response-content-disposition=a%0d%0aSet-Cookie:%20x';
    expect(codeOf(await send({ method: 'GET', target }))).toBe('InvalidArgument');
    expect(codeOf(await send({ method: 'GET', target: '/raw/ten?response-content-type=%E2%82%AC' }))).toBe(
      'InvalidArgument',
    );
  });
});

describe('writes that leave nothing', () => {
  const unfinished = async (): Promise<string[]> =>
    server.folder === undefined ? [] : readdir(join(server.folder, 'temporary'));
  const gone = async (key: string): Promise<void> => {
    expect(await server.objectStore.head('raw', key)).toBeUndefined();
    expect(await unfinished()).toEqual([]);
  };
  const put = (body: string, payloadHash: string, headers: Record<string, string> = {}): Promise<Answer> =>
    send({ method: 'PUT', target: '/raw/w', body, payloadHash, headers });

  it.each<[string, () => Promise<Answer>, string]>([
    ['another body than the signed one', () => put('other', sha256('this')), 'XAmzContentSHA256Mismatch'],
    ['a wrong MD5', () => put('x', sha256('x'), { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' }), 'BadDigest'],
    ['an MD5 that is none', () => put('x', sha256('x'), { 'content-md5': 'x' }), 'InvalidDigest'],
    ['a wrong checksum', () => put('x', sha256('x'), { 'x-amz-checksum-crc32': 'AAAAAA==' }), 'BadDigest'],
    [
      'two checksums',
      () => put('x', sha256('x'), { 'x-amz-checksum-crc32': 'a', 'x-amz-checksum-sha1': 'b' }),
      'InvalidRequest',
    ],
    ['too much metadata', () => put('x', sha256('x'), { 'x-amz-meta-a': 'x'.repeat(3000) }), 'MetadataTooLarge'],
    [
      'a customer key',
      () => put('x', sha256('x'), { 'x-amz-server-side-encryption-customer-algorithm': 'AES256' }),
      'NotImplemented',
    ],
    ['no bucket', () => send({ method: 'PUT', target: '/nobody/w', body: 'x' }), 'NoSuchBucket'],
    ['a path that is no UTF-8', () => send({ method: 'PUT', target: '/raw/%ff', body: 'x' }), 'InvalidURI'],
    ['a long key', () => send({ method: 'PUT', target: `/raw/${'w'.repeat(1025)}`, body: 'x' }), 'KeyTooLongError'],
    [
      'no chunks in a chunked body',
      () => put('zz\r\n', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', { 'x-amz-decoded-content-length': '2' }),
      'InvalidRequest',
    ],
  ])('%s', async (_, write, expected) => {
    expect(codeOf(await write())).toBe(expected);
    await gone('w');
  });

  it('half a body', async () => {
    const headers = sign({
      method: 'PUT',
      target: '/raw/w',
      payloadHash: 'UNSIGNED-PAYLOAD',
      headers: { 'content-length': '1000' },
    });
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`PUT /raw/w HTTP/1.1\r\n${lines.join('')}\r\nonly this`);
    const appeared = async (): Promise<boolean> => (await unfinished()).length > 0;
    if (server.folder !== undefined) await expect.poll(appeared).toBe(true);
    socket.destroy();
    await expect.poll(appeared).toBe(false);
    await gone('w');
  });
});

describe('signed chunks', () => {
  const date = new Date();
  const amzDate = formatAmzDate(date);
  const scope = { date: amzDate.slice(0, 8), region: 'us-east-1', service: 's3' };
  const trailer = 'x-amz-checksum-crc32:y/Q5Jg==\n';

  /** The body `12345` + `6789`, in chunks that are signed one after the other. */
  function chunked(headers: Record<string, string>, withTrailer: boolean): string {
    const key = signingKey(hashing, server.secretAccessKey, scope.date, scope.region, scope.service);
    let previous = /Signature=(\w+)/.exec(headers.authorization ?? '')?.[1] ?? '';
    let body = '';
    for (const data of ['12345', '6789', '']) {
      previous = toHex(hashing.hmac(key, chunkStringToSign(amzDate, scope, previous, sha256(data))));
      body += `${data.length.toString(16)};chunk-signature=${previous}\r\n${data}${data === '' ? '' : '\r\n'}`;
    }
    if (!withTrailer) return `${body}\r\n`;
    const signature = toHex(hashing.hmac(key, trailerStringToSign(amzDate, scope, previous, sha256(trailer))));
    return `${body}${trailer.trim()}\r\nx-amz-trailer-signature:${signature}\r\n\r\n`;
  }

  async function put(word: string, change: (body: string) => string = (body) => body): Promise<string> {
    const withTrailer = word.endsWith('TRAILER');
    const host = server.url.slice('http://'.length);
    const given = {
      host,
      'content-encoding': 'aws-chunked',
      'x-amz-decoded-content-length': '9',
      ...(withTrailer ? { 'x-amz-trailer': 'x-amz-checksum-crc32' } : {}),
    };
    const signed = signRequest(
      hashing,
      { method: 'PUT', rawPath: '/raw/chunked', rawQuery: '', headers: Object.entries(given), payloadHash: word },
      server,
      { region: 'us-east-1', service: 's3', now: date, s3: true },
    );
    const body = change(chunked(signed, withTrailer));
    return codeOf(await sendAsIs({ method: 'PUT', target: '/raw/chunked', headers: { ...given, ...signed }, body }));
  }

  const words = ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER'];
  it.each(words)('are joined: %s', async (word) => {
    await server.objectStore.remove('raw', 'chunked');
    expect(await put(word)).toBe('200');
    const info = await server.objectStore.head('raw', 'chunked');
    expect(info).toMatchObject({ size: 9, headers: {} });
    expect(info?.sha256).toBe(sha256('123456789'));
  });

  it.each<[string, string, (body: string) => string]>([
    ['a changed byte', 'SignatureDoesNotMatch', (body) => body.replace('\r\n12345', '\r\n12346')],
    [
      'a changed signature',
      'SignatureDoesNotMatch',
      (body) => body.replace(/signature=(.)/, (_, first) => `signature=${first === '0' ? '1' : '0'}`),
    ],
    ['a missing signature', 'SignatureDoesNotMatch', (body) => body.replace(/;chunk-signature=\w+/, '')],
    ['a missing end', 'IncompleteBody', (body) => body.slice(0, body.indexOf('\r\n0;'))],
    ['a cut trailer', 'SignatureDoesNotMatch', (body) => body.replace(/x-amz-trailer-signature.*\r\n/, '')],
    ['a changed trailer', 'SignatureDoesNotMatch', (body) => body.replace('y/Q5', 'z/Q5')],
    ['a size that is no number', 'InvalidRequest', (body) => `x${body}`],
    ['a line without an end', 'InvalidRequest', () => '1'.repeat(40_000)],
    ['more after the end', 'InvalidRequest', (body) => `${body}more\r\n`],
  ])('are refused with %s', async (_, expected, change) => {
    await server.objectStore.remove('raw', 'chunked');
    expect(await put(words[1] ?? '', change)).toBe(expected);
    expect(await server.objectStore.head('raw', 'chunked')).toBeUndefined();
  });
});

describe('hostile requests', () => {
  it.each<[string, Sent, string]>([
    [
      'a document type',
      { method: 'POST', target: '/raw?delete', body: '<!DOCTYPE a [<!ENTITY b "c">]><Delete/>' },
      'MalformedXML',
    ],
    ['no XML', { method: 'POST', target: '/raw?delete', body: '<Delete><Object>' }, 'MalformedXML'],
    ['another document', { method: 'POST', target: '/raw?delete', body: '<__proto__/>' }, 'MalformedXML'],
    [
      'an object without a key',
      { method: 'POST', target: '/raw?delete', body: '<Delete><Object/></Delete>' },
      'MalformedXML',
    ],
    [
      'a large document',
      { method: 'POST', target: '/raw?delete', body: ' '.repeat(5 * 1024 * 1024) },
      'MaxMessageLengthExceeded',
    ],
    ['an unknown sub-resource', { method: 'GET', target: '/raw/ten?torrent' }, 'NotImplemented'],
    ['a form upload', { method: 'POST', target: '/raw', body: 'x' }, 'NotImplemented'],
    ['another method', { method: 'PATCH', target: '/raw/ten' }, 'MethodNotAllowed'],
    ['a bad page size', { method: 'GET', target: '/raw?max-keys=-1' }, 'InvalidArgument'],
    ['a bad part number', { method: 'PUT', target: '/raw/ten?uploadId=x&partNumber=0', body: 'x' }, 'NoSuchUpload'],
    ['an upload id that is a path', { method: 'GET', target: '/raw/ten?uploadId=..%2F..' }, 'NoSuchUpload'],
    ['a copy of nothing', { method: 'PUT', target: '/raw/x', headers: { 'x-amz-copy-source': '%' } }, 'InvalidURI'],
    [
      'a copy out of the folder',
      { method: 'PUT', target: '/raw/x', headers: { 'x-amz-copy-source': '../../etc/passwd' } },
      'NoSuchBucket',
    ],
    ['a bucket that is a path', { method: 'PUT', target: '/..%2Fx' }, 'InvalidBucketName'],
  ])('%s', async (_, sent, expected) => {
    expect(codeOf(await send(sent))).toBe(expected);
  });

  it('are never an internal error', async () => {
    const word = fc.constantFrom(
      'raw',
      'ten',
      '..',
      '%00',
      '%ff',
      '%2e%2e',
      '',
      'a',
      '%F0%9F%98%80',
      '__proto__',
      'x'.repeat(300),
    );
    const parameter = fc.constantFrom(
      'uploads',
      'uploadId',
      'partNumber',
      'delete',
      'acl',
      'cors',
      'versions',
      'list-type',
      'max-keys',
      'prefix',
      'delimiter',
      'marker',
      'continuation-token',
      'encoding-type',
      'location',
      'attributes',
      'versionId',
      'tagging',
      'response-expires',
    );
    const value = fc.constantFrom(
      '',
      '1',
      '2',
      '-1',
      'url',
      '%00',
      '%',
      '%f',
      '/',
      '1.eA',
      '99999999999',
      'null',
      '%E2%82%AC',
    );
    const header = fc.constantFrom(
      'range',
      'if-match',
      'if-none-match',
      'if-range',
      'content-md5',
      'content-type',
      'content-encoding',
      'x-amz-copy-source',
      'x-amz-copy-source-range',
      'x-amz-metadata-directive',
      'x-amz-checksum-crc32',
      'x-amz-checksum-algorithm',
      'x-amz-trailer',
      'x-amz-object-attributes',
      'x-amz-decoded-content-length',
      'x-amz-meta-a',
      'expires',
    );
    const text = fc.constantFrom(
      '*',
      '""',
      'bytes=0-0',
      'bytes=-',
      '/raw/ten',
      'raw/%',
      'REPLACE',
      'crc32',
      'CRC32C',
      'x-amz-checksum-sha256',
      'aws-chunked',
      'ETag,Checksum',
      '\xff\xfe',
      '1',
      '-1',
    );
    const hash = fc.constantFrom(
      undefined,
      'UNSIGNED-PAYLOAD',
      'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    );
    const hostile = fc.record({
      method: fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'DELETE'),
      path: fc.array(word, { minLength: 1, maxLength: 4 }),
      query: fc.array(fc.tuple(parameter, value), { maxLength: 3 }),
      headers: fc.dictionary(header, text, { maxKeys: 3 }),
      body: fc.constantFrom(
        '',
        'x',
        '<Delete><Object><Key>x</Key></Object></Delete>',
        '<CompleteMultipartUpload/>',
        '0\r\n\r\n',
      ),
      payloadHash: hash,
    });
    await fc.assert(
      fc.asyncProperty(hostile, async ({ method, path, query, headers, body, payloadHash }) => {
        const parameters = query.map(([name, each]) => `${name}=${each}`).join('&');
        const target = `/${path.join('/')}${parameters && `?${parameters}`}`;
        const sent = { method, target, headers, body: method === 'GET' || method === 'HEAD' ? '' : body };
        const answer = await send(payloadHash === undefined ? sent : { ...sent, payloadHash });
        expect([target, headers, answer.status < 500 || answer.status === 501, answer.body]).toEqual([
          target,
          headers,
          true,
          answer.body,
        ]);
        expect(codeOf(answer)).not.toBe('SignatureDoesNotMatch');
      }),
      { numRuns: 400 },
    );
    expect(server.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});

it('tells what becomes of buckets, once for each change, and nothing of reads and refusals', async () => {
  const before = server.changed.length;
  const cors = '<CORSConfiguration><CORSRule></CORSRule></CORSConfiguration>';
  for (const [method, target, body, status] of [
    ['PUT', '/told', '', 200],
    // Made again, it is the same bucket.
    ['PUT', '/told', '', 200],
    ['PUT', '/told?cors', cors, 200],
    ['GET', '/told?cors', '', 200],
    ['PUT', '/told/an-object', 'text', 200],
    ['DELETE', '/told', '', 409],
    ['DELETE', '/told/an-object', '', 204],
    ['DELETE', '/told?cors', '', 204],
    ['DELETE', '/told', '', 204],
    ['DELETE', '/told', '', 404],
  ] as const)
    expect((await send({ method, target, body })).status, `${method} ${target}`).toBe(status);
  const changed = server.changed.slice(before);
  expect(changed.map(({ action, bucket }) => [action, bucket])).toEqual([
    ['CreateBucket', 'told'],
    ['PutBucketCors', 'told'],
    ['DeleteBucketCors', 'told'],
    ['DeleteBucket', 'told'],
  ]);
  for (const { caller, clientAddress, requestId } of changed)
    expect([caller.accessKeyId, clientAddress, requestId.length]).toEqual([server.accessKeyId, '127.0.0.1', 36]);
});
