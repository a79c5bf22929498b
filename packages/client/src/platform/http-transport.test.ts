import { spawn } from 'node:child_process';
import { getEventListeners, once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { tlsCertificate } from '../../../server/src/testing/tls.ts';
import { type ClientOptions, createA2IRuntimeClient, createClient } from '../index.ts';
import { createAwsFiles } from '../testing/aws-files.ts';
import { testOptions } from '../testing/options.ts';
import {
  answer,
  closedUrl,
  openMuteServer,
  openServer,
  type ScriptedServer,
  type Step,
} from '../testing/scripted-server.ts';

const files = createAwsFiles();
afterAll(() => files.remove());
const bundle = join(files.folder, 'ca.pem');
writeFileSync(bundle, tlsCertificate);

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function serve(options?: Parameters<typeof openServer>[0]): Promise<ScriptedServer> {
  const server = await openServer(options);
  closing.push(server.close);
  return server;
}

function open(options: ClientOptions) {
  const client = createClient(testOptions({ maxAttempts: 1, ...options }));
  closing.push(client.close);
  return {
    client,
    list: (signal?: AbortSignal) => client.call('ListWorkers', {}, { signal }),
  };
}

const ok = answer(200, { Workers: [] });
const never: Step = () => {};
const later: Step = (...answered) => void setTimeout(() => ok(...answered), 1000);
const stop = new Error('stop');

describe('time-outs', () => {
  it('of connecting: a server that never says who it is', async () => {
    const mute = await openMuteServer();
    closing.push(mute.close);
    const endpointUrl = `https://127.0.0.1:${mute.port}`;
    const { list } = open({ endpointUrl, connectTimeoutMs: 100, readTimeoutMs: 50 });
    await expect(list()).rejects.toMatchObject({
      name: 'ConnectTimeoutError',
      message: `Connect timeout on endpoint URL: "${endpointUrl}/"`,
      retryable: true,
    });
  });

  const begins: Step = (response) => void response.writeHead(200, { 'content-length': '99' }).write('{');
  it.each<readonly [what: string, step: Step]>([
    ['does not answer', never],
    ['stops in the middle of its answer', begins],
  ])('of reading: a server that %s', async (_what, step) => {
    const { endpointUrl, script, received } = await serve();
    script.push(step);
    const { list } = open({ endpointUrl, readTimeoutMs: 100 });
    await expect(list()).rejects.toMatchObject({
      name: 'ReadTimeoutError',
      message: `Read timeout on endpoint URL: "${endpointUrl}/"`,
      retryable: true,
    });
    expect(received).toHaveLength(1);
  });

  it('do not end an answer that comes slowly', async () => {
    const { endpointUrl, script } = await serve();
    script.push((response) => {
      const bytes = [...'{"Workers":[]}'.match(/.{1,4}/g)!];
      response.writeHead(200);
      const timer = setInterval(() => {
        const next = bytes.shift();
        if (next !== undefined) return void response.write(next);
        clearInterval(timer);
        response.end();
      }, 300);
    });
    expect(await open({ endpointUrl, readTimeoutMs: 1000 }).list()).toEqual({ Workers: [] });
  });

  it.each([false, true])('of connecting do not end an answer that takes longer (TLS: %s)', async (tls) => {
    const { endpointUrl, script, connections } = await serve({ tls });
    script.push(...Array(3).fill(later));
    const environment = files.write({}, { AWS_CA_BUNDLE: bundle });
    const limits = { connectTimeoutMs: 800, maxConnections: 1 };
    const { list } = open({ endpointUrl, ignoreConfiguration: false, environment, ...limits });
    // The second call gets the first one's connection from hand to hand, the third one out of the pool.
    await Promise.all([list(), list()]);
    await list();
    expect(connections.all).toBe(1);
  });

  it('of reading do not end a connection while it is idle', async () => {
    const { endpointUrl, script, connections } = await serve();
    script.push(ok, ok);
    const { list } = open({ endpointUrl, readTimeoutMs: 100 });
    await list();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await list();
    expect(connections.all).toBe(1);
  });
});

describe('connections that break', () => {
  it('refused', async () => {
    const endpointUrl = await closedUrl();
    await expect(open({ endpointUrl }).list()).rejects.toMatchObject({
      name: 'EndpointConnectionError',
      message: `Could not connect to the endpoint URL: "${endpointUrl}/"`,
      cause: { code: 'ECONNREFUSED' },
      maybeSent: false,
    });
  });

  it('a host that is not there', async () => {
    const { list } = open({ endpointUrl: 'http://nobody.invalid' });
    await expect(list()).rejects.toMatchObject({ name: 'EndpointConnectionError', maybeSent: false });
  });

  const half: Step = (response) => {
    response.writeHead(200, { 'content-length': '99' });
    response.write('{"Workers"', () => response.destroy());
  };
  const halfChunked: Step = (response) => {
    response.writeHead(200);
    response.write('{"Workers":[]}', () => response.destroy());
  };
  const reset: Step = (response) => response.socket!.resetAndDestroy();
  it.each<readonly [what: string, step: Step]>([
    ['ended before the answer', (response) => void response.destroy()],
    ['reset before the answer', reset],
    ['ended in the middle of the answer', half],
    ['ended in the middle of an answer without a length', halfChunked],
  ])('%s', async (_what, step) => {
    const { endpointUrl, script } = await serve();
    script.push(step);
    await expect(open({ endpointUrl }).list()).rejects.toMatchObject({
      name: 'ConnectionClosedError',
      message: `Connection was closed before we received a valid response from endpoint URL: "${endpointUrl}/".`,
      maybeSent: true,
      cause: expect.any(Error),
    });
  });

  it('answers that are no HTTP', async () => {
    const { endpointUrl, script } = await serve();
    script.push((response) => void response.socket!.end('hello\r\n\r\n'));
    await expect(open({ endpointUrl }).list()).rejects.toMatchObject({ name: 'ConnectionClosedError' });
  });

  it('are made anew', async () => {
    const { endpointUrl, script, connections, closeIdle } = await serve();
    script.push(ok, ok, ok, (response) => void response.destroy(), ok);
    const { list } = open({ endpointUrl, maxAttempts: 3 });
    await list();
    closeIdle();
    await list();
    await list();
    await list();
    expect(connections.all).toBeGreaterThanOrEqual(3);
  });
});

describe('connections that are kept', () => {
  it('one serves many calls', async () => {
    const { endpointUrl, script, connections } = await serve();
    script.push(...Array(20).fill(ok));
    const { list } = open({ endpointUrl });
    for (let call = 0; call < 20; call++) await list();
    expect(connections.all).toBe(1);
  });

  it.each([1, 3])('there are at most maxConnections: %s', async (maxConnections) => {
    const { endpointUrl, script, connections } = await serve();
    script.push(...Array(30).fill(ok));
    const { list } = open({ endpointUrl, maxConnections });
    await Promise.all(Array.from({ length: 30 }, () => list()));
    expect(connections).toMatchObject({ all: maxConnections, most: maxConnections });
  });

  it('close ends them', async () => {
    const { endpointUrl, script, connections } = await serve();
    script.push(ok);
    const { client, list } = open({ endpointUrl });
    await list();
    expect(connections.open).toBe(1);
    client.close();
    await expect.poll(() => connections.open).toBe(0);
  });

  it('do not keep a program from ending', async () => {
    const { endpointUrl, script, connections } = await serve();
    script.push(ok, ok);
    const program = `
      import { createClient } from ${JSON.stringify(new URL('../index.ts', import.meta.url).href)};
      const client = createClient(${JSON.stringify({ ...testOptions({ endpointUrl }), wait: undefined })});
      await Promise.all([client.call('ListWorkers', {}), client.call('ListWorkers', {})]);
      console.log('done');`;
    const child = spawn(process.execPath, [...process.execArgv, '--input-type=module', '--eval', program]);
    const [printed, complaints, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    expect({ printed, complaints, code }).toEqual({ printed: 'done\n', complaints: '', code: 0 });
    // It was not the server that let go.
    expect(connections.all).toBe(2);
  });
});

describe('aborted calls', () => {
  it('before they are sent', async () => {
    const { endpointUrl, received } = await serve();
    await expect(open({ endpointUrl }).list(AbortSignal.abort(stop))).rejects.toBe(stop);
    expect(received).toEqual([]);
  });

  it('while they connect', async () => {
    const mute = await openMuteServer();
    closing.push(mute.close);
    const abort = new AbortController();
    const call = open({ endpointUrl: `https://127.0.0.1:${mute.port}` }).list(abort.signal);
    setTimeout(() => abort.abort(stop), 50);
    await expect(call).rejects.toBe(stop);
  });

  const begins: Step = (response) => void response.writeHead(200, { 'content-length': '99' }).write('{');
  it.each<readonly [what: string, step: Step]>([
    ['for an answer', never],
    ['for the rest of an answer', begins],
  ])('while they wait %s; the connection ends', async (_what, step) => {
    const { endpointUrl, script, connections } = await serve();
    const abort = new AbortController();
    script.push((response, received) => {
      step(response, received);
      setTimeout(() => abort.abort(stop), 50);
    });
    await expect(open({ endpointUrl, maxAttempts: 5 }).list(abort.signal)).rejects.toBe(stop);
    await expect.poll(() => connections.open).toBe(0);
  });

  it('while they wait for a connection; the others go on', async () => {
    const { endpointUrl, script, received } = await serve();
    const abort = new AbortController();
    script.push((response, one) => {
      abort.abort(stop);
      setTimeout(() => ok(response, one), 50);
    }, ok);
    const { list } = open({ endpointUrl, maxConnections: 1 });
    const calls = [list(), list(abort.signal), list()];
    await expect(calls[1]).rejects.toBe(stop);
    expect(await Promise.all([calls[0], calls[2]])).toEqual([{ Workers: [] }, { Workers: [] }]);
    expect(received).toHaveLength(2);
  });

  it('leave nothing behind at a signal that serves many', async () => {
    const { endpointUrl, script } = await serve();
    script.push(ok, answer(503, {}), ok, (response) => void response.destroy());
    const { signal } = new AbortController();
    const { list } = open({ endpointUrl, maxAttempts: 2, wait: undefined });
    await list(signal);
    await list(signal);
    await expect(open({ endpointUrl }).list(signal)).rejects.toThrow();
    await expect.poll(() => getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('https', () => {
  it.each<readonly [what: string, given: Parameters<typeof files.write>]>([
    ['AWS_CA_BUNDLE', [{}, { AWS_CA_BUNDLE: bundle }]],
    ['the profile', [{ config: `[default]\nca_bundle = ${bundle}\n` }]],
  ])('trusts what %s names', async (_what, given) => {
    const { endpointUrl, script, received, connections } = await serve({ tls: true });
    script.push(ok, ok);
    const { list } = open({ endpointUrl, ignoreConfiguration: false, environment: files.write(...given) });
    await list();
    expect(await list()).toEqual({ Workers: [] });
    expect(received[0]!.headers.host).toBe(endpointUrl.slice('https://'.length));
    expect(connections.all).toBe(1);
  });

  it('refuses a certificate that nobody vouches for, at once', async () => {
    const { endpointUrl, received, connections } = await serve({ tls: true });
    await expect(open({ endpointUrl, maxAttempts: 5 }).list()).rejects.toMatchObject({
      name: 'SSLError',
      message: expect.stringContaining(`SSL validation failed for ${endpointUrl}/ self-signed certificate`),
      retryable: false,
    });
    expect(received).toEqual([]);
    expect(connections.all).toBe(1);
  });

  it('says which bundle cannot be read', async () => {
    const environment = files.write({}, { AWS_CA_BUNDLE: '/nonexistent.pem' });
    const { list } = open({ endpointUrl: 'https://127.0.0.1:1', ignoreConfiguration: false, environment });
    await expect(list()).rejects.toMatchObject({
      name: 'InvalidConfigError',
      message: 'The CA bundle /nonexistent.pem cannot be read',
    });
  });

  it('does not speak with a server that has no certificate', async () => {
    const { port, received } = await serve();
    const { list } = open({ endpointUrl: `https://127.0.0.1:${port}` });
    await expect(list()).rejects.toMatchObject({ name: 'SSLError' });
    expect(received).toEqual([]);
  });
});

describe('requests and answers', () => {
  it('go to an IPv6 address', async ({ skip }) => {
    const server = await openServer({ host: '::1' }).catch(() => undefined);
    if (server === undefined) return skip('This machine has no IPv6.');
    closing.push(server.close);
    server.script.push(ok);
    const { client, list } = open({ endpointUrl: server.endpointUrl });
    expect(await list()).toEqual({ Workers: [] });
    expect(client.meta.endpointUrl).toBe(`http://[::1]:${server.port}`);
    expect(server.received[0]!.headers.host).toBe(`[::1]:${server.port}`);
  });

  it('keep every character, wherever the answer is cut', async () => {
    const note = 'Größe — 漢字 🙂 \u2028 \\u0000';
    const { endpointUrl, script, received } = await serve();
    script.push((response) => {
      response.writeHead(200);
      // Each byte for itself, so that no character comes in one piece.
      for (const byte of Buffer.from(JSON.stringify({ Worker: { Email: 'a@b', Name: note } })))
        response.write(Buffer.of(byte));
      response.end();
    });
    const { client } = open({ endpointUrl });
    const { Worker } = await client.call('CreateWorker', { Email: 'a@b', Name: note });
    expect(Worker).toMatchObject({ Name: note });
    expect(JSON.parse(received[0]!.body)).toMatchObject({ Name: note });
    // Nothing but ASCII, as botocore sends it.
    expect(received[0]!.body).toMatch(/^[\x20-\x7e]*$/);
  });

  it('may be large', async () => {
    const InputContent = JSON.stringify({ text: 'ü'.repeat(1_000_000) });
    const { endpointUrl, script, received } = await serve();
    script.push(answer(200, { HumanLoopArn: 'arn', Padding: 'ü'.repeat(1_000_000) }));
    const client = createA2IRuntimeClient(testOptions({ endpointUrl }));
    closing.push(client.close);
    const { HumanLoopArn } = await client.startHumanLoop({
      HumanLoopName: 'a',
      FlowDefinitionArn: 'arn:aws:sagemaker:us-east-1:000000000000:flow-definition/a',
      HumanLoopInput: { InputContent },
    });
    expect(HumanLoopArn).toBe('arn');
    expect(JSON.parse(received[0]!.body).HumanLoopInput.InputContent).toBe(InputContent);
    expect(received[0]!.headers['content-length']).toBe(String(received[0]!.body.length));
  });

  it('have headers by lower-case name, repeated ones together', async () => {
    const { endpointUrl, script } = await serve();
    script.push((response) =>
      response
        .writeHead(
          200,
          [
            ['X-Amzn-RequestId', 'r-1'],
            ['X-Two', 'a'],
            ['X-Two', 'b'],
            ['Set-Cookie', 'c'],
            ['Set-Cookie', 'd'],
          ].flat(),
        )
        .end('{"Workers":[]}'),
    );
    const { ResponseMetadata } = await open({ endpointUrl }).list();
    expect(ResponseMetadata).toMatchObject({
      RequestId: 'r-1',
      HTTPHeaders: { 'x-amzn-requestid': 'r-1', 'x-two': 'a, b', 'set-cookie': 'c, d' },
    });
  });
});
