/** Reads request bodies whole: within a limit each, a cap for all together, and a time that fits their size. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '@holdpoint/protocol';

export interface BodyBudget {
  /** @param response whose end gives back the room in the cap: until then the body may be held */
  read(request: IncomingMessage, limit: number, response: Pick<ServerResponse, 'once' | 'closed'>): Promise<Buffer>;
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

  async function read(
    request: IncomingMessage,
    limit: number,
    response: Pick<ServerResponse, 'once' | 'closed'>,
  ): Promise<Buffer> {
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
    const take = (chunk: Buffer): void => {
      received += chunk.length;
      if (received > limit) throw tooLarge(limit);
      if (received > booked) {
        inFlight += received - booked;
        booked = received;
        if (inFlight > capBytes) throw busy();
      }
      chunks.push(chunk);
    };
    try {
      await receive(request, take, pace);
    } catch (error) {
      inFlight -= booked;
      throw error;
    }
    const giveBack = (): void => {
      inFlight -= booked;
    };
    if (response.closed) giveBack();
    else response.once('close', giveBack);
    return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, received);
  }

  return {
    read,
    get inFlight() {
      return inFlight;
    },
  };
}

/**
 * Hands over the chunks as they come. Whoever gives up on them (by throwing) leaves the connection whole, so that there
 * still is an answer. Events rather than iteration: this is on the path of every request.
 */
function receive(request: IncomingMessage, take: (chunk: Buffer) => void, pace: BodyPace): Promise<void> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    let received = 0;
    let timer: NodeJS.Timeout | undefined;

    const watch = (): void => {
      const left = begun + pace.patienceMs + (received / pace.bytesPerSecond) * 1000 - performance.now();
      if (left <= 0) give(new ApiError('RequestTimeoutException', 'The request body came too slowly.'));
      else timer = setTimeout(watch, left);
    };
    const onData = (chunk: Buffer): void => {
      received += chunk.length;
      try {
        take(chunk);
      } catch (error) {
        give(error as Error);
      }
    };
    const onEnd = (): void => give();
    const onClose = (): void => give(new BodyAborted('The request ended before its body did.'));
    function give(error?: Error): void {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onClose).off('close', onClose);
      if (error) {
        request.pause();
        reject(error);
      } else resolve();
    }

    request.on('data', onData).on('end', onEnd).on('error', onClose).on('close', onClose);
    watch();
  });
}

function declaredLength(request: IncomingMessage): number | undefined {
  const header = request.headers['content-length'];
  return header === undefined ? undefined : Number(header);
}

const tooLarge = (limit: number): ApiError =>
  new ApiError('RequestEntityTooLargeException', `The request body is larger than ${limit} bytes.`);

const busy = (): ApiError =>
  new ApiError('ThrottlingException', 'Too many bytes of requests are being received at once. Please try again.');
