import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAttempts } from '../auth/attempts.ts';
import { defaultSessionLimits } from '../auth/sessions.ts';
import type { Exchange } from '../context.ts';
import type { Worker } from '../domain/rows.ts';
import { disableWorker } from '../operations/worker/disable-worker.ts';
import { setWorkerWorkteams } from '../operations/worker/set-worker-workteams.ts';
import type { Store } from '../store/store.ts';
import { accept, type Browser, openPortalScenario, type PortalScenario, submit } from '../testing/portal-scenario.ts';
import { acceptTask } from './accept-task.ts';
import { nextTask } from './next-task.ts';
import { createPreviews } from './previews.ts';
import { createRefusalCount } from './refusal-count.ts';
import { createTurns } from './turns.ts';
import { undoAnswer } from './undo-answer.ts';
import type { WorkerVisit } from './visit.ts';

let scenario: PortalScenario;
let worker: Worker;
let browser: Browser;
const Email = 'ada@example.com';

beforeEach(async () => {
  scenario = await openPortalScenario();
  browser = await scenario.signedIn(Email);
  worker = (await scenario.store.workerByEmail(Email))!;
});
afterEach(() => scenario.close());

/** A request that has found its session and is under way. */
const visitOn = (store: Store): WorkerVisit => ({
  ...scenario.operationContext(),
  store,
  worker,
  attempts: createAttempts(),
  previews: createPreviews(),
  refusals: createRefusalCount(),
  rareAttempts: createAttempts(),
  turns: createTurns(),
  settings: {
    sessions: defaultSessionLimits,
    answerLimitBytes: 1000,
    undoSeconds: 0,
    operatorGroups: [],
    openEvents: scenario.live.open,
    requireSecondFactor: 'none',
    mailsLinks: false,
  },
  exchange: { readBody: async () => Buffer.from('{}') } as unknown as Exchange,
  session: { idHash: '', workerId: worker.id, createdAt: 0, lastSeenAt: 0, expiresAt: 0, version: 1 },
});

/** The store, with something that happens once, just before the first save or claim. */
function interrupted(interrupt: () => Promise<unknown>): Store {
  const { store } = scenario;
  let isOver = false;
  const first = async (): Promise<void> => {
    if (isOver) return;
    isOver = true;
    await interrupt();
  };
  return {
    ...store,
    save: async (changes) => {
      await first();
      return store.save(changes);
    },
    claimNextTask: async (next) => {
      await first();
      return store.claimNextTask(next);
    },
  };
}

const disabled = () => interrupted(() => disableWorker(scenario.operationContext(), { Email }));

/** An answer that can still be taken back. */
async function answered() {
  const { task, humanLoop } = await scenario.addTask({ tags: { 'holdpoint:undo-seconds': '5' } });
  const id = await accept(browser, task.id);
  await submit(browser, id, { label: 'kept' });
  return { id, humanLoop };
}

test('who is disabled while taking the next task gets none', async () => {
  await scenario.addTask();
  await expect(nextTask(visitOn(disabled()))).rejects.toMatchObject({ code: 'signed-out' });
  expect(await scenario.store.openAssignmentsOfWorker(worker.id)).toEqual([]);
});

test('who is disabled while accepting a task does not get it', async () => {
  const { task } = await scenario.addTask();
  await expect(acceptTask(visitOn(disabled()), task.id)).rejects.toMatchObject({ code: 'signed-out' });
  expect(await scenario.store.openAssignmentsOfWorker(worker.id)).toEqual([]);
});

test('who is disabled while taking an answer back does not get the task again', async () => {
  const { id, humanLoop } = await answered();
  await expect(undoAnswer(visitOn(disabled()), id)).rejects.toMatchObject({ code: 'signed-out' });
  expect(await scenario.store.openAssignmentsOfWorker(worker.id)).toEqual([]);
  expect(await scenario.store.answersOfHumanLoop(humanLoop.id)).toMatchObject([{ answerContent: '{"label":"kept"}' }]);
});

test('disabling finds what was taken back while it looked', async () => {
  const { id, humanLoop } = await answered();
  const store = interrupted(() => undoAnswer(visitOn(scenario.store), id));
  await disableWorker({ ...scenario.operationContext(), store }, { Email });
  expect(await scenario.store.openAssignmentsOfWorker(worker.id)).toEqual([]);
  expect(await scenario.store.answersOfHumanLoop(humanLoop.id)).toEqual([]);
});

test('disabling finds what was accepted while it looked', async () => {
  const { task } = await scenario.addTask();
  const store = interrupted(() => acceptTask(visitOn(scenario.store), task.id));
  await disableWorker({ ...scenario.operationContext(), store }, { Email });
  expect(await scenario.store.openAssignmentsOfWorker(worker.id)).toEqual([]);
});

test('another change of the worker in between does not keep the task away', async () => {
  const { task } = await scenario.addTask();
  const teams = { Email, Workteams: [scenario.workteam.name] };
  const changed = () => interrupted(() => setWorkerWorkteams(scenario.operationContext(), teams));
  const { body } = await nextTask(visitOn(changed()));
  const [held] = await scenario.store.openAssignmentsOfWorker(worker.id);
  expect(JSON.parse(body as string)).toEqual({ assignmentId: held?.id });
  expect(held?.taskId).toBe(task.id);
});
