// What a service of AWS does before anything else: looks whether a request is signed by somebody whom it knows.
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { canonicalRequest, parseAuthorization, requestSignature, signingKey } from '@holdpoint/protocol';
import { hashing } from '../../packages/server/src/auth/hashing.ts';

export interface Pair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** @throws Error with AWS's code for what is wrong with the signature. */
export function verifySignature(
  request: IncomingMessage,
  body: Buffer,
  { accessKeyId, secretAccessKey }: Pair,
): { service: string; region: string } {
  const signed = parseAuthorization(request.headers.authorization);
  if (signed.accessKeyId !== accessKeyId) throw new Error('UnrecognizedClientException');
  const payloadHash = createHash('sha256').update(body).digest('hex');
  const headers = Object.entries(request.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value) => [name, value] as const),
  );
  const { method = '', url = '' } = request;
  const canonical = canonicalRequest(
    { method, rawPath: url, rawQuery: '', headers },
    { signedHeaders: signed.signedHeaders, payloadHash },
  );
  const { date, region, service } = signed;
  const key = signingKey(hashing, secretAccessKey, date, region, service);
  const amzDate = String(request.headers['x-amz-date']);
  const expected = requestSignature(hashing, { canonicalRequest: canonical, amzDate, scope: signed, key });
  if (expected !== signed.signature || !signed.signedHeaders.includes('host'))
    throw new Error('InvalidSignatureException');
  return { service, region };
}
