import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ClientOptions, createClient } from './client.ts';

const require = createRequire(import.meta.url);
const { SignatureV4 } = require('@smithy/signature-v4') as typeof import('@smithy/signature-v4');

const credentials = { accessKeyId: 'AKIAHPTEST', secretAccessKey: 'secret/with+signs' };
interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
type Step = (response: ServerResponse) => void;

let script: Step[];
let received: Received[];
let waits: number[];
let endpointUrl: string;
let close: () => Promise<void>;

beforeEach(async () => {
  script = [];
  received = [];
  waits = [];
  const server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    received.push({ method, path, headers, body: await text(request) });
    (script.shift() ?? answer(500, {}))(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpointUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
});
afterEach(() => close());

const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): Step =>
  (response) =>
    void response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));

const open = (options: Partial<ClientOptions> = {}) =>
  createClient({
    endpointUrl,
    region: 'eu-central-1',
    credentials,
    wait: async (milliseconds) => void waits.push(milliseconds),
    ...options,
  });

/** Signs what was received once more, with another signer. */
async function resigned({ method, path, headers, body }: Received): Promise<string> {
  const [pathname = '', query = ''] = path.split('?');
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization!)![1]!.split(';');
  const signedHeaders = Object.fromEntries(names.map((name) => [name, headers[name] as string]));
  const date = headers['x-amz-date'] as string;
  const signingDate = new Date(date.replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5'));
  const signer = new SignatureV4({
    credentials,
    region: 'eu-central-1',
    service: 'sagemaker',
    sha256: NodeHash as never,
    applyChecksum: false,
  });
  const request = {
    method,
    protocol: 'http:',
    hostname: '127.0.0.1',
    path: pathname,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: signedHeaders,
    body,
  };
  const signed = await signer.sign(request, { signingDate });
  return signed.headers.authorization!;
}

/** SHA-256 as the other signer wants it. */
class NodeHash {
  readonly #hash;
  constructor(secret?: Uint8Array) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', Buffer.from(secret));
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

describe('client', () => {
  it('calls a JSON 1.1 operation', async () => {
    const CreationTime = 1_767_323_045.678;
    script = [answer(200, { AccessKeyId: 'AKIA1', SecretAccessKey: 'x', CreationTime })];
    const output = await open().call('CreateAccessKey', { Description: 'größe — 漢字' });
    expect(output).toEqual({ AccessKeyId: 'AKIA1', SecretAccessKey: 'x', CreationTime: new Date(1_767_323_045_678) });
    const [one] = received;
    expect(one).toMatchObject({ method: 'POST', path: '/', body: '{"Description":"größe — 漢字"}' });
    expect(one!.headers).toMatchObject({
      'x-amz-target': 'Holdpoint.CreateAccessKey',
      'content-type': 'application/x-amz-json-1.1',
    });
    expect(one!.headers.authorization).toBe(await resigned(one!));
  });

  it('calls REST-JSON operations: labels, query and body', async () => {
    script = [answer(200, { HumanLoopSummaries: [] }), answer(200, {}), answer(200, '')];
    const client = open();
    await client.call('ListHumanLoops', {
      FlowDefinitionArn: 'arn:aws:sagemaker:eu-central-1:000000000000:flow-definition/a',
      CreationTimeAfter: new Date(0),
      MaxResults: 5,
    });
    await client.call('StopHumanLoop', { HumanLoopName: 'loop' });
    await client.call('DeleteHumanLoop', { HumanLoopName: 'a b/ü' });
    expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      expect.stringMatching(/^GET \/human-loops\?.*FlowDefinitionArn=arn%3Aaws%3Asagemaker/),
      'POST /human-loops/stop',
      'DELETE /human-loops/a%20b%2F%C3%BC',
    ]);
    expect(received[1]!.body).toBe('{"HumanLoopName":"loop"}');
    for (const one of received) expect(one.headers.authorization).toBe(await resigned(one));
  });

  it('sends a session token signed', async () => {
    script = [answer(200, { Workers: [] })];
    await open({ credentials: { ...credentials, sessionToken: 'token' } }).call('ListWorkers', {});
    expect(received[0]!.headers['x-amz-security-token']).toBe('token');
    expect(received[0]!.headers.authorization).toContain('x-amz-security-token');
    expect(received[0]!.headers.authorization).toBe(await resigned(received[0]!));
  });

  it('throws what the server answered', async () => {
    script = [
      answer(400, { __type: 'ResourceInUse', Message: 'It is there.' }, { 'x-amzn-requestid': 'r-1' }),
      answer(
        404,
        { message: 'No loop.' },
        { 'x-amzn-errortype': 'ResourceNotFoundException', 'x-amzn-requestid': 'r-2' },
      ),
      answer(403, '<html>proxy</html>'),
      answer(200, '<html>proxy</html>', { 'x-amzn-requestid': 'r-4' }),
    ];
    const client = open();
    await expect(client.call('CreateWorker', { Email: 'a@b' })).rejects.toMatchObject({
      name: 'ResourceInUse',
      message: 'It is there.',
      status: 400,
      requestId: 'r-1',
    });
    await expect(client.call('DescribeHumanLoop', { HumanLoopName: 'x' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'No loop.',
      status: 404,
      requestId: 'r-2',
    });
    await expect(client.call('ListWorkers', {})).rejects.toMatchObject({ name: '403', status: 403 });
    await expect(client.call('ListWorkers', {})).rejects.toMatchObject({
      name: 'SerializationException',
      status: 200,
      requestId: 'r-4',
    });
    expect(waits).toEqual([]);
  });

  it('tries again when the server is busy or fails, at most four times', async () => {
    script = [
      answer(429, { message: 'Slow down' }, { 'x-amzn-errortype': 'ThrottlingException', 'retry-after': '3' }),
      answer(400, { __type: 'ThrottlingException', message: 'Rate exceeded' }, { 'x-amz-retry-after': '1500' }),
      answer(503, 'busy'),
      answer(200, { Workers: [] }),
    ];
    expect(await open().call('ListWorkers', {})).toEqual({ Workers: [] });
    expect(waits.slice(0, 2)).toEqual([3000, 1500]);
    expect(waits[2]).toBeLessThanOrEqual(400);
    await expect(open().call('ListWorkers', {})).rejects.toMatchObject({ status: 500 });
    expect(received).toHaveLength(8);
  });

  it('says in a sentence that the server cannot be reached, after trying again', async () => {
    await close();
    await expect(open().call('ListWorkers', {})).rejects.toMatchObject({
      name: 'UnreachableError',
      message: `The server at ${endpointUrl} cannot be reached (ECONNREFUSED). Is it running?`,
    });
    expect(waits).toHaveLength(3);
  });

  it('does not send again what may have arrived', async () => {
    script = [(response) => response.destroy()];
    await expect(open().call('CreateAccessKey', {})).rejects.toMatchObject({ name: 'UnreachableError' });
    expect(received).toHaveLength(1);
  });

  it('refuses an endpoint that is no URL', () => {
    expect(() => open({ endpointUrl: 'ftp://x' })).toThrow('endpointUrl must be an http or https URL.');
    expect(() => open({ endpointUrl: 'localhost' })).toThrow(TypeError);
  });
});
