// The public suite of Signature Version 4: 38 requests, signed in headers and in the query.
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { conformanceFolder, hasConformanceData, readConformance, readConformanceJson } from '../testing/conformance.ts';
import { nodeHashing } from '../testing/node-hashing.ts';
import { canonicalRequest, type SignableRequest } from './canonical-request.ts';
import { type ParsedSignature, parseAuthorization, parsePresignedQuery } from './parse-signature.ts';
import { signingKey } from './signing-key.ts';
import { formatScope, hashable, parseAmzDate, requestSignature, stringToSign } from './string-to-sign.ts';
import { latin1Bytes } from './uri.ts';

interface Context {
  readonly credentials: { readonly secret_access_key: string; readonly token?: string };
  readonly normalize: boolean;
  readonly region: string;
  readonly service: string;
  readonly omit_session_token?: boolean;
}

const cases = hasConformanceData ? readdirSync(conformanceFolder('sigv4/v4')).sort() : [];

function parseHttp(text: string): SignableRequest & { readonly body: string } {
  const end = text.search(/\r?\n\r?\n/);
  const head = end < 0 ? text : text.slice(0, end);
  const body = end < 0 ? '' : text.slice(end).replace(/^\r?\n\r?\n/, '');
  const [requestLine = '', ...lines] = head.split(/\r?\n/);
  const [, method = '', target = ''] = /^(\S+) (.*) HTTP\/1\.1$/.exec(requestLine) ?? [];
  const headers: [string, string][] = [];
  for (const line of lines) {
    const last = headers.at(-1);
    if (/^\s/.test(line) && last !== undefined) last[1] += `\n${line}`;
    else if (line !== '') headers.push([line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]);
  }
  const cut = target.indexOf('?');
  const [rawPath, rawQuery] = cut < 0 ? [target, ''] : [target.slice(0, cut), target.slice(cut + 1)];
  return { method, rawPath, rawQuery, headers, body };
}

describe.skipIf(!hasConformanceData)('the suite of Signature Version 4', () => {
  it('has 38 cases', () => expect(cases).toHaveLength(38));

  for (const name of cases) {
    const folder = `sigv4/v4/${name}`;
    const file = (part: string): string => readConformance(`${folder}/${part}`);
    const setUp = (form: string) => {
      const request = parseHttp(file(`${form}-signed-request.txt`));
      return {
        context: readConformanceJson<Context>(`${folder}/context.json`),
        request,
        payloadHash: nodeHashing.sha256Hex(latin1Bytes(request.body)),
      };
    };
    const check = (form: string, context: Context, canonical: string, parsed: ParsedSignature, amzDate: string) => {
      expect(canonical).toBe(file(`${form}-canonical-request.txt`));
      const scope = formatScope(parsed);
      expect(stringToSign(amzDate, scope, nodeHashing.sha256Hex(hashable(canonical)))).toBe(
        file(`${form}-string-to-sign.txt`),
      );
      const { date, region, service } = parsed;
      expect([region, service]).toEqual([context.region, context.service]);
      const key = signingKey(nodeHashing, context.credentials.secret_access_key, date, region, service);
      const signature = requestSignature(nodeHashing, { canonicalRequest: canonical, amzDate, scope, key });
      expect(signature).toBe(file(`${form}-signature.txt`));
      expect(parsed.signature).toBe(signature);
      expect(parseAmzDate(amzDate)?.toISOString()).toBe('2015-08-30T12:36:00.000Z');
    };

    it(`${name}, header form`, () => {
      const { context, request, payloadHash } = setUp('header');
      const header = (wanted: string) => request.headers.find(([key]) => key.toLowerCase() === wanted)?.[1].trim();
      const parsed = parseAuthorization(header('authorization'));
      const canonical = canonicalRequest(request, {
        signedHeaders: parsed.signedHeaders,
        payloadHash,
        normalizePath: context.normalize,
      });
      check('header', context, canonical, parsed, header('x-amz-date') ?? '');
    });

    it(`${name}, query form`, () => {
      const { context, request, payloadHash } = setUp('query');
      const parsed = parsePresignedQuery(request.rawQuery);
      if (parsed === undefined) throw new Error('The request is not presigned');
      const canonical = canonicalRequest(request, {
        signedHeaders: parsed.signedHeaders,
        payloadHash,
        normalizePath: context.normalize,
        unsignedQuery: ['X-Amz-Signature', ...(context.omit_session_token ? ['X-Amz-Security-Token'] : [])],
      });
      expect(parsed.expires).toBe(3600);
      expect(parsed.securityToken).toBe(context.credentials.token);
      check('query', context, canonical, parsed, parsed.amzDate);
    });
  }
});
