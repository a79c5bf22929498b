import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Transport } from '@holdpoint/client';
import { afterEach, describe, expect, it } from 'vitest';
import { createLeanTransport } from './lean-transport.ts';

let server: Server | undefined;
let transport: Transport | undefined;
afterEach(async () => {
  transport?.close();
  await new Promise((resolve) => (server?.listening ? server.close(resolve) : resolve(undefined)));
});

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';

/** A server that does as it is told with each request: its number on its connection, and the number of that. */
async function open(answer: (socket: Socket, request: string, number: number, connection: number) => void) {
  let connections = 0;
  server = createServer((socket) => {
    const connection = ++connections;
    let number = 0;
    socket.setEncoding('utf8').on('error', () => {});
    socket.on('data', (chunk: string) => answer(socket, chunk, ++number, connection));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  transport = createLeanTransport(new URL(url));
  const send = (body: string, signal?: AbortSignal) =>
    transport!.send({ method: 'POST', url: `${url}/human-loops?a=b`, headers: { 'x-a': 'b' }, body }, signal);
  return { send, url, connections: () => connections };
}

describe('the lean transport', () => {
  it('sends what it was given, over connections that stay', async () => {
    const requests: string[] = [];
    const { send, url, connections } = await open((socket, request) => {
      requests.push(request);
      socket.write(ok);
    });
    expect(await send('{"a":1}')).toEqual({ status: 200, headers: { 'content-length': '2' }, body: '{}' });
    await send('"ä€"');
    const head = `POST /human-loops?a=b HTTP/1.1\r\nhost: ${new URL(url).host}\r\nx-a: b\r\n`;
    expect(requests).toEqual([`${head}content-length: 7\r\n\r\n{"a":1}`, `${head}content-length: 7\r\n\r\n"ä€"`]);
    expect(connections()).toBe(1);
    await Promise.all([send('1'), send('2'), send('3')]);
    expect(connections()).toBe(3);
  });

  it('takes another connection where one that was kept open has been closed', async () => {
    const { send, connections } = await open((socket, _request, number) =>
      number === 1 ? socket.write(ok) : socket.destroy(),
    );
    for (let turn = 0; turn < 3; turn++) expect((await send('{}')).status).toBe(200);
    expect(connections()).toBe(3);
  });

  it('does not have a request that it sent twice itself told of as a repetition', async () => {
    const repeated = ok.replace('\r\n', '\r\nHoldpoint-Repeated: true\r\n');
    const { send } = await open((socket, _request, number) => (number < 3 ? socket.write(repeated) : socket.destroy()));
    for (const told of ['true', 'true', undefined]) expect((await send('{}')).headers['holdpoint-repeated']).toBe(told);
  });

  it('does not say of a request that was sent that there was no connection', async () => {
    const { send } = await open((socket, _request, number) => {
      if (number === 1) return socket.write(ok);
      server!.close();
      return socket.destroy();
    });
    await send('{}');
    await expect(send('{}')).rejects.toMatchObject({ name: 'ConnectionClosedError' });
    await expect(send('{}')).rejects.toMatchObject({ name: 'EndpointConnectionError' });
  });

  it.each<[what: string, answer: (socket: Socket) => void, name: string]>([
    ['closed without an answer', (socket) => socket.destroy(), 'ConnectionClosedError'],
    ['closed in the middle of an answer', (socket) => socket.end(ok.slice(0, -1)), 'ConnectionClosedError'],
    ['an answer that is no HTTP', (socket) => socket.write('hello\r\n\r\n'), 'ConnectionClosedError'],
  ])('%s is an error that can be tried again', async (_what, answer, name) => {
    const { send } = await open(answer);
    await expect(send('{}')).rejects.toMatchObject({ name, retryable: true });
  });

  it('nobody who listens is an error too', async () => {
    const { send } = await open(() => {});
    await new Promise((resolve) => server!.close(resolve));
    await expect(send('{}')).rejects.toMatchObject({
      name: 'EndpointConnectionError',
      retryable: true,
      cause: expect.objectContaining({ code: 'ECONNREFUSED' }),
    });
  });

  it('ends with its signal, and when it is closed', async () => {
    const { send } = await open(() => {});
    const stopping = new AbortController();
    const waiting = send('{}', stopping.signal);
    stopping.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    const another = send('{}');
    transport!.close();
    await expect(another).rejects.toMatchObject({ retryable: true });
  });
});
