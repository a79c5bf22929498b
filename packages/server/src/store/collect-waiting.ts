import { createWaitingCount, type Waiting } from '../domain/waiting.ts';
import type { WaitingTask } from './statistics.ts';
import type { Store } from './store.ts';

/** Few, since nobody else is served while a page of the embedded database is read. */
const pageTasks = 250;
/** So many waiting tasks are counted whenever somebody asks. */
export const mostWaitingLive = 2000;

/**
 * Counts what waits.
 *
 * @param limit undefined is returned when more tasks wait.
 */
export async function collectWaiting(
  store: Store,
  now: number,
  limit = Number.POSITIVE_INFINITY,
): Promise<Waiting | undefined> {
  const count = createWaitingCount(now);
  let seen = 0;
  for (const { id: workteamId } of await store.allWorkteams())
    for (let after: WaitingTask | undefined; ; ) {
      const tasks = await store.waitingTasks({ workteamId, after, limit: pageTasks });
      for (const task of tasks) count.add(task);
      seen += tasks.length;
      if (seen > limit) return undefined;
      if (tasks.length < pageTasks) break;
      after = tasks.at(-1);
      await new Promise(setImmediate);
    }
  return count.result();
}
