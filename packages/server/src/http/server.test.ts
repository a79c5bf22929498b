import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { createBodyBudget } from './body.ts';
import { createClientOf } from './client-address.ts';
import { serveHttp } from './server.ts';

/** A server whose only answer waits until it is let go, and a client that leaves before. */
async function leaveEarly(drainSeconds?: number) {
  let letGo = (): void => {};
  let begin = (): void => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const listening = await serveHttp(
    async () => {
      begin();
      await released;
      return { status: 204, headers: {} };
    },
    {
      host: '127.0.0.1',
      port: 0,
      clientOf: createClientOf(''),
      budget: createBodyBudget(1_000_000),
      clock: { now: () => 0 },
      log: createLog('silent'),
      internalError: () => ({ status: 500, headers: {} }),
      ...(drainSeconds !== undefined && { drainSeconds }),
    },
  );
  const client = connect(listening.port, '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
  await begun;
  client.destroy();
  await once(client, 'close');
  return { close: () => listening.close(), letGo };
}

const state = (work: Promise<void>): Promise<string> => Promise.race([work.then(() => 'closed'), pause(200, 'open')]);

test('waits for what is worked out for a client that has left, since it needs the store', async () => {
  const { close, letGo } = await leaveEarly();
  const closing = close();
  expect(await state(closing)).toBe('open');
  letGo();
  await closing;
});

test('does not wait for it for ever', async () => {
  const { close } = await leaveEarly(0.05);
  await close();
});
