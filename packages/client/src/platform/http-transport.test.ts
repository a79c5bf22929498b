import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tlsCertificate } from '../../../server/src/testing/tls.ts';
import { createA2IRuntimeClient } from '../index.ts';
import { createAwsFiles } from '../testing/aws-files.ts';
import { testOptions } from '../testing/options.ts';
import { answer, closedUrl, openServer, type Step } from '../testing/scripted-server.ts';
import { ok, useServers } from '../testing/use-servers.ts';

const { serve, open, closeLater } = useServers();
const files = createAwsFiles();
afterAll(() => files.remove());
const bundle = join(files.folder, 'ca.pem');
writeFileSync(bundle, tlsCertificate);

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
    closeLater(server.close);
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
    closeLater(client.close);
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
