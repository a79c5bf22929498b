/** What a request addresses: a bucket, a key, and the parameters that say what to do with it. */
import { ApiError } from '@holdpoint/protocol';
import type { Exchange } from '../context.ts';
import { invalidArgument } from './errors.ts';
import type { BucketsSettings, SignedRequest } from './settings.ts';

export interface BucketRequest {
  readonly settings: BucketsSettings;
  readonly exchange: Exchange;
  readonly signed: SignedRequest;
  /** '' for the service itself. */
  readonly bucket: string;
  /** '' for the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly now: number;
  /** A header by lower-case name; signers of URLs may have moved those of S3 and of the body into the query. */
  header(name: string): string | undefined;
  /** All headers that begin with the prefix, query included, without it. */
  headersWith(prefix: string): Record<string, string>;
}

const movable = /^(?:x-amz-|content-type$|content-md5$)/;
/** What may stand in a header value of ours: no control characters, one byte per character. */
const headerText = /^[\t\x20-\x7e\x80-\xff]*$/;

export function bucketRequest(settings: BucketsSettings, exchange: Exchange, signed: SignedRequest): BucketRequest {
  const { bucket, key } = addressOf(exchange.rawPath);
  const query = new URLSearchParams(exchange.rawQuery);
  const moved = new Map<string, string>();
  if (signed.form !== 'header') {
    for (const [name, value] of query) {
      const lower = name.toLowerCase();
      if (movable.test(lower) && headerText.test(value)) moved.set(lower, value);
    }
  }
  return {
    settings,
    exchange,
    signed,
    bucket,
    key,
    query,
    now: settings.clock.now(),
    header: (name) => exchange.header(name) ?? moved.get(name),
    headersWith(prefix) {
      const found: Record<string, string> = {};
      const all = [...moved, ...exchange.headers.map(([name, value]) => [name.toLowerCase(), value] as const)];
      for (const [name, value] of all) if (name.startsWith(prefix)) found[name.slice(prefix.length)] = value;
      return found;
    },
  };
}

/** Takes a path-style path apart. @throws ApiError InvalidURI */
export function addressOf(rawPath: string): { bucket: string; key: string } {
  const path = rawPath.startsWith('/') ? rawPath.slice(1) : rawPath;
  const cut = path.indexOf('/');
  return { bucket: decode(cut < 0 ? path : path.slice(0, cut)), key: cut < 0 ? '' : decode(path.slice(cut + 1)) };
}

function decode(text: string): string {
  try {
    // Bytes that a client did not escape arrive as one character each.
    return decodeURIComponent(/[\x80-\xff]/.test(text) ? Buffer.from(text, 'latin1').toString('utf8') : text);
  } catch {
    throw new ApiError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

/** A whole number of the query between 0 and `max`; larger ones are cut. */
export function numberParameter(query: URLSearchParams, name: string, absent: number, max: number): number {
  const text = query.get(name);
  if (text === null || text === '') return absent;
  if (!/^\d{1,10}$/.test(text)) throw invalidArgument(`Provided ${name} not an integer or within integer range`);
  return Math.min(Number(text), max);
}

/** A text as it may stand in a header of ours. @throws ApiError InvalidArgument */
export function headerValue(name: string, text: string): string {
  if (!headerText.test(text)) throw invalidArgument(`The value of '${name}' cannot be sent in a header.`);
  return text;
}
