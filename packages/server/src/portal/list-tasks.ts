import type { TaskListResponse, TaskSummary, TaskWish } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';
import type { Assignment, Task } from '../domain/rows.ts';
import { whoAsks } from '../domain/who-asks.ts';
import type { OfferedTasks, TaskPosition, WorkerTasksWanted } from '../store/store.ts';
import { isoTime } from './assignment-view.ts';
import { cursorOf, limitOf, placeOf } from './list-page.ts';
import { myWorkteams } from './my-workteams.ts';
import { isUuid } from './read-json.ts';
import { json } from './reply.ts';
import { mostSearched, readWish, wantedBy } from './task-wish.ts';
import type { WorkerVisit } from './visit.ts';

const defaultLimit = 50;
/** Counting stops here: nobody reads further, and a long queue must not make the list slow. */
const countLimit = 1000;
/** What can be accepted for so long at most is due soon (milliseconds), and so many of it are told. */
const soon = 24 * 60 * 60 * 1000;
const dueSoonLimit = 5;

/** GET tasks: the worker's own tasks first (on the first page), then what may be taken, as it is wished. */
export async function listTasks({ exchange, store, worker, now }: WorkerVisit): Promise<Reply> {
  const query = new URLSearchParams(exchange.rawQuery);
  const wish = readWish((name) => query.get(name));
  const limit = limitOf(query.get('limit'), defaultLimit);
  const after = placeOf(query.get('cursor'), readPlace(wish));
  const workteams = await myWorkteams(store, worker);
  const workteamIds = workteams.map(({ id }) => id);
  const wanted: WorkerTasksWanted = {
    ...(await wantedBy(wish, store, workteams)),
    ...whoAsks(worker),
    workteamIds,
    mostSearched,
    now,
  };
  // One more than asked for tells whether there is another page.
  const [held, offered, dueSoon] = await Promise.all([
    after ? [] : store.heldTasks(worker.id),
    store.offeredTasks({ ...wanted, after, limit: limit + 1 }),
    after ? undefined : store.endingTasks(wanted, now + soon, dueSoonLimit),
  ]);
  const shown = offered.tasks.slice(0, limit);
  const isOnlyPage = !after && offered.tasks.length <= limit;
  const counted = isOnlyPage ? shown.length : after ? undefined : await store.countOfferedTasks(wanted, countLimit);
  const next = nextOf(wish, limit, offered);
  const reply: TaskListResponse = {
    tasks: [
      ...held.map(({ task, assignment }) => taskSummary(task, assignment)),
      ...shown.map((task) => taskSummary(task)),
    ],
    ...(next && { next: cursorOf(next.at, next.id, wish.sort ?? 'oldest') }),
    ...(counted !== undefined && { total: held.length + counted }),
    ...(counted === countLimit && { isMore: true }),
    ...(offered.stopped && { searched: offered.stopped.searched }),
    ...(dueSoon && dueSoon.length > 0 && { dueSoon: dueSoon.map((task) => taskSummary(task)) }),
  };
  return json(reply);
}

/** The last task that is shown, or where looking for tasks stopped. */
function nextOf({ sort }: TaskWish, limit: number, { tasks, stopped }: OfferedTasks): TaskPosition | undefined {
  if (tasks.length <= limit) return sort === 'due' ? undefined : stopped?.at;
  const { id, createdAt, availableUntil } = tasks[limit - 1]!;
  return { at: sort === 'due' ? availableUntil : createdAt, id };
}

function taskSummary(task: Task, assignment?: Assignment): TaskSummary {
  return {
    taskId: task.id,
    title: task.title,
    description: task.description,
    keywords: task.keywords,
    flowDefinitionName: task.flowDefinitionName,
    humanLoopName: task.humanLoopName,
    createdAt: isoTime(task.createdAt),
    expiresAt: isoTime(task.availableUntil),
    timeLimitSeconds: task.timeLimitSeconds,
    answersDone: task.answersDone,
    answersNeeded: task.answersNeeded,
    ...(assignment
      ? {
          status: assignment.stoppedAt === null ? 'working' : 'stopped',
          assignmentId: assignment.id,
          deadline: isoTime(assignment.deadline),
        }
      : { status: 'available' }),
  };
}

/** A place in one order says nothing about another one. */
const readPlace =
  ({ sort = 'oldest' }: TaskWish) =>
  ([at, id, order = 'oldest']: readonly unknown[]): TaskPosition | undefined =>
    Number.isSafeInteger(at) && typeof id === 'string' && isUuid(id) && order === sort
      ? { at: at as number, id }
      : undefined;
