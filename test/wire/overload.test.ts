// A server that is asked for more at once than it takes on: it refuses early, starts and submissions last, and recovers.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { portalRequestHeader } from '@holdpoint/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostileRequest } from '../testing/hostile-client.ts';
import { type HostileServer, startHostileServer } from '../testing/hostile-server.ts';
import { type RawAnswer, sendBytes } from '../testing/raw-http.ts';

const operation = (name: string, input: object): HostileRequest => ({
  method: 'POST',
  path: '/',
  headers: [
    ['content-type', 'application/x-amz-json-1.1'],
    ['x-amz-target', `SageMaker.${name}`],
  ],
  body: JSON.stringify(input),
});
const list = operation('ListFlowDefinitions', {});
const start: HostileRequest = {
  method: 'POST',
  path: '/human-loops',
  headers: [['content-type', 'application/json']],
  body: JSON.stringify({
    HumanLoopName: 'first',
    FlowDefinitionArn: 'arn:aws:sagemaker:us-east-1:000000000000:flow-definition/none',
    HumanLoopInput: { InputContent: '{}' },
  }),
};

describe('with two requests under way of two that are taken on', () => {
  let server: HostileServer;
  const held: Socket[] = [];

  beforeAll(async () => {
    server = await startHostileServer({ requestsInFlight: 2 });
  });
  afterAll(async () => {
    release();
    await server?.close();
  });

  const one = async (bytes: string | Uint8Array): Promise<RawAnswer> => (await sendBytes(server.port, bytes))[0]!;
  const typeOf = async (request: HostileRequest): Promise<string | undefined> =>
    (await one(server.bytes(request))).headers['x-amzn-errortype'];
  const plain = (line: string, ...headers: string[]): string =>
    [`${line} HTTP/1.1`, `Host: ${server.host}`, 'Connection: close', ...headers, '', ''].join('\r\n');

  /** A request that is under way until its body comes. */
  async function hold(bytes: string | Uint8Array): Promise<void> {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    held.push(socket);
    socket.write(bytes);
    // Invited to send the body, so it was taken on.
    expect(String(await once(socket, 'data'))).toContain(' 100 ');
  }
  const invited = [
    ['content-length', '100'],
    ['expect', '100-continue'],
  ] as const;
  const holdOne = (request: HostileRequest): Promise<void> =>
    hold(server.bytes({ ...request, body: '' }, [...server.sign(request), ...invited]));

  function release(): void {
    for (const socket of held.splice(0)) socket.destroy();
  }

  it('the API throttles what can wait and takes on starts, up to twice as many', async () => {
    await holdOne(list);
    expect(await typeOf(list)).toBeUndefined();
    await holdOne(list);
    const refused = await one(server.bytes(list));
    expect(refused).toMatchObject({
      status: 400,
      headers: { 'x-amzn-errortype': 'ThrottlingException', 'retry-after': '1' },
    });
    expect(await typeOf(start)).toBe('ValidationException');
    await holdOne(start);
    await holdOne(start);
    expect(await typeOf(start)).toBe('ThrottlingException');
    // People, and those who look whether it lives, are served meanwhile.
    expect((await one(plain('GET /portal/api/session'))).status).toBe(401);
    expect((await one(plain('GET /readyz'))).status).toBe(200);
    release();
    await expect.poll(() => typeOf(list)).toBeUndefined();
  });

  it('the S3 endpoint slows down readers and takes on uploads, up to twice as many', async () => {
    const upload = { method: 'PUT', path: '/holdpoint/large', headers: [], body: '' } as const;
    const read = { ...upload, method: 'GET' } as const;
    const hold100 = (): Promise<void> =>
      hold(server.bytes(upload, [...server.sign(upload, { service: 's3' }), ...invited]));
    const ask = async (request: HostileRequest) => {
      const answer = await one(server.bytes(request, server.sign(request, { service: 's3' })));
      return [answer.status, /<Code>(\w+)</.exec(answer.body)?.[1]];
    };
    await hold100();
    expect(await ask(read)).toEqual([404, 'NoSuchKey']);
    await hold100();
    expect(await ask(read)).toEqual([503, 'SlowDown']);
    await hold100();
    await hold100();
    expect(await ask(upload)).toEqual([503, 'SlowDown']);
    // The API has its own places.
    expect(await typeOf(list)).toBeUndefined();
    release();
    await expect.poll(() => ask(read)).toEqual([404, 'NoSuchKey']);
  });

  it('a download takes its place for as long as it lasts', async () => {
    const put = { method: 'PUT', path: '/holdpoint/big', headers: [], body: 'x'.repeat(32 * 1024 * 1024) } as const;
    expect((await server.send(put, server.sign(put, { service: 's3' }))).status).toBe(200);
    const get = { method: 'GET', path: '/holdpoint/big', headers: [], body: '' } as const;
    const bytes = server.bytes(get, server.sign(get, { service: 's3' }));
    for (let count = 0; count < 2; count++) {
      const socket = connect(server.port, '127.0.0.1').on('error', () => {});
      held.push(socket);
      socket.write(bytes);
      await once(socket, 'data');
      socket.pause();
    }
    const other = { ...get, path: '/holdpoint/none' };
    const status = async () => (await one(server.bytes(other, server.sign(other, { service: 's3' })))).status;
    expect(await status()).toBe(503);
    release();
    await expect.poll(status).toBe(404);
  });

  it('callers that wait for a change take no place', async () => {
    const describeLoop = {
      method: 'GET',
      path: '/human-loops/none',
      headers: [['prefer', 'wait=20']],
      body: '',
    } as const;
    await holdOne(list);
    await holdOne(list);
    expect(await typeOf(describeLoop)).toBe('ResourceNotFoundException');
    release();
    await expect.poll(() => typeOf(list)).toBeUndefined();
  });

  it('the portal asks people to try again and takes on submissions, up to twice as many', async () => {
    const own = ['Content-Type: application/json', `${portalRequestHeader.name}: ${portalRequestHeader.value}`];
    const body = [...own, 'Content-Length: 100', 'Expect: 100-continue'];
    for (let count = 0; count < 2; count++) await hold(plain('POST /portal/api/sign-in', ...body));
    const refused = await one(plain('GET /portal/api/session'));
    expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(JSON.parse(refused.body)).toMatchObject({ error: { code: 'try-again' } });
    expect((await one(plain('GET /portal'))).status).toBe(200);
    expect((await one(plain('POST /portal/api/assignments/a/submit', ...own))).status).toBe(401);
    expect(await typeOf(list)).toBeUndefined();
    release();
    await expect.poll(async () => (await one(plain('GET /portal/api/session'))).status).toBe(401);
  });
});
