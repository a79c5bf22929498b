import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { insert } from '../domain/change.ts';
import { lookAtActivities } from '../domain/retention.ts';
import { newId } from '../id.ts';
import { createLog } from '../log.ts';
import { openSqliteStore } from '../store/sqlite/sqlite.ts';
import { activityRow, t0 } from '../testing/rows.ts';
import type { JobContext, JobHandlers } from './job.ts';
import { purgeActivities } from './purge-activities.ts';
import { startRunner } from './runner.ts';

const day = 86_400_000;

/** A log of so many rows of the first day and one of the second, looked at later; what is left of them. */
async function leftOf(rows: number, activityDays: number, later: number) {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-purge-'));
  let now = t0;
  const clock = { now: () => now };
  const store = openSqliteStore({ path: join(folder, 'holdpoint.db'), clock });
  const add = (at: number) => insert('activities', activityRow({ id: newId(at), at }));
  await store.save(Array.from({ length: rows }, (_, index) => add(t0 + index)));
  await store.save([add(t0 + day), lookAtActivities(t0 + later, t0)]);
  const runner = startRunner({
    lane: 'main',
    store,
    clock,
    log: createLog('silent'),
    handlers: { 'purge-activities': purgeActivities } as JobHandlers,
    context: (at) => ({ store, activityDays, now: at }) as JobContext,
    concurrency: 1,
  });
  now = t0 + later;
  for (let batch = 0; batch < 10; batch++) {
    await runner.runDue();
    now += 250;
  }
  const left = await store.rows('activities', '', 1000);
  const job = await store.nextJobDueAt('main');
  await runner.close();
  await store.close();
  rmSync(folder, { recursive: true });
  return { left, again: job === undefined ? undefined : job > now };
}

test('O5 rows of the log go in batches when they are old enough, and each batch is a row', async () => {
  const { left, again } = await leftOf(1200, 365, 365 * day + 2000);
  expect(left.map(({ action, details }) => [action, details && JSON.parse(details).activities])).toEqual([
    ['StartHumanLoop', null],
    ['purge-activities', 500],
    ['purge-activities', 500],
    ['purge-activities', 200],
  ]);
  expect(left[1]).toMatchObject({ actorKind: 'system', clientAddress: null });
  expect(again).toBe(true);
}, 30_000);

test('O5 nothing goes before it is old enough, or with 0 ever', async () => {
  expect((await leftOf(3, 365, 364 * day)).left).toHaveLength(4);
  expect(await leftOf(3, 0, 3650 * day)).toMatchObject({ left: { length: 4 }, again: undefined });
}, 30_000);
