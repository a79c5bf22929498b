// The canonical form of a request, over which Signature Version 4 is computed (AWS general reference, "Create a signed AWS API request").
import { isUnreserved, percentCode, percentDecodeBytes, uriEncodeBytes } from './uri.ts';

/** A request as it was received: nothing decoded, one byte per character. */
export interface SignableRequest {
  readonly method: string;
  /** What stands before `?`. */
  readonly rawPath: string;
  /** What stands after `?`, or empty. */
  readonly rawQuery: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export interface CanonicalOptions {
  /** Lower-case names in the order of the signature. */
  readonly signedHeaders: readonly string[];
  /** Hexadecimal SHA-256 of the body, or one of S3's words such as `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string;
  /** S3's rules: the path is neither normalised nor encoded a second time. */
  readonly s3?: boolean;
  /** Query parameters (decoded names) that the signature leaves out, such as `X-Amz-Signature`. */
  readonly unsignedQuery?: readonly string[];
  /** False leaves dot segments and empty segments in the path; S3 always does. */
  readonly normalizePath?: boolean;
}

/** The canonical request: one byte per character, so hash it as latin1 where it is not ASCII. A signed header that is missing counts as empty. */
export function canonicalRequest(request: SignableRequest, options: CanonicalOptions): string {
  const path = options.s3
    ? canonicalS3Path(request.rawPath)
    : canonicalPath(request.rawPath, options.normalizePath ?? true);
  const query = canonicalQuery(request.rawQuery, options.unsignedQuery);
  const headers = canonicalHeaders(request.headers, options.signedHeaders);
  return `${request.method}\n${path}\n${query}\n${headers}\n${options.signedHeaders.join(';')}\n${options.payloadHash}`;
}

const slash = 47;
const dot = 46;

/** The path with dot and empty segments removed, then every byte but unreserved ones and `/` encoded: `%20` becomes `%2520`. */
export function canonicalPath(rawPath: string, normalize = true): string {
  if (rawPath === '' || rawPath === '/') return '/';
  if (isPlainPath(rawPath)) return rawPath;
  return uriEncodeBytes(normalize ? normalizePath(rawPath) : rawPath, true);
}

/** S3's path: what the wire path means, encoded once. */
function canonicalS3Path(rawPath: string): string {
  if (rawPath === '') return '/';
  return isPlainPath(rawPath) ? rawPath : uriEncodeBytes(percentDecodeBytes(rawPath), true);
}

/** Whether canonicalising would change nothing: unreserved bytes only, no empty segment, none that begins with a dot. */
function isPlainPath(path: string): boolean {
  let previous = 0;
  for (let index = 0; index < path.length; index++) {
    const code = path.charCodeAt(index);
    if (code === slash ? previous === slash : !isUnreserved(code) || (code === dot && previous === slash)) return false;
    previous = code;
  }
  return path.charCodeAt(0) === slash;
}

function normalizePath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  if (kept.length === 0) return '/';
  return `/${kept.join('/')}${path.endsWith('/') ? '/' : ''}`;
}

/** The query with names and values decoded, strictly encoded again and sorted; `+` counts as a space. */
export function canonicalQuery(rawQuery: string, unsigned: readonly string[] = []): string {
  if (rawQuery === '') return '';
  const pairs: (readonly [string, string])[] = [];
  for (const part of rawQuery.split('&')) {
    if (part === '') continue;
    const cut = part.indexOf('=');
    const name = reencode(cut < 0 ? part : part.slice(0, cut));
    if (!unsigned.includes(name)) pairs.push([name, cut < 0 ? '' : reencode(part.slice(cut + 1))]);
  }
  pairs.sort(([nameA, valueA], [nameB, valueB]) => (nameA === nameB ? compare(valueA, valueB) : compare(nameA, nameB)));
  let out = '';
  for (const [name, value] of pairs) out += `${out === '' ? '' : '&'}${name}=${value}`;
  return out;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function reencode(text: string): string {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isUnreserved(code)) continue;
    // Signers write upper-case escapes of bytes that need one, so the common case is found unchanged below.
    if (code === percentCode && isStrictEscape(text, index)) index += 2;
    else return uriEncodeBytes(percentDecodeBytes(text.replaceAll('+', ' ')));
  }
  return text;
}

function isStrictEscape(text: string, index: number): boolean {
  const high = strictDigit(text.charCodeAt(index + 1));
  const low = strictDigit(text.charCodeAt(index + 2));
  return high >= 0 && low >= 0 && !isUnreserved(high * 16 + low);
}

function strictDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 65 && code <= 70 ? code - 55 : -1;
}

function canonicalHeaders(headers: SignableRequest['headers'], signed: readonly string[]): string {
  const values = new Map<string, string>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    const before = values.get(lower);
    const trimmed = trimHeaderValue(value);
    values.set(lower, before === undefined ? trimmed : `${before},${trimmed}`);
  }
  let out = '';
  for (const name of signed) out += `${name}:${values.get(name) ?? ''}\n`;
  return out;
}

/** A header value without outer white space, inner runs of it (line folds too) as one space. */
export function trimHeaderValue(value: string): string {
  let previousBlank = true;
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index);
    const blank = code === 32;
    if ((blank && previousBlank) || (code >= 9 && code <= 13)) return value.trim().replace(/[ \t\n\v\f\r]+/g, ' ');
    previousBlank = blank;
  }
  return previousBlank && value !== '' ? value.trim() : value;
}
