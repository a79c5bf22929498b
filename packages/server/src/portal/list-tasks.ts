import type { TaskListResponse, TaskSummary } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Position, WorkerTask } from '../store/store.ts';
import { isoTime } from './assignment-view.ts';
import { myWorkteams } from './my-workteams.ts';
import { isUuid } from './read-json.ts';
import { json } from './reply.ts';
import type { WorkerVisit } from './visit.ts';

const defaultLimit = 50;
const maxLimit = 100;
/** Counting stops here: nobody reads further, and a long queue must not make the list slow. */
const countLimit = 1000;

/** GET tasks?cursor=&limit=: the worker's own tasks first (on the first page), then what may be taken, oldest first. */
export async function listTasks({ exchange, store, worker, now }: WorkerVisit): Promise<Reply> {
  const query = new URLSearchParams(exchange.rawQuery);
  const limit = limitOf(query.get('limit'));
  const after = positionOf(query.get('cursor'));
  const workteamIds = (await myWorkteams(store, worker)).map(({ id }) => id);
  const page = { workerId: worker.id, workteamIds, now };
  // One more than asked for tells whether there is another page.
  const [found, total] = await Promise.all([
    store.workerTasks({ ...page, after, limit: limit + 1 }),
    store.countWorkerTasks({ ...page, limit: countLimit }),
  ]);
  const own = found.filter(({ assignment }) => assignment !== null);
  const free = found.filter(({ assignment }) => assignment === null);
  const shown = free.slice(0, limit);
  const last = free.length > limit ? shown.at(-1) : undefined;
  const reply: TaskListResponse = {
    tasks: [...own, ...shown].map(taskSummary),
    ...(last ? { next: cursorOf({ createdAt: last.task.createdAt, id: last.task.id }) } : {}),
    total,
  };
  return json(reply);
}

function taskSummary({ task, assignment }: WorkerTask): TaskSummary {
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

function limitOf(text: string | null): number {
  if (text === null || text === '') return defaultLimit;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > maxLimit)
    throw new Refusal('bad-request', `'limit' must be a number from 1 to ${maxLimit}.`);
  return limit;
}

const cursorOf = (position: Position): string =>
  Buffer.from(JSON.stringify([position.createdAt, position.id])).toString('base64url');

function positionOf(cursor: string | null): Position | undefined {
  if (cursor === null || cursor === '') return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const [createdAt, id] = Array.isArray(value) ? (value as readonly unknown[]) : [];
    if (Number.isSafeInteger(createdAt) && typeof id === 'string' && isUuid(id))
      return { createdAt: createdAt as number, id };
  } catch {
    // Falls through to the one refusal below.
  }
  throw new Refusal('bad-request', "'cursor' is none that this list gave out.");
}
