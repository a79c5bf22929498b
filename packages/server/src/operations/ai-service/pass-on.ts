import type { Readable } from 'node:stream';
import { ApiError } from '@holdpoint/protocol';
import type { OperationContext, Reply } from '../../context.ts';
import { type AiService, aiServices } from '../../domain/ai-services.ts';

export interface AiServiceCall {
  readonly service: AiService;
  /** The operation's name, without the prefix of its target. */
  readonly operation: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

export interface Answer extends Reply {
  readonly headers: Readonly<Record<string, string>>;
  /** Errors are whole, other answers as they come. */
  readonly body: Buffer | Readable;
}

const mostOfError = 1024 * 1024;
/** What says that the credentials were changed, or are over: the next call looks for others. */
const isAboutCredentials =
  /"__type"\s*:\s*"[^"]*(ExpiredToken|IncompleteSignature|InvalidSignature|MissingAuthenticationToken|UnrecognizedClient)/;

/** Passes a call on with this body; whatever the service answers is the answer. */
export async function passOn(context: OperationContext, call: AiServiceCall, body: Buffer): Promise<Answer> {
  const { service, headers, signal } = call;
  const answer = await context.aiServices.call({ service, headers, body, signal });
  if (answer.status < 300) return answer;
  const error = await readWhole(answer.body, mostOfError, service);
  if (isAboutCredentials.test(error.toString('utf8'))) {
    context.log.warn(
      { service, requestId: context.requestId },
      'the AI service refused the credentials of this server',
    );
    context.aiServices.forgetCredentials();
  }
  return { ...answer, body: error };
}

/** @throws ApiError when the answer ends early or is too large. */
export async function readWhole(body: Readable, limit: number, service: AiService): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of body) {
      size += piece.length;
      if (size > limit) break;
      pieces.push(piece);
    }
  } catch {
    throw badAnswer(service, 'broke its answer off');
  }
  if (size > limit) throw badAnswer(service, `answered with more than ${limit} bytes`);
  return Buffer.concat(pieces);
}

/** The fault of whoever answered in the place of the service. */
export const badAnswer = (service: AiService, what: string): ApiError =>
  new ApiError('InternalServerError', `${aiServices[service].name} (${aiServices[service].flag}) ${what}.`, {
    status: 502,
  });
