/** No answer came from the server; `cause` is what the runtime's `fetch` threw. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** The sentence for a request that was not answered. */
export function unreachable(endpointUrl: string, cause: unknown): UnreachableError {
  const reason = codesOf(cause)[0] ?? (cause instanceof Error ? cause.message : String(cause));
  return new UnreachableError(`The server at ${endpointUrl} cannot be reached (${reason}). Is it running?`, { cause });
}

/** Whether nothing was sent, so that another attempt cannot do a thing twice. Browsers do not tell. */
export const wasNotSent = (cause: unknown): boolean =>
  codesOf(cause).some((code) => code === 'ECONNREFUSED' || code === 'UND_ERR_CONNECT_TIMEOUT');

/** Error codes inside what `fetch` throws: in Node they are in the cause, and below it when several addresses failed. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const { code } = error as { code?: unknown };
  const nested = error instanceof AggregateError ? error.errors : [error.cause];
  return [...(typeof code === 'string' ? [code] : []), ...nested.flatMap(codesOf)];
}
