import type { ParsedSignature } from '@holdpoint/protocol';
import type { ReceivedRequest } from './received-request.ts';
import type { Refuse } from './refusals.ts';

/**
 * Refuses a request that carries headers which decide what it does but which its signature leaves out: otherwise a
 * captured signature could be sent again with another meaning. `host` must always be signed, the date in the header form,
 * and `content-type` and every `x-amz-…` header but the security token where they are sent.
 */
export function checkSignedHeaders(
  exchange: ReceivedRequest,
  signature: ParsedSignature,
  form: 'header' | 'query',
  refuse: Refuse,
): void {
  const signed = signature.signedHeaders;
  if (!isCanonicalList(signed)) {
    throw refuse('incomplete', "'SignedHeaders' must be lower-case header names, sorted, each once, joined with ';'.");
  }
  if (!signed.includes('host')) {
    throw refuse('unsigned-header', "'Host' must be a 'SignedHeader' in the AWS Authorization.");
  }
  if (form === 'header' && !signed.includes('x-amz-date') && !signed.includes('date')) {
    throw refuse('unsigned-header', "'X-Amz-Date' or 'Date' must be a 'SignedHeader' in the AWS Authorization.");
  }
  // A browser adds its own content type when it uses a presigned S3 URL, and S3 lets it.
  const s3 = signature.service === 's3';
  for (const [name] of exchange.headers) {
    const lower = name.toLowerCase();
    if (signed.includes(lower) || !mustBeSigned(lower, s3)) continue;
    throw refuse(
      'unsigned-header',
      s3
        ? `There were headers present in the request which were not signed: ${lower}`
        : `'${lower}' must be a 'SignedHeader' in the AWS Authorization.`,
    );
  }
}

function mustBeSigned(lower: string, s3: boolean): boolean {
  if (lower === 'content-type') return !s3;
  return lower.startsWith('x-amz-') && lower !== 'x-amz-security-token';
}

function isCanonicalList(names: readonly string[]): boolean {
  return names.every((name, index) => /^[!-:<-@[-~]+$/.test(name) && (index === 0 || name > (names[index - 1] ?? '')));
}
