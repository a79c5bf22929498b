// A server that keeps every request as it stood on the wire and answers from a script.
import { createServer, type Socket } from 'node:net';

export interface WireRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  /** In the order and case in which they were sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** One character a byte. */
  readonly body: string;
}

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends the connection without an answer, or in the middle of the body. */
  readonly broken?: 'before' | 'within';
}

/** An answer, or what makes one of a request. */
export type Scripted = ScriptedAnswer | ((request: WireRequest) => ScriptedAnswer);

export interface ScriptedServer {
  readonly url: string;
  /** Answers the coming requests with these, the last one again and again, and forgets the requests so far. */
  play(...answers: readonly Scripted[]): void;
  /** The requests since the last script. */
  readonly requests: readonly WireRequest[];
  close(): Promise<void>;
}

/** @param moment milliseconds since 1970 that stand in the `Date` of every answer that names none. */
export async function startScriptedServer(moment: number): Promise<ScriptedServer> {
  let script: readonly Scripted[] = [{}];
  let requests: WireRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client may hang up on an answer that it does not like.
    socket.on('error', () => {});
    let received = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      received += chunk;
      for (let cut = cutRequest(received); cut !== undefined; cut = cutRequest(received)) {
        received = cut.rest;
        requests.push(cut.request);
        const next = script[Math.min(requests.length, script.length) - 1] ?? {};
        answer(socket, typeof next === 'function' ? next(cut.request) : next, moment);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    play(...answers) {
      script = answers;
      requests = [];
    },
    get requests() {
      return requests;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A port on loopback where nobody listens. */
export async function deafUrl(): Promise<string> {
  const server = await startScriptedServer(0);
  await server.close();
  return server.url;
}

function cutRequest(bytes: string): { request: WireRequest; rest: string } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = bytes.slice(0, end).split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  const length = Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? 0);
  const start = end + 4;
  if (bytes.length < start + length) return undefined;
  const [method = '', target = ''] = first.split(' ');
  const body = bytes.slice(start, start + length);
  return { request: { method, target, headers, body }, rest: bytes.slice(start + length) };
}

function answer(socket: Socket, { status = 200, headers = {}, body = '', broken }: ScriptedAnswer, moment: number) {
  if (broken === 'before') {
    socket.destroy();
    return;
  }
  const bytes = Buffer.from(body, 'utf8');
  const all = { date: new Date(moment).toUTCString(), 'content-length': String(bytes.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`HTTP/1.1 ${status} Scripted\r\n${lines.join('')}\r\n`, 'latin1');
  if (broken === undefined) socket.write(Buffer.concat([head, bytes]));
  else socket.end(Buffer.concat([head, bytes.subarray(0, bytes.length / 2)]));
}
