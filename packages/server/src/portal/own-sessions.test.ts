import { get, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSignInLink } from '../operations/worker/create-sign-in-link.ts';
import { disableWorker } from '../operations/worker/disable-worker.ts';
import { type Browser, openPortalScenario, type PortalScenario, startTime } from '../testing/portal-scenario.ts';

let scenario: PortalScenario;
const Email = 'ada@example.com';

beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

/** One more browser in which Ada is signed in. */
async function again(): Promise<Browser> {
  const browser = scenario.browser();
  const { Url } = await createSignInLink(scenario.operationContext(), { Email, Purpose: 'SignIn' });
  await browser.post('/portal/api/use-link', { token: Url.split('#')[1] });
  return browser;
}
const sessionsOf = async (browser: Browser) =>
  (await browser.get('/portal/api/sessions')).json.sessions as { sessionId: string; isCurrent: boolean }[];
const isIn = async (browser: Browser): Promise<boolean> => (await browser.get('/portal/api/session')).status === 200;

it('S4 lists the own sessions that go on, newest first, and tells which one asks', async () => {
  const first = await scenario.signedIn(Email);
  await scenario.signedIn('bob@example.com');
  scenario.clock.pass(11 * 3_600_000);
  const second = await again();
  expect(await sessionsOf(second)).toEqual([
    {
      sessionId: expect.stringMatching(/^[0-9a-f]{64}$/),
      signedInAt: new Date(startTime + 11 * 3_600_000).toISOString(),
      lastSeenAt: new Date(startTime + 11 * 3_600_000).toISOString(),
      endsAt: new Date(startTime + 23 * 3_600_000).toISOString(),
      isCurrent: true,
    },
    expect.objectContaining({ signedInAt: new Date(startTime).toISOString(), isCurrent: false }),
  ]);
  scenario.clock.pass(2 * 3_600_000);
  expect(await sessionsOf(second)).toHaveLength(1);
  expect(await isIn(first)).toBe(false);
});

it('S4 ends one, the own one too, and no other worker’s', async () => {
  const [first, bob] = [await scenario.signedIn(Email), await scenario.signedIn('bob@example.com')];
  const second = await again();
  const sessions = await sessionsOf(second);
  const [mine, other] = [true, false].map((isCurrent) => sessions.find((one) => one.isCurrent === isCurrent));
  const [bobs] = await sessionsOf(bob);
  for (const id of [bobs!.sessionId, 'f'.repeat(64), 'x'])
    expect((await second.post(`/portal/api/sessions/${id}/end`)).code).toBe('not-found');
  expect((await second.post(`/portal/api/sessions/${other!.sessionId}/end`)).status).toBe(200);
  expect([await isIn(first), await isIn(second), await isIn(bob)]).toEqual([false, true, true]);
  expect((await second.post(`/portal/api/sessions/${other!.sessionId}/end`)).code).toBe('not-found');
  await second.post(`/portal/api/sessions/${mine!.sessionId}/end`);
  expect(second.cookies.size).toBe(0);
  expect((await second.get('/portal/api/sessions')).code).toBe('signed-out');
});

it('S4 ends all others', async () => {
  const browsers = [await scenario.signedIn(Email), await again(), await again()];
  const bob = await scenario.signedIn('bob@example.com');
  expect((await browsers[1]!.post('/portal/api/sessions/end-others')).status).toBe(200);
  expect(await Promise.all([...browsers, bob].map(isIn))).toEqual([false, true, false, true]);
});

it('S4 a worker who is disabled is signed out everywhere at once: requests, and streams that are open', async () => {
  const browsers = [await scenario.signedIn(Email), await again()];
  const streams = await Promise.all(browsers.map(openStream));
  await disableWorker(scenario.operationContext(), { Email });
  expect(await Promise.all(browsers.map(isIn))).toEqual([false, false]);
  await Promise.all(streams.map(untilEnd));
  expect(scenario.live.size).toBe(0);
});

const openStream = (browser: Browser): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const headers = { cookie: `holdpoint=${browser.cookies.get('holdpoint')}` };
    get(`${scenario.origin}/portal/events`, { headers }, resolve).on('error', reject);
  });

async function untilEnd(stream: IncomingMessage): Promise<void> {
  for await (const _ of stream);
}
