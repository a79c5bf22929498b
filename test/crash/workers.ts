/** Workers of the portal: they sign in, take tasks, answer them, and after an interruption go on with what they hold. */
import { setTimeout as delay } from 'node:timers/promises';
import type { AssignmentView, NextTaskResponse, PortalErrorBody, TaskListResponse } from '@holdpoint/protocol';
import { type Hold, type Loop, moment, type Submission } from './history.ts';
import { insist, type Load, untilOver } from './load.ts';
import { Later } from './requests.ts';
import { fillText } from './start-loops.ts';

export interface CrashWorker {
  readonly email: string;
  /** The session's cookie, from an answered sign-in. */
  cookie: string | undefined;
  /** Assignments that an answer gave to this worker and that have no answered end. */
  readonly held: Map<string, Held>;
  tokens: number;
  /** Something had no answer: what is held has to be looked up. */
  isUnsure: boolean;
}

interface Held {
  submission?: Submission;
  /** A release was sent. */
  releasing?: boolean;
  loop?: Loop;
  hold?: Hold;
}

export const workerPassword = 'a long enough password';

export const createWorker = (email: string): CrashWorker => ({
  email,
  cookie: undefined,
  held: new Map(),
  tokens: 0,
  isUnsure: true,
});

/** One worker: picks up what was left, then works until the load is over. @param pauseMs longest pause between two tasks */
export async function work(load: Load, worker: CrashWorker, pauseMs: number): Promise<void> {
  const interrupted = (): void => {
    worker.isUnsure = true;
  };
  await untilOver(
    load,
    worker.email,
    async () => {
      if (worker.cookie === undefined) await signIn(load, worker);
      if (worker.isUnsure) await resume(load, worker);
      await delay(load.random.number() * pauseMs);
      if (load.over) return;
      const assignmentId = await take(load, worker);
      if (assignmentId === undefined) await delay(20);
      else await answer(load, worker, assignmentId);
      if (load.random.chance(0.002)) worker.cookie = undefined;
    },
    interrupted,
  );
}

/** Finishes what the worker holds. @throws when that goes on being impossible */
export function finish(load: Load, worker: CrashWorker): Promise<void> {
  return insist(async () => {
    if (worker.cookie === undefined) await signIn(load, worker);
    await resume(load, worker);
  });
}

/** Goes on with what the worker held: the end of each is looked up, what is open is answered. */
async function resume(load: Load, worker: CrashWorker): Promise<void> {
  for (const [id, held] of [...worker.held]) await lookUp(load, worker, id, held);
  const { tasks } = await ask<TaskListResponse>(load, worker, 'GET', 'tasks?limit=1');
  for (const { assignmentId } of tasks) if (assignmentId !== undefined) await answer(load, worker, assignmentId);
  worker.isUnsure = false;
}

async function signIn(load: Load, worker: CrashWorker): Promise<void> {
  const { email } = worker;
  const { status, headers, body } = await load.requests.portal('POST', 'sign-in', '', {
    email,
    password: workerPassword,
  });
  if (status === 503) throw new Later(codeOf(body));
  if (status !== 200) throw new Error(`sign-in answered ${status} ${body}`);
  const [cookie] = (headers['set-cookie'] as string[])[0]!.split(';');
  worker.cookie = cookie!;
}

/** What was answered must be so later; what was not answered may be either. */
async function lookUp(load: Load, worker: CrashWorker, id: string, held: Held): Promise<void> {
  const { history } = load;
  const { status } = await ask<AssignmentView>(load, worker, 'GET', `assignments/${id}`);
  if (status === 'open') {
    if (held.hold) held.hold.until = Number.POSITIVE_INFINITY;
    // The same answer again, as a browser does, or another one after a reload.
    const sent = held.submission?.state === 'sent' ? held.submission : undefined;
    if (sent && load.random.chance(0.5)) {
      history.count('submits repeated');
      await submit(load, worker, id, sent);
    } else if (sent) history.resolve(sent, 'lost');
    delete held.releasing;
    return;
  }
  const expected = (status === 'submitted' && held.submission) || (status === 'released' && held.releasing);
  if (!expected)
    history.violation(
      'assignment changed',
      `${id} of ${worker.email} is ${status} without having been sent so`,
      held.loop,
    );
  const sent = held.submission?.state === 'sent' ? held.submission : undefined;
  if (sent) history.resolve(sent, status === 'submitted' ? 'saved' : 'lost');
  worker.held.delete(id);
  if (sent?.state === 'saved' && load.random.chance(0.5)) {
    history.count('submits repeated that were saved');
    await submit(load, worker, id, sent);
  }
}

/** Takes a task as the portal does: the next one, or one from the list, where others may be faster. */
async function take(load: Load, worker: CrashWorker): Promise<string | undefined> {
  const { random, flows } = load;
  if (random.chance(0.7)) {
    const flow = random.chance(0.6) ? { flowDefinitionName: random.pick(flows).name } : {};
    const next = await ask<NextTaskResponse>(load, worker, 'POST', 'tasks/next', flow);
    return hold(worker, next.assignmentId);
  }
  const { tasks } = await ask<TaskListResponse>(load, worker, 'GET', 'tasks?limit=50');
  if (tasks.length === 0) return undefined;
  const { taskId } = random.pick(tasks);
  return hold(worker, (await ask<NextTaskResponse>(load, worker, 'POST', `tasks/${taskId}/accept`, {})).assignmentId);
}

