import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import { ApiError } from '@holdpoint/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Insert, insert } from '../domain/change.ts';
import { addJob, jobLanes } from '../domain/jobs.ts';
import type { Job } from '../domain/rows.ts';
import { createLog } from '../log.ts';
import { openSqliteStore } from '../store/sqlite/sqlite.ts';
import type { Store } from '../store/store.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';
import { t0 } from '../testing/rows.ts';
import { type JobContext, type JobHandler, type JobHandlers, type JobOutcome, nothingToDo } from './job.ts';
import { type Runner, startRunner } from './runner.ts';

test('a job whose end cannot be saved rests before it begins again, and holds up no end of the server', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-runner-'));
  const clock = { now: () => t0 };
  const store = openSqliteStore({ path: join(folder, 'holdpoint.db'), clock });
  await store.save([addJob('expire-human-loop', 'loop', t0, t0)]);
  const lines: string[] = [];
  let runs = 0;
  const runner = startRunner({
    lane: 'main',
    // As on a full disk, on which jobs can be read and claimed all the same.
    store: { ...store, save: () => Promise.reject(new Error('The database is full.')) },
    clock,
    log: createLog('error', { write: (line) => void lines.push(line) }),
    handlers: {
      'expire-human-loop': async () => {
        runs += 1;
        return nothingToDo;
      },
    } as unknown as JobHandlers,
    context: () => ({ store }) as JobContext,
    concurrency: 4,
  });
  await expect.poll(() => lines.length).toBe(1);
  for (let count = 0; count < 200; count++) await turn();
  expect(runs).toBe(1);
  await runner.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

test.each([
  [new Error('The answer of the server is none.'), 300_000],
  [new ApiError('ServiceUnavailable', 'The object store cannot be reached.'), 30_000],
  [new ApiError('AccessDeniedException', 'The object store refuses it.'), 300_000],
  [Object.assign(new Error('ENOSPC: no space left on device, write'), { errno: -28, syscall: 'write' }), 30_000],
])('a job that failed many times with "%s" is tried again within its longest pause', async (error, longest) => {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-runner-'));
  const clock = { now: () => t0 };
  const store = openSqliteStore({ path: join(folder, 'holdpoint.db'), clock });
  const { row } = addJob('expire-assignment', 'loop', t0, t0) as Insert<'jobs'>;
  await store.save([insert('jobs', { ...row, attempts: 12 })]);
  const runner = startRunner({
    lane: row.lane,
    store,
    clock,
    log: createLog('fatal'),
    handlers: { 'expire-assignment': () => Promise.reject(error) } as unknown as JobHandlers,
    context: () => ({ store }) as JobContext,
    concurrency: 4,
  });
  await runner.runDue();
  expect(await store.job(row.id)).toMatchObject({ attempts: 13, dueAt: t0 + longest, lastError: error.message });
  await runner.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

test('claims that fail are errors in the log, except while the database is away, of which the store tells once', async () => {
  const lines: string[] = [];
  const failures = [new StoreUnavailable('The database cannot be reached.'), new Error('syntax error')];
  const store = {
    claimJobs: () => Promise.reject(failures.shift() ?? new StoreUnavailable('The database cannot be reached.')),
    changes: () => () => {},
    nextJobDueAt: async () => undefined,
  } as unknown as Store;
  const runner = startRunner({
    lane: 'main',
    store,
    clock: { now: () => t0 },
    log: createLog('info', { write: (line) => void lines.push(line) }),
    handlers: {} as JobHandlers,
    context: () => ({ store }) as JobContext,
    concurrency: 4,
  });
  await expect.poll(() => failures, { timeout: 5000 }).toEqual([]);
  await expect.poll(() => lines.map((line) => JSON.parse(line).err.message)).toEqual(['syntax error']);
  await runner.close();
});

test('outputs that hang hold up no other job', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-runner-'));
  const clock = { now: () => t0 };
  const store = openSqliteStore({ path: join(folder, 'holdpoint.db'), clock });
  const concurrency = 4;
  const names = Array.from({ length: 2 * concurrency }, (_, index) => `loop-${index}`);
  await store.save(names.map((name) => addJob('write-output', name, t0 - 1, t0)));
  await store.save([addJob('expire-human-loop', 'a', t0, t0), addJob('prepare-task', 'a', t0, t0)]);
  let letGo = (): void => {};
  const hanging = new Promise<JobOutcome>((resolve) => {
    letGo = () => resolve(nothingToDo);
  });
  const ran: string[] = [];
  const note: JobHandler = async (_context, { kind }) => {
    ran.push(kind);
    return nothingToDo;
  };
  const handlers = { 'write-output': () => hanging, 'expire-human-loop': note, 'prepare-task': note };
  const runners = jobLanes.map((lane) =>
    startRunner({
      lane,
      store,
      clock,
      log: createLog('fatal'),
      handlers: handlers as unknown as JobHandlers,
      context: () => ({ store }) as JobContext,
      concurrency,
    }),
  );
  await expect.poll(() => ran.toSorted()).toEqual(['expire-human-loop', 'prepare-task']);
  letGo();
  await Promise.all(runners.map((runner) => runner.close()));
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('a lane asks the database only when something can be due', () => {
  let folder: string;
  let store: Store;
  let runner: Runner | undefined;
  /** What the runner asked. */
  let asked: string[];
  let ran: string[];
  const clock = { now: () => Date.now() };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdpoint-runner-'));
    store = openSqliteStore({ path: join(folder, 'holdpoint.db'), clock });
    asked = [];
    ran = [];
    clock.now = () => Date.now();
  });
  afterEach(async () => {
    await runner?.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });

  async function note(_context: JobContext, { subject }: Job): Promise<JobOutcome> {
    ran.push(subject);
    return nothingToDo;
  }

  function run(set: Partial<Store> = {}, handler: JobHandler = note): void {
    runner = startRunner({
      lane: 'main',
      store: {
        ...store,
        claimJobs: (claim) => {
          asked.push('claim');
          return store.claimJobs(claim);
        },
        ...set,
      },
      clock,
      log: createLog('fatal'),
      handlers: { 'expire-human-loop': handler } as unknown as JobHandlers,
      context: () => ({ store }) as JobContext,
      concurrency: 4,
    });
  }

  const save = (kind: 'expire-human-loop' | 'prepare-task', subject: string, dueAt: number) =>
    store.save([addJob(kind, subject, dueAt, dueAt)]);

  test('not for a job of another lane, nor for one that is due later', async () => {
    run();
    await runner!.runDue();
    const before = asked.length;
    await save('expire-human-loop', 'later', clock.now() + 3_600_000);
    await save('prepare-task', 'other', clock.now());
    // Listeners have heard of it before the save answers.
    for (let count = 0; count < 20; count++) await turn();
    expect(asked.length).toBe(before);
  });

  test('for one that is due in a moment, then', async () => {
    run();
    await runner!.runDue();
    await save('expire-human-loop', 'later', clock.now() + 3_600_000);
    await save('expire-human-loop', 'soon', clock.now() + 50);
    await save('expire-human-loop', 'after it', clock.now() + 90);
    await expect.poll(() => ran).toEqual(['soon', 'after it']);
  });

  test('for one that a clock that was set forward has made due, at the next change of any kind', async () => {
    let ahead = 0;
    clock.now = () => Date.now() + ahead;
    run();
    await save('expire-human-loop', 'later', clock.now() + 3_600_000);
    await runner!.runDue();
    ahead = 3_700_000;
    await save('prepare-task', 'other', clock.now());
    await expect.poll(() => ran).toEqual(['later']);
  });

  test('a job that comes while the next due time is asked for is not slept over', async () => {
    await save('expire-human-loop', 'later', clock.now() + 3_600_000);
    const answered = Promise.withResolvers<void>();
    const isAsked = Promise.withResolvers<void>();
    run({
      async nextJobDueAt(lane) {
        const dueAt = await store.nextJobDueAt(lane);
        isAsked.resolve();
        await answered.promise;
        return dueAt;
      },
    });
    await isAsked.promise;
    await save('expire-human-loop', 'soon', clock.now() + 50);
    answered.resolve();
    await expect.poll(() => ran).toEqual(['soon']);
  });

  test('a timer that rings while a claim is under way is set again for what comes later', async () => {
    const answered = Promise.withResolvers<void>();
    const isAsked = Promise.withResolvers<void>();
    run({
      async claimJobs(claim) {
        isAsked.resolve();
        await answered.promise;
        return store.claimJobs(claim);
      },
    });
    await isAsked.promise;
    await save('expire-human-loop', 'soon', clock.now() + 50);
    await pause(100);
    answered.resolve();
    await expect.poll(() => ran).toEqual(['soon']);
    await save('expire-human-loop', 'later', clock.now() + 50);
    await expect.poll(() => ran).toEqual(['soon', 'later']);
  });

  test('a job that is put back as due at once runs again at once', async () => {
    let runs = 0;
    run({}, async () => {
      runs += 1;
      return runs < 3 ? { done: false, error: null, retryAt: t0 } : nothingToDo;
    });
    await save('expire-human-loop', 'in parts', t0);
    await expect.poll(() => runs).toBe(3);
  });

  test('more jobs than run at once are all run, one claim after the other', async () => {
    const many = Array.from({ length: 11 }, (_, index) => `loop-${index}`);
    await store.save(many.map((subject, index) => addJob('expire-human-loop', subject, t0 + index, t0)));
    run();
    await expect.poll(() => ran).toEqual(many);
  });
});
