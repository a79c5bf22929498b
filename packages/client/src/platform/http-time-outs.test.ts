import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tlsCertificate } from '../../../server/src/testing/tls.ts';
import { createAwsFiles } from '../testing/aws-files.ts';
import { openMuteServer, type Step } from '../testing/scripted-server.ts';
import { begins, never, ok, useServers } from '../testing/use-servers.ts';

const { serve, open, closeLater } = useServers();
const files = createAwsFiles();
afterAll(() => files.remove());
const bundle = join(files.folder, 'ca.pem');
writeFileSync(bundle, tlsCertificate);

const later: Step = (...answered) => void setTimeout(() => ok(...answered), 1000);

describe('time-outs', () => {
  it('of connecting: a server that never says who it is', async () => {
    const mute = await openMuteServer();
    closeLater(mute.close);
    const endpointUrl = `https://127.0.0.1:${mute.port}`;
    const { list } = open({ endpointUrl, connectTimeoutMs: 400, readTimeoutMs: 50 });
    await expect(list()).rejects.toMatchObject({
      name: 'ConnectTimeoutError',
      message: `Connect timeout on endpoint URL: "${endpointUrl}/"`,
      retryable: true,
    });
  });

  it.each<readonly [what: string, step: Step]>([
    ['does not answer', never],
    ['stops in the middle of its answer', begins],
  ])('of reading: a server that %s', async (_what, step) => {
    const { endpointUrl, script, received } = await serve();
    script.push(step);
    const { list } = open({ endpointUrl, readTimeoutMs: 2000 });
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
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await list();
    expect(connections.all).toBe(1);
  });
});
