/**
 * Load from a process of its own: signs its requests beforehand, keeps N connections busy with raw sockets, and reports
 * latencies. Told what to do by one JSON argument; answers one JSON line.
 */

import { createHash, createHmac } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { signRequest } from '@holdpoint/protocol';

export interface Load {
  readonly port: number;
  readonly connections: number;
  readonly count: number;
  /** Requests a second to offer; 0 is as fast as answers come. */
  readonly rate: number;
  readonly request:
    | { readonly kind: 'bare'; readonly body: string }
    | {
        readonly kind: 'start' | 'describe' | 'list';
        readonly accessKeyId: string;
        readonly secretAccessKey: string;
        readonly region: string;
        readonly flowDefinitionArn: string;
        readonly inputContent: string;
        /** Names are `${prefix}${index}`; describe asks for `${prefix}${index % names}`. */
        readonly prefix: string;
        readonly names: number;
      };
}

export interface Measured {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failures: number;
  readonly firstFailure: string;
}

const hashing = {
  sha256Hex: (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex'),
  hmac: (key: string | Uint8Array, data: string) => createHmac('sha256', key).update(data).digest(),
};

function makeRequests(load: Load): Buffer[] {
  return Array.from({ length: load.count }, (_, index) => makeRequest(load, index));
}

function makeRequest({ request, port }: Load, index: number): Buffer {
  const host = `127.0.0.1:${port}`;
  if (request.kind === 'bare')
    return raw(
      'POST',
      '/human-loops',
      [
        ['Host', host],
        ['Content-Type', 'application/json'],
      ],
      request.body,
    );
  const [method, path, query, body] = parts(request, index);
  const unsigned: [string, string][] = [['Host', host]];
  if (body !== '') unsigned.push(['Content-Type', 'application/json']);
  const added = signRequest(
    hashing,
    { method, rawPath: path, rawQuery: query, headers: unsigned, payloadHash: hashing.sha256Hex(body) },
    { accessKeyId: request.accessKeyId, secretAccessKey: request.secretAccessKey },
    { region: request.region, service: 'sagemaker', now: new Date() },
  );
  return raw(method, query === '' ? path : `${path}?${query}`, [...unsigned, ...Object.entries(added)], body);
}

function parts(request: Exclude<Load['request'], { kind: 'bare' }>, index: number): [string, string, string, string] {
  if (request.kind === 'describe')
    return ['GET', `/human-loops/${request.prefix}${(index * 7919) % request.names}`, '', ''];
  if (request.kind === 'list')
    return [
      'GET',
      '/human-loops',
      `FlowDefinitionArn=${encodeURIComponent(request.flowDefinitionArn)}&MaxResults=10`,
      '',
    ];
  const body = JSON.stringify({
    HumanLoopName: `${request.prefix}${index}`,
    FlowDefinitionArn: request.flowDefinitionArn,
    HumanLoopInput: { InputContent: request.inputContent },
  });
  return ['POST', '/human-loops', '', body];
}

const raw = (method: string, target: string, headers: readonly [string, string][], body: string): Buffer => {
  const length: [string, string][] = body === '' ? [] : [['Content-Length', String(Buffer.byteLength(body))]];
  const lines = [...headers, ...length].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines}\r\n${body}`);
};

export async function generate(load: Load): Promise<Measured> {
  const requests = makeRequests(load);
  const latencies = new Float64Array(requests.length);
  let next = 0;
  let failures = 0;
  let firstFailure = '';
  const begun = performance.now();
  /** When a request may be sent: at once, or at its place in an even stream. */
  const due = (index: number): number => (load.rate === 0 ? 0 : begun + (index * 1000) / load.rate);

  await Promise.all(
    Array.from(
      { length: load.connections },
      () =>
        new Promise<void>((resolve, reject) => {
          const socket = connect(load.port, '127.0.0.1');
          socket.setNoDelay(true);
          let sentAt = 0;
          let index = -1;
          const send = (): void => {
            index = next++;
            if (index >= requests.length) {
              socket.end();
              resolve();
              return;
            }
            const wait = due(index) - performance.now();
            if (wait > 0.5) setTimeout(write, wait);
            else write();
          };
          const write = (): void => {
            // In an even stream the clock starts when the request was due, so that waiting for a connection counts.
            sentAt = load.rate === 0 ? performance.now() : Math.max(due(index), begun);
            socket.write(requests[index]!);
          };
          onReply(socket, (status, text) => {
            latencies[index] = performance.now() - sentAt;
            if (status !== 200) {
              failures++;
              firstFailure ||= `${status} ${text.slice(0, 300)}`;
            }
            send();
          });
          socket.on('error', reject);
          socket.on('connect', send);
        }),
    ),
  );
  const seconds = (performance.now() - begun) / 1000;
  latencies.sort();
  const at = (share: number): number => Number(latencies[Math.floor((latencies.length - 1) * share)]!.toFixed(2));
  return {
    requestsPerSecond: Math.round(requests.length / seconds),
    p50: at(0.5),
    p99: at(0.99),
    failures,
    firstFailure,
  };
}

/** Reads replies with a Content-Length, which all of ours have. */
function onReply(socket: Socket, reply: (status: number, text: string) => void): void {
  let pending = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    pending += chunk;
    const end = pending.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(pending)?.[1] ?? 0);
    if (pending.length < end + 4 + length) return;
    const status = Number(pending.slice(9, 12));
    const text = pending.slice(end + 4);
    pending = '';
    reply(status, text);
  });
}

if (process.argv[2]) process.stdout.write(`${JSON.stringify(await generate(JSON.parse(process.argv[2]) as Load))}\n`);
