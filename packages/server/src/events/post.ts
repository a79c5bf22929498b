/** One POST to one address, nothing followed: the address is checked, the answer's body thrown away. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { privateUrlError } from './private-address.ts';

export interface PostSettings {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** Resolves names to addresses that may be connected to; undefined lets every address be connected to. */
  readonly lookup: LookupFunction | undefined;
  /** Ends the attempt as a whole: resolving, connecting, sending and reading. */
  readonly signal: AbortSignal;
  /** Certificates in PEM form that are trusted instead of the system's. */
  readonly ca: string | undefined;
}

export interface PostAnswer {
  readonly status: number;
  readonly location: string | undefined;
}

/** How many bytes of an answer's body are read, so that a connection ends politely; a longer one is cut off. */
const answerLimit = 8 * 1024;

/** @throws Error when there is no answer: refused address, no connection, broken answer, time over. */
export function post(url: URL, settings: PostSettings): Promise<PostAnswer> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const refusal = settings.lookup && privateUrlError(url);
  if (refusal) return Promise.reject(refusal);
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send({
      hostname: host,
      port: url.port === '' ? undefined : Number(url.port),
      path: `${url.pathname}${url.search}`,
      method: 'POST',
      headers: {
        ...settings.headers,
        host: url.host,
        'content-length': Buffer.byteLength(settings.body),
      },
      // A connection of its own: one that is kept could have been opened before the name changed its addresses.
      agent: false,
      signal: settings.signal,
      ...(settings.lookup && { lookup: settings.lookup }),
      ...(settings.ca !== undefined && { ca: settings.ca }),
    });
    let answered = false;
    const fail = (error: Error): void => {
      if (!answered) reject(error);
    };
    request.on('response', (response) => {
      answered = true;
      const answer = { status: response.statusCode ?? 0, location: response.headers.location };
      void discard(response).then(() => resolve(answer));
    });
    request.on('error', fail);
    request.on('close', () => fail(new Error('The connection was closed without an answer.')));
    request.end(settings.body);
  });
}

/** The status has come, so however the body ends it changes nothing. */
function discard(response: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let left = answerLimit;
    response.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) response.destroy();
    });
    response.on('error', () => {});
    response.on('close', resolve);
  });
}
