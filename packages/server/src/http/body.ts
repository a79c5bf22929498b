/** Reads request bodies whole: within a limit each, a cap for all together, and a time that fits their size. */
import type { IncomingMessage } from 'node:http';
import { ApiError } from '@holdpoint/protocol';

export interface BodyBudget {
  read(request: IncomingMessage, limit: number): Promise<Buffer>;
  readonly inFlight: number;
}

export interface BodyPace {
  /** How long a body of any size may take, in milliseconds; default one minute. */
  readonly patienceMs: number;
  /** What has to come each second after that; default 32 KiB. */
  readonly bytesPerSecond: number;
}

/** The connection ended or failed before the body was whole; there is nobody to answer. */
export class BodyAborted extends Error {}

const defaultPace: BodyPace = { patienceMs: 60_000, bytesPerSecond: 32 * 1024 };

export function createBodyBudget(capBytes: number, pace: BodyPace = defaultPace): BodyBudget {
  let inFlight = 0;

  async function read(request: IncomingMessage, limit: number): Promise<Buffer> {
    const declared = declaredLength(request);
    if (declared !== undefined && declared > limit) throw tooLarge(limit);
    if (declared === 0 || (declared === undefined && request.headers['transfer-encoding'] === undefined))
      return Buffer.alloc(0);
    // The declared length is booked before a byte is read, so that many slow uploads cannot add up unseen.
    let booked = declared ?? 0;
    if (inFlight + booked > capBytes) throw busy();
    inFlight += booked;
    let received = 0;
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of chunksOf(request, pace)) {
        received += chunk.length;
        if (received > limit) throw tooLarge(limit);
        if (received > booked) {
          inFlight += received - booked;
          booked = received;
          if (inFlight > capBytes) throw busy();
        }
        chunks.push(chunk);
      }
    } catch (error) {
      if (error instanceof ApiError) throw error;
      throw new BodyAborted('The request ended before its body did.', { cause: error });
    } finally {
      inFlight -= booked;
    }
    return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, received);
  }

  return {
    read,
    get inFlight() {
      return inFlight;
    },
  };
}

/** The chunks as they come; one who gives up on them leaves the connection whole, so that there still is an answer. */
async function* chunksOf(request: IncomingMessage, { patienceMs, bytesPerSecond }: BodyPace): AsyncGenerator<Buffer> {
  const chunks = request.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  const begun = performance.now();
  let received = 0;
  for (;;) {
    const left = begun + patienceMs + (received / bytesPerSecond) * 1000 - performance.now();
    const next = await within(left, chunks.next());
    if (next.done) return;
    received += next.value.length;
    yield next.value;
  }
}

/** @throws ApiError RequestTimeoutException after so many milliseconds. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const refuse = (): void => reject(new ApiError('RequestTimeoutException', 'The request body came too slowly.'));
    timer = setTimeout(refuse, Math.max(0, milliseconds));
  });
  // Whichever comes second is nobody's business any more.
  promise.catch(() => {});
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function declaredLength(request: IncomingMessage): number | undefined {
  const header = request.headers['content-length'];
  return header === undefined ? undefined : Number(header);
}

const tooLarge = (limit: number): ApiError =>
  new ApiError('RequestEntityTooLargeException', `The request body is larger than ${limit} bytes.`);

const busy = (): ApiError =>
  new ApiError('ThrottlingException', 'Too many bytes of requests are being received at once. Please try again.');
