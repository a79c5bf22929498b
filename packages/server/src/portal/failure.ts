/** Turns whatever a handler threw into what the worker is told: a code and a sentence; the rest goes to the log. */
import { ApiError, errorEntry, type PortalErrorCode } from '@holdpoint/protocol';
import { RefusedPasskey } from '../auth/passkeys/refused-passkey.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Visit } from './visit.ts';

export interface Failure {
  readonly code: PortalErrorCode;
  readonly message: string;
  /** Where the code's own status is not the right one. */
  readonly status?: number;
}

/** @throws the error itself when the client has gone, so that the connection just ends. */
export function failureOf(error: unknown, visit: Pick<Visit, 'exchange' | 'log'>): Failure {
  if (error instanceof Refusal) return { code: error.code, message: error.message };
  if (error instanceof RefusedPasskey) return { code: 'passkey-refused', message: error.message };
  if (error instanceof ApiError) return apiFailure(error);
  const { exchange, log } = visit;
  if (exchange.request.destroyed && !exchange.request.complete) throw error;
  log.error({ requestId: exchange.requestId, err: error }, 'unexpected failure in the portal');
  return {
    code: 'internal',
    message: `Something went wrong on the server. Please try again; if it goes on, report request ${exchange.requestId}.`,
  };
}

/** Errors of the http room: a body over its limit, too many bytes at once. */
function apiFailure(error: ApiError): Failure {
  const status = errorEntry(error.name).restStatus;
  if (error.name === 'RequestEntityTooLargeException')
    return { code: 'bad-request', message: 'The request is too large.', status };
  if (error.name === 'ServiceUnavailableException')
    return { code: 'try-again', message: 'Nothing can be saved at the moment. Please try again in a few minutes.' };
  if (error.name === 'ThrottlingException' || status === 503)
    return { code: 'try-again', message: 'The server is busy. Please try again in a moment.' };
  return { code: 'bad-request', message: error.message, status };
}
