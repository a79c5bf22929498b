// What is signed: the request's hash with its date and scope, and S3's forms for the chunks of a body.
import type { Hashing } from './hashing.ts';
import { latin1Bytes } from './uri.ts';

export const algorithm = 'AWS4-HMAC-SHA256';
/** SHA-256 of nothing. */
export const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** What a signature is good for; as text `DATE/REGION/SERVICE/aws4_request`. */
export interface Scope {
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

export function formatScope(scope: Scope): string {
  return `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
}

/** The string to sign of a request; `amzDate` is `YYYYMMDDTHHMMSSZ`. */
export function stringToSign(amzDate: string, scope: Scope | string, canonicalRequestHash: string): string {
  return `${algorithm}\n${amzDate}\n${scopeText(scope)}\n${canonicalRequestHash}`;
}

/** The string to sign of one chunk of an `aws-chunked` body (S3 API reference, "Signature calculations … chunked upload"). */
export function chunkStringToSign(
  amzDate: string,
  scope: Scope | string,
  previousSignature: string,
  chunkHash: string,
): string {
  return `${algorithm}-PAYLOAD\n${amzDate}\n${scopeText(scope)}\n${previousSignature}\n${emptyHash}\n${chunkHash}`;
}

/** The string to sign of the trailing headers of an `aws-chunked` body; `trailerHash` covers `name:value\n` of each. */
export function trailerStringToSign(
  amzDate: string,
  scope: Scope | string,
  previousSignature: string,
  trailerHash: string,
): string {
  return `${algorithm}-TRAILER\n${amzDate}\n${scopeText(scope)}\n${previousSignature}\n${trailerHash}`;
}

/** The hexadecimal signature of a canonical request. */
export function requestSignature(
  hashing: Hashing,
  facts: {
    readonly canonicalRequest: string;
    readonly amzDate: string;
    readonly scope: Scope | string;
    readonly key: Uint8Array;
  },
): string {
  const hash = hashing.sha256Hex(hashable(facts.canonicalRequest));
  return toHex(hashing.hmac(facts.key, stringToSign(facts.amzDate, facts.scope, hash)));
}

/** A canonical request in the form in which it may be hashed: bytes where the text is not ASCII. */
export function hashable(canonicalRequest: string): string | Uint8Array {
  for (let index = 0; index < canonicalRequest.length; index++) {
    if (canonicalRequest.charCodeAt(index) > 127) return latin1Bytes(canonicalRequest);
  }
  return canonicalRequest;
}

const hexBytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Bytes in lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) out += hexBytes[byte];
  return out;
}

/** A moment as `YYYYMMDDTHHMMSSZ`. */
export function formatAmzDate(moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** The moment of `YYYYMMDDTHHMMSSZ`; undefined when the text is not of this form or names no moment. */
export function parseAmzDate(text: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const moment = new Date(iso);
  // An overflowing day such as 30 February rolls over, and then prints differently.
  return Number.isNaN(moment.getTime()) || moment.toISOString() !== iso ? undefined : moment;
}

function scopeText(scope: Scope | string): string {
  return typeof scope === 'string' ? scope : formatScope(scope);
}
