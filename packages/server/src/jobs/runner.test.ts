import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { ApiError } from '@holdpoint/protocol';
import { expect, test } from 'vitest';
import { type Insert, insert } from '../domain/change.ts';
import { addJob } from '../domain/jobs.ts';
import { createLog } from '../log.ts';
import { openSqliteStore } from '../store/sqlite/sqlite.ts';
import { t0 } from '../testing/rows.ts';
import { type JobContext, type JobHandlers, nothingToDo } from './job.ts';
import { startRunner } from './runner.ts';

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
])('a job that failed many times with "%s" is tried again within its longest pause', async (error, longest) => {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-runner-'));
  const clock = { now: () => t0 };
  const store = openSqliteStore({ path: join(folder, 'holdpoint.db'), clock });
  const { row } = addJob('write-output', 'loop', t0, t0) as Insert<'jobs'>;
  await store.save([insert('jobs', { ...row, attempts: 12 })]);
  const runner = startRunner({
    lane: row.lane,
    store,
    clock,
    log: createLog('fatal'),
    handlers: { 'write-output': () => Promise.reject(error) } as unknown as JobHandlers,
    context: () => ({ store }) as JobContext,
    concurrency: 4,
  });
  await runner.runDue();
  expect(await store.job(row.id)).toMatchObject({ attempts: 13, dueAt: t0 + longest, lastError: error.message });
  await runner.close();
  await store.close();
  rmSync(folder, { recursive: true });
});
