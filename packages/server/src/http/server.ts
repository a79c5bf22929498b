/** The listener: makes an exchange of each request, writes the reply, limits headers and time, drains at the end. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../clock.ts';
import type { Exchange, Handler, Reply } from '../context.ts';
import { newRequestId } from '../id.ts';
import type { Log } from '../log.ts';
import { BodyAborted, type BodyBudget } from './body.ts';
import type { ClientOf } from './client-address.ts';

export interface HttpSettings {
  readonly host: string;
  readonly port: number;
  readonly tls?: { readonly certFile: string; readonly keyFile: string } | undefined;
  readonly clientOf: ClientOf;
  readonly budget: BodyBudget;
  /** Seconds that replies under way have to end when the server stops; ten when it is not said. */
  readonly drainSeconds?: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Answers for a failure that no handler turned into a reply. */
  readonly internalError: (exchange: Exchange, error: unknown) => Reply;
}

export interface Listening {
  readonly port: number;
  /**
   * Stops accepting, lets replies under way end, then closes every connection. What is still worked out for somebody who has
   * left ends too, as long as there is time.
   */
  close(): Promise<void>;
}

/** Starts listening; fails with Node's own error (EADDRINUSE, EACCES) when it cannot. */
export async function serveHttp(handler: Handler, settings: HttpSettings): Promise<Listening> {
  let answering = 0;
  let onEnd = (): void => {};
  const listener: RequestListener = async (request, response) => {
    answering += 1;
    try {
      await answer(handler, settings, request, response);
    } finally {
      answering -= 1;
      onEnd();
    }
  };
  const options = {
    maxHeaderSize: 32 * 1024,
    keepAliveTimeout: 75_000,
    headersTimeout: 80_000,
    requestTimeout: 0,
    // Refused below, with an answer of ours.
    requireHostHeader: false,
  };
  const server: Server = settings.tls
    ? createTlsServer(
        { ...options, cert: readFileSync(settings.tls.certFile), key: readFileSync(settings.tls.keyFile) },
        listener,
      )
    : createServer(options, listener);
  // A client that sends nothing for two minutes, in the middle of a body too, is cut off.
  server.timeout = 120_000;
  // The body limit is checked before "100 Continue" invites the body.
  server.on('checkContinue', listener);
  // Expectations that nobody knows are passed over.
  server.on('checkExpectation', listener);
  server.on('clientError', refuseBroken);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        let [isClosed, isLate] = [false, false];
        onEnd = () => {
          if (!isClosed || (answering > 0 && !isLate)) return;
          clearTimeout(force);
          resolve();
        };
        const force = setTimeout(
          () => {
            isLate = true;
            server.closeAllConnections();
            onEnd();
          },
          (settings.drainSeconds ?? 10) * 1000,
        );
        // Connections of pools become idle one after the other, when their replies are out.
        const sweep = setInterval(() => server.closeIdleConnections(), 50);
        server.close(() => {
          clearInterval(sweep);
          isClosed = true;
          onEnd();
        });
        server.closeIdleConnections();
      }),
  };
}

async function answer(handler: Handler, settings: HttpSettings, request: IncomingMessage, response: ServerResponse) {
  underWay.set(request.socket, response);
  if (request.headers.host === undefined && request.httpVersionMinor > 0) {
    response.shouldKeepAlive = false;
    response.writeHead(400, brokenHeaders('BadRequestException')).end(brokenBody('BadRequestException'));
    return;
  }
  const exchange = makeExchange(settings, request, response);
  let reply: Reply;
  try {
    reply = await handler(exchange);
  } catch (error) {
    if (error instanceof BodyAborted) return void response.destroy();
    reply = settings.internalError(exchange, error);
  }
  try {
    await writeReply(exchange, reply);
  } catch (error) {
    settings.log.debug({ requestId: exchange.requestId, err: (error as Error).message }, 'reply not delivered');
    response.destroy();
  }
}

