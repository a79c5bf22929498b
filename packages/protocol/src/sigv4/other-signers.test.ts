// Requests that other signers signed must come out with their signature, and with another once a byte is changed.
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import aws4 from 'aws4';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nodeHashing as hashing } from '../testing/node-hashing.ts';
import { canonicalRequest, type SignableRequest } from './canonical-request.ts';
import { parseAuthorization, parsePresignedQuery } from './parse-signature.ts';
import { signingKey } from './signing-key.ts';
import { formatScope, requestSignature } from './string-to-sign.ts';
import { uriEncode } from './uri.ts';

const secretAccessKey = 'a/secret+key';
const now = new Date('2020-02-24T12:00:00Z');
const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const header = fc.string({ maxLength: 12 }).map((value) => value.trim());

const requests = fc.record({
  method: fc.constantFrom('GET', 'POST', 'DELETE'),
  segments: fc.array(
    word.filter((text) => text !== '.' && text !== '..'),
    { maxLength: 3 },
  ),
  query: fc.dictionary(
    word.filter((text) => !text.startsWith('X-Amz-')),
    word,
    { maxKeys: 4 },
  ),
  target: header.filter((value) => value !== ''),
  body: fc.string(),
});

class Sha256 {
  private readonly hash: ReturnType<typeof createHmac> | ReturnType<typeof createHash>;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Uint8Array);
  }
  update(data: string | Uint8Array): void {
    this.hash.update(data);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.hash.digest());
  }
}

function signatureOf(request: SignableRequest, body: string): { readonly ours: string; readonly sent: string } {
  const presigned = parsePresignedQuery(request.rawQuery);
  const find = (name: string) => request.headers.find(([key]) => key.toLowerCase() === name)?.[1];
  const parsed = presigned ?? parseAuthorization(find('authorization'));
  const amzDate = presigned?.amzDate ?? find('x-amz-date') ?? '';
  const { date, region, service } = parsed;
  const ours = requestSignature(hashing, {
    canonicalRequest: canonicalRequest(request, {
      signedHeaders: parsed.signedHeaders,
      payloadHash: hashing.sha256Hex(body),
      unsignedQuery: ['X-Amz-Signature'],
    }),
    amzDate,
    scope: formatScope(parsed),
    key: signingKey(hashing, secretAccessKey, date, region, service),
  });
  return { ours, sent: parsed.signature };
}

function expectOnlyThisToVerify(request: SignableRequest, body: string): void {
  const { ours, sent } = signatureOf(request, body);
  expect(ours).toBe(sent);
  const flipped: SignableRequest[] = [
    { ...request, method: `${request.method}X` },
    { ...request, rawPath: `${request.rawPath}x` },
    { ...request, rawQuery: request.rawQuery === '' ? 'x' : `${request.rawQuery}&x=` },
    {
      ...request,
      headers: request.headers.map(([name, value]) => [name, name.toLowerCase() === 'host' ? `${value}x` : value]),
    },
  ];
  for (const other of flipped) expect(signatureOf(other, body).ours).not.toBe(sent);
  expect(signatureOf(request, `${body}x`).ours).not.toBe(sent);
}

function encodeQuery(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`)
    .join('&');
}

// aws4 keeps the query in a plain object, from which a parameter of this name is lost before it signs.
const forAws4 = requests.filter(({ query }) => !Object.hasOwn(query, '__proto__'));

it('aws4', () => {
  fc.assert(
    fc.property(forAws4, ({ method, segments, query, target, body }) => {
      const rawPath = `/${segments.map((text) => uriEncode(text)).join('/')}`;
      const rawQuery = encodeQuery(query);
      const signed = aws4.sign(
        {
          method,
          host: '127.0.0.1:7800',
          path: rawQuery === '' ? rawPath : `${rawPath}?${rawQuery}`,
          service: 'sagemaker',
          region: 'us-east-1',
          body,
          headers: { 'X-Amz-Date': '20200224T120000Z', 'X-Amz-Target': target },
        },
        { accessKeyId: 'AK', secretAccessKey },
      );
      const headers = Object.entries(signed.headers ?? {}).map(([name, value]) => [name, String(value)] as const);
      expectOnlyThisToVerify({ method, rawPath, rawQuery, headers }, body);
    }),
  );
});

const signer = new SignatureV4({
  credentials: { accessKeyId: 'AK', secretAccessKey },
  region: 'us-east-1',
  service: 'sagemaker',
  sha256: Sha256,
  applyChecksum: false,
});

it('@smithy/signature-v4, in headers and presigned', async () => {
  await fc.assert(
    fc.asyncProperty(requests, fc.boolean(), async ({ method, segments, query, target, body }, presign) => {
      const rawPath = `/${segments.map((text) => uriEncode(text)).join('/')}`;
      const unsigned = {
        method,
        protocol: 'http:',
        hostname: '127.0.0.1',
        port: 7800,
        path: rawPath,
        query,
        headers: { host: '127.0.0.1:7800', 'x-amz-target': target },
        body,
      };
      const signed = presign
        ? await signer.presign(unsigned, {
            signingDate: now,
            expiresIn: 60,
            unhoistableHeaders: new Set(['x-amz-target']),
          })
        : await signer.sign(unsigned, { signingDate: now });
      const headers = Object.entries(signed.headers);
      const rawQuery = encodeQuery((signed.query ?? {}) as Record<string, string>);
      expectOnlyThisToVerify({ method, rawPath, rawQuery, headers }, body);
    }),
  );
});
