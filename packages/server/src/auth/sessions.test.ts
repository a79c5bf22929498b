import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Exchange } from '../context.ts';
import { openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';
import { defaultSessionLimits, idTokenOf, openSession } from './sessions.ts';

let scenario: PortalScenario;
beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

const exchangeOf = (cookie: string): Exchange =>
  ({ secure: false, headers: [['cookie', cookie.split(';')[0]]] }) as unknown as Exchange;

it.each([
  ['a token', 'header.payload.signature', 'header.payload.signature'],
  ['no token', undefined, undefined],
  ['a token too large for an address', 'x'.repeat(6001), undefined],
])('S1 a session with %s: the rows do not show it, the cookie does', async (_, idToken, expected) => {
  const { Worker } = await scenario.hire('ada@example.com');
  const worker = (await scenario.store.workerByEmail(Worker.Email))!;
  const session = { worker, limits: defaultSessionLimits, now: scenario.clock.now(), idToken };
  const { cookie, changes } = await openSession(scenario.store, exchangeOf(''), session);
  await scenario.store.save(changes);
  const [row] = await scenario.store.sessionsOfWorker(worker.id);
  expect(JSON.stringify(row)).not.toContain('payload');
  expect(row?.signOutHint === null).toBe(expected === undefined);
  expect(await idTokenOf(scenario.store, exchangeOf(cookie))).toBe(expected);
  expect(await idTokenOf(scenario.store, exchangeOf(`holdpoint=${'A'.repeat(43)}`))).toBeUndefined();
});
