/** Workers of the portal: they sign in, take tasks, answer them, and after a restart go on with what they hold. */
import { setTimeout as delay } from 'node:timers/promises';
import type { AssignmentView, NextTaskResponse, PortalErrorBody, TaskListResponse } from '@holdpoint/protocol';
import type { Submission } from './history.ts';
import { Unanswered } from './requests.ts';
import { keepPace, type Round, untilTheSignal } from './round.ts';
import { fillText } from './start-loops.ts';

export interface CrashWorker {
  readonly email: string;
  /** The session's cookie, from an answered sign-in. */
  cookie: string | undefined;
  /** Assignments that an answer gave to this worker and that have no answered end. */
  readonly held: Map<string, Held>;
  tokens: number;
}

interface Held {
  submission?: Submission;
  /** A release was sent. */
  releasing?: boolean;
}

export const workerPassword = 'a long enough password';

export const createWorker = (email: string): CrashWorker => ({ email, cookie: undefined, held: new Map(), tokens: 0 });

/** One worker's share of a round: picks up what was left, then works until the signal. */
export async function work(round: Round, worker: CrashWorker): Promise<void> {
  const { submits, starts } = round.progress;
  let resumed = false;
  await untilTheSignal(round, worker.email, async () => {
    if (worker.cookie === undefined) await signIn(round, worker);
    if (!resumed) await resume(round, worker);
    resumed = true;
    await keepPace(round, submits, starts);
    if (round.over) return;
    const assignmentId = await take(round, worker);
    if (assignmentId === undefined) await delay(10);
    else await answer(round, worker, assignmentId);
  });
}

/** Goes on with what the worker held when the server ended: the end of each is looked up, what is open is answered. */
export async function resume(round: Round, worker: CrashWorker): Promise<void> {
  if (worker.cookie === undefined) await signIn(round, worker);
  for (const [id, held] of [...worker.held]) await lookUp(round, worker, id, held);
  const { tasks } = await ask<TaskListResponse>(round, worker, 'GET', 'tasks?limit=1');
  for (const { assignmentId } of tasks) if (assignmentId !== undefined) await answer(round, worker, assignmentId);
}

async function signIn(round: Round, worker: CrashWorker): Promise<void> {
  const { email } = worker;
  const { status, headers, body } = await round.requests.portal('POST', 'sign-in', '', {
    email,
    password: workerPassword,
  });
  if (status !== 200) throw new Error(`sign-in answered ${status} ${body}`);
  const [cookie] = (headers['set-cookie'] as string[])[0]!.split(';');
  worker.cookie = cookie!;
}

/** What was answered must be so after the restart; what was not answered may be either. */
async function lookUp(round: Round, worker: CrashWorker, id: string, held: Held): Promise<void> {
  const { history } = round;
  const { status } = await ask<AssignmentView>(round, worker, 'GET', `assignments/${id}`);
  if (status === 'open') {
    // The same answer again, as a browser does, or another one after a reload.
    const sent = held.submission?.state === 'sent' ? held.submission : undefined;
    if (sent && round.random.chance(0.5)) {
      history.count('submits repeated after a restart');
      await submit(round, worker, id, sent);
    } else if (sent) history.resolve(sent, 'lost');
    delete held.releasing;
    return;
  }
  const expected = (status === 'submitted' && held.submission) || (status === 'released' && held.releasing);
  if (!expected)
    history.violation('assignment changed', `${id} of ${worker.email} is ${status} without having been sent so`);
  const sent = held.submission?.state === 'sent' ? held.submission : undefined;
  if (sent) history.resolve(sent, status === 'submitted' ? 'saved' : 'lost');
  worker.held.delete(id);
  if (sent?.state === 'saved' && round.random.chance(0.5)) {
    history.count('submits repeated that were saved');
    await submit(round, worker, id, sent);
  }
}

