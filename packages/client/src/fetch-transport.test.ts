import { describe, expect, it } from 'vitest';
import { createClient, createFetchTransport, type FetchTransportOptions } from './index.ts';
import { testOptions } from './testing/options.ts';
import { answer, closedUrl, type ScriptedServer, type Step } from './testing/scripted-server.ts';
import { begins, never, useServers } from './testing/use-servers.ts';

const servers = useServers();

async function serve(...script: Step[]): Promise<ScriptedServer> {
  const server = await servers.serve();
  server.script.push(...script);
  return server;
}

function open(endpointUrl: string, options: FetchTransportOptions = {}) {
  const client = createClient(testOptions({ endpointUrl, maxAttempts: 1, transport: createFetchTransport(options) }));
  return (signal?: AbortSignal) => client.call('CreateWorker', { Email: 'a@b', Name: 'Größe 🙂' }, { signal });
}

const stop = new Error('stop');

describe('createFetchTransport', () => {
  it('sends and reads', async () => {
    const Worker = { Email: 'a@b', Name: '漢字 🙂' };
    const { endpointUrl, received } = await serve(answer(200, { Worker }, { 'X-Amzn-RequestId': 'r-1' }));
    const output = await open(endpointUrl)();
    expect(output.Worker).toEqual(Worker);
    expect(output.ResponseMetadata).toMatchObject({ RequestId: 'r-1', HTTPHeaders: { 'x-amzn-requestid': 'r-1' } });
    expect(received[0]).toMatchObject({
      method: 'POST',
      body: '{"Email": "a@b", "Name": "Gr\\u00f6\\u00dfe \\ud83d\\ude42"}',
    });
    expect(received[0]!.headers['x-amz-target']).toBe('Holdpoint.CreateWorker');
  });

  it('sends through another fetch', async () => {
    const calls: unknown[] = [];
    const fetch = async (...call: unknown[]) => {
      calls.push(call[0]);
      return Response.json({ Worker: {} });
    };
    await open('http://nowhere.invalid', { fetch: fetch as typeof globalThis.fetch })();
    expect(calls).toEqual(['http://nowhere.invalid/']);
  });

  it('says that a server cannot be reached', async () => {
    const endpointUrl = await closedUrl();
    await expect(open(endpointUrl)()).rejects.toMatchObject({
      name: 'EndpointConnectionError',
      message: `Could not connect to the endpoint URL: "${endpointUrl}/"`,
      cause: expect.any(TypeError),
      // Nobody can tell from here.
      maybeSent: true,
    });
  });

  it.each<readonly [what: string, step: Step]>([
    ['does not answer', never],
    ['stops in the middle of its answer', begins],
  ])('does not wait for ever for a server that %s', async (_what, step) => {
    const { endpointUrl } = await serve(step);
    await expect(open(endpointUrl, { timeoutMs: 100 })()).rejects.toMatchObject({
      name: 'ReadTimeoutError',
      message: `Read timeout on endpoint URL: "${endpointUrl}/"`,
    });
  });

  it.each<readonly [what: string, step: Step, name: string]>([
    ['before the answer', (response) => void response.destroy(), 'EndpointConnectionError'],
    [
      'in the middle of the answer',
      (response) => response.writeHead(200, { 'content-length': '99' }).write('{', () => response.destroy()),
      'ConnectionClosedError',
    ],
  ])('tells of a connection that ends %s', async (_what, step, name) => {
    const { endpointUrl } = await serve(step);
    await expect(open(endpointUrl)()).rejects.toMatchObject({ name, maybeSent: true });
  });

  it('rejects with the reason of an aborted call', async () => {
    const { endpointUrl, script, received } = await serve();
    await expect(open(endpointUrl)(AbortSignal.abort(stop))).rejects.toBe(stop);
    expect(received).toEqual([]);
    for (const step of [never, begins]) {
      const abort = new AbortController();
      script.push((response, one) => {
        step(response, one);
        setTimeout(() => abort.abort(stop), 20);
      });
      await expect(open(endpointUrl)(abort.signal)).rejects.toBe(stop);
    }
  });

  it('does not follow a redirect', async () => {
    const { endpointUrl, received } = await serve(answer(307, '', { location: '/elsewhere' }));
    await expect(open(endpointUrl)()).rejects.toMatchObject({ code: '307' });
    expect(received).toHaveLength(1);
  });

  it('takes a redirect for an error where a browser shows none of it', async () => {
    const opaque = { status: 0, type: 'opaqueredirect', headers: new Headers(), text: async () => '' };
    const fetch = (async () => opaque) as unknown as typeof globalThis.fetch;
    await expect(open('http://nowhere.invalid', { fetch })()).rejects.toMatchObject({ code: '302', statusCode: 302 });
  });
});
