// The old query signature of S3 (HMAC-SHA1), which SDKs still make for presigned URLs in the first region.
import type { SignableRequest } from './canonical-request.ts';
import { percentDecodeBytes } from './uri.ts';

/** The query parameters that belong to the signed resource (S3 developer guide, "Signing and authenticating REST requests"). */
const subResources = new Set([
  'accelerate',
  'acl',
  'analytics',
  'cors',
  'defaultObjectAcl',
  'delete',
  'inventory',
  'lifecycle',
  'location',
  'logging',
  'metrics',
  'notification',
  'object-lock',
  'partNumber',
  'policy',
  'replication',
  'requestPayment',
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
  'restore',
  'select',
  'select-type',
  'storageClass',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versionId',
  'versioning',
  'versions',
  'website',
]);

/**
 * The string to sign of a presigned Signature Version 2 request, one byte per character: take the HMAC-SHA1 of its
 * latin1 bytes, in base64.
 * `path` and `query` are as on the wire, `expires` in seconds since 1970. Headers that the signer moved into the query
 * (`content-type`, `content-md5`, `x-amz-…`) are taken from there.
 */
export function stringToSignV2(request: {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: SignableRequest['headers'];
  readonly expires: string | number;
}): string {
  const query = parseQuery(request.query);
  const headers = new Map<string, string>();
  for (const [name, value] of request.headers) {
    const lower = name.toLowerCase();
    const before = headers.get(lower);
    headers.set(lower, before === undefined ? value.trim() : `${before},${value.trim()}`);
  }
  for (const [name, value] of query) {
    const lower = name.toLowerCase();
    if (isSignedHeader(lower) && !headers.has(lower)) headers.set(lower, value ?? '');
  }
  const amazon = [...headers].filter(([name]) => name.startsWith('x-amz-')).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    request.method,
    headers.get('content-md5') ?? '',
    headers.get('content-type') ?? '',
    String(request.expires),
    ...amazon.map(([name, value]) => `${name}:${value}`),
    `${request.path}${resourceQuery(query)}`,
  ].join('\n');
}

function isSignedHeader(lower: string): boolean {
  return lower === 'content-md5' || lower === 'content-type' || lower.startsWith('x-amz-');
}

function resourceQuery(query: readonly (readonly [string, string | undefined])[]): string {
  const kept = query.filter(([name]) => subResources.has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  if (kept.length === 0) return '';
  return `?${kept.map(([name, value]) => (value === undefined ? name : `${name}=${value}`)).join('&')}`;
}

function parseQuery(query: string): (readonly [string, string | undefined])[] {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const cut = part.indexOf('=');
      if (cut < 0) return [decode(part), undefined];
      return [decode(part.slice(0, cut)), decode(part.slice(cut + 1))];
    });
}

function decode(text: string): string {
  return percentDecodeBytes(text.replaceAll('+', ' '));
}
