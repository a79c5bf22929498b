import { createHash, createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient, type ToolClientOptions } from './index.ts';
import { credentials, flowDefinitionArn, testOptions } from './testing/options.ts';
import { answer, openServer, type Received, type ScriptedServer } from './testing/scripted-server.ts';

const require = createRequire(import.meta.url);
const { SignatureV4 } = require('@smithy/signature-v4') as typeof import('@smithy/signature-v4');

let server: ScriptedServer;
let waits: number[];

beforeEach(async () => {
  server = await openServer();
  waits = [];
});
afterEach(() => server.close());

const open = (options: ToolClientOptions = {}) =>
  createClient(testOptions({ endpointUrl: server.endpointUrl, ...options }, waits));

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

describe('createClient', () => {
  it('calls a JSON 1.1 operation', async () => {
    const CreationTime = 1_767_323_045.678;
    server.script.push(answer(200, { AccessKeyId: 'AKIA1', SecretAccessKey: 'x', CreationTime }));
    const output = await open().call('CreateAccessKey', { Description: 'größe — 漢字' });
    expect(output).toEqual({ AccessKeyId: 'AKIA1', SecretAccessKey: 'x', CreationTime: new Date(1_767_323_045_678) });
    const [one] = server.received;
    expect(one).toMatchObject({ method: 'POST', path: '/' });
    expect(one!.body).toBe('{"Description": "gr\\u00f6\\u00dfe \\u2014 \\u6f22\\u5b57"}');
    expect(one!.headers).toMatchObject({
      'x-amz-target': 'Holdpoint.CreateAccessKey',
      'content-type': 'application/x-amz-json-1.1',
    });
    expect(one!.headers.authorization).toBe(await resigned(one!));
  });

  it('calls REST-JSON operations: labels, query and body', async () => {
    server.script.push(answer(200, { HumanLoopSummaries: [] }), answer(200, {}), answer(200, ''));
    const client = open();
    await client.call('ListHumanLoops', {
      FlowDefinitionArn: flowDefinitionArn,
      CreationTimeAfter: new Date(0),
      MaxResults: 5,
    });
    await client.call('StopHumanLoop', { HumanLoopName: 'loop' });
    await client.call('DeleteHumanLoop', { HumanLoopName: 'a b/ü' });
    expect(server.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      expect.stringMatching(/^GET \/human-loops\?.*FlowDefinitionArn=arn%3Aaws%3Asagemaker/),
      'POST /human-loops/stop',
      'DELETE /human-loops/a%20b%2F%C3%BC',
    ]);
    expect(server.received[1]!.body).toBe('{"HumanLoopName": "loop"}');
    for (const one of server.received) expect(one.headers.authorization).toBe(await resigned(one));
  });

  it('sends a session token signed', async () => {
    server.script.push(answer(200, { Workers: [] }));
    await open({ credentials: { ...credentials, sessionToken: 'token' } }).call('ListWorkers', {});
    const [one] = server.received;
    expect(one!.headers['x-amz-security-token']).toBe('token');
    expect(one!.headers.authorization).toContain('x-amz-security-token');
    expect(one!.headers.authorization).toBe(await resigned(one!));
  });

  it('sends an empty session token as none', async () => {
    server.script.push(answer(200, { Workers: [] }));
    await open({ credentials: { ...credentials, sessionToken: '' } }).call('ListWorkers', {});
    expect(server.received[0]!.headers).not.toHaveProperty('x-amz-security-token');
  });

  it('keeps the path of an endpoint that has one', async () => {
    server.script.push(answer(200, {}), answer(200, {}));
    for (const path of ['/holdpoint', '/holdpoint/'])
      await open({ endpointUrl: `${server.endpointUrl}${path}` }).call('DeleteHumanLoop', { HumanLoopName: 'a' });
    expect(server.received.map(({ path }) => path)).toEqual(['/holdpoint/human-loops/a', '/holdpoint/human-loops/a']);
    for (const one of server.received) expect(one.headers.authorization).toBe(await resigned(one));
  });

  it('throws what the server answered', async () => {
    server.script.push(
      answer(400, { __type: 'ResourceInUse', Message: 'It is there.' }, { 'x-amzn-requestid': 'r-1' }),
      answer(
        404,
        { message: 'No loop.' },
        { 'x-amzn-errortype': 'ResourceNotFoundException', 'x-amzn-requestid': 'r-2' },
      ),
      answer(403, '<html>proxy</html>'),
      answer(200, '<html>proxy</html>', { 'x-amzn-requestid': 'r-4' }),
    );
    const client = open();
    await expect(client.call('CreateWorker', { Email: 'a@b' })).rejects.toMatchObject({
      name: 'ResourceInUse',
      message: 'It is there.',
      statusCode: 400,
      requestId: 'r-1',
    });
    await expect(client.call('DescribeHumanLoop', { HumanLoopName: 'x' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'No loop.',
      statusCode: 404,
      requestId: 'r-2',
    });
    await expect(client.call('ListWorkers', {})).rejects.toMatchObject({ name: '403', statusCode: 403 });
    await expect(client.call('ListWorkers', {})).rejects.toMatchObject({
      name: 'SerializationException',
      statusCode: 200,
      requestId: 'r-4',
    });
    expect(waits).toEqual([]);
  });

  it('does not follow a redirect, which could lead a signed request elsewhere', async () => {
    server.script.push(answer(307, '', { location: `${server.endpointUrl}/elsewhere` }));
    await expect(open().call('ListWorkers', {})).rejects.toMatchObject({ name: '307', statusCode: 307 });
    expect(server.received).toHaveLength(1);
  });

  it('says in a sentence that the server cannot be reached, after trying again', async () => {
    await server.close();
    await expect(open().call('ListWorkers', {})).rejects.toMatchObject({
      name: 'EndpointConnectionError',
      message: `Could not connect to the endpoint URL: "${server.endpointUrl}/"`,
      cause: expect.objectContaining({ code: 'ECONNREFUSED' }),
    });
    expect(waits).toHaveLength(4);
  });

  it('does not send again what may have arrived', async () => {
    server.script.push((response) => void response.destroy());
    await expect(open().call('CreateAccessKey', {})).rejects.toMatchObject({ name: 'ConnectionClosedError' });
    expect(server.received).toHaveLength(1);
  });

  it('refuses a name that no operation has, without a request', async () => {
    for (const name of ['NoSuchOperation', 'listWorkers', 'toString', ''])
      await expect(open().call(name as 'ListWorkers', {})).rejects.toMatchObject({
        name: 'UnknownClientMethodError',
        message: `Client does not have method: ${name}`,
      });
    expect(server.received).toEqual([]);
  });

  it('refuses an endpoint that is no URL', () => {
    expect(() => open({ endpointUrl: 'ftp://x' })).toThrow('Invalid endpoint: ftp://x');
    expect(() => open({ endpointUrl: 'localhost' })).toThrow('Invalid endpoint: localhost');
  });
});