function makeExchange(settings: HttpSettings, request: IncomingMessage, response: ServerResponse): Exchange {
  // The form for proxies (`GET http://host/path`) means the same here; the host is the Host header's.
  const url = (request.url ?? '/').replace(/^https?:\/\/[^/?]*\/?/i, '/');
  const cut = url.indexOf('?');
  const client = settings.clientOf(request);
  return {
    requestId: newRequestId(),
    receivedAt: settings.clock.now(),
    request,
    response,
    method: request.method ?? 'GET',
    rawPath: cut < 0 ? url : url.slice(0, cut),
    rawQuery: cut < 0 ? '' : url.slice(cut + 1),
    get headers() {
      const { rawHeaders } = request;
      const pairs: [string, string][] = [];
      for (let index = 0; index < rawHeaders.length; index += 2)
        pairs.push([rawHeaders[index]!, rawHeaders[index + 1]!]);
      return pairs;
    },
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    origin: `${client.secure ? 'https' : 'http'}://${client.host}`,
    clientAddress: client.address,
    secure: client.secure,
    readBody: (limit) => {
      if (
        request.headers.expect?.toLowerCase() === '100-continue' &&
        Number(request.headers['content-length']) <= limit
      )
        response.writeContinue();
      return settings.budget.read(request, limit, response);
    },
  };
}

async function writeReply(exchange: Exchange, reply: Reply): Promise<void> {
  const { request, response } = exchange;
  if (response.destroyed) {
    if (reply.body instanceof Readable) reply.body.destroy();
    return;
  }
  response.statusCode = reply.status;
  response.setHeader('x-amzn-RequestId', exchange.requestId);
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value as string | string[]);
  // Whatever of the body was not read cannot be told from the next request, so the connection ends with this reply.
  if (!request.complete && hasBody(request)) response.setHeader('Connection', 'close');
  if (reply.body instanceof Readable) {
    if (exchange.method === 'HEAD') {
      reply.body.destroy();
      response.end();
      return;
    }
    await pipeline(reply.body, response);
  } else {
    const body = reply.body ?? '';
    if (!response.hasHeader('Content-Length') && reply.status !== 204 && reply.status !== 304)
      response.setHeader('Content-Length', typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength);
    response.end(exchange.method === 'HEAD' ? undefined : body);
  }
  // A refused upload is read on for a moment, so that the client sees the reply rather than a reset connection.
  if (!request.complete && hasBody(request)) drain(request);
}

const hasBody = (request: IncomingMessage): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

function drain(request: IncomingMessage): void {
  let left = 8 * 1024 * 1024;
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.on('error', () => {});
  request.resume();
  setTimeout(() => request.complete || request.destroy(), 2000).unref();
}

/** What is being answered on a connection. */
const underWay = new WeakMap<Duplex, ServerResponse>();

/** A request that is no HTTP: Node's parser refused it before there was an exchange. */
function refuseBroken(error: NodeJS.ErrnoException, socket: Duplex): void {
  // In the middle of another answer nothing can be said.
  const speaking = underWay.get(socket)?.headersSent === true && !underWay.get(socket)?.writableFinished;
  if (error.code === 'ECONNRESET' || !socket.writable || speaking) return void socket.destroy();
  const [status, name] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', 'RequestHeaderSectionTooLarge']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', 'RequestTimeoutException']
        : ['400 Bad Request', 'BadRequestException'];
  const headers = { Date: new Date().toUTCString(), ...brokenHeaders(name), Connection: 'close' };
  const lines = Object.entries(headers).map(([header, value]) => `${header}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${brokenBody(name)}`);
}

const brokenBody = (name: string): string =>
  JSON.stringify({ __type: name, message: 'The request could not be read.' });

const brokenHeaders = (name: string) => ({
  'Content-Type': 'application/json',
  'x-amzn-errortype': name,
  'x-amzn-RequestId': newRequestId(),
  'Content-Length': Buffer.byteLength(brokenBody(name)),
});
