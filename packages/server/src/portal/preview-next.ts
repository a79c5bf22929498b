// What a worker will be given next, said before it is taken, so that its page can be made ready. Nothing is promised and nothing
// held: whoever accepts a task first has it, and its time runs from then.

import type { NextTaskPreview } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';
import { Refusal } from '../domain/refusal.ts';
import { whoAsks } from '../domain/who-asks.ts';
import { mayAccept } from './may-accept.ts';
import { myWorkteams } from './my-workteams.ts';
import { json } from './reply.ts';
import { readWish, wantedBy } from './task-wish.ts';
import type { WorkerVisit } from './visit.ts';

/** So many tasks are looked through for one that was told to nobody. */
const mostSkipped = 50;

/** GET tasks/next: the first task of the wish that the worker may take and that was told to nobody else just now. */
export async function previewNext(visit: WorkerVisit): Promise<Reply> {
  const query = new URLSearchParams(visit.exchange.rawQuery);
  const wish = readWish((name) => query.get(name));
  const seen = query.get('seen');
  if (seen !== null && (await isFree(visit, seen))) return json(previewOf(seen));
  const { store, worker, previews, now } = visit;
  const workteams = await myWorkteams(store, worker);
  const { tasks } = await store.offeredTasks({
    ...(await wantedBy(wish, store, workteams)),
    ...whoAsks(worker),
    workteamIds: workteams.map(({ id }) => id),
    now,
    limit: Math.min(1 + previews.size, mostSkipped),
  });
  const task = tasks.find(({ id }) => !previews.isToldToOther(id, worker.id, now)) ?? tasks[0];
  if (task) previews.told(task.id, worker.id, now);
  return json(previewOf(task?.id));
}

const previewOf = (taskId: string | undefined): NextTaskPreview =>
  taskId === undefined ? { taskId: null } : { taskId, frameUrl: `/portal/frame/task/${taskId}` };

async function isFree(visit: WorkerVisit, taskId: string): Promise<boolean> {
  try {
    return (await mayAccept(visit, taskId)).changes.length > 0;
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'signed-out') return false;
    throw error;
  }
}
