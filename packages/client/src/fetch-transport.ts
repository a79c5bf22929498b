/** Requests over the runtime's `fetch`. */
import { ConnectionClosedError, EndpointConnectionError, ReadTimeoutError, type SdkError } from './errors.ts';
import type { Transport } from './transport.ts';

export interface FetchTransportOptions {
  /** Instead of the runtime's own. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Milliseconds for one request; `fetch` does not tell connecting from reading. Default 120,000. */
  readonly timeoutMs?: number | undefined;
}

/** A transport over `fetch`, which is what browsers, workers and other runtimes without sockets have. */
export function createFetchTransport({ fetch: given, timeoutMs = 120_000 }: FetchTransportOptions = {}): Transport {
  return {
    async send({ method, url, headers, body }, signal) {
      const timeout = AbortSignal.timeout(timeoutMs);
      const init = { method, headers, redirect: 'manual', ...(body !== '' && { body }) } as const;
      let answered = false;
      try {
        const send = given ?? globalThis.fetch;
        const response = await send(url, {
          ...init,
          signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
        });
        answered = true;
        // Of a redirect that it does not follow a browser tells nothing, not even the status.
        const status = response.type === 'opaqueredirect' ? 302 : response.status;
        return { status, headers: Object.fromEntries(response.headers), body: await response.text() };
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        throw unanswered(url, error, timeout.aborted, answered);
      }
    },
    close() {},
  };
}

function unanswered(url: string, cause: unknown, late: boolean, answered: boolean): SdkError {
  if (late) return new ReadTimeoutError(url);
  // `fetch` does not say how far a request got.
  return answered ? new ConnectionClosedError(url, cause) : new EndpointConnectionError(url, cause, true);
}
