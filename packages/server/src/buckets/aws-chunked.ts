/**
 * Reads `aws-chunked` bodies: `HEX[;chunk-signature=…]\r\n DATA \r\n` until a chunk of size 0, then trailing headers
 * (Amazon S3 API reference, "Signature calculations … transferring a payload in multiple chunks" and "trailing headers").
 */
import { createHash } from 'node:crypto';
import { ApiError } from '@holdpoint/protocol';
import type { SignedRequest } from './settings.ts';

const maxLine = 16 * 1024;
const maxChunk = 2 ** 31;

export interface ChunkedOptions {
  readonly trailer: boolean;
  readonly chunks: SignedRequest['chunks'];
  /** Called with the trailing headers, names in lower case, once they are verified. */
  readonly onTrailer: (trailer: ReadonlyMap<string, string>) => void;
}

/** The data of the chunks. Throws an ApiError when the framing or a signature is wrong, or the end is missing. */
export async function* decodeAwsChunked(
  source: AsyncIterable<Uint8Array>,
  options: ChunkedOptions,
): AsyncGenerator<Uint8Array> {
  const reader = createReader(source);
  for (;;) {
    const { size, signature } = parseChunkHeader(await reader.line());
    const hash = options.chunks ? createHash('sha256') : undefined;
    for (let left = size; left > 0; ) {
      const bytes = await reader.some(left);
      left -= bytes.length;
      hash?.update(bytes);
      yield bytes;
    }
    if (options.chunks) options.chunks.verifyChunk(hash?.digest('hex') ?? '', signature ?? '');
    if (size === 0) break;
    if ((await reader.line()) !== '') throw malformed();
  }
  if (options.trailer) options.onTrailer(await readTrailer(reader, options));
  else await reader.emptyRest();
}

async function readTrailer(reader: Reader, { chunks }: ChunkedOptions): Promise<ReadonlyMap<string, string>> {
  const trailer = new Map<string, string>();
  let signature = '';
  const signed = createHash('sha256');
  for (let count = 0; count < 32; count++) {
    const line = await reader.lineOrEnd();
    if (line === undefined) break;
    // Some signers put the signature after an empty line, as a second block.
    if (line === '') continue;
    const cut = line.indexOf(':');
    if (cut < 1) throw malformed();
    const name = line.slice(0, cut).trim().toLowerCase();
    const value = line.slice(cut + 1).trim();
    if (name === 'x-amz-trailer-signature') {
      signature = value;
    } else {
      trailer.set(name, value);
      signed.update(`${name}:${value}\n`);
    }
  }
  await reader.emptyRest();
  chunks?.verifyTrailer(signed.digest('hex'), signature);
  return trailer;
}

function parseChunkHeader(line: string): { size: number; signature: string | undefined } {
  const match = /^([0-9a-fA-F]{1,16})(?:;chunk-signature=([0-9a-f]{64}))?\s*$/.exec(line);
  if (!match) throw malformed();
  const size = Number.parseInt(match[1] ?? '', 16);
  if (size > maxChunk) throw malformed();
  return { size, signature: match[2] };
}

interface Reader {
  /** Up to the next line end, without it. */
  line(): Promise<string>;
  lineOrEnd(): Promise<string | undefined>;
  /** At least one and at most `most` bytes. */
  some(most: number): Promise<Uint8Array>;
  /** Refuses anything more than line ends. */
  emptyRest(): Promise<void>;
}

function createReader(source: AsyncIterable<Uint8Array>): Reader {
  const iterator = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);

  const more = async (): Promise<boolean> => {
    const { done, value } = await iterator.next();
    if (done) return false;
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    return true;
  };
  const lineOrEnd = async (): Promise<string | undefined> => {
    for (;;) {
      const end = held.indexOf('\r\n');
      if (end >= 0) {
        const line = held.toString('latin1', 0, end);
        held = held.subarray(end + 2);
        return line;
      }
      if (held.length > maxLine) throw malformed();
      if (!(await more())) {
        if (held.length > 0) throw incomplete();
        return undefined;
      }
    }
  };
  return {
    lineOrEnd,
    async line() {
      const line = await lineOrEnd();
      if (line === undefined) throw incomplete();
      return line;
    },
    async some(most) {
      while (held.length === 0) if (!(await more())) throw incomplete();
      const bytes = held.subarray(0, most);
      held = held.subarray(bytes.length);
      return bytes;
    },
    async emptyRest() {
      do {
        if (held.toString('latin1').replaceAll('\r\n', '') !== '' && held.toString('latin1') !== '\r')
          throw malformed();
        held = held.subarray(held.length - (held.at(-1) === 13 ? 1 : 0));
      } while (await more());
    },
  };
}

function malformed(): ApiError {
  return new ApiError('InvalidRequest', 'The body is not well-formed aws-chunked.');
}

function incomplete(): ApiError {
  return new ApiError('IncompleteBody', 'The request body terminated unexpectedly');
}
