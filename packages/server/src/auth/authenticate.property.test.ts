/** Random requests, signed by two signers that others wrote, must verify; with one byte changed they must not. */
import { createHash, createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessKey } from '../domain/rows.ts';
import { receivedRequest } from '../testing/received-request.ts';
import { createAccessKeys } from './access-keys.ts';
import { createAuthenticator } from './authenticate.ts';
import { hashing } from './hashing.ts';

const require = createRequire(import.meta.url);
const { SignatureV4 } = require('@smithy/signature-v4') as typeof import('@smithy/signature-v4');
const aws4 = require('aws4') as {
  sign(
    request: { readonly [member: string]: unknown },
    credentials: { accessKeyId: string; secretAccessKey: string },
  ): { path: string; headers?: { readonly [name: string]: unknown } };
};

const accessKeyId = 'AKIDEXAMPLE';
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const key: AccessKey = { accessKeyId, secretAccessKey, kind: 'user', description: '', createdAt: 0, version: 1 };
const region = 'us-east-1';
const at = new Date('2026-02-24T12:00:00Z');
const accessKeys = createAccessKeys({ accessKey: async (id) => (id === accessKeyId ? key : undefined) });
const authenticator = createAuthenticator({ accessKeys, region, accountId: '000000000000' });

interface Wire {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
type Plain = {
  method: string;
  segments: string[];
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string;
};

async function verifies(wire: Wire): Promise<boolean> {
  try {
    const pending = await authenticator.begin(receivedRequest({ ...wire, at }), 'sagemaker');
    pending.finish(hashing.sha256Hex(wire.body));
    return true;
  } catch {
    return false;
  }
}

class NodeHash {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', Buffer.from(secret as Uint8Array));
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(typeof data === 'string' ? data : Buffer.from(data as Uint8Array));
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

const smithy = new SignatureV4({
  credentials: { accessKeyId, secretAccessKey },
  region,
  service: 'sagemaker',
  sha256: NodeHash as never,
});
const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
const pathOf = (plain: Plain): string => `/${plain.segments.map(escaped).join('/')}`;
const queryOf = (query: Record<string, unknown>): string =>
  Object.entries(query)
    .map(([name, value]) => `${escaped(name)}=${escaped(String(value))}`)
    .join('&');

function smithyRequest(plain: Plain) {
  return {
    method: plain.method,
    protocol: 'http:',
    hostname: '127.0.0.1',
    path: pathOf(plain),
    query: { ...plain.query },
    headers: { host: '127.0.0.1:7800', ...plain.headers },
    body: plain.body,
  };
}

function wireOf(plain: Plain, query: Record<string, unknown>, headers: Record<string, string>): Wire {
  const text = queryOf(query);
  return { method: plain.method, target: `${pathOf(plain)}${text && `?${text}`}`, headers, body: plain.body };
}

const signers: { readonly [name: string]: (plain: Plain) => Promise<Wire> } = {
  'smithy, header': async (plain) => {
    const signed = await smithy.sign(smithyRequest(plain), { signingDate: at });
    return wireOf(plain, signed.query ?? {}, signed.headers);
  },
  'smithy, query': async (plain) => {
    const options = { signingDate: at, expiresIn: 60, unhoistableHeaders: new Set(Object.keys(plain.headers)) };
    const signed = await smithy.presign(smithyRequest(plain), options);
    return wireOf(plain, signed.query ?? {}, signed.headers);
  },
  'aws4, header': async (plain) => aws4Wire(plain, false),
  'aws4, query': async (plain) => aws4Wire(plain, true),
};

function aws4Wire(plain: Plain, signQuery: boolean): Wire {
  const text = queryOf(plain.query);
  const amzDate = '20260224T120000Z';
  const date = signQuery ? `X-Amz-Date=${amzDate}&X-Amz-Expires=60` : '';
  const query = [text, date].filter((part) => part !== '').join('&');
  const signed = aws4.sign(
    {
      method: plain.method,
      host: '127.0.0.1:7800',
      service: 'sagemaker',
      region,
      path: `${pathOf(plain)}${query && `?${query}`}`,
      headers: { ...plain.headers, ...(signQuery ? {} : { 'X-Amz-Date': amzDate }) },
      body: plain.body,
      signQuery,
    },
    { accessKeyId, secretAccessKey },
  );
  const headers = Object.fromEntries(
    Object.entries(signed.headers ?? {}).map(([name, value]) => [name, String(value)]),
  );
  return {
    method: plain.method,
    target: signed.path,
    headers: { Host: '127.0.0.1:7800', ...headers },
    body: plain.body,
  };
}

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((each) => each.isWellFormed());
const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const plain: fc.Arbitrary<Plain> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'DELETE'),
  segments: fc.array(
    text.filter((each) => each !== '.' && each !== '..'),
    { minLength: 1, maxLength: 4 },
  ),
  query: fc.dictionary(word, text, { maxKeys: 4 }),
  headers: fc.dictionary(
    word.map((each) => `x-amz-t-${each}`),
    fc.stringMatching(/^[a-zA-Z0-9]( ?[a-zA-Z0-9/=+:]){0,20}$/),
    { maxKeys: 3 },
  ),
  body: fc.string({ maxLength: 40 }),
});

/** Every place where one byte of the signed parts can become another: a letter or digit that is not part of an escaped. */
function* changes(wire: Wire): Generator<Wire> {
  const flip = (each: string, index: number): string | undefined => {
    const code = each.charCodeAt(index);
    if (!/[A-Za-z0-9]/.test(each[index] ?? '') || each[index - 1] === '%' || each[index - 2] === '%') return undefined;
    return each.slice(0, index) + String.fromCharCode(code ^ 1) + each.slice(index + 1);
  };
  for (let index = 1; index < wire.target.length; index++) {
    const target = flip(wire.target, index);
    if (target !== undefined) yield { ...wire, target };
  }
  const authorization = wire.headers.Authorization ?? wire.headers.authorization ?? '';
  for (const [name, value] of Object.entries(wire.headers)) {
    const signed = authorization === '' || authorization.includes(name.toLowerCase()) || /auth/i.test(name);
    for (let index = 0; signed && index < value.length; index++) {
      const changed = flip(value, index);
      if (changed !== undefined) yield { ...wire, headers: { ...wire.headers, [name]: changed } };
    }
  }
  yield { ...wire, body: `${wire.body} ` };
  if (wire.body !== '') yield { ...wire, body: String.fromCharCode(wire.body.charCodeAt(0) ^ 1) + wire.body.slice(1) };
  yield { ...wire, method: 'PATCH' };
}

describe.each(Object.keys(signers))('signed by %s', (name) => {
  const sign = signers[name] as (request: Plain) => Promise<Wire>;

  it('verifies as sent and not with one byte changed', async () => {
    await fc.assert(
      fc.asyncProperty(plain, fc.nat(), async (request, choice) => {
        const wire = await sign(request);
        expect(await verifies(wire)).toBe(true);
        const all = [...changes(wire)];
        for (let step = 0; step < 12; step++) {
          const changed = all[(choice + step * 7919) % all.length] as Wire;
          expect([changed, await verifies(changed)]).toEqual([changed, false]);
        }
      }),
      { numRuns: 150 },
    );
  });
});
