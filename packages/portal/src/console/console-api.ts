// The console's requests: operations of the API, with the session's cookie in place of a signature.
import {
  ApiError,
  decodeJson11Response,
  encodeJson11Request,
  type OperationInput,
  type OperationName,
  type OperationOutput,
  operations,
} from '@holdpoint/protocol';
import { askedAgain } from '../api.ts';
import { SentenceError } from '../portal-error.ts';
import { english } from '../words/en.ts';

/** Why a call failed: `code` is the wire's name of the error, `message` a sentence. */
export class ConsoleError extends SentenceError {}

/** Nobody is signed in any more. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof ConsoleError && error.code === 'MissingAuthenticationTokenException';

/** What a call was about is not there, or not any more; of workteams the API says so by its sentence only. */
export const isMissing = (error: unknown): boolean =>
  error instanceof ConsoleError &&
  (error.code.startsWith('ResourceNotFound') || / does not exist\.$/.test(error.message));

export const unreachable = (cause: unknown) => new ConsoleError('unreachable', english.refusals.unreachable, { cause });

const timeout = 60_000;

/**
 * Calls an operation. What changes nothing is asked again when its answer is lost.
 *
 * @throws ConsoleError, `unreachable` when the server cannot be reached
 */
export async function call<Name extends OperationName>(
  name: Name,
  input: OperationInput<Name>,
  signal?: AbortSignal,
): Promise<OperationOutput<Name>> {
  const ask = () => send(name, input, signal);
  return /^(Describe|List|Get|Search|Check|Evaluate|Preview|Render)/.test(name) ? askedAgain(ask) : ask();
}

async function send<Name extends OperationName>(
  name: Name,
  input: OperationInput<Name>,
  signal: AbortSignal | undefined,
): Promise<OperationOutput<Name>> {
  const operation = operations[name];
  const { body } = encodeJson11Request(operation, input);
  const limit = AbortSignal.timeout(timeout);
  let response: Response;
  let text: string;
  try {
    response = await fetch(`/console/api/${name}`, {
      method: 'POST',
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { 'content-type': 'application/json', 'x-holdpoint-request': 'portal' },
      body,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    text = await response.text();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw unreachable(error);
  }
  try {
    return decodeJson11Response(operation, {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: text,
    }) as OperationOutput<Name>;
  } catch (error) {
    throw refusal(error);
  }
}

/** An answer that names no error is none of the server's: a proxy may have answered while the server starts anew. */
function refusal(error: unknown): ConsoleError {
  if (error instanceof ApiError && /^50[234]$/.test(error.name)) return unreachable(error);
  if (error instanceof ApiError && !/^\d+$/.test(error.name))
    return new ConsoleError(error.name, error.message, { cause: error });
  return new ConsoleError(
    'unreadable',
    'The server gave an answer that this page does not understand. Reload the page.',
    { cause: error },
  );
}
