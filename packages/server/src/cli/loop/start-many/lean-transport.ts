/**
 * HTTP/1.1 with as little work for each request as there can be, for many small requests to one plain http endpoint: the
 * connections stay, a request is one write, and an answer is taken apart as text. node:http takes about three times as long,
 * which is more than all else that a start needs.
 */
import { connect, type Socket } from 'node:net';
import {
  ConnectionClosedError,
  ConnectTimeoutError,
  EndpointConnectionError,
  type HttpRequest,
  type HttpResponse,
  ReadTimeoutError,
  type Transport,
} from '@holdpoint/client';
import { readResponse } from './read-response.ts';

/** Milliseconds without a connection, or without an answer. */
const timeLimit = 60_000;
/** Milliseconds between two looks for requests that take too long. */
const lookEvery = 1000;

interface Turn {
  readonly request: HttpRequest;
  readonly begun: number;
  /** Its connection was closed before an answer, and it went over another one. */
  isSentAgain: boolean;
  resolve(response: HttpResponse): void;
  reject(error: unknown): void;
}

interface Connection {
  readonly socket: Socket;
  stands: boolean;
  /** Answers so far. */
  answers: number;
  text: string;
  turn: Turn | undefined;
}

/** @param endpoint an http URL; requests are to its host. */
export function createLeanTransport(endpoint: URL): Transport {
  const port = Number(endpoint.port || 80);
  const host = endpoint.hostname.replace(/^\[|\]$/g, '');
  const free: Connection[] = [];
  const all = new Set<Connection>();
  let isClosed = false;
  const clock = setInterval(() => {
    const limit = performance.now() - timeLimit;
    for (const { socket, stands, turn } of all)
      if (turn !== undefined && turn.begun < limit)
        socket.destroy(stands ? new ReadTimeoutError(turn.request.url) : new ConnectTimeoutError(turn.request.url));
  }, lookEvery);
  clock.unref();

  function open(): Connection {
    const socket = connect({ port, host, noDelay: true });
    const connection: Connection = { socket, stands: false, answers: 0, text: '', turn: undefined };
    all.add(connection);
    socket.setEncoding('latin1');
    socket.on('connect', () => {
      connection.stands = true;
    });
    socket.on('data', (chunk: string) => receive(connection, chunk, false));
    socket.on('end', () => {
      receive(connection, '', true);
      socket.destroy();
    });
    let failure: Error | undefined;
    socket.on('error', (error) => {
      failure = error;
    });
    socket.on('close', () => closed(connection, failure));
    return connection;
  }

  function receive(connection: Connection, chunk: string, isEnd: boolean): void {
    const { turn, socket } = connection;
    if (turn === undefined) return void socket.destroy();
    connection.text += chunk;
    let read: ReturnType<typeof readResponse>;
    try {
      read = readResponse(connection.text, isEnd);
    } catch (error) {
      return void socket.destroy(error as Error);
    }
    if (read === undefined) return;
    connection.text = '';
    connection.turn = undefined;
    connection.answers++;
    if (read.keepsConnection && !isEnd) free.push(connection);
    else socket.destroy();
    turn.resolve(turn.isSentAgain ? withoutRepetition(read.response) : read.response);
  }

  function closed(connection: Connection, error: Error | undefined): void {
    all.delete(connection);
    const index = free.indexOf(connection);
    if (index >= 0) free.splice(index, 1);
    const { turn, stands, answers, text } = connection;
    connection.turn = undefined;
    if (turn === undefined) return;
    const { url } = turn.request;
    if (error instanceof ReadTimeoutError || error instanceof ConnectTimeoutError) turn.reject(error);
    // What was sent before may have been carried out: that it cannot be sent again does not make it unsent.
    else if (!stands && !turn.isSentAgain) turn.reject(new EndpointConnectionError(url, error));
    // A connection that was kept open may be closed by the other side at any time: that is no news about the server.
    else if (answers > 0 && text === '' && !isClosed) {
      turn.isSentAgain = true;
      write(open(), turn);
    } else turn.reject(new ConnectionClosedError(url, error));
  }

  function write(connection: Connection, turn: Turn): void {
    connection.turn = turn;
    const { method, url, headers, body } = turn.request;
    const length = Buffer.byteLength(body);
    let text = `${method} ${url.slice(url.indexOf('/', 8))} HTTP/1.1\r\nhost: ${endpoint.host}\r\n`;
    for (const name in headers) text += `${name}: ${headers[name]}\r\n`;
    text += `content-length: ${length}\r\n\r\n`;
    if (length === body.length) connection.socket.write(text + body, 'latin1');
    else connection.socket.write(Buffer.concat([Buffer.from(text, 'latin1'), Buffer.from(body)]));
  }

  return {
    send: (request, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const connection = free.pop() ?? open();
        write(connection, { request, begun: performance.now(), isSentAgain: false, resolve, reject });
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
    close() {
      isClosed = true;
      clearInterval(clock);
      for (const { socket } of all) socket.destroy();
    },
  };
}

/** What a request that went out twice repeats is itself, and no news to whoever sent it once. */
function withoutRepetition(response: HttpResponse): HttpResponse {
  const { 'holdpoint-repeated': _, ...headers } = response.headers;
  return { ...response, headers };
}
