import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { createBodyBudget } from './body.ts';
import { createClientOf } from './client-address.ts';
import { serveHttp } from './server.ts';

/** A server that works out one answer until it is let go, for a client that has left. @returns what happened, in order */
async function leaveEarly(drainSeconds?: number) {
  const happened: string[] = [];
  let letGo = (): void => {};
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let hasLeft = (): void => {};
  const left = new Promise<void>((resolve) => {
    hasLeft = resolve;
  });
  const listening = await serveHttp(
    async ({ response }) => {
      response.once('close', hasLeft);
      client.destroy();
      await released;
      happened.push('worked out');
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
  await left;
  const close = async (): Promise<void> => {
    await listening.close();
    happened.push('closed');
  };
  return { happened, close, letGo };
}

test('waits for what is worked out for a client that has left, since it needs the store', async () => {
  const { happened, close, letGo } = await leaveEarly();
  const closing = close();
  // Nobody is connected: nothing else would keep it from closing.
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  letGo();
  await closing;
  expect(happened).toEqual(['worked out', 'closed']);
});

test('does not wait for it for ever', async () => {
  const { happened, close } = await leaveEarly(0.05);
  await close();
  expect(happened).toEqual(['closed']);
});
