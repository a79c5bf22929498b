import type { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { onlookerOf, operatorOf } from '../auth/console-visit.ts';
import { defaultSessionLimits } from '../auth/sessions.ts';
import type { Caller, Exchange } from '../context.ts';
import { setWorkerRole } from '../operations/worker/set-worker-role.ts';
import { accept, type Browser, openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';
import { type ConsoleLive, createConsoleLive } from './console-live.ts';

let scenario: PortalScenario;
let live: ConsoleLive;
let ada: Browser;
const settings = { sessions: defaultSessionLimits, operatorGroups: [], requireSecondFactor: 'none' } as const;

beforeEach(async () => {
  scenario = await openPortalScenario();
  const { log } = scenario.operationContext();
  live = createConsoleLive(scenario.store, { log, debounce: 1, pingEvery: 5, mostStreams: 2 });
  ada = await scenario.signedIn('ada@example.com');
  await setWorkerRole(scenario.operationContext(), { Email: 'ada@example.com', Role: 'Operator' });
});
afterEach(async () => {
  live.close();
  await scenario.close();
});

const exchange = () =>
  ({
    secure: false,
    headers: [['cookie', `holdpoint=${ada.cookies.get('holdpoint')}`]],
    clientAddress: '127.0.0.1',
  }) as unknown as Exchange;
const look = (): Promise<Caller> => onlookerOf(scenario.operationContext(), exchange(), settings);

/** How often it was asked whether each stream may stay. */
let asked = 0;

async function watch(humanLoopId?: string) {
  const operator = await look();
  const mayStay = async (): Promise<boolean> => {
    asked += 1;
    return look().then(
      () => true,
      () => false,
    );
  };
  const stream = (live.open({ operator, humanLoopId, mayStay }).body as Readable).setEncoding('utf8');
  const chunks = stream[Symbol.asyncIterator]();
  const next = async (): Promise<string | undefined> => (await chunks.next()).value;
  expect(await next()).toBe(': connected\nretry: 3000\n\n');
  return {
    /** What is told next, but for signs of life; undefined at the end. */
    async told(): Promise<string | undefined> {
      for (;;) {
        const said = await next();
        const told = said?.replaceAll(': ping\n\n', '');
        if (told !== '') return told;
      }
    },
  };
}

const event = 'event: human-loops\ndata: {}\n\n';

it('tells of changes of any loop, or of the one that is looked at', async () => {
  const { humanLoop, task } = await scenario.addTask();
  const [all, one] = [await watch(), await watch(humanLoop.id)];
  await scenario.addTask();
  expect(await all.told()).toBe(event);
  await accept(ada, task.id);
  expect(await all.told()).toBe(event);
  expect(await one.told()).toBe(event);
});

it.each([
  ['the role is taken', () => setWorkerRole(scenario.operationContext(), { Email: 'ada@example.com', Role: 'Worker' })],
  ['the session ends', () => ada.post('/portal/api/sign-out')],
  ['another one is opened beside as many as there may be', async () => [await watch(), await watch()]],
  ['the server stops', async () => live.close()],
])('ends when %s', async (_, act) => {
  const stream = await watch();
  await act();
  expect(await stream.told()).toBeUndefined();
});

it('work of others is no reason to ask whether an operator still is one', async () => {
  live.close();
  live = createConsoleLive(scenario.store, { log: scenario.operationContext().log, debounce: 1 });
  const bob = await scenario.signedIn('bob@example.com');
  const { task } = await scenario.addTask();
  const stream = await watch();
  asked = 0;
  await accept(bob, task.id);
  expect(await stream.told()).toBe(event);
  expect(asked).toBe(0);
});

it('S4 a console that stands open keeps no session open; what is done there does', async () => {
  const { clock, store } = scenario;
  const seen = async () => (await store.sessionsOfWorker((await look()).worker!.id)).map((one) => one.lastSeenAt);
  clock.pass(3_600_000);
  const [before] = await seen();
  expect(before).toBeLessThan(clock.now());
  await operatorOf(scenario.operationContext(), exchange(), settings);
  expect(await seen()).toEqual([clock.now()]);
});
