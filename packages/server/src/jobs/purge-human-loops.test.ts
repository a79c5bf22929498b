import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { insert } from '../domain/change.ts';
import { lookAt } from '../domain/retention.ts';
import type { Job } from '../domain/rows.ts';
import { createLog } from '../log.ts';
import { openSqliteStore } from '../store/sqlite/sqlite.ts';
import type { Store } from '../store/store.ts';
import { answerRow, eventTargetRow, humanLoopRow, t0 } from '../testing/rows.ts';
import type { JobContext, JobHandlers } from './job.ts';
import { purgeHumanLoops } from './purge-human-loops.ts';
import { type Runner, startRunner } from './runner.ts';

const day = 86_400_000;
let folder: string;
let store: Store;
let runner: Runner;
let now = t0;
let retentionDays = 30;

beforeEach(() => {
  now = t0;
  retentionDays = 30;
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-purge-'));
  const clock = { now: () => now };
  store = openSqliteStore({ path: join(folder, 'holdpoint.db'), clock });
  runner = startRunner({
    lane: 'main',
    store,
    clock,
    log: createLog('silent'),
    handlers: { 'purge-human-loops': purgeHumanLoops } as JobHandlers,
    context: (at) => ({ store, retentionDays, now: at }) as JobContext,
    concurrency: 4,
  });
});
afterEach(async () => {
  await runner.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** A loop that ended so many days after the beginning, with its input and an answer; one that has not for `undefined`. */
const loop = (name: string, days: number | undefined) => [
  insert('humanLoops', humanLoopRow({ id: name, name, finishedAt: days === undefined ? null : t0 + days * day })),
  insert('humanLoopInputs', { humanLoopId: name, inputContent: '{}', dataAttributes: null }),
  insert('answers', answerRow({ assignmentId: `answer of ${name}`, humanLoopId: name })),
  insert('drafts', { id: name, humanLoopId: name, taskId: 'task', workerId: 'worker-1', content: '{}', savedAt: t0 }),
];

async function keptOf(...names: readonly string[]): Promise<string[]> {
  const kept: string[] = [];
  for (const name of names) {
    const [input, answers] = [await store.humanLoopInput(name), await store.answersOfHumanLoop(name)];
    expect((await store.humanLoop(name))?.name).toBe(name);
    expect(answers.length).toBe(input ? 1 : 0);
    expect(await store.draftsOfHumanLoop(name)).toHaveLength(input ? 1 : 0);
    if (input) kept.push(name);
  }
  return kept;
}

/** Lets time pass, with all looks that fall due in it. */
async function pass(to: number): Promise<void> {
  // What a save has woken is under way already.
  await runner.runDue();
  for (;;) {
    const next = await store.nextJobDueAt('main');
    if (next === undefined || next > to) break;
    now = Math.max(now, next);
    await runner.runDue();
  }
  now = to;
}

test('inputs and answers go as many days after the end of their loop as are kept, and nothing else does', async () => {
  await store.save([...loop('first', 0), ...loop('second', 1), ...loop('open', undefined), lookAt(t0, t0)]);
  await pass(t0 + 29 * day);
  expect(await keptOf('first', 'second', 'open')).toEqual(['first', 'second', 'open']);
  await pass(t0 + 30 * day + 3_600_001);
  expect(await keptOf('first', 'second', 'open')).toEqual(['second', 'open']);
  await pass(t0 + 31 * day + 3_600_001);
  expect(await keptOf('first', 'second', 'open')).toEqual(['open']);
});

test('many at once go in batches, each of them once, and it is looked once an hour however often it was asked for', async () => {
  const names = Array.from({ length: 250 }, (_, index) => `loop-${index}`);
  for (const name of names) await store.save(loop(name, 0));
  for (let start = 0; start < 5; start++) await store.save([lookAt(t0 + start, t0)]);
  await pass(t0 + 31 * day);
  expect(await keptOf(...names)).toEqual([]);
  const jobs = await store.rows('jobs', '', 100);
  expect(jobs.map(({ dueAt }) => dueAt % 3_600_000)).toEqual([0]);
});

test('events that were given up go as many days after that, whatever they are about, and leave what waits', async () => {
  const target = eventTargetRow();
  const delivery = (id: string, failedAt: number | null) =>
    insert('eventDeliveries', {
      id,
      eventTargetId: target.id,
      event: '{}',
      orderKey: null,
      createdAt: t0,
      attempts: 9,
      lastError: 'The answer was 503.',
      failedAt,
    });
  const many = Array.from({ length: 150 }, (_, index) => delivery(`old-${index}`, t0 + index));
  await store.save([insert('eventTargets', target), ...many, delivery('late', t0 + day), delivery('waits', null)]);
  await store.save([lookAt(t0, t0)]);
  await pass(t0 + 30 * day);
  expect(await store.countDeliveries(target.id)).toMatchObject({ waiting: 1, failed: 151 });
  await pass(t0 + 30 * day + 3_600_001);
  expect(await store.countDeliveries(target.id)).toMatchObject({ waiting: 1, failed: 1 });
  expect(await store.eventDelivery('late')).toBeDefined();
  const { activities } = await store.activities({ limit: 9 });
  expect(activities.map(({ details }) => JSON.parse(details ?? '{}'))).toEqual([
    { deadLetters: 50 },
    { deadLetters: 100 },
  ]);
});

test('a clock that is set back while it is looked does not end the looks', async () => {
  const dueAt = Math.ceil(t0 / 3_600_000) * 3_600_000;
  await store.save([lookAt(dueAt, t0)]);
  const [job] = await store.rows('jobs', '', 1);
  for (const at of [dueAt - 3_600_000, dueAt - 1, dueAt]) {
    const { changes } = await purgeHumanLoops({ store, retentionDays, now: at } as JobContext, job!);
    expect(changes).toMatchObject([{ table: 'jobs', row: { dueAt: dueAt + 3_600_000 } }]);
  }
});

test('0 keeps everything', async () => {
  retentionDays = 0;
  await store.save([...loop('old', 0), lookAt(t0, t0)]);
  await pass(t0 + 40 * day);
  expect(await keptOf('old')).toEqual(['old']);
});

test('lets others work between two loops', async () => {
  await store.save(['a', 'b', 'c'].flatMap((name) => loop(name, 0)));
  const order: string[] = [];
  const watched: Store = {
    ...store,
    async answersOfHumanLoop(id) {
      order.push(id);
      setImmediate(() => order.push('another'));
      return store.answersOfHumanLoop(id);
    },
  };
  const context = { store: watched, retentionDays, now: t0 + 31 * day } as JobContext;
  await purgeHumanLoops(context, { dueAt: t0 + 31 * day } as Job);
  expect(order).toEqual(['a', 'another', 'b', 'another', 'c', 'another']);
});
