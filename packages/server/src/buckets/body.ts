/** The body of a write: read as a stream, and checked at its end against everything that the request said about it. */
import { createHash } from 'node:crypto';
import { ApiError } from '@holdpoint/protocol';
import type { PutOptions } from '../object-store/object-store.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import { type Checksum, type ChecksumName, checksumNames, createChecksum, isChecksumName } from './checksums.ts';
import { invalidArgument } from './errors.ts';
import type { BucketRequest } from './request.ts';

const maxPut = 5 * 1024 ** 3;
const maxDocument = 4 * 1024 * 1024;

export interface Body {
  /** In bytes, as the request says it. */
  readonly size: number;
  readonly stream: AsyncIterable<Uint8Array>;
  /** Checks size, hash, Content-MD5 and checksums; to be called when the stream has ended. */
  readonly verify: NonNullable<PutOptions['verify']>;
  /** The checksum of the body, where it is said before the body, else filled by `verify`. */
  readonly checksums: Record<string, string>;
}

/** @throws ApiError when what the request says about its body cannot be true */
export function bodyOf(request: BucketRequest): Body {
  const { exchange, signed } = request;
  const length = lengthOf(request);
  const md5 = md5Of(request);
  const wanted = declaredChecksums(request);
  const running = new Map<ChecksumName, Checksum>([...wanted.keys()].map((name) => [name, createChecksum(name)]));
  // What is said before the body can be kept before its end is seen; it is checked all the same.
  const checksums: Record<string, string> = {};
  for (const [name, value] of wanted) if (value !== undefined) checksums[name] = value;
  if (exchange.header('expect')?.toLowerCase() === '100-continue') exchange.response.writeContinue();
  const raw = received(exchange.request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>);
  const decoded =
    signed.payload.kind === 'streaming'
      ? decodeAwsChunked(raw, {
          trailer: signed.payload.trailer,
          chunks: signed.chunks,
          onTrailer: (trailer) => {
            for (const [name, checksum] of trailingChecksums(trailer)) wanted.set(name, checksum);
          },
        })
      : raw;
  return {
    size: length,
    stream: counted(decoded, length, running),
    checksums,
    verify(body) {
      if (body.size !== length) throw incompleteBody();
      signed.verifyPayload(body.sha256);
      if (md5 !== undefined && md5 !== body.md5) {
        throw new ApiError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
      }
      for (const [name, checksum] of running) {
        const made = checksum.digest();
        const given = wanted.get(name);
        if (given === undefined) throw invalidArgument(`The trailing header x-amz-checksum-${name} is missing.`);
        if (given !== made) {
          throw new ApiError('BadDigest', `The ${name.toUpperCase()} you specified did not match what we received.`);
        }
        checksums[name] = made;
      }
    },
  };
}

/** A small body, whole and checked, as text. */
export async function readDocument(request: BucketRequest): Promise<string> {
  const streaming = request.signed.payload.kind === 'streaming';
  if (!streaming && request.exchange.header('content-length') === undefined) return '';
  if (lengthOf(request) > maxDocument) throw new ApiError('MaxMessageLengthExceeded', 'Your request was too big.');
  const body = bodyOf(request);
  const pieces: Uint8Array[] = [];
  for await (const bytes of body.stream) pieces.push(bytes);
  const bytes = Buffer.concat(pieces);
  body.verify({
    size: bytes.length,
    md5: createHash('md5').update(bytes).digest('hex'),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  return bytes.toString('utf8');
}

/** How many bytes the object has. */
function lengthOf(request: BucketRequest): number {
  const streaming = request.signed.payload.kind === 'streaming';
  const text = request.exchange.header(streaming ? 'x-amz-decoded-content-length' : 'content-length');
  if (text === undefined) {
    throw new ApiError('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  if (!/^\d{1,15}$/.test(text)) throw invalidArgument('The length of the body must be a whole number.');
  if (Number(text) > maxPut) {
    throw new ApiError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
  }
  return Number(text);
}

function md5Of(request: BucketRequest): string | undefined {
  const text = request.header('content-md5');
  if (text === undefined) return undefined;
  if (!/^[A-Za-z0-9+/]{22}==$/.test(text)) {
    throw new ApiError('InvalidDigest', 'The Content-MD5 you specified was invalid.');
  }
  return Buffer.from(text, 'base64').toString('hex');
}

/** Name → base64, or undefined while the value is still to come in a trailing header. */
function declaredChecksums(request: BucketRequest): Map<ChecksumName, string | undefined> {
  const found = new Map<ChecksumName, string | undefined>();
  for (const name of checksumNames) {
    const value = request.header(`x-amz-checksum-${name}`);
    if (value !== undefined) found.set(name, value);
  }
  for (const trailer of (request.header('x-amz-trailer') ?? '').split(',')) {
    const name = /^x-amz-checksum-([a-z0-9]+)$/.exec(trailer.trim().toLowerCase())?.[1];
    if (name !== undefined && isChecksumName(name) && !found.has(name)) found.set(name, undefined);
  }
  if (found.size > 1) throw new ApiError('InvalidRequest', 'Expecting a single x-amz-checksum- header.');
  return found;
}

function trailingChecksums(trailer: ReadonlyMap<string, string>): [ChecksumName, string][] {
  const found: [ChecksumName, string][] = [];
  for (const [header, value] of trailer) {
    const name = header.replace(/^x-amz-checksum-/, '');
    if (name !== header && isChecksumName(name)) found.push([name, value]);
  }
  return found;
}

/** A connection that ends early is an incomplete body. */
async function* received(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    throw new ApiError('RequestTimeout', 'Your socket connection to the server ended before the body did.', {
      cause: error,
    });
  }
}

async function* counted(
  source: AsyncIterable<Uint8Array>,
  length: number,
  running: ReadonlyMap<ChecksumName, Checksum>,
): AsyncGenerator<Uint8Array> {
  let left = length;
  for await (const bytes of source) {
    left -= bytes.length;
    if (left < 0) throw incompleteBody();
    for (const checksum of running.values()) checksum.update(bytes);
    yield bytes;
  }
}

function incompleteBody(): ApiError {
  return new ApiError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  );
}
