/** Bodies on their way to S3: small ones whole, so that everything about them is known before; large ones as they come. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ApiError } from '@holdpoint/protocol';
import type { ObjectBody, PutOptions } from '../object-store.ts';

/** A body of known size up to this is held in memory; one of unknown size must not be larger than the second. */
export const smallBytes = 1024 * 1024;
const unknownBytes = 16 * 1024 * 1024;

export interface BodySummary {
  readonly size: number;
  readonly md5: string;
  readonly sha256: string;
}

export type Body =
  | { readonly kind: 'whole'; readonly bytes: Uint8Array; readonly summary: BodySummary }
  | { readonly kind: 'stream'; readonly source: ObjectBody; readonly size: number };

/** @throws what the body or `verify` throws; ApiError when a body of unknown size is large */
export async function readBody(
  body: ObjectBody | Uint8Array,
  { size, verify }: Pick<PutOptions, 'size' | 'verify'>,
): Promise<Body> {
  if (!(body instanceof Uint8Array) && size !== undefined && size > smallBytes)
    return { kind: 'stream', source: body, size };
  const bytes = body instanceof Uint8Array ? body : await collect(body, size ?? unknownBytes);
  const summary = {
    size: bytes.length,
    md5: createHash('md5').update(bytes).digest('hex'),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
  verify?.(summary);
  return { kind: 'whole', bytes, summary };
}

async function collect(body: ObjectBody, limit: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of body) {
    size += bytes.length;
    if (size > limit) throw new ApiError('EntityTooLarge', 'The body is larger than it was said to be.');
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}

/**
 * Sends a large body while it comes. Its last piece is held back until the whole of it was verified: what fails or is
 * refused is cut off before its end, so that S3 keeps nothing of it.
 *
 * @throws what the body or `verify` throws, else what `send` does
 */
export async function sendStream<T>(
  { source, size }: Extract<Body, { kind: 'stream' }>,
  verify: PutOptions['verify'],
  send: (stream: Readable, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const cut = new AbortController();
  let failure: { readonly error: unknown } | undefined;

  async function* verified(): AsyncGenerator<Uint8Array> {
    try {
      const md5 = createHash('md5');
      const sha256 = createHash('sha256');
      let seen = 0;
      let held: Uint8Array | undefined;
      for await (const bytes of source) {
        if (bytes.length === 0) continue;
        md5.update(bytes);
        sha256.update(bytes);
        seen += bytes.length;
        // Before the piece that would complete it goes out.
        if (seen > size) throw notAsSaid();
        if (held) yield held;
        held = bytes;
      }
      if (seen !== size) throw notAsSaid();
      verify?.({ size, md5: md5.digest('hex'), sha256: sha256.digest('hex') });
      if (held) yield held;
    } catch (error) {
      failure = { error };
      cut.abort();
      throw error;
    }
  }

  const stream = Readable.from(verified(), { objectMode: false });
  // Its failure is known above already; without a listener it would end the process.
  stream.on('error', () => {});
  try {
    return await send(stream, cut.signal);
  } catch (error) {
    throw failure ? failure.error : error;
  } finally {
    stream.destroy();
  }
}

const notAsSaid = (): ApiError => new ApiError('IncompleteBody', 'The body is not as long as it was said to be.');
