import type { NextTaskResponse, TaskWish } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';
import { acceptTask } from '../domain/assignment.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Assignment, Worker } from '../domain/rows.ts';
import { whoAsks } from '../domain/who-asks.ts';
import { newId } from '../id.ts';
import { myWorkteams } from './my-workteams.ts';
import { readJson, smallBody } from './read-json.ts';
import { json } from './reply.ts';
import { signedOut } from './signed-out.ts';
import { readWish, wantedBy } from './task-wish.ts';
import type { WorkerVisit } from './visit.ts';

/** How often a worker is loaded whose row changes while a task is being taken. */
const attempts = 8;

class WorkerChanged extends Error {}

/** POST tasks/next: takes the first task of the wish that the worker may take. */
export async function nextTask(visit: WorkerVisit): Promise<Reply> {
  const body = await readJson(visit.exchange, smallBody);
  const wish = readWish((name) => (Object.hasOwn(body, name) ? body[name] : undefined));
  const assignment = await takeNext(visit, wish);
  const reply: NextTaskResponse = { assignmentId: assignment?.id ?? null };
  return json(reply);
}

/**
 * Each acceptance changes the worker's row, so that those of one worker stand against each other: a page that asks twice
 * is served once after the other, and only what other nodes do meanwhile costs another attempt.
 */
const takeNext = (visit: WorkerVisit, wish: TaskWish): Promise<Assignment | undefined> =>
  visit.turns.take(visit.worker.id, (isFirst) => takeFirst(visit, wish, isFirst));

async function takeFirst(visit: WorkerVisit, wish: TaskWish, isFirst: boolean): Promise<Assignment | undefined> {
  let worker = isFirst ? visit.worker : await visit.store.worker(visit.worker.id);
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (worker?.status !== 'active') throw signedOut();
    try {
      return await claim(visit, worker, wish);
    } catch (error) {
      if (!(error instanceof WorkerChanged)) throw error;
    }
    worker = await visit.store.worker(visit.worker.id);
  }
  throw new Refusal('try-again', 'Many people are working right now. Please try again.');
}

/** @throws WorkerChanged when the worker's row is another by now */
async function claim({ store, now }: WorkerVisit, worker: Worker, wish: TaskWish): Promise<Assignment | undefined> {
  const workteams = await myWorkteams(store, worker);
  let refused: string | undefined;
  return store.claimNextTask({
    ...(await wantedBy(wish, store, workteams)),
    ...whoAsks(worker),
    workteamIds: workteams.map(({ id }) => id),
    now,
    accept(task) {
      // The same task once more, unchanged: it was not the task that stood against it.
      const version = `${task.id} ${task.version}`;
      if (refused === version) throw new WorkerChanged();
      refused = version;
      const workteam = workteams.find(({ id }) => id === task.workteamId)!;
      // The store offers only tasks that the worker holds no live assignment of.
      return acceptTask({ task, worker, workteam, assignmentsOfWorker: [], assignmentId: newId(now), now });
    },
  });
}
