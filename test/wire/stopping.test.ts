// A server that is told to stop: whoever balances load hears of it first, nobody is kept waiting, nothing under way is lost.
import { afterEach, expect, test } from 'vitest';
import { createHostileClient } from '../testing/hostile-client.ts';
import { createFlow, startLoop } from '../testing/human-loops.ts';
import { sendBytes } from '../testing/raw-http.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer | undefined;
afterEach(() => server?.close());

const status = async (url: string): Promise<number> => (await fetch(url)).status;

test('says that it is not ready while it still serves', async () => {
  server = await startTestServer({ config: { stopDelaySeconds: 3 } });
  const { url, client } = server;
  expect(await status(`${url}/readyz`)).toBe(200);
  const closing = server.close();
  server = undefined;
  await expect.poll(() => status(`${url}/readyz`)).toBe(503);
  expect(await status(`${url}/healthz`)).toBe(200);
  await client.call('ListFlowDefinitions', {});
  await closing;
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});

test('answers callers that wait for a change', async () => {
  server = await startTestServer();
  const { client } = server;
  await startLoop(server, await createFlow(server, 'waiting'), 'waits');
  const raw = createHostileClient(server, server.credentials);
  const waiting = sendBytes(
    server.port,
    raw.bytes({ method: 'GET', path: '/human-loops/waits', headers: [['prefer', 'wait=20']], body: '' }),
  );
  // Comes after it on the same listener.
  await client.call('DescribeHumanLoop', { HumanLoopName: 'waits' });
  const closing = server.close();
  server = undefined;
  const [answer] = await waiting;
  expect(answer).toMatchObject({ status: 200, headers: { 'preference-applied': 'wait=20' } });
  expect(JSON.parse(answer!.body)).toMatchObject({ HumanLoopStatus: 'InProgress' });
  await closing;
  raw.hangUp();
});
