/**
 * The preview's own little server. It shows somebody's template and data to one person at this machine and to nobody else:
 * it listens on loopback, answers by its own names only (a page of another site that points a name here is refused), lets
 * no other site read or frame anything, and the template's page stays in the same sandbox as in the portal.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Subject, View } from './subject.ts';

export interface PreviewServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Milliseconds between signs of life on a stream of events. */
const pingEvery = 15_000;
/** Characters of a sample input that are shown beside the page. */
const shownInput = 20_000;

const files: Readonly<Record<string, { file: string; type: string }>> = {
  '/': { file: 'page.html', type: 'text/html' },
  '/page.css': { file: 'page.css', type: 'text/css' },
  '/page.js': { file: 'page.js', type: 'text/javascript' },
};

const common = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};
const ownPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
/** For the frame when there is nothing to show in it. */
const emptyPolicy = "sandbox; default-src 'none'; frame-ancestors 'self'";

type Answer = (subject: Subject, query: URLSearchParams) => Promise<Content>;

interface Content {
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** @throws Error with a sentence when the port is taken. */
export async function servePreview(subject: Subject, port: number): Promise<PreviewServer> {
  // Tells a page of an earlier preview on this port that it belongs to that one.
  const run = String(Date.now());
  const server = createServer({ requireHostHeader: false });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(reasonOf(error, port))));
    server.listen(port, '127.0.0.1', resolve);
  });
  const own = (server.address() as AddressInfo).port;
  const suffix = own === 80 ? '' : `:${own}`;
  const visit = { subject, run, hosts: [`127.0.0.1${suffix}`, `localhost${suffix}`] };
  server.on('request', (request, response) => {
    answer(visit, request, response).catch(() => response.destroy());
  });
  return {
    url: `http://127.0.0.1:${own}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const reasonOf = ({ code, message }: NodeJS.ErrnoException, port: number): string =>
  code === 'EADDRINUSE' ? `Port ${port} is taken by another program: choose another with --port.` : message;

interface Visit {
  readonly subject: Subject;
  readonly run: string;
  /** By which names this server may be called. */
  readonly hosts: readonly string[];
}

async function answer({ subject, run, hosts }: Visit, request: IncomingMessage, response: ServerResponse) {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  const refusal = refusalOf(request, hosts, path);
  if (refusal === undefined && path === '/events') return stream(subject, run, request, response);
  const content = refusal ?? (await contentOf(subject, path, new URLSearchParams(query)));
  response.writeHead(content.status ?? 200, { ...common, ...content.headers });
  response.end(request.method === 'HEAD' ? undefined : content.body);
}

function refusalOf({ headers, method }: IncomingMessage, hosts: readonly string[], path: string): Content | undefined {
  if (!hosts.includes(headers.host?.toLowerCase() ?? ''))
    return sentence(421, 'This is the preview of a template; open it by the address that was printed.');
  if (method !== 'GET' && method !== 'HEAD') return sentence(405, 'Only GET is answered here.');
  // Browsers say whose page asks. What a person opens or reloads is nobody's; the frame is guarded by its own policy.
  const site = headers['sec-fetch-site'];
  if (path !== '/frame' && site !== undefined && site !== 'same-origin' && site !== 'none')
    return sentence(403, 'Pages of other sites get nothing here.');
  return undefined;
}

async function contentOf(subject: Subject, path: string, query: URLSearchParams): Promise<Content> {
  const own = Object.hasOwn(files, path) ? files[path] : undefined;
  if (own !== undefined) {
    const headers = { 'Content-Type': `${own.type}; charset=utf-8`, 'Content-Security-Policy': ownPolicy };
    return { headers, body: await readFile(new URL(`./page/${own.file}`, import.meta.url)) };
  }
  const make = Object.hasOwn(answers, path) ? answers[path] : undefined;
  return make === undefined ? sentence(404, 'There is no such page.') : make(subject, query);
}

const answers: Readonly<Record<string, Answer>> = {
  '/frame': async (subject, query) => frameOf(await subject.view(indexIn(query))),
  '/view': async (subject, query) => json(await describe(subject, indexIn(query))),
};

const indexIn = (query: URLSearchParams): number => Math.max(0, Math.trunc(Number(query.get('input')) || 0));

function frameOf({ page, policy = emptyPolicy }: View): Content {
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy };
  return { headers, body: page ?? '<!doctype html><title>Task</title>' };
}

/** What stands beside the frame. */
async function describe(subject: Subject, index: number) {
  const { number, template, inputs, problem } = subject.version;
  const { page, errors, findings, problem: problemOfView } = await subject.view(index);
  const lines = template.split(/\r\n|[\n\r]/);
  return {
    version: number,
    file: subject.file,
    inputs: inputs.map(({ name }) => name),
    input: inputs[index]?.text.slice(0, shownInput),
    problem: problem ?? problemOfView,
    shown: page !== undefined,
    errors,
    findings: findings.map((finding) => ({ ...finding, Source: lines[(finding.Line ?? 0) - 1]?.slice(0, 400) })),
  };
}

const json = (value: unknown): Content => ({
  headers: { 'Content-Type': 'application/json; charset=utf-8', 'Content-Security-Policy': "default-src 'none'" },
  body: JSON.stringify(value),
});

const sentence = (status: number, text: string): Content => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Security-Policy': "default-src 'none'; sandbox" },
  body: `${text}\n`,
});

/** Server-sent events: the number of the version, at once and whenever there is a new one. */
function stream(subject: Subject, run: string, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { ...common, 'Content-Type': 'text/event-stream; charset=utf-8' });
  const send = (): void => {
    response.write(`event: version\ndata: ${JSON.stringify({ run, version: subject.version.number })}\n\n`);
  };
  response.write('retry: 500\n\n');
  send();
  const unfollow = subject.follow(send);
  const ping = setInterval(() => response.write(': here\n\n'), pingEvery);
  request.on('close', () => {
    clearInterval(ping);
    unfollow();
  });
}
