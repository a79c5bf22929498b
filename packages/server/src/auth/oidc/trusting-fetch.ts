/** `fetch` for identity providers: https only, with certificates of the operator's choice, nothing followed. */
import { request } from 'node:https';
import { createSecureContext, getCACertificates } from 'node:tls';

/** What the libraries of OpenID Connect hand to a `fetch`. */
interface FetchOptions {
  readonly method?: string | undefined;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

export type TrustingFetch = (url: string | URL, options?: FetchOptions) => Promise<Response>;

/** Bytes of an answer: tokens and keys are far smaller. */
const answerLimit = 1024 * 1024;
const timeoutMs = 10_000;

/**
 * Makes the function. Node's own `fetch` takes no certificates; the addresses are the operator's, so private ones are
 * connected to as well.
 *
 * @param ca certificates in PEM form that are trusted besides those that Node trusts
 */
export function createTrustingFetch(ca: string | undefined): TrustingFetch {
  const secureContext =
    ca === undefined ? undefined : createSecureContext({ ca: [...getCACertificates('default'), ca] });
  return (url, { method = 'GET', headers, body, signal } = {}) =>
    new Promise((resolve, reject) => {
      const sent = body == null ? '' : String(body);
      const outgoing = request(new URL(url), {
        method,
        headers: {
          ...Object.fromEntries(new Headers(headers as ConstructorParameters<typeof Headers>[0])),
          ...(sent !== '' || method === 'POST' ? { 'content-length': Buffer.byteLength(sent) } : {}),
        },
        agent: false,
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]),
        ...(secureContext && { secureContext }),
      });
      outgoing.on('error', reject);
      outgoing.on('response', (incoming) => {
        const chunks: Buffer[] = [];
        let size = 0;
        incoming.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          size += chunk.length;
          if (size > answerLimit) incoming.destroy(new Error('The answer is too large.'));
        });
        incoming.on('error', reject);
        incoming.on('end', () => {
          const status = incoming.statusCode ?? 0;
          const empty = status < 200 || status === 204 || status === 205 || status === 304;
          const named = Object.entries(incoming.headersDistinct).flatMap(([name, values]) =>
            (values ?? []).map((value): [string, string] => [name, value]),
          );
          resolve(
            new Response(empty ? null : Buffer.concat(chunks), { status: Math.max(200, status), headers: named }),
          );
        });
      });
      outgoing.end(sent);
    });
}