function hold(worker: CrashWorker, assignmentId: string | null | undefined): string | undefined {
  if (assignmentId && !worker.held.has(assignmentId)) worker.held.set(assignmentId, {});
  return assignmentId ?? undefined;
}

async function answer(load: Load, worker: CrashWorker, id: string): Promise<void> {
  const { history, random } = load;
  const { humanLoopName, status } = await ask<AssignmentView>(load, worker, 'GET', `assignments/${id}`);
  const loop = history.loops.get(humanLoopName);
  if (!loop) return history.violation('unknown loop', `a task of ${humanLoopName} was offered, which nobody started`);
  if (status !== 'open')
    return history.violation('assignment changed', `${id} of ${worker.email} is ${status} and was not ended`, loop);
  hold(worker, id);
  noteHold(load, worker, id, loop);
  if (random.chance(0.03)) return release(load, worker, id);
  const submission = newAnswer(load, worker, loop);
  await submit(load, worker, id, submission);
  if (random.chance(0.03)) await submitRefused(load, worker, id, newAnswer(load, worker, loop));
}

function noteHold({ history }: Load, worker: CrashWorker, id: string, loop: Loop): void {
  const held = worker.held.get(id)!;
  held.loop = loop;
  if (held.hold) return;
  held.hold = { assignmentId: id, worker: worker.email, from: moment(), until: Number.POSITIVE_INFINITY };
  loop.holds.push(held.hold);
  history.note(loop, `assignment ${id} is held by ${worker.email}`);
}

function newAnswer({ history, random }: Load, worker: CrashWorker, loop: Loop): Submission {
  const token = `${worker.email.split('@')[0]}-${++worker.tokens}`;
  const note = fillText(random, random.chance(0.02) ? 100_000 : random.integer(600));
  return history.addSubmission({ token, worker: worker.email, loop, answerContent: { token, note } });
}

async function submit(load: Load, worker: CrashWorker, id: string, submission: Submission): Promise<void> {
  const { history } = load;
  const held = worker.held.get(id) ?? {};
  held.submission = submission;
  worker.held.set(id, held);
  history.note(submission.loop, `answer ${submission.token} of ${worker.email}: sent`);
  for (;;) {
    const { answerContent } = submission;
    const answered = await ask<{ busy?: boolean }>(load, worker, 'POST', `assignments/${id}/submit`, {
      answerContent,
    });
    if (!answered.busy) break;
    // The page offers the same button again.
    if (load.over) throw new Later('submit');
    await delay(50);
  }
  history.resolve(submission, 'acknowledged');
  load.done.submits += 1;
  worker.held.delete(id);
}

/** Another answer after the first: nothing of it may be found afterwards. */
async function submitRefused(load: Load, worker: CrashWorker, id: string, submission: Submission): Promise<void> {
  const { answerContent } = submission;
  submission.state = 'refused';
  const answered = await load.requests.portal('POST', `assignments/${id}/submit`, worker.cookie!, { answerContent });
  if (answered.status === 503 || answered.status === 401) return;
  load.history.resolve(submission, 'refused');
  load.history.count('submits refused');
  if (answered.status !== 410)
    load.history.violation(
      'second answer accepted',
      `${submission.token} after another one was answered ${answered.status} ${answered.body.slice(0, 200)}`,
      submission.loop,
    );
}

async function release(load: Load, worker: CrashWorker, id: string): Promise<void> {
  const held = worker.held.get(id)!;
  held.releasing = true;
  if (held.hold) held.hold.until = moment();
  load.history.note(held.loop!, `release of ${id} by ${worker.email}: sent`);
  const { busy } = await ask<{ busy?: boolean }>(load, worker, 'POST', `assignments/${id}/release`, {});
  if (busy) throw new Later('release');
  load.history.note(held.loop!, `release of ${id}: acknowledged`);
  worker.held.delete(id);
}

/** Refusals that several workers at once bring about: the page shows them, and the worker goes on. */
const isHarmless = (path: string, code: string): boolean =>
  code === 'try-again' || (path.endsWith('/accept') && ['task-taken', 'task-gone'].includes(code));

/** A call of the portal's API; a harmless refusal is `{ busy: true }`. @throws Later */
async function ask<T extends object>(
  load: Load,
  worker: CrashWorker,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<T> {
  const answered = await load.requests.portal(method, path, worker.cookie!, body);
  if (answered.status === 200) return JSON.parse(answered.body) as T;
  const code = codeOf(answered.body);
  if (code === 'signed-out') worker.cookie = undefined;
  if (code === 'try-again') {
    // A task may have been taken all the same.
    worker.isUnsure = true;
    if (method === 'GET') throw new Later(code);
  }
  if (method === 'GET' || !isHarmless(path, code))
    throw new Error(`${method} ${path} answered ${answered.status} ${answered.body.slice(0, 300)}`);
  load.history.count(`refused for now: ${code}`);
  return { busy: true, assignmentId: null } as unknown as T;
}

const codeOf = (body: string): string => (JSON.parse(body) as PortalErrorBody).error.code;
