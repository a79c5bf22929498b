import { spawn } from 'node:child_process';
import { getEventListeners, once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { testOptions } from '../testing/options.ts';
import { answer, openMuteServer, type Step } from '../testing/scripted-server.ts';
import { begins, never, ok, useServers } from '../testing/use-servers.ts';

const { serve, open, closeLater } = useServers();
const stop = new Error('stop');

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

  it('while credentials are fetched', async () => {
    const { endpointUrl, received } = await serve();
    const abort = new AbortController();
    const credentials = async () => {
      abort.abort(stop);
      return { accessKeyId: 'a', secretAccessKey: 'b' };
    };
    await expect(open({ endpointUrl, credentials }).list(abort.signal)).rejects.toBe(stop);
    expect(received).toEqual([]);
  });

  it('while they connect', async () => {
    const mute = await openMuteServer();
    closeLater(mute.close);
    const abort = new AbortController();
    const call = open({ endpointUrl: `https://127.0.0.1:${mute.port}` }).list(abort.signal);
    setTimeout(() => abort.abort(stop), 50);
    await expect(call).rejects.toBe(stop);
  });

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
