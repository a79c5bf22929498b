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

/** Why a call failed: `code` is the wire's name of the error, `message` a sentence. */
export class ConsoleError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.name = 'ConsoleError';
    this.code = code;
  }
}

/** Nobody is signed in any more. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof ConsoleError && error.code === 'MissingAuthenticationTokenException';

const timeout = 60_000;
const attempts = 3;

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
  const isRead = /^(Describe|List|Get|Search|Check|Preview|Render)/.test(name);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send(name, input, signal);
    } catch (error) {
      const isLost = error instanceof ConsoleError && error.code === 'unreachable';
      if (!isLost || !isRead || attempt === attempts || signal?.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250 * 2 ** attempt));
    }
  }
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
    throw new ConsoleError('unreachable', 'The server cannot be reached. Check the connection, then try again.', {
      cause: error,
    });
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

function refusal(error: unknown): ConsoleError {
  if (error instanceof ApiError) return new ConsoleError(error.name, error.message, { cause: error });
  return new ConsoleError(
    'unreadable',
    'The server gave an answer that this page does not understand. Reload the page.',
    {
      cause: error,
    },
  );
}
