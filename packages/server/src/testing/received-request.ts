import type { ReceivedRequest } from '../auth/received-request.ts';

/** A request as a server would have received it, without a server. */
export function receivedRequest(request: {
  readonly method?: string;
  /** Path and query. */
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>> | readonly (readonly [string, string])[];
  /** When it was received; default now. */
  readonly at?: Date;
}): ReceivedRequest {
  const target = request.target ?? '/';
  const cut = target.indexOf('?');
  const given = request.headers ?? {};
  const headers = Array.isArray(given) ? (given as readonly (readonly [string, string])[]) : Object.entries(given);
  return {
    method: request.method ?? 'GET',
    rawPath: cut < 0 ? target : target.slice(0, cut),
    rawQuery: cut < 0 ? '' : target.slice(cut + 1),
    headers,
    header: (name) => headers.find(([each]) => each.toLowerCase() === name)?.[1],
    receivedAt: (request.at ?? new Date()).getTime(),
  };
}
