// Signs requests: in headers, or in the query of a URL that works without credentials for a while.
import { canonicalRequest, type SignableRequest } from './canonical-request.ts';
import type { Hashing } from './hashing.ts';
import { signingKey } from './signing-key.ts';
import { algorithm, emptyHash, formatAmzDate, formatScope, requestSignature, type Scope } from './string-to-sign.ts';
import { uriEncode } from './uri.ts';

export interface Credentials {
  /** The public half of the pair. */
  readonly accessKeyId: string;
  /** The secret half; it is never sent. */
  readonly secretAccessKey: string;
  /** Goes with a pair that ends after a while. */
  readonly sessionToken?: string | undefined;
}

export interface SigningOptions {
  readonly region: string;
  readonly service: string;
  readonly now: Date;
  /** S3's rules for the path; the body's hash is also sent in a header. */
  readonly s3?: boolean;
}

/** A request whose signature is still missing: for signers that can only hash asynchronously. */
export interface UnsignedRequest {
  readonly canonicalRequest: string;
  readonly amzDate: string;
  readonly scope: Scope;
  /** The headers to add once the hexadecimal signature is known. */
  finish(signature: string): Record<string, string>;
}

/** Prepares a header signature over all given headers but those that proxies change. The request must have its `host` header. */
export function prepareSignature(
  request: SignableRequest & { readonly payloadHash: string },
  credentials: Credentials,
  options: SigningOptions,
): UnsignedRequest {
  const amzDate = formatAmzDate(options.now);
  const scope = { date: amzDate.slice(0, 8), region: options.region, service: options.service };
  const added: Record<string, string> = {
    'x-amz-date': amzDate,
    ...(credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken }),
    ...(options.s3 ? { 'x-amz-content-sha256': request.payloadHash } : {}),
  };
  const headers = [...request.headers.filter(([name]) => !(name.toLowerCase() in added)), ...Object.entries(added)];
  const signedHeaders = [...new Set(headers.map(([name]) => name.toLowerCase()))]
    .filter((name) => !unsignedHeaders.has(name))
    .sort();
  const canonical = canonicalRequest(
    { ...request, headers },
    { signedHeaders, payloadHash: request.payloadHash, ...(options.s3 ? { s3: true } : {}) },
  );
  const credential = `${credentials.accessKeyId}/${formatScope(scope)}`;
  return {
    canonicalRequest: canonical,
    amzDate,
    scope,
    finish: (signature) => ({
      ...added,
      authorization: `${algorithm} Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`,
    }),
  };
}

const unsignedHeaders = new Set([
  'authorization',
  'connection',
  'expect',
  'transfer-encoding',
  'user-agent',
  'x-amzn-trace-id',
]);

/** The headers to add to a request, the signature among them; `payloadHash` is the body's hexadecimal SHA-256. */
export function signRequest(
  hashing: Hashing,
  request: SignableRequest & { readonly payloadHash: string },
  credentials: Credentials,
  options: SigningOptions,
): Record<string, string> {
  const unsigned = prepareSignature(request, credentials, options);
  const { date, region, service } = unsigned.scope;
  const key = signingKey(hashing, credentials.secretAccessKey, date, region, service);
  return unsigned.finish(requestSignature(hashing, { ...unsigned, key }));
}

export interface PresignOptions extends SigningOptions {
  readonly method: string;
  /** Absolute; its query is signed too. */
  readonly url: string;
  readonly credentials: Credentials;
  /** Seconds, 1 to 604800. */
  readonly expiresIn: number;
  /** Headers that whoever uses the URL must send. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Of the body that will be sent; without one an empty body (S3: any body). */
  readonly payloadHash?: string;
}

/** A URL that carries its signature and works for `expiresIn` seconds. */
export function presignUrl(hashing: Hashing, options: PresignOptions): string {
  const unsigned = preparePresignedUrl(options);
  const { date, region, service } = unsigned.scope;
  const key = signingKey(hashing, options.credentials.secretAccessKey, date, region, service);
  return unsigned.finish(requestSignature(hashing, { ...unsigned, key }));
}

/** As {@link prepareSignature}, for a presigned URL: `finish` makes the URL. */
export function preparePresignedUrl(options: PresignOptions): Omit<UnsignedRequest, 'finish'> & {
  finish(signature: string): string;
} {
  const url = new URL(options.url);
  const amzDate = formatAmzDate(options.now);
  const scope = { date: amzDate.slice(0, 8), region: options.region, service: options.service };
  const headers = [['host', url.host] as const, ...(options.headers ?? [])];
  const signedHeaders = [...new Set(headers.map(([name]) => name.toLowerCase()))].sort();
  const parameters: (readonly [string, string])[] = [
    ['X-Amz-Algorithm', algorithm],
    ['X-Amz-Credential', `${options.credentials.accessKeyId}/${formatScope(scope)}`],
    ['X-Amz-Date', amzDate],
    ['X-Amz-Expires', String(options.expiresIn)],
    ['X-Amz-SignedHeaders', signedHeaders.join(';')],
  ];
  if (options.credentials.sessionToken !== undefined) {
    parameters.push(['X-Amz-Security-Token', options.credentials.sessionToken]);
  }
  const own = parameters.map(([name, value]) => `${name}=${uriEncode(value)}`).join('&');
  const rawQuery = url.search.length > 1 ? `${url.search.slice(1)}&${own}` : own;
  const canonical = canonicalRequest(
    { method: options.method, rawPath: url.pathname, rawQuery, headers },
    {
      signedHeaders,
      payloadHash: options.payloadHash ?? (options.s3 ? 'UNSIGNED-PAYLOAD' : emptyHash),
      ...(options.s3 ? { s3: true } : {}),
    },
  );
  return {
    canonicalRequest: canonical,
    amzDate,
    scope,
    finish: (signature) => `${url.origin}${url.pathname}?${rawQuery}&X-Amz-Signature=${signature}`,
  };
}
