/** What a signed request says about its body. */
import type { ReceivedRequest } from './received-request.ts';
import type { Refuse } from './refusals.ts';

export type DeclaredPayload =
  /** The body's hash is signed; `canonical` is undefined when the request does not name it. */
  | { readonly kind: 'hash'; readonly canonical: string | undefined }
  /** Any body (S3 only). */
  | { readonly kind: 'unsigned'; readonly canonical: string }
  /** `aws-chunked` (S3 only): chunks with or without signatures, with or without trailing headers. */
  | { readonly kind: 'streaming'; readonly canonical: string; readonly signed: boolean; readonly trailer: boolean };

const streams: { readonly [word: string]: { readonly signed: boolean; readonly trailer: boolean } } = {
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': { signed: true, trailer: false },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': { signed: true, trailer: true },
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER': { signed: false, trailer: true },
};

/**
 * Reads `x-amz-content-sha256` (S3's presigned URLs may have it in the query, and mean any body without it). Other
 * services sign the hash of the body itself, named or not.
 */
export function declaredPayload(
  exchange: ReceivedRequest,
  service: string,
  form: 'header' | 'query',
  refuse: Refuse,
): DeclaredPayload {
  const header = exchange.header('x-amz-content-sha256');
  if (service !== 's3') {
    if (header === undefined || isSha256(header)) return { kind: 'hash', canonical: header };
    throw refuse('bad-payload-hash', 'x-amz-content-sha256 must be the SHA-256 of the body in lower-case hexadecimal.');
  }
  const inQuery = /(?:^|&)X-Amz-Content-Sha256=([^&]*)/i.exec(exchange.rawQuery)?.[1];
  const value =
    (form === 'query' ? inQuery : undefined) ?? header ?? (form === 'query' ? 'UNSIGNED-PAYLOAD' : undefined);
  if (value === undefined) {
    throw refuse('bad-payload-hash', 'Missing required header for this request: x-amz-content-sha256');
  }
  if (isSha256(value)) return { kind: 'hash', canonical: value };
  if (value === 'UNSIGNED-PAYLOAD') return { kind: 'unsigned', canonical: value };
  const stream = Object.hasOwn(streams, value) ? streams[value] : undefined;
  if (stream) return { kind: 'streaming', canonical: value, ...stream };
  throw refuse(
    'bad-payload-hash',
    `x-amz-content-sha256 must be UNSIGNED-PAYLOAD, ${Object.keys(streams).join(', ')}, or a valid sha256 value.`,
  );
}

function isSha256(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
