import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliver } from '../domain/announce.ts';
import { insert, remove, update } from '../domain/change.ts';
import { jobId } from '../domain/jobs.ts';
import type { EventTarget } from '../domain/rows.ts';
import type { EventSender, SendResult } from '../events/event-sender.ts';
import { deleteEventTarget } from '../operations/event-target/delete-event-target.ts';
import { replayEventTarget } from '../operations/event-target/replay-event-target.ts';
import { deleteHumanLoop } from '../operations/human-loop/delete-human-loop.ts';
import { openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';
import { eventTargetRow, humanLoopRow } from '../testing/rows.ts';
import type { JobContext, JobHandlers } from './job.ts';
import { type Runner, startRunner } from './runner.ts';
import { sendEvent } from './send-event.ts';

let scenario: PortalScenario;
let runner: Runner;
let results: (SendResult | (() => Promise<SendResult>))[];
let sent: { id: string; event: string; at: number }[];
let start: number;
const target: EventTarget = eventTargetRow();
const failed: SendResult = { delivered: false, statusCode: 503, error: 'The answer was 503.' };
const delivered: SendResult = { delivered: true, statusCode: 200 };

beforeEach(async () => {
  scenario = await openPortalScenario();
  results = [];
  sent = [];
  const { clock, store } = scenario;
  start = clock.time;
  const send: EventSender = async (_target, id, event) => {
    sent.push({ id, event, at: clock.time });
    const result = results.shift() ?? failed;
    return typeof result === 'function' ? result() : result;
  };
  runner = startRunner({
    lane: 'events',
    concurrency: 4,
    store,
    clock,
    log: scenario.operationContext().log,
    handlers: { 'send-event': sendEvent } as JobHandlers,
    context: (now) =>
      ({
        ...scenario.operationContext(),
        now,
        sendEvent: send,
      }) as unknown as JobContext,
  });
  await store.save([insert('eventTargets', target)]);
});
afterEach(async () => {
  await runner.close();
  await scenario.close();
});

const queue = (id: string) =>
  scenario.store.save(deliver(target, '{"n":1}', { now: scenario.clock.time, newId: () => id }));

/** Lets time pass from one attempt to the next until the delivery's job is gone, or for so many attempts. */
async function runOn(attempts = Number.POSITIVE_INFINITY): Promise<void> {
  for (const wanted = sent.length + attempts; sent.length < wanted; ) {
    await runner.runDue();
    await setImmediate();
    const job = await scenario.store.job(jobId('send-event', 'one'));
    if (!job) return;
    if (sent.length < wanted) scenario.clock.time = Math.max(scenario.clock.time, job.dueAt);
  }
  await runner.runDue();
}

/** Runs what is due until so many deliveries wait. */
async function runUntilWaiting(wanted: number): Promise<void> {
  do {
    await runner.runDue();
    // Commits happen between turns of the event loop.
    await setImmediate();
  } while ((await scenario.store.countDeliveries(target.id)).waiting !== wanted);
}

describe('send-event', () => {
  it('leaves no row of an event that was delivered', async () => {
    results = [failed, delivered];
    await queue('one');
    await runOn(1);
    expect(await scenario.store.eventDelivery('one')).toMatchObject({
      attempts: 1,
      lastError: 'The answer was 503.',
      failedAt: null,
    });
    await runOn(1);
    expect(sent).toEqual([
      { id: 'one', event: '{"n":1}', at: start },
      { id: 'one', event: '{"n":1}', at: start + 5000 },
    ]);
    expect(await scenario.store.eventDelivery('one')).toBeUndefined();
    expect(await scenario.store.job(jobId('send-event', 'one'))).toBeUndefined();
  });

  it('tries again after growing delays for three days, then shows the failure', async () => {
    await queue('one');
    await runOn();
    const seconds = sent.map(({ at }) => (at - start) / 1000);
    expect(seconds.slice(0, 9)).toEqual([0, 5, 35, 155, 755, 2555, 6155, 13_355, 34_955]);
    expect(seconds.at(-1)).toBe(72 * 3600);
    expect(Math.max(...seconds.slice(1).map((at, index) => at - seconds[index]!))).toBe(6 * 3600);
    expect(await scenario.store.eventDelivery('one')).toMatchObject({
      attempts: sent.length,
      lastError: 'The answer was 503.',
      failedAt: start + 72 * 3_600_000,
    });
    expect(await scenario.store.nextJobDueAt('events')).toBeUndefined();
    expect(scenario.logged.join('')).not.toContain(target.secret);
    expect(scenario.logged.join('')).not.toContain(target.url);
  });

  it('gives up at once when the target can never take it', async () => {
    results = [{ ...failed, statusCode: 410, permanent: true } as SendResult];
    await queue('one');
    await runOn();
    expect(sent).toHaveLength(1);
    expect(await scenario.store.eventDelivery('one')).toMatchObject({ failedAt: start });
  });

  const queueOf = (id: string, orderKey: string | null, to = target) =>
    scenario.store.save(deliver(to, `{"of":"${id}"}`, { now: scenario.clock.time, newId: () => id }, orderKey));
  const jobOf = (id: string) => scenario.store.job(jobId('send-event', id));
  async function until(holds: () => Promise<boolean>): Promise<void> {
    while (!(await holds())) {
      await runner.runDue();
      // Commits happen between turns of the event loop.
      await setImmediate();
    }
  }
  const sentIds = () => sent.map(({ id }) => id);

  it('sends events of one loop to one target in the order in which they were made, others past them', async () => {
    const other = eventTargetRow({ id: 'target-2' });
    await scenario.store.save([insert('eventTargets', other)]);
    await queueOf('first', 'loop');
    await until(async () => (await jobOf('first'))?.attempts === 1);
    scenario.clock.pass(1);
    results = [delivered, delivered, delivered];
    await queueOf('second', 'loop');
    await queueOf('of-another-loop', 'another-loop');
    await queueOf('of-another-target', 'loop', other);
    await queueOf('of-no-loop', null);
    await until(async () => sent.length === 4 && (await jobOf('second'))!.dueAt > scenario.clock.time);
    expect(sentIds().toSorted()).toEqual(['first', 'of-another-loop', 'of-another-target', 'of-no-loop']);
    expect(await jobOf('second')).toMatchObject({ attempts: 0, dueAt: start + 6000 });

    scenario.clock.pass(4999);
    await until(async () => (await jobOf('first'))?.attempts === 2);
    scenario.clock.pass(30_000);
    results = [delivered, delivered];
    await until(
      async () => (await jobOf('first')) === undefined && (await jobOf('second'))!.dueAt > scenario.clock.time,
    );
    scenario.clock.pass(1000);
    await until(async () => (await jobOf('second')) === undefined);
    expect(sentIds().slice(4)).toEqual(['first', 'first', 'second']);
    expect(await scenario.store.countDeliveries(target.id)).toEqual({ waiting: 0, failed: 0, lastError: null });
  });

  it('sends all that waits once the target takes events again, but not what it refused again and again', async () => {
    await queueOf('stubborn', null);
    await until(async () => (await jobOf('stubborn'))?.attempts === 1);
    const stubborn = (await scenario.store.eventDelivery('stubborn'))!;
    await scenario.store.save([update('eventDeliveries', stubborn, { attempts: 21 })]);
    const others = Array.from({ length: 230 }, (_, index) => `other-${index}`);
    for (const id of others) await queueOf(id, null);
    await queueOf('first', 'loop');
    scenario.clock.pass(1);
    await queueOf('second', 'loop');
    await until(async () => sent.length === 232 && (await jobOf('second'))!.dueAt > scenario.clock.time);
    const again = sent.length;
    const isFirst: SendResult = { delivered: true, statusCode: 200, isFirst: true };
    results = [isFirst, ...Array.from({ length: 232 }, () => delivered)];
    await queueOf('new', null);
    await until(async () => (await scenario.store.countDeliveries(target.id)).waiting <= 2);
    // An older event of its loop was on its way when this one was tried.
    scenario.clock.pass(1000);
    await until(async () => (await scenario.store.countDeliveries(target.id)).waiting === 1);
    const after = sentIds().slice(again);
    expect(after.toSorted()).toEqual([...others, 'first', 'second', 'new'].toSorted());
    expect(after.indexOf('first')).toBeLessThan(after.indexOf('second'));
    expect(await jobOf('stubborn')).toMatchObject({ dueAt: start + 5000 });
  });

  it('tries an event soon again that fails while the target takes others', async () => {
    results = [failed, failed, { ...failed, isTaking: true } as SendResult, failed];
    await queue('one');
    await runOn(5);
    expect(sent.map(({ at }) => (at - start) / 1000)).toEqual([0, 5, 35, 65, 665]);
  });

  it('lets an event pass one of the same loop that was given up, and keeps their order when both are replayed', async () => {
    const refused = { ...failed, permanent: true } as SendResult;
    results = [refused, refused];
    for (const id of ['first', 'second']) {
      await queueOf(id, 'loop');
      await until(async () => (await jobOf(id)) === undefined);
      scenario.clock.pass(1);
    }
    expect(sentIds()).toEqual(['first', 'second']);
    results = [failed, delivered, delivered];
    const both = { EventTargetId: target.id, DeliveryIds: ['second', 'first'] };
    expect(await replayEventTarget(scenario.operationContext(), both)).toEqual({ Replayed: 2 });
    await until(async () => (await jobOf('first'))?.attempts === 1);
    scenario.clock.pass(60_000);
    await until(async () => (await jobOf('first')) === undefined);
    scenario.clock.pass(60_000);
    await until(async () => (await jobOf('second')) === undefined);
    expect(sentIds().slice(2)).toEqual(['first', 'first', 'second']);
    expect(await scenario.store.countDeliveries(target.id)).toEqual({ waiting: 0, failed: 0, lastError: null });
  });

  it('removes what waits for a target that is gone', async () => {
    await queue('one');
    await runOn(1);
    await scenario.store.save([remove('eventTargets', target)]);
    await runOn();
    expect(sent).toHaveLength(1);
    expect(await scenario.store.eventDelivery('one')).toBeUndefined();
  });

  it('leaves nothing behind when the target is deleted during the last attempt', async () => {
    const remove = async (): Promise<SendResult> => {
      await deleteEventTarget(scenario.operationContext(), { EventTargetId: target.id });
      return { ...failed, permanent: true } as SendResult;
    };
    results = [remove];
    await queue('one');
    await runOn();
    expect(await scenario.store.eventDelivery('one')).toBeUndefined();
    expect(await scenario.store.nextJobDueAt('events')).toBeUndefined();
  });
});

describe('deliveries that were given up', () => {
  const giveUp = async (count: number) => {
    results = Array.from({ length: count }, () => ({ ...failed, permanent: true }) as SendResult);
    await Promise.all(results.map((_, index) => queue(`delivery-${index}`)));
    await runUntilWaiting(0);
    expect(await scenario.store.countDeliveries(target.id)).toMatchObject({ waiting: 0, failed: count });
  };

  it('are replayed, each once and for another three days', async () => {
    await giveUp(250);
    scenario.clock.pass(10 * 86_400_000);
    sent = [];
    results = [failed, ...Array.from({ length: 250 }, () => delivered)];
    const answer = await replayEventTarget(scenario.operationContext(), { EventTargetId: target.id });
    expect(answer).toEqual({ Replayed: 250 });
    await runUntilWaiting(1);
    scenario.clock.pass(5000);
    await runUntilWaiting(0);
    expect(sent).toHaveLength(251);
    expect(await scenario.store.countDeliveries(target.id)).toEqual({ waiting: 0, failed: 0, lastError: null });
    expect(await replayEventTarget(scenario.operationContext(), { EventTargetId: target.id })).toEqual({ Replayed: 0 });
  });

  it('go with their target', async () => {
    await giveUp(250);
    await deleteEventTarget(scenario.operationContext(), { EventTargetId: target.id, Force: true });
    expect(await scenario.store.eventTargets()).toEqual([]);
    expect(await scenario.store.countDeliveries(target.id)).toEqual({ waiting: 0, failed: 0, lastError: null });
  });
});

it('a loop that is deleted takes with it the events that were given up, and not those that are sent again', async () => {
  const { store, clock } = scenario;
  const events = (name: string, id: string) => {
    const humanLoop = humanLoopRow({ id: name, name, status: 'Completed', createdAt: start, finishedAt: start });
    const detail = { humanLoopName: name, creationTime: new Date(start).toISOString() };
    const sending = deliver(target, JSON.stringify({ detail }), { now: clock.time, newId: () => id }, name);
    return [insert('humanLoops', humanLoop), ...sending];
  };
  await store.save([...events('lost', 'one'), ...events('replayed', 'two')]);
  results = Array.from({ length: 2 }, () => ({ ...failed, permanent: true }));
  await runner.runDue();
  await expect.poll(async () => (await store.countDeliveries(target.id)).failed).toBe(2);
  const context = scenario.operationContext();
  await deleteHumanLoop(context, { HumanLoopName: 'lost' });
  expect(await store.eventDelivery('one')).toBeUndefined();
  let isReplayed = false;
  const meanwhile: typeof store = {
    ...store,
    async eventDelivery(id) {
      const found = await store.eventDelivery(id);
      if (found && !isReplayed) {
        isReplayed = true;
        await store.save([update('eventDeliveries', found, { failedAt: null })]);
      }
      return found;
    },
  };
  await deleteHumanLoop({ ...context, store: meanwhile }, { HumanLoopName: 'replayed' });
  expect(await store.humanLoopByName('replayed')).toBeUndefined();
  expect(await store.eventDelivery('two')).toMatchObject({ failedAt: null });
});

it('a loop that is deleted while its event is sent leaves nothing of its timeline', async () => {
  const { store, clock } = scenario;
  const humanLoop = humanLoopRow({ status: 'Completed', createdAt: start, finishedAt: start });
  const detail = { humanLoopName: humanLoop.name, creationTime: new Date(start).toISOString() };
  const event = JSON.stringify({ detail });
  results = [delivered];
  await store.save([
    insert('humanLoops', humanLoop),
    ...deliver(target, event, { now: clock.time, newId: () => 'one' }, humanLoop.name),
  ]);
  const meanwhile: typeof store = {
    ...store,
    async eventsOfHumanLoop(id) {
      const found = await store.eventsOfHumanLoop(id);
      await runner.runDue();
      return found;
    },
  };
  await deleteHumanLoop({ ...scenario.operationContext(), store: meanwhile }, { HumanLoopName: humanLoop.name });
  expect(sent).toHaveLength(1);
  expect(await store.humanLoop(humanLoop.id)).toBeUndefined();
  expect(await store.eventsOfHumanLoop(humanLoop.id)).toEqual([]);
});
