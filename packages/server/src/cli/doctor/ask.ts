import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';

export interface Asking {
  readonly method?: string;
  readonly body?: string;
  /** Certificates to trust instead of the usual ones. */
  readonly ca?: string | undefined;
  /** For what tells nobody anything: also a server whose certificate is not trusted is heard. */
  readonly trustAnybody?: boolean;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Milliseconds until an answer has to be there. */
const timeout = 10_000;

/** One HTTP request. @throws Error as Node says it. */
export async function ask(url: string | URL, { method = 'GET', body, ca, trustAnybody }: Asking = {}): Promise<Reply> {
  const target = new URL(url);
  const request = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const signal = AbortSignal.timeout(timeout);
  return new Promise<Reply>((resolve, reject) => {
    const sent = request(
      target,
      {
        method,
        signal,
        agent: false,
        ...(ca !== undefined && { ca }),
        ...(trustAnybody && { rejectUnauthorized: false }),
      },
      (response) => {
        const { statusCode = 0, headers } = response;
        buffer(response).then(
          (bytes) => resolve({ status: statusCode, headers, body: bytes.toString('utf8') }),
          reject,
        );
      },
    );
    sent.on('error', (error) => reject(signal.aborted ? new Error('no answer in time') : error));
    sent.end(body);
  });
}
