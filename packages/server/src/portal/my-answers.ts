import type { AnswerListResponse, AnswerResponse, AnswerSummary, JsonObject } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Answer } from '../domain/rows.ts';
import type { AnswerPosition } from '../store/store.ts';
import { isoTime } from './assignment-view.ts';
import { cursorOf, limitOf, placeOf } from './list-page.ts';
import { isUuid } from './read-json.ts';
import { json } from './reply.ts';
import type { WorkerVisit } from './visit.ts';

const defaultLimit = 20;

/** GET answers?cursor=&limit=: the worker's own answers, newest first, as long as they are kept. */
export async function listMyAnswers(visit: WorkerVisit): Promise<Reply> {
  const { exchange, store, worker, now } = visit;
  const query = new URLSearchParams(exchange.rawQuery);
  const limit = limitOf(query.get('limit'), defaultLimit);
  const found = await store.answersOfWorker(worker.id, {
    before: placeOf(query.get('cursor'), readPlace),
    limit: limit + 1,
  });
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  const answers = await Promise.all(shown.map((answer) => summary(visit, answer)));
  const reply: AnswerListResponse = {
    answers: answers.filter((one) => one !== undefined),
    ...(last && { next: cursorOf(last.submittedAt, last.assignmentId) }),
    serverTime: isoTime(now),
  };
  return json(reply);
}

/** GET answers/{assignmentId} */
export async function showMyAnswer(visit: WorkerVisit, id: string): Promise<Reply> {
  const { store, worker, now } = visit;
  const assignment = isUuid(id) ? await store.assignment(id) : undefined;
  if (!assignment) throw gone();
  if (assignment.workerId !== worker.id) throw new Refusal('not-yours', 'This answer is not yours.');
  const answers = await store.answersOfHumanLoop(assignment.humanLoopId);
  const answer = answers.find(({ assignmentId }) => assignmentId === id);
  const about = answer && (await summary(visit, answer));
  if (!answer || !about) throw gone();
  const reply: AnswerResponse = {
    ...about,
    answerContent: JSON.parse(answer.answerContent) as JsonObject,
    serverTime: isoTime(now),
  };
  return json(reply);
}

const gone = (): Refusal => new Refusal('not-found', 'This answer does not exist, or is not kept any more.');

async function summary({ store, now }: WorkerVisit, answer: Answer): Promise<AnswerSummary | undefined> {
  const [humanLoop, task] = await Promise.all([
    store.humanLoop(answer.humanLoopId),
    store.taskOfHumanLoop(answer.humanLoopId),
  ]);
  // Deleted a moment ago.
  if (!humanLoop || !task) return undefined;
  const canUndo = humanLoop.status === 'InProgress' && answer.finalAt !== null && now < answer.finalAt;
  return {
    assignmentId: answer.assignmentId,
    title: task.title,
    flowDefinitionName: task.flowDefinitionName,
    humanLoopName: task.humanLoopName,
    submittedAt: isoTime(answer.submittedAt),
    timeSpentInSeconds: answer.timeSpentInSeconds,
    ...(canUndo && { finalAt: isoTime(answer.finalAt) }),
  };
}

const readPlace = ([submittedAt, assignmentId]: readonly unknown[]): AnswerPosition | undefined =>
  Number.isSafeInteger(submittedAt) && typeof assignmentId === 'string' && isUuid(assignmentId)
    ? { submittedAt: submittedAt as number, assignmentId }
    : undefined;
