import { afterEach, beforeEach, expect, test } from 'vitest';
import { addJob } from '../domain/jobs.ts';
import { openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';
import { type JobContext, type JobHandlers, nothingToDo } from './job.ts';
import { type Runner, startRunner } from './runner.ts';

let scenario: PortalScenario;
let runner: Runner;
let begun: string[];
let finish: () => void;

beforeEach(async () => {
  scenario = await openPortalScenario();
  begun = [];
  const held = new Promise<void>((resolve) => {
    finish = resolve;
  });
  runner = startRunner({
    lane: 'main',
    store: scenario.store,
    clock: scenario.clock,
    log: scenario.operationContext().log,
    handlers: {
      'write-output': async (_context, { subject }) => {
        begun.push(subject);
        if (subject === 'long') await held;
        return nothingToDo;
      },
    } as JobHandlers,
    context: () => ({}) as JobContext,
    concurrency: 4,
  });
});
afterEach(async () => {
  finish();
  await runner.close();
  await scenario.close();
});

test('a job that takes longer than its lease is not begun again by the one who runs it', async () => {
  const { store, clock } = scenario;
  const queue = (subject: string) => store.save([addJob('write-output', subject, clock.time, clock.time)]);
  await queue('long');
  await expect.poll(() => begun).toEqual(['long']);
  clock.pass(11 * 60_000);
  await queue('next');
  // Whoever is claimed with `long` has been run when another that came later has.
  await expect.poll(() => store.job('write-output:next')).toBeUndefined();
  await queue('last');
  await expect.poll(() => store.job('write-output:last')).toBeUndefined();
  expect(begun).toEqual(['long', 'next', 'last']);
  finish();
  await expect.poll(() => store.job('write-output:long')).toBeUndefined();
});
