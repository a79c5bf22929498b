/** Requests over node:http and node:https: time-outs of their own for connecting and reading, connections that are kept open. */
import type * as Http from 'node:http';
import type { TLSSocket } from 'node:tls';
import {
  ConnectionClosedError,
  ConnectTimeoutError,
  EndpointConnectionError,
  InvalidConfigError,
  ReadTimeoutError,
  type SdkError,
  SSLError,
} from '../errors.ts';
import type { HttpRequest, HttpResponse, Transport, TransportLimits } from '../transport.ts';
import { builtin } from './builtin.ts';
import type { Configuration } from './platform.ts';

const protocols = { 'http:': () => builtin('node:http'), 'https:': () => builtin('node:https') };

export function createHttpTransport(limits: TransportLimits, { caBundle }: Configuration): Transport {
  const common = { keepAlive: true, maxSockets: limits.maxConnections, scheduling: 'lifo' } as const;
  const agents = new Map<keyof typeof protocols, Http.Agent>();

  function agentOf(protocol: keyof typeof protocols): Http.Agent {
    const known = agents.get(protocol);
    if (known !== undefined) return known;
    const trusted = protocol === 'https:' && caBundle !== undefined ? { ca: readBundle(caBundle) } : {};
    const agent = new (protocols[protocol]().Agent)({ ...common, ...trusted });
    agents.set(protocol, agent);
    return agent;
  }

  return {
    async send(request, signal) {
      signal?.throwIfAborted();
      const { protocol, hostname, port } = new URL(request.url);
      const { method, url, headers } = request;
      const scheme = protocol as keyof typeof protocols;
      const sent = protocols[scheme]().request({
        method,
        host: hostname.replace(/^\[|\]$/g, ''),
        port: port === '' ? undefined : port,
        // Not the parsed URL's path: what was signed goes out unchanged.
        path: url.slice(url.indexOf('/', protocol.length + 2)),
        headers,
        agent: agentOf(scheme),
      });
      return finish(sent, request, limits, signal);
    },
    close() {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

/** @throws InvalidConfigError */
function readBundle(path: string): Buffer {
  try {
    return builtin('node:fs').readFileSync(path);
  } catch (cause) {
    throw new InvalidConfigError(`The CA bundle ${path} cannot be read`, { cause });
  }
}

/** Sends the body and reads the answer. */
function finish(
  request: Http.ClientRequest,
  { url, body }: HttpRequest,
  limits: TransportLimits,
  signal: AbortSignal | undefined,
): Promise<HttpResponse> {
  return new Promise<HttpResponse>((resolve, reject) => {
    let connected = false;
    const fail = (error: unknown): void => {
      reject(error);
      request.destroy();
    };
    const abort = (): void => fail(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    request.on('close', () => signal?.removeEventListener('abort', abort));
    watchConnecting(request, url.startsWith('https:'), limits.connectTimeoutMs, {
      connected: () => (connected = true),
      late: () => fail(new ConnectTimeoutError(url)),
    });
    request.setTimeout(limits.readTimeoutMs, () => {
      // While a connection is being made its own limit holds.
      if (connected) fail(new ReadTimeoutError(url));
    });
    request.on('error', (error) => reject(unanswered(url, error, connected)));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', (error) => reject(new ConnectionClosedError(url, error)));
      response.on('end', () => resolve(responseOf(response, chunks)));
    });
    request.end(body);
  });
}

function responseOf(response: Http.IncomingMessage, chunks: readonly Buffer[]): HttpResponse {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers))
    headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  const [first = Buffer.alloc(0)] = chunks;
  const body = (chunks.length > 1 ? Buffer.concat(chunks) : first).toString('utf8');
  return { status: response.statusCode ?? 0, headers, body };
}

/** What a TLSSocket has while it agrees with the other side on keys; in the types it is missing. */
interface Securing extends TLSSocket {
  readonly secureConnecting: boolean;
}

/** Tells when a new connection stands, or that it took too long; one from the pool stands already. */
function watchConnecting(
  request: Http.ClientRequest,
  secure: boolean,
  milliseconds: number,
  tell: { connected(): void; late(): void },
): void {
  request.once('socket', (socket) => {
    if (!socket.connecting && !(socket as Partial<Securing>).secureConnecting) return tell.connected();
    const timer = setTimeout(tell.late, milliseconds);
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      tell.connected();
    });
    request.once('close', () => clearTimeout(timer));
  });
}

const certificateCode = /^(EPROTO$|CERT_|ERR_TLS_|ERR_SSL_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)|_CERT/;

function unanswered(url: string, error: NodeJS.ErrnoException, connected: boolean): SdkError {
  if (certificateCode.test(error.code ?? '')) return new SSLError(url, error);
  return connected ? new ConnectionClosedError(url, error) : new EndpointConnectionError(url, error);
}
