/** Replies of the portal's API: JSON, and refusals as `{ "error": { code, message } }` with their status. */
import type { PortalErrorBody, PortalErrorCode } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';

const statuses: { readonly [Code in PortalErrorCode]: number } = {
  'signed-out': 401,
  'wrong-credentials': 401,
  'too-many-attempts': 429,
  'link-invalid': 400,
  'weak-password': 400,
  'wrong-code': 401,
  'passkey-refused': 400,
  'sign-in-again': 403,
  'task-taken': 409,
  'task-gone': 410,
  'not-yours': 403,
  'time-over': 409,
  'answer-final': 409,
  'answer-invalid': 400,
  'answer-too-large': 413,
  'try-again': 503,
  'not-found': 404,
  'bad-request': 400,
  forbidden: 403,
  internal: 500,
};

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** What every reply of the portal that is no page carries. */
const privateHeaders: Headers = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

export const json = (value: object, headers: Headers = {}, status = 200): Reply => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8', ...privateHeaders, ...headers },
  body: JSON.stringify(value),
});

export function refused(code: PortalErrorCode, message: string, headers: Headers = {}, status?: number): Reply {
  const body: PortalErrorBody = { error: { code, message } };
  const retry: Headers = code === 'try-again' ? { 'Retry-After': '1' } : {};
  return json(body, { ...retry, ...headers }, status ?? statuses[code]);
}

export const statusOf = (code: PortalErrorCode): number => statuses[code];

/** Leads a browser on by GET. */
export const goTo = (location: string, cookies: readonly string[] = []): Reply => ({
  status: 303,
  headers: { ...privateHeaders, Location: location, ...(cookies.length > 0 && { 'Set-Cookie': cookies }) },
});
