/** A transport that answers from a script instead of a network. */
import type { HttpRequest, HttpResponse, Transport } from '../transport.ts';

/** An answer, an error to be thrown, or what makes one of them. */
export type Scripted = Partial<HttpResponse> | Error | ((request: HttpRequest, signal?: AbortSignal) => unknown);

export interface ScriptedTransport extends Transport {
  readonly requests: readonly HttpRequest[];
}

/** One step for each request, the last one again and again. */
export function scriptedTransport(...script: readonly Scripted[]): ScriptedTransport {
  const requests: HttpRequest[] = [];
  return {
    requests,
    async send(request, signal) {
      requests.push(request);
      const step = script[Math.min(requests.length, script.length) - 1] ?? {};
      const made = typeof step === 'function' ? await step(request, signal) : step;
      if (made instanceof Error) throw made;
      return { status: 200, headers: {}, body: '{}', ...(made as Partial<HttpResponse>) };
    },
    close() {},
  };
}

/** An answer with a JSON body. */
export const json = (body: unknown, headers: Record<string, string> = {}, status = 200): HttpResponse => ({
  status,
  headers,
  body: JSON.stringify(body),
});
