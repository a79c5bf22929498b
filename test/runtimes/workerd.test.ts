// The client in a worker of Cloudflare's runtime: bundled, without files, without Node's modules.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleProgram } from './bundle.ts';
import { expectedOf } from './expected.ts';
import { describeOn } from './fetched.ts';
import { type InstalledClient, installClient } from './installed-client.ts';
import { useStage } from './stage.ts';

const stage = useStage();
let client: InstalledClient;

beforeAll(async () => {
  client = await installClient();
}, 120_000);
afterAll(() => client?.remove());

await describeOn('workerd', (binary) => {
  it('runs the program', async () => {
    const bundle = await bundleProgram(client.folder, 'worker', ['workerd', 'worker', 'browser']);
    expect(bundle).not.toContain('node:');
    const args = ['serve', '--control-fd=1', 'workerd.capnp'];
    const worker = spawn(binary, args, { cwd: client.folder, stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [line] = (await once(createInterface({ input: worker.stdout! }), 'line')) as [string];
      const { port } = JSON.parse(line) as { port: number };
      const { endpointUrl, region, credentials } = stage.server;
      const facts = stage.facts('smoke-workerd');
      const body = JSON.stringify({ options: { endpointUrl, region, credentials }, facts });
      const [response] = await Promise.all([
        fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body }),
        stage.answer(facts.loopName),
      ]);
      const answered = await response.text();
      expect(response.status, answered).toBe(200);
      expect(JSON.parse(answered)).toEqual(expectedOf(facts));
    } finally {
      worker.kill();
    }
  });
});
