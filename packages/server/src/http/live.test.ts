import { get, type IncomingMessage } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashSecret } from '../auth/secrets.ts';
import { createLog } from '../log.ts';
import { disableWorker } from '../operations/worker/disable-worker.ts';
import { setWorkerWorkteams } from '../operations/worker/set-worker-workteams.ts';
import { accept, type Browser, openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';
import { createLive } from './live.ts';

let scenario: PortalScenario;

beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

/** Opens the stream of a browser and reads it event by event. */
async function listen(browser: Browser) {
  const cookie = `holdpoint=${browser.cookies.get('holdpoint')}`;
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    get(`${scenario.origin}/portal/events`, { headers: { cookie } }, resolve).on('error', reject),
  );
  const blocks = readBlocks(response);
  return {
    response,
    /** The next event (or comment), or undefined at the end of the stream. */
    next: async () => (await blocks.next()).value as string | undefined,
  };
}

async function* readBlocks(response: IncomingMessage): AsyncGenerator<string> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) {
    const parts = (text + chunk).split('\n\n');
    text = parts.pop()!;
    yield* parts;
  }
}

const tasks = 'event: tasks\ndata: {}';

it('tells of a task the moment it is there, and only those who may take it', async () => {
  const [member, stranger] = [
    await scenario.signedIn('ada@example.com'),
    await scenario.signedIn('bob@example.com', []),
  ];
  const [first, other] = [await listen(member), await listen(stranger)];
  expect(first.response.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8' });
  expect([await first.next(), await other.next()]).toEqual([': connected\nretry: 3000', ': connected\nretry: 3000']);
  await scenario.addTask();
  expect(await first.next()).toBe(tasks);
  // The first thing that the stranger hears is the change of their own teams.
  await setWorkerWorkteams(scenario.operationContext(), { Email: 'bob@example.com', Workteams: ['reviewers'] });
  expect(await other.next()).toBe(tasks);
});

it('tells a worker what becomes of the own assignments', async () => {
  const browser = await scenario.signedIn('ada@example.com');
  const { task } = await scenario.addTask();
  const stream = await listen(browser);
  await stream.next();
  const assignmentId = await accept(browser, task.id);
  const heard = async () => {
    for (;;) {
      const event = await stream.next();
      if (event !== tasks) return event;
    }
  };
  const event = (status: string) => `event: assignment\ndata: ${JSON.stringify({ assignmentId, status })}`;
  expect(await heard()).toBe(event('open'));
  await browser.post(`/portal/api/assignments/${assignmentId}/stop`);
  expect(await heard()).toBe(event('stopped'));
  await browser.post(`/portal/api/assignments/${assignmentId}/release`);
  expect(await heard()).toBe(event('released'));
});

it.each([
  ['at sign-out', (browser: Browser) => browser.post('/portal/api/sign-out')],
  ['when the worker is disabled', () => disableWorker(scenario.operationContext(), { Email: 'ada@example.com' })],
  ['when the server ends', async () => scenario.live.close()],
])('ends %s', async (_when, act) => {
  const browser = await scenario.signedIn('ada@example.com');
  const stream = await listen(browser);
  await stream.next();
  await act(browser);
  for (;;) if ((await stream.next()) === undefined) break;
  expect(scenario.live.size).toBe(0);
});

it('keeps nothing of clients that went away', async () => {
  const browser = await scenario.signedIn('ada@example.com');
  const stream = await listen(browser);
  await stream.next();
  expect(scenario.live.size).toBe(1);
  stream.response.destroy();
  while (scenario.live.size > 0) await turn();
});

it('ends the oldest stream of a worker who opens too many', async () => {
  const browser = await scenario.signedIn('ada@example.com');
  const streams = [await listen(browser), await listen(browser), await listen(browser)];
  await streams[0]!.next();
  expect(await streams[0]!.next()).toBeUndefined();
  expect(scenario.live.size).toBe(2);
});

it('shows signs of life, and ends with the session', async () => {
  await scenario.close();
  scenario = await openPortalScenario({ pingEvery: 5 });
  const browser = await scenario.signedIn('ada@example.com');
  const stream = await listen(browser);
  expect([await stream.next(), await stream.next()]).toEqual([': connected\nretry: 3000', ': ping']);
  scenario.clock.pass(13 * 3_600_000);
  for (let event = await stream.next(); event !== undefined; event = await stream.next()) expect(event).toBe(': ping');
});

it('gives up a client that does not read', async () => {
  const browser = await scenario.signedIn('ada@example.com');
  const session = await scenario.store.session(hashSecret(browser.cookies.get('holdpoint')!));
  const log = createLog('silent');
  const live = createLive(scenario.store, { clock: scenario.clock, log, debounce: 1, mostWaiting: 64 });
  await live.open(session!);
  expect(live.size).toBe(1);
  while (live.size > 0) await scenario.addTask();
  live.close();
});
