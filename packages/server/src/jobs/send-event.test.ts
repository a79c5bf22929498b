import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliver } from '../domain/announce.ts';
import { insert, remove } from '../domain/change.ts';
import { jobId } from '../domain/jobs.ts';
import type { EventTarget } from '../domain/rows.ts';
import type { SendResult } from '../events/event-sender.ts';
import { deleteEventTarget } from '../operations/event-target/delete-event-target.ts';
import { replayEventTarget } from '../operations/event-target/replay-event-target.ts';
import { openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';
import { eventTargetRow } from '../testing/rows.ts';
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
  runner = startRunner({
    store,
    clock,
    log: scenario.operationContext().log,
    handlers: { 'send-event': sendEvent } as JobHandlers,
    context: (now) =>
      ({
        ...scenario.operationContext(),
        now,
        sendEvent: async (_target, id, event) => {
          sent.push({ id, event, at: clock.time });
          const result = results.shift() ?? failed;
          return typeof result === 'function' ? result() : result;
        },
      }) as JobContext,
  });
  await store.save([insert('eventTargets', target)]);
});
afterEach(async () => {
  await runner.close();
  await scenario.close();
});

const queue = (id: string) =>
  scenario.store.save(deliver(target, '{"n":1}', { now: scenario.clock.time, newId: () => id }));

/** Lets time pass from one due job to the next until none is left, or for so many attempts. */
async function runOn(attempts = Number.POSITIVE_INFINITY): Promise<void> {
  for (let left = attempts; left > 0; left--) {
    const dueAt = await scenario.store.nextJobDueAt();
    if (dueAt === undefined) return;
    scenario.clock.time = Math.max(scenario.clock.time, dueAt);
    await runner.runDue();
  }
}

describe('send-event', () => {
  it('leaves no row of an event that was delivered', async () => {
    results = [failed, delivered];
    await queue('one');
    await runOn(1);
    expect(await scenario.store.eventDelivery('one')).toMatchObject({ attempts: 1, lastError: 'The answer was 503.', failedAt: null });
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
    expect(await scenario.store.nextJobDueAt()).toBeUndefined();
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
    expect(await scenario.store.nextJobDueAt()).toBeUndefined();
  });
});

describe('deliveries that were given up', () => {
  const giveUp = async (count: number) => {
    results = Array.from({ length: count }, () => ({ ...failed, permanent: true }) as SendResult);
    for (let index = 0; index < count; index++) await queue(`delivery-${index}`);
    await runner.runDue();
    expect(await scenario.store.countDeliveries(target.id)).toMatchObject({ waiting: 0, failed: count });
  };

  it('are replayed, each once and for another three days', async () => {
    await giveUp(450);
    scenario.clock.pass(10 * 86_400_000);
    expect(await replayEventTarget(scenario.operationContext(), { EventTargetId: target.id })).toEqual({ Replayed: 450 });
    sent = [];
    results = [failed];
    results.push(...Array.from({ length: 450 }, () => delivered));
    await runner.runDue();
    expect(await scenario.store.countDeliveries(target.id)).toMatchObject({ waiting: 1, failed: 0 });
    await runOn();
    expect(sent).toHaveLength(451);
    expect(await scenario.store.countDeliveries(target.id)).toEqual({ waiting: 0, failed: 0, lastError: null });
    expect(await replayEventTarget(scenario.operationContext(), { EventTargetId: target.id })).toEqual({ Replayed: 0 });
  });

  it('go with their target', async () => {
    await giveUp(450);
    await deleteEventTarget(scenario.operationContext(), { EventTargetId: target.id });
    expect(await scenario.store.eventTargets()).toEqual([]);
    expect(await scenario.store.countDeliveries(target.id)).toEqual({ waiting: 0, failed: 0, lastError: null });
  });
});
