// Errors ↔ HTTP responses, for both protocols.
import { ApiError, errorEntry, type Protocol } from '../errors.ts';
import { isRecord } from './json-value.ts';

/** What every modelled error's Message may hold, in characters. */
const messageLimit = 1024;

/** An answer as the HTTP layer sends or receives it; header names in lower case. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** The content type of a protocol's bodies. */
export const contentTypes = { 'rest-json': 'application/json', 'json-1-1': 'application/x-amz-json-1.1' } as const;

/**
 * The response of an error: name in `x-amzn-errortype` and `__type`, text in `Message` (modelled errors) or `message`
 * (common ones), retry hints for throttling.
 */
export function encodeApiError(protocol: Protocol, error: ApiError, requestId: string): HttpAnswer {
  const entry = errorEntry(error.name);
  const member = entry.modelled.includes(protocol) ? 'Message' : 'message';
  const headers: Record<string, string> = {
    'content-type': contentTypes[protocol],
    'x-amzn-errortype': error.name,
    'x-amzn-requestid': requestId,
  };
  const retryAfter = error.retryAfter ?? entry.retryAfter;
  if (retryAfter !== undefined) {
    headers['retry-after'] = String(Math.ceil(retryAfter));
    headers['x-amz-retry-after'] = String(Math.round(retryAfter * 1000));
  }
  return {
    status: protocol === 'rest-json' ? entry.restStatus : entry.jsonStatus,
    headers,
    body: JSON.stringify({ __type: error.name, [member]: cut(error.message) }),
  };
}

function cut(message: string): string {
  if (message.length <= messageLimit) return message;
  const characters = [...message];
  return characters.length <= messageLimit ? message : `${characters.slice(0, messageLimit - 1).join('')}…`;
}

/** The error that a client reads from a response whose status is 300 or more. */
export function decodeApiError(
  protocol: Protocol,
  answer: { readonly status: number; readonly headers: HeaderSource; readonly body: string },
): ApiError {
  const headers = headerMap(answer.headers);
  const body = parseObject(answer.body);
  const { __type, code, Code } = body;
  const header = headers.get('x-amzn-errortype');
  // In botocore's order, then where else a name may stand.
  const places = protocol === 'rest-json' ? [header, code, Code, __type] : [__type, code, Code, header];
  const sent = places.find((name) => typeof name === 'string' && name !== '');
  const message = [body.message, body.Message].find((text) => typeof text === 'string');
  const retryAfter = Number(headers.get('x-amz-retry-after')) / 1000 || secondsUntil(headers);
  const requestId = headers.get('x-amzn-requestid') ?? headers.get('x-amz-request-id');
  return new ApiError(bareName(sent) || String(answer.status), (message as string | undefined) ?? 'UnknownError', {
    status: answer.status,
    ...(requestId === undefined ? {} : { requestId }),
    ...(retryAfter > 0 ? { retryAfter } : {}),
  });
}

/** What `Retry-After` asks for: seconds, or a moment, counted from that of the answer (RFC 9110, section 10.2.3). */
function secondsUntil(headers: ReadonlyMap<string, string>): number {
  const asked = headers.get('retry-after') ?? '';
  const seconds = (Date.parse(asked) - Date.parse(headers.get('date') ?? '')) / 1000;
  return /^[A-Z]/.test(asked) ? seconds : Number(asked);
}

/** `aws.protocols#Name:http://…` → `Name` */
function bareName(sent: unknown): string {
  const [first = ''] = (typeof sent === 'string' ? sent : '').split(/[:,]/);
  return first.slice(first.lastIndexOf('#') + 1).trim();
}

/** The members of a body. A plain text, as gateways send it, is the message; a page is none. */
function parseObject(body: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body);
    return isRecord(parsed) ? parsed : {};
  } catch {
    return /^\s*(<|$)/.test(body) ? {} : { message: body };
  }
}

/** Headers as Node, fetch or a test has them. */
export type HeaderSource =
  | Iterable<readonly [string, string]>
  | { readonly [name: string]: string | readonly string[] | undefined };

function headerPairs(source: HeaderSource): Iterable<readonly [string, string | readonly string[] | undefined]> {
  return Symbol.iterator in source ? (source as Iterable<readonly [string, string]>) : Object.entries(source);
}

/** Headers by lower-case name, repeated ones joined with a comma. */
export function headerMap(source: HeaderSource): Map<string, string> {
  const result = new Map<string, string>();
  for (const [name, value] of headerPairs(source)) {
    if (value === undefined) continue;
    const lower = name.toLowerCase();
    const text = typeof value === 'string' ? value : value.join(', ');
    const before = result.get(lower);
    result.set(lower, before === undefined ? text : `${before}, ${text}`);
  }
  return result;
}

/** The first value of one header, by its lower-case name. */
export function headerValue(source: HeaderSource, wanted: string): string | undefined {
  for (const [name, value] of headerPairs(source)) {
    if (name.length === wanted.length && name.toLowerCase() === wanted)
      return typeof value === 'string' ? value : value?.[0];
  }
  return undefined;
}
