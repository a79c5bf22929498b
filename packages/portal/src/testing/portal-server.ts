// A server for the portal's tests: its pages with the real content policy, the API in memory, live events, and faults on demand.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BuiltAssets } from './built-assets.ts';
import { answerApi } from './portal-api.ts';
import { newState, type PortalState, type Reply } from './portal-state.ts';
import { taskDocument } from './task-page.ts';

/** Applies to the next `times` requests whose path matches: no reply before or after the work is done, or another reply. */
export interface Fault {
  path: RegExp;
  times: number;
  what: 'lose-request' | 'lose-reply' | Reply;
}

export interface PortalServer {
  url: string;
  state: PortalState;
  faults: Fault[];
  /** Method and path of every API request, in order. */
  requests: string[];
  /** Sends an event to every open page. */
  tell: (event: 'tasks' | 'assignment', data: object) => void;
  /** Ends every event stream; `refuseEvents` also keeps new ones out. */
  dropEvents: () => void;
  refuseEvents: boolean;
  /** Event streams open only when this is over. */
  eventsAfter: Promise<unknown>;
  close: () => Promise<void>;
}

const types = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml', png: 'image/png' } as const;
const sandbox = 'sandbox allow-scripts allow-forms allow-modals allow-popups allow-downloads';
const shell = (
  provider: string | undefined,
) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Holdpoint</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
${provider === undefined ? '' : `<meta name="holdpoint-identity-provider" content="${provider}">`}
<meta name="holdpoint-mails-links" content="true">
<link rel="icon" href="/assets/portal/icon.svg"><link rel="stylesheet" href="/assets/portal/app.css">
<script src="/assets/portal/first-paint.js"></script><script type="module" src="/assets/portal/app.js"></script></head><body><holdpoint-app></holdpoint-app></body></html>`;

/** Of the last server of this process: a browser keeps what it loaded from there before, as it does for a worker. */
let lastPort = 0;

export async function startPortalServer(assets: BuiltAssets): Promise<PortalServer> {
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    handle(portal, assets, streams, request, response).catch((error: unknown) =>
      response.writeHead(500).end(String(error)),
    );
  });
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(lastPort).catch(() => listen(0));
  lastPort = (server.address() as AddressInfo).port;
  const portal: PortalServer = {
    url: `http://127.0.0.1:${lastPort}`,
    state: newState(),
    faults: [],
    requests: [],
    tell: (event, data) => {
      for (const stream of streams) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    dropEvents: () => {
      for (const stream of streams) stream.destroy();
    },
    refuseEvents: false,
    eventsAfter: Promise.resolve(),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  portal.state.origin = portal.url;
  return portal;
}

async function handle(
  portal: PortalServer,
  assets: BuiltAssets,
  streams: Set<ServerResponse>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', portal.url);
  if (url.pathname.startsWith('/assets/')) {
    const file = await assets.read(url.pathname);
    if (file === undefined) return void response.writeHead(404).end();
    const type = types[url.pathname.split('.').pop() as keyof typeof types];
    // As the server has it: tasks have an origin of their own, and modules are fetched with it.
    return void response
      .writeHead(200, {
        'content-type': type,
        'access-control-allow-origin': '*',
        'cache-control': 'max-age=3600',
        'service-worker-allowed': '/portal',
      })
      .end(file);
  }
  if (url.pathname === '/portal/events') return openStream(portal, streams, response);
  if (url.pathname.startsWith('/portal/api/')) return answer(portal, url, request, response);
  if (url.pathname.startsWith('/portal/frame/')) {
    const policy = `${sandbox}; default-src ${portal.url} 'unsafe-inline'; frame-ancestors ${portal.url}`;
    const headers = { 'content-type': 'text/html', 'content-security-policy': policy };
    const taskId = url.pathname.split('/').pop()!.replace(/^a-/, '');
    return void response.writeHead(200, headers).end(taskDocument(portal.state.pages.get(taskId) ?? portal.state.page));
  }
  if (!url.pathname.startsWith('/portal')) return void response.writeHead(404).end();
  response
    .writeHead(200, { 'content-type': 'text/html', 'content-security-policy': pagePolicy(portal.url) })
    .end(shell(portal.state.identityProvider));
}

const pagePolicy = (origin: string) =>
  `default-src 'none'; script-src ${origin}/assets/portal/; style-src 'self'; img-src 'self' data:; connect-src 'self'; ` +
  `worker-src ${origin}/assets/portal/; ` +
  "frame-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

async function openStream(portal: PortalServer, streams: Set<ServerResponse>, response: ServerResponse): Promise<void> {
  await portal.eventsAfter;
  if (portal.refuseEvents) return void response.writeHead(503).end();
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(': hello\n\n');
  streams.add(response);
  response.on('close', () => streams.delete(response));
}

async function answer(
  portal: PortalServer,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = url.pathname.slice('/portal/api/'.length);
  portal.requests.push(`${request.method} ${path}`);
  const chunks: Buffer[] = await Array.fromAsync(request);
  const fault = portal.faults.find((entry) => entry.times > 0 && entry.path.test(path));
  if (fault) fault.times -= 1;
  if (fault?.what === 'lose-request') return void request.socket.destroy();
  const isRead = request.method === 'GET';
  const signed = isRead || request.headers['x-holdpoint-request'] === 'portal';
  const body = isRead ? {} : (JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>);
  const route = isRead && path === 'tasks/next' ? 'tasks/preview' : path;
  const normal = () => answerApi(portal.state, route, url.searchParams, body);
  const reply = !signed ? { status: 403, body: {} } : typeof fault?.what === 'object' ? fault.what : normal();
  if (fault?.what === 'lose-reply') return void request.socket.destroy();
  response.writeHead(reply.status, { 'content-type': 'application/json' }).end(JSON.stringify(reply.body));
}
