// HTTP that no honest client sends: an answer that its client can read, or the end of the connection.

import { once } from 'node:events';
import { connect } from 'node:net';
import { ApiError } from '@holdpoint/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../packages/server/src/clock.ts';
import { type BodyBudget, createBodyBudget } from '../../packages/server/src/http/body.ts';
import { createClientOf } from '../../packages/server/src/http/client-address.ts';
import { serveHttp } from '../../packages/server/src/http/server.ts';
import { createLog } from '../../packages/server/src/log.ts';
import { faultsOf } from '../testing/api-answer.ts';
import type { HostileRequest } from '../testing/hostile-client.ts';
import { errorsIn, type HostileServer, startHostileServer } from '../testing/hostile-server.ts';
import { type RawAnswer, sendBytes } from '../testing/raw-http.ts';

const mebibyte = 1024 * 1024;
const json = ['content-type', 'application/x-amz-json-1.1'] as const;
const list: HostileRequest = {
  method: 'POST',
  path: '/',
  headers: [json, ['x-amz-target', 'SageMaker.ListFlowDefinitions']],
  body: '{}',
};

const typeOf = ({ body }: RawAnswer): unknown => (JSON.parse(body) as { __type?: unknown }).__type;

describe('hostile HTTP', () => {
  let server: HostileServer;
  beforeAll(async () => {
    server = await startHostileServer({ bodyLimitBytes: mebibyte, bodiesInFlightBytes: 2 * mebibyte });
  });
  afterAll(() => server?.close());

  const send = (bytes: string | Uint8Array, options?: Parameters<typeof sendBytes>[2]): Promise<RawAnswer[]> =>
    sendBytes(server.port, bytes, options);

  async function one(bytes: string | Uint8Array, options?: Parameters<typeof sendBytes>[2]): Promise<RawAnswer> {
    const answers = await send(bytes, options);
    expect(answers).toHaveLength(1);
    return answers[0]!;
  }

  /** A request without a signature, on a connection that ends with it. */
  const plain = (line: string, headers: readonly string[] = [], body = ''): string =>
    [`${line} HTTP/1.1`, `Host: ${server.host}`, 'Connection: close', ...headers, '', body].join('\r\n');

  const signedWith = (request: HostileRequest, ...more: (readonly [string, string])[]): Buffer =>
    server.bytes(request, [...server.sign(request), ...more]);

  describe('is answered in JSON:', () => {
    type Case = readonly [name: string, bytes: () => string | Uint8Array, status: number, type: string];
    const long = 'a'.repeat(33 * 1024);
    it.each<Case>([
      ['a header of 33 KiB', () => plain('GET /', [`X-Long: ${long}`]), 431, 'RequestHeaderSectionTooLarge'],
      ['a path of 33 KiB', () => plain(`GET /${long}`), 431, 'RequestHeaderSectionTooLarge'],
      [
        '2000 headers',
        () =>
          plain(
            'GET /',
            Array.from({ length: 9000 }, (_, index) => `A${index}:`),
          ),
        431,
        'RequestHeaderSectionTooLarge',
      ],
      ['no HTTP', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400, 'BadRequestException'],
      ['a method that does not exist', () => plain('STEAL /human-loops'), 400, 'BadRequestException'],
      ['NUL in the path', () => plain('GET /human-loops/a\0b'), 400, 'BadRequestException'],
      ['NUL in a header', () => plain('GET /human-loops/a', ['X-A: a\0b']), 400, 'BadRequestException'],
      ['a bare line feed in a header', () => plain('GET /human-loops/a', ['X-A: a\n b']), 400, 'BadRequestException'],
      ['a folded header', () => plain('GET /human-loops/a', ['X-A: a', ' b']), 400, 'BadRequestException'],
      ['no Host', () => 'GET /human-loops/a HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'BadRequestException'],
      [
        'length and chunks',
        () => plain('POST /human-loops', ['Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
        400,
        'BadRequestException',
      ],
      [
        'chunks and length',
        () => plain('POST /human-loops', ['Transfer-Encoding: chunked', 'Content-Length: 5'], '0\r\n\r\n'),
        400,
        'BadRequestException',
      ],
      [
        'chunks in disguise',
        () => plain('POST /human-loops', ['Transfer-Encoding: chunked, identity'], '0\r\n\r\n'),
        400,
        'BadRequestException',
      ],
      [
        'two lengths',
        () => plain('POST /human-loops', ['Content-Length: 2', 'Content-Length: 3'], '{}'),
        400,
        'BadRequestException',
      ],
      ['a signed length', () => plain('POST /human-loops', ['Content-Length: +2'], '{}'), 400, 'BadRequestException'],
      ['a negative length', () => plain('POST /human-loops', ['Content-Length: -1']), 400, 'BadRequestException'],
      [
        'a space before the colon',
        () => plain('POST /human-loops', ['Content-Length : 2'], '{}'),
        400,
        'BadRequestException',
      ],
      ['an unknown path', () => plain('GET /nothing'), 404, 'UnknownOperationException'],
      ['an unknown path in the API', () => plain('GET /human-loops/a/b'), 404, 'UnknownOperationException'],
      [
        'the root of the API with GET and a target',
        () => plain('GET /', ['X-Amz-Target: SageMaker.ListFlowDefinitions']),
        400,
        'UnknownOperationException',
      ],
      [
        'an unknown target',
        () => plain('POST /', ['X-Amz-Target: SageMaker.__proto__']),
        400,
        'UnknownOperationException',
      ],
      ['an empty target', () => plain('POST /', ['X-Amz-Target:']), 400, 'UnknownOperationException'],
      ['a wrong method', () => plain('PUT /human-loops'), 404, 'UnknownOperationException'],
      ['two slashes', () => plain('GET //human-loops'), 404, 'UnknownOperationException'],
      ['a way up', () => plain('GET /human-loops/../portal'), 404, 'UnknownOperationException'],
      ['a way out of the root', () => plain('GET /../../../../etc/passwd'), 404, 'UnknownOperationException'],
      ['the name of a prototype', () => plain('GET /__proto__'), 404, 'UnknownOperationException'],
      ['*', () => plain('OPTIONS *'), 404, 'UnknownOperationException'],
      [
        'another host in the request line',
        () => plain('GET http://other.example/human-loops/x'),
        403,
        'MissingAuthenticationTokenException',
      ],
      ['no signature', () => plain('GET /human-loops/x'), 403, 'MissingAuthenticationTokenException'],
      [
        'no signature, for a target',
        () => plain('POST /', ['X-Amz-Target: SageMaker.ListFlowDefinitions', 'Content-Length: 2'], '{}'),
        400,
        'MissingAuthenticationTokenException',
      ],
    ])('%s', async (_, bytes, status, type) => {
      const answer = await one(bytes());
      expect(answer.status).toBe(status);
      expect(answer.headers).toMatchObject({ 'x-amzn-errortype': type, connection: 'close' });
      expect(answer.headers['content-type']).toMatch(/json/);
      expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
      expect(Date.parse(answer.headers.date ?? '')).not.toBeNaN();
      expect(typeOf(answer)).toBe(type);
    });
  });

  describe('is refused by what it says of itself:', () => {
    type Case = readonly [name: string, request: HostileRequest, status: number, type: string];
    const { headers: _, ...bare } = list;
    const target = list.headers![1]!;
    it.each<Case>([
      [
        'a form',
        { ...bare, headers: [target, ['content-type', 'application/x-www-form-urlencoded']] },
        415,
        'UnsupportedMediaTypeException',
      ],
      [
        'a look-alike of JSON',
        { ...bare, headers: [target, ['content-type', 'application/jsonp']] },
        415,
        'UnsupportedMediaTypeException',
      ],
      [
        'gzip',
        { ...list, headers: [...list.headers!, ['content-encoding', 'gzip']] },
        415,
        'UnsupportedMediaTypeException',
      ],
      [
        'XML wanted',
        { ...list, headers: [...list.headers!, ['accept', 'application/xml']] },
        406,
        'NotAcceptableException',
      ],
      ['broken JSON', { ...list, body: '{"MaxResults":' }, 400, 'SerializationException'],
      [
        'invalid UTF-8',
        { ...list, body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) },
        400,
        'SerializationException',
      ],
      ['100,000 levels', { ...list, body: `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}` }, 200, ''],
      [
        '100,000 levels where an object is wanted',
        { ...list, body: `${'['.repeat(100_000)}${']'.repeat(100_000)}` },
        400,
        'SerializationException',
      ],
      [
        'a body over the limit',
        { ...list, body: `{"a":"${'a'.repeat(mebibyte)}"}` },
        413,
        'RequestEntityTooLargeException',
      ],
    ])('%s', async (_, request, status, type) => {
      const answer = await one(server.bytes(request));
      expect(faultsOf(answer)).toEqual([]);
      expect([answer.status, answer.headers['x-amzn-errortype'] ?? '']).toEqual([status, type]);
    });
  });

  it('a page that is not there is plain text for a browser', async () => {
    const answer = await one(plain('GET /nothing', ['Accept: text/html,*/*']));
    expect(answer).toMatchObject({ status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } });
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  it.each(['/human-loops', '/human-loops/x', '/'])('a browser may ask whether it may call %s', async (path) => {
    const headers = [
      'Origin: https://other.example',
      'Access-Control-Request-Method: POST',
      'Access-Control-Request-Headers: authorization',
    ];
    const answer = await one(plain(`OPTIONS ${path}`, headers));
    expect(answer.status).toBeLessThan(300);
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': '*' });
  });

  it('a preflight to the portal is refused', async () => {
    const headers = [
      'Origin: https://other.example',
      'Access-Control-Request-Method: POST',
      'Access-Control-Request-Headers: x-holdpoint-request',
    ];
    const answer = await one(plain('OPTIONS /portal/api/sign-in', headers));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it.each(['/human-loops/x', '/', '/portal', '/portal/api/session', '/healthz', '/nothing'])(
    'HEAD %s has no body',
    async (path) => {
      const answers = await send(plain(`HEAD ${path}`), { head: true });
      expect(answers).toHaveLength(1);
      expect(answers[0]!.status).toBeLessThan(500);
    },
  );

  it('HTTP/1.0 is served, and its connection ends', async () => {
    const request = `GET /healthz HTTP/1.0\r\n\r\n`;
    expect(await one(request)).toMatchObject({ status: 200, body: 'ok' });
  });

  it('an unknown expectation and an upgrade are passed over', async () => {
    expect(await one(plain('GET /healthz', ['Expect: miracles']))).toMatchObject({ status: 200 });
    expect(await one(plain('GET /healthz', ['Upgrade: h2c', 'HTTP2-Settings: AA']))).toMatchObject({ status: 200 });
  });

  it('a way up from the files leads nowhere', async () => {
    expect(await one(plain('GET /assets/../../package.json'))).toMatchObject({ status: 404 });
    expect(await one(plain('GET /assets/%2e%2e/%2e%2e/package.json'))).toMatchObject({ status: 404 });
  });

  it('CONNECT ends the connection', async () => {
    expect(await send(`CONNECT other.example:443 HTTP/1.1\r\nHost: ${server.host}\r\n\r\n`)).toEqual([]);
  });

  it('requests sent before their answers are answered in order', async () => {
    const kept = [['connection', 'keep-alive'] as const];
    const describe = (name: string): HostileRequest => ({ method: 'GET', path: `/human-loops/${name}` });
    const names = Array.from({ length: 20 }, (_, index) => `loop-${index}`);
    const bytes = names.map((name) => server.bytes(describe(name), [...server.sign(describe(name)), ...kept]));
    const answers = await send(Buffer.concat([...bytes, server.bytes(list)]));
    expect(answers.map(({ status }) => status)).toEqual([...names.map(() => 404), 200]);
    for (const [index, name] of names.entries()) expect(answers[index]!.body).toContain(`'${name}'`);
  });

  it('what follows a refused body is not taken for a request', async () => {
    const inner = plain('GET /healthz');
    const outer = `POST /human-loops HTTP/1.1\r\nHost: ${server.host}\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`;
    const answers = await send(outer);
    expect(answers.map(({ status }) => status)).toEqual([403]);
  });

  describe('bodies:', () => {
    /** Signed headers of a request whose body need not come. */
    const head = (length: string, ...more: (readonly [string, string])[]): Buffer =>
      server.bytes({ ...list, body: '' }, [...server.sign(list), ['content-length', length], ...more]);

    it('one of 50 MB without a signature is refused before it comes', async () => {
      const answer = await one(
        `POST /human-loops HTTP/1.1\r\nHost: ${server.host}\r\nContent-Length: 52428800\r\n\r\n`,
      );
      expect(answer).toMatchObject({ status: 403, headers: { connection: 'close' } });
      expect(faultsOf(answer)).toEqual([]);
    });

    it('a signed one over the limit is refused before it comes, and before it is invited', async () => {
      const refused = { status: 413, headers: { 'x-amzn-errortype': 'RequestEntityTooLargeException' } };
      expect(await one(head(String(mebibyte + 1)))).toMatchObject(refused);
      expect(await one(head(String(mebibyte + 1), ['expect', '100-continue']))).toMatchObject(refused);
      expect(await one(head('999999999999999'))).toMatchObject(refused);
    });

    it('one within the limit is invited', async () => {
      const answers = await send(head('2', ['expect', '100-continue']), { afterwards: '{}' });
      expect(answers.map(({ status }) => status)).toEqual([100, 200]);
    });

    it('an unsigned one is not invited', async () => {
      const answer = await one(plain('POST /human-loops', ['Content-Length: 100', 'Expect: 100-continue']));
      expect(answer.status).toBe(403);
    });

    it('an upload that is refused meanwhile gets its answer', async () => {
      const answer = await one(Buffer.concat([head(String(6 * mebibyte)), Buffer.alloc(6 * mebibyte, 'a')]));
      expect(answer.status).toBe(413);
    });

    it('a chunked one is counted as it comes', async () => {
      const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`;
      const chunked = signedWith({ ...list, body: '' }, ['transfer-encoding', 'chunked']);
      const answer = await one(Buffer.concat([chunked, Buffer.from(chunk.repeat(20)), Buffer.from('0\r\n\r\n')]));
      expect(answer.status).toBe(413);
      expect(faultsOf(answer)).toEqual([]);
    });

    it('a chunked one within the limit is read', async () => {
      const headers = [...server.sign(list), ['transfer-encoding', 'chunked'] as const];
      const bytes = Buffer.concat([
        server.bytes({ ...list, body: '' }, headers),
        Buffer.from('1\r\n{\r\n1;x=y\r\n}\r\n0\r\nTrailer: x\r\n\r\n'),
      ]);
      expect(await one(bytes)).toMatchObject({ status: 200 });
    });

    it('a broken chunk is refused', async () => {
      const headers = [...server.sign(list), ['transfer-encoding', 'chunked'] as const];
      const answers = await send(
        Buffer.concat([server.bytes({ ...list, body: '' }, headers), Buffer.from('zz\r\n{}\r\n')]),
      );
      expect(answers.map(({ status }) => status)).toEqual([400]);
    });

    it('half of one changes nothing', async () => {
      const input = JSON.stringify({ HumanTaskUiName: 'half', UiTemplate: { Content: '<p>half</p>' } });
      const request = {
        ...list,
        headers: [json, ['x-amz-target', 'SageMaker.CreateHumanTaskUi'] as const],
        body: input,
      };
      const whole = server.bytes(request);
      expect(await send(whole.subarray(0, -5), { hangUp: true })).toEqual([]);
      const { HumanTaskUiSummaries } = await server.call('ListHumanTaskUis', {});
      expect(HumanTaskUiSummaries).toEqual([]);
    });

    it('one that is longer than it says is refused', async () => {
      const answers = await send(server.bytes(list, [...server.sign(list), ['content-length', '1']]));
      expect(answers.map(({ status }) => status)).toEqual([400]);
      expect(faultsOf(answers[0]!)).toEqual([]);
    });

    it('above the cap of all together requests are told to come again', async () => {
      const sockets = await Promise.all(
        Array.from({ length: 2 }, async () => {
          const socket = connect(server.port, '127.0.0.1');
          socket.on('error', () => {});
          // Invited: the length is booked.
          socket.write(head(String(mebibyte), ['expect', '100-continue']));
          await once(socket, 'data');
          return socket;
        }),
      );
      const answer = await one(server.bytes(list));
      expect(answer).toMatchObject({
        status: 400,
        headers: { 'x-amzn-errortype': 'ThrottlingException', 'retry-after': '1' },
      });
      // What is left of the cap without a declared length.
      const chunked = server.bytes({ ...list, body: '' }, [...server.sign(list), ['transfer-encoding', 'chunked']]);
      const [counted] = await send(Buffer.concat([chunked, Buffer.from('2\r\n{}\r\n0\r\n\r\n')]));
      expect(counted).toMatchObject({ headers: { 'x-amzn-errortype': 'ThrottlingException' } });
      for (const socket of sockets) socket.destroy();
      await expect.poll(async () => (await one(server.bytes(list))).status).toBe(200);
    });
  });

  it('nothing went wrong inside', () => expect(errorsIn(server)).toEqual([]));
});

/** A listener that reads bodies and does nothing else. */
const serveBodies = (budget: BodyBudget, read: () => void = () => {}) =>
  serveHttp(
    async (exchange) => {
      await exchange.readBody(100);
      read();
      return { status: 200, headers: {} };
    },
    {
      host: '127.0.0.1',
      port: 0,
      clientOf: createClientOf(''),
      budget,
      clock: systemClock,
      log: createLog('silent'),
      internalError: (_, error) => ({
        status: 500,
        headers: {},
        body: error instanceof ApiError ? error.name : 'other',
      }),
    },
  );

it('a body that comes too slowly is refused and gives its place back', async () => {
  const budget = createBodyBudget(100, { patienceMs: 50, bytesPerSecond: 1000 });
  const listening = await serveBodies(budget);
  const head = `POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 10\r\n\r\n`;
  expect(await sendBytes(listening.port, `${head}12345`)).toMatchObject([{ body: 'RequestTimeoutException' }]);
  expect(budget.inFlight).toBe(0);
  expect(await sendBytes(listening.port, `${head}1234567890`)).toMatchObject([{ status: 200 }]);
  await listening.close();
});

it('a body keeps its place until its request is answered', async () => {
  const budget = createBodyBudget(10);
  const seen: number[] = [];
  const listening = await serveBodies(budget, () => void seen.push(budget.inFlight));
  const one = `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n1234567890`;
  const last = one.replace('Host: x', 'Host: x\r\nConnection: close');
  // Two after each other on one connection: the place is given back between them.
  expect(await sendBytes(listening.port, one, { afterwards: last })).toMatchObject([{ status: 200 }, { status: 200 }]);
  expect(seen).toEqual([10, 10]);
  await expect.poll(() => budget.inFlight).toBe(0);
  await listening.close();
});
