/** A server on loopback that keeps what it received, counts its connections, and answers from a script. */
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { tlsCertificate, tlsKey } from '../../../server/src/testing/tls.ts';

export interface Received {
  readonly method: string;
  /** Path and query, as sent. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Step = (response: ServerResponse, received: Received) => void;

export interface ScriptedServer {
  readonly endpointUrl: string;
  readonly port: number;
  /** One step for each request to come; without one the answer is a 500. */
  readonly script: Step[];
  readonly received: readonly Received[];
  /** Connections that were opened so far, and the most at a time. */
  readonly connections: { readonly all: number; readonly most: number; readonly open: number };
  /** Ends the connections on which no request is under way. */
  closeIdle(): void;
  close(): Promise<void>;
}

export async function openServer({ tls = false, host = '127.0.0.1' } = {}): Promise<ScriptedServer> {
  const script: Step[] = [];
  const received: Received[] = [];
  const connections = { all: 0, most: 0, open: 0 };
  const listener: RequestListener = async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    const one = { method, path, headers, body: await text(request) };
    received.push(one);
    (script.shift() ?? answer(500, {}))(response, one);
  };
  const server = tls ? createTlsServer({ key: tlsKey, cert: tlsCertificate }, listener) : createServer(listener);
  // Whoever ends a connection, it is not this side by itself.
  server.keepAliveTimeout = 0;
  server.on('connection', (socket: Socket) => {
    connections.all += 1;
    connections.open += 1;
    connections.most = Math.max(connections.most, connections.open);
    socket.on('close', () => {
      connections.open -= 1;
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    endpointUrl: `${tls ? 'https' : 'http'}://${name}:${port}`,
    port,
    script,
    received,
    connections,
    closeIdle: () => server.closeIdleConnections(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers at once; the body is text or becomes JSON. */
export const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): Step =>
  (response) =>
    void response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));

/** Accepts connections and says nothing, not even who it is. */
export async function openMuteServer(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket.on('error', () => {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Where nothing listens. */
export async function closedUrl(): Promise<string> {
  const server = await openServer();
  await server.close();
  return server.endpointUrl;
}
