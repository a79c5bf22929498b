/** Replies of the API: answers with the headers that every SDK reads, and the one place where an error becomes a reply. */
import { ApiError, encodeApiError, isApiError } from '@holdpoint/protocol';
import type { Exchange, Reply } from '../context.ts';
import type { Log } from '../log.ts';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Reply['body'];
}

/** A browser may read API replies from anywhere: what a request may do is decided by its signature, never by a cookie. */
const crossOrigin = { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' };

export function apiReply(exchange: Exchange, answer: Answer, extra: Readonly<Record<string, string>> = {}): Reply {
  const headers = { 'x-amzn-RequestId': exchange.requestId, ...crossOrigin, ...answer.headers, ...extra };
  return { status: answer.status, headers, body: answer.body };
}

/** What is no ApiError is a fault of ours: the caller learns the request id, the log the rest. */
export function apiErrorReply(exchange: Exchange, protocol: 'rest-json' | 'json-1-1', error: unknown, log: Log): Reply {
  let known = error;
  if (!isApiError(error)) {
    log.error({ requestId: exchange.requestId, err: error }, 'unexpected error');
    known = new ApiError('InternalServerException', `Internal server error (request ${exchange.requestId}).`);
  }
  return apiReply(exchange, encodeApiError(protocol, known as ApiError, exchange.requestId));
}

/** The same for errors of ours to whoever called an AI service, in these services' words. */
export function aiServiceErrorReply(exchange: Exchange, error: unknown, log: Log): Reply {
  const { requestId } = exchange;
  if (!isApiError(error)) log.error({ requestId, err: error }, 'unexpected error');
  const known: ApiError & { readonly members?: Readonly<Record<string, string>> } = isApiError(error)
    ? error
    : new ApiError('InternalServerError', `Internal server error (request ${requestId}).`, { status: 500 });
  const { status, headers, body } = encodeApiError('json-1-1', known, requestId);
  const { message, ...rest } = JSON.parse(body);
  const modelled = { ...rest, ...(message !== undefined && { Message: message }), Code: known.name, ...known.members };
  return apiReply(exchange, { status: known.status ?? status, headers, body: JSON.stringify(modelled) });
}

export const preflightReply = (exchange: Exchange): Reply => ({
  status: 204,
  headers: {
    'x-amzn-RequestId': exchange.requestId,
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
    'access-control-allow-headers': exchange.header('access-control-request-headers') ?? '*',
    'access-control-max-age': '3600',
  },
});
