/** Reads request bodies whole, within a limit each and a cap for all together. */
import type { IncomingMessage } from 'node:http';
import { ApiError } from '@holdpoint/protocol';

export interface BodyBudget {
  read(request: IncomingMessage, limit: number): Promise<Buffer>;
  readonly inFlight: number;
}

/** The connection ended or failed before the body was whole; there is nobody to answer. */
export class BodyAborted extends Error {}

export function createBodyBudget(capBytes: number): BodyBudget {
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
      for await (const chunk of request as AsyncIterable<Buffer>) {
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

function declaredLength(request: IncomingMessage): number | undefined {
  const header = request.headers['content-length'];
  return header === undefined ? undefined : Number(header);
}

const tooLarge = (limit: number): ApiError =>
  new ApiError('RequestEntityTooLargeException', `The request body is larger than ${limit} bytes.`);

const busy = (): ApiError =>
  new ApiError('ThrottlingException', 'Too many bytes of requests are being received at once. Please try again.');