/** Takes a task as the portal does: the next one, or one from the list, where others may be faster. */
async function take(round: Round, worker: CrashWorker): Promise<string | undefined> {
  const { random, flows } = round;
  if (random.chance(0.7)) {
    const flow = random.chance(0.6) ? { flowDefinitionName: random.pick(flows).name } : {};
    const next = await ask<NextTaskResponse>(round, worker, 'POST', 'tasks/next', flow);
    return hold(worker, next.assignmentId);
  }
  const { tasks } = await ask<TaskListResponse>(round, worker, 'GET', 'tasks?limit=50');
  if (tasks.length === 0) return undefined;
  const { taskId } = random.pick(tasks);
  return hold(worker, (await ask<NextTaskResponse>(round, worker, 'POST', `tasks/${taskId}/accept`, {})).assignmentId);
}

function hold(worker: CrashWorker, assignmentId: string | null | undefined): string | undefined {
  if (assignmentId && !worker.held.has(assignmentId)) worker.held.set(assignmentId, {});
  return assignmentId ?? undefined;
}

async function answer(round: Round, worker: CrashWorker, id: string): Promise<void> {
  const { history, random } = round;
  const { humanLoopName, status } = await ask<AssignmentView>(round, worker, 'GET', `assignments/${id}`);
  const loop = history.loops.get(humanLoopName);
  if (!loop) return history.violation('unknown loop', `a task of ${humanLoopName} was offered, which nobody started`);
  if (status !== 'open') return history.violation('assignment changed', `${id} of ${worker.email} is ${status}`);
  hold(worker, id);
  if (random.chance(0.03)) return release(round, worker, id);
  const token = `${worker.email.split('@')[0]}-${++worker.tokens}`;
  const note = fillText(random, random.chance(0.02) ? 100_000 : random.integer(600));
  const submission = history.addSubmission({ token, worker: worker.email, loop, answerContent: { token, note } });
  await submit(round, worker, id, submission);
}

async function submit(round: Round, worker: CrashWorker, id: string, submission: Submission): Promise<void> {
  const held = worker.held.get(id) ?? {};
  held.submission = submission;
  worker.held.set(id, held);
  for (;;) {
    const { answerContent } = submission;
    const answered = await ask<{ busy?: boolean }>(round, worker, 'POST', `assignments/${id}/submit`, {
      answerContent,
    });
    if (!answered.busy) break;
    // The page offers the same button again.
    if (round.over) throw new Unanswered('the server was busy until the signal');
  }
  round.history.resolve(submission, 'acknowledged');
  round.progress.submits.done += 1;
  worker.held.delete(id);
}

async function release(round: Round, worker: CrashWorker, id: string): Promise<void> {
  worker.held.get(id)!.releasing = true;
  const { busy } = await ask<{ busy?: boolean }>(round, worker, 'POST', `assignments/${id}/release`, {});
  if (!busy) worker.held.delete(id);
}

/** Refusals that several workers at once bring about: the page shows them, and the worker goes on. */
const isHarmless = (path: string, code: string): boolean =>
  code === 'try-again' || (path.endsWith('/accept') && ['task-taken', 'task-gone'].includes(code));

/** A call of the portal's API; a harmless refusal is `{ busy: true }`. */
async function ask<T extends object>(
  round: Round,
  worker: CrashWorker,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<T> {
  const answered = await round.requests.portal(method, path, worker.cookie!, body);
  if (answered.status === 200) return JSON.parse(answered.body) as T;
  const refusal = JSON.parse(answered.body) as PortalErrorBody;
  const { code } = refusal.error;
  if (code === 'signed-out') worker.cookie = undefined;
  if (method === 'GET' || !isHarmless(path, code))
    throw new Error(`${method} ${path} answered ${answered.status} ${answered.body.slice(0, 300)}`);
  round.history.count(`refused: ${code}`);
  return { busy: true, assignmentId: null } as unknown as T;
}
