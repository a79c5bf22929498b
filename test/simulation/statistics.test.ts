import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agreementOf } from '../../packages/server/src/domain/agreement.ts';
import { type Change, discard, insert, update } from '../../packages/server/src/domain/change.ts';
import {
  allFlows,
  countAt,
  countDelayMs,
  countedUntil,
  hourMs,
  hourOf,
  readCountPosition,
  settleDelayMs,
  statisticId,
  stepMs,
  stepOf,
} from '../../packages/server/src/domain/count-statistics.ts';
import {
  addFigures,
  durationOf,
  type Figures,
  noFigures,
  withoutFields,
} from '../../packages/server/src/domain/statistics.ts';
import { countStatistics } from '../../packages/server/src/jobs/count-statistics.ts';
import type { JobContext, JobHandlers } from '../../packages/server/src/jobs/job.ts';
import { type Runner, startRunner } from '../../packages/server/src/jobs/runner.ts';
import { createLog } from '../../packages/server/src/log.ts';
import { loadPresent } from '../../packages/server/src/store/load-present.ts';
import type { Store } from '../../packages/server/src/store/store.ts';
import {
  answerRow,
  assignmentRow,
  humanLoopRow,
  t0,
  taskRow,
  workerRow,
  workteamRow,
} from '../../packages/server/src/testing/rows.ts';
import { openPlainStore } from './memory-store.ts';

interface Ground {
  readonly store: Store;
  now: number;
  /** Starts a server's runner, of which there may be several. */
  run(): Promise<void>;
}

async function onGround(act: (ground: Ground) => Promise<void>): Promise<void> {
  const ground = { now: t0 } as Ground;
  const clock = { now: () => ground.now };
  const store = openPlainStore('sqlite');
  let runner: Runner | undefined;
  Object.assign(ground, {
    store,
    async run() {
      await store.save([countAt(ground.now, ground.now)]);
      runner ??= startRunner({
        lane: 'main',
        store,
        clock,
        log: createLog('silent'),
        handlers: { 'count-statistics': countStatistics } as JobHandlers,
        context: (now) => ({ store: ground.store, now }) as unknown as JobContext,
        concurrency: 4,
      });
      // While it is behind, the next one is due in a moment that a standing clock never reaches.
      for (;;) {
        await runner.runDue();
        const position = readCountPosition(await store.setting(countedUntil));
        if (position && stepOf(ground.now - countDelayMs) <= position.counted) break;
        ground.now += 50;
      }
    },
  });
  try {
    await act(ground);
  } finally {
    await runner?.close();
  }
}

/** One loop of a random history, times in milliseconds after the one before. */
const loops = fc.array(
  fc.record({
    flow: fc.constantFrom('flow-1', 'flow-2', 'flow-3'),
    startedAfter: fc.integer({ min: 0, max: 6 * hourMs }),
    acceptedAfter: fc.option(fc.integer({ min: 0, max: hourMs })),
    end: fc.constantFrom('Completed', 'Completed', 'Completed', 'Failed', 'Expired', 'Stopped', undefined),
    endedAfter: fc.integer({ min: 0, max: 3 * hourMs }),
    answers: fc.array(
      fc.record({
        worker: fc.constantFrom('worker-1', 'worker-2', 'worker-3'),
        after: fc.nat(50 * 60_000),
        seconds: fc.nat(500_000),
        a: fc.nat(2),
        b: fc.option(fc.nat(1)),
      }),
      { maxLength: 3 },
    ),
    /** Committed so long after its time; a little, or for longer than a step is left open. */
    late: fc.constantFrom(0, 0, 0, 5000, hourMs),
  }),
  { maxLength: 40 },
);
type History = typeof loops extends fc.Arbitrary<infer T> ? T : never;

interface Planned {
  readonly at: number;
  readonly changes: readonly Change[];
}

function planOf(history: History): Planned[] {
  return history.flatMap((one, index) => {
    const id = `loop-${index}`;
    const createdAt = t0 + one.startedAfter;
    const finishedAt = one.end ? createdAt + one.endedAfter : null;
    const failureCode = one.end === 'Expired' ? 'Expired' : one.end === 'Failed' ? 'InternalError' : null;
    const status = one.end === 'Expired' ? 'Failed' : (one.end ?? 'InProgress');
    const task = insert('tasks', taskRow({ id, humanLoopId: id, flowDefinitionId: one.flow }));
    const accepted =
      one.acceptedAfter === null
        ? []
        : [1, 0].map((later) =>
            insert(
              'assignments',
              assignmentRow({
                id: `${id}-${later}`,
                taskId: id,
                humanLoopId: id,
                workerId: `w${later}`,
                acceptedAt: createdAt + one.acceptedAfter! + later * 1000,
              }),
            ),
          );
    const answers = one.answers.map((answer, sequence) =>
      insert(
        'answers',
        answerRow({
          assignmentId: `${id}-${sequence}`,
          humanLoopId: id,
          workerId: answer.worker,
          sequence,
          submittedAt: createdAt + answer.after,
          timeSpentInSeconds: answer.seconds / 1000,
          answerContent: JSON.stringify({ a: answer.a, ...(answer.b !== null && { b: answer.b }) }),
        }),
      ),
    );
    const loop = humanLoopRow({ id, name: id, flowDefinitionId: one.flow, createdAt });
    const plan = (at: number, ...changes: Change[]): Planned => ({ at: at + one.late, changes });
    return [
      plan(createdAt, insert('humanLoops', loop), task),
      ...(one.acceptedAfter === null ? [] : [plan(createdAt, ...accepted)]),
      ...one.answers.map(({ after }, sequence) => plan(createdAt + after, answers[sequence]!)),
      ...(finishedAt === null
        ? []
        : [plan(finishedAt, update('humanLoops', loop, { status, failureCode, finishedAt }))]),
    ];
  });
}

/** The same figures, counted from the history alone. */
function expected(history: History, flow: string | undefined, from: number, to: number): Figures {
  let figures = noFigures;
  const add = (at: number, more: Partial<Figures>): void => {
    if (at >= from && at < to) figures = addFigures(figures, { ...noFigures, ...more });
  };
  for (const one of history) {
    if (flow !== undefined && one.flow !== flow) continue;
    const createdAt = t0 + one.startedAfter;
    add(createdAt, { started: 1 });
    for (const { after, seconds } of one.answers) add(createdAt + after, { answers: 1, answersMs: seconds });
    if (!one.end) continue;
    const finishedAt = createdAt + one.endedAfter;
    if (one.acceptedAfter !== null) add(finishedAt, { acceptance: durationOf(one.acceptedAfter) });
    if (one.end !== 'Completed') {
      add(finishedAt, { [one.end === 'Stopped' ? 'stopped' : one.end === 'Expired' ? 'expired' : 'failed']: 1 });
      continue;
    }
    add(finishedAt, { completed: 1, completion: durationOf(one.endedAfter) });
    if (one.answers.length > 0)
      add(finishedAt, { active: durationOf(one.answers.reduce((sum, { seconds }) => sum + seconds, 0)) });
    if (one.answers.length > 1)
      add(finishedAt, {
        agreement: agreementOf(one.answers.map(({ a, b }) => JSON.stringify({ b: b ?? undefined, a }))),
      });
  }
  return flow === undefined ? withoutFields(figures) : figures;
}

const flowsOfTest = [undefined, 'flow-1', 'flow-2', 'flow-3'];

async function checkCounted(store: Store, history: History): Promise<void> {
  for (const flow of flowsOfTest) {
    const rows = new Map((await store.statistics('figures:', 'figures:~')).map(({ id, figures }) => [id, figures]));
    const figuresAt = (resolution: 'step' | 'hour' | 'ever', at?: number): Figures => {
      const { flows: _, ...figures } = (rows.get(statisticId('figures', resolution, flow ?? allFlows, at)) ??
        noFigures) as Figures & { flows?: unknown };
      return figures;
    };
    for (let at = stepOf(t0); at < t0 + 12 * hourMs; at += stepMs)
      expect(figuresAt('step', at)).toEqual(expected(history, flow, at, at + stepMs));
    for (let at = hourOf(t0); at < t0 + 12 * hourMs; at += hourMs)
      expect(figuresAt('hour', at)).toEqual(expected(history, flow, at, at + hourMs));
    expect(figuresAt('ever')).toEqual(expected(history, flow, 0, Number.POSITIVE_INFINITY));
  }
}

test('O4 statistics are what a count of every row finds, also of what was committed late', {
  timeout: 120_000,
}, async () => {
  const workers = ['worker-1', 'worker-2', 'worker-3'].map((id) => insert('workers', workerRow({ id, email: id })));
  await fc.assert(
    fc.asyncProperty(
      loops,
      fc.array(fc.integer({ min: 1, max: 2 * hourMs }), { maxLength: 8 }),
      async (history, pauses) => {
        await onGround(async (ground) => {
          await ground.store.save(workers);
          const plan = planOf(history).sort((a, b) => a.at - b.at);
          // Counts come at any moments while the history goes on.
          for (const pause of [...pauses, 24 * hourMs]) {
            const until = ground.now + pause;
            for (const { at, changes } of plan) if (at >= ground.now && at < until) await ground.store.save(changes);
            ground.now = until;
            await ground.run();
          }
          ground.now += settleDelayMs;
          await ground.run();
          await checkCounted(ground.store, history);
        });
      },
    ),
    { numRuns: 15 },
  );
});

const completed: History[number] = {
  flow: 'flow-1',
  startedAfter: 0,
  acceptedAfter: 1000,
  end: 'Completed',
  endedAfter: 60_000,
  answers: [],
  late: 0,
};

test('O4 a loop that is deleted, and answers that are purged, stay in the figures; nothing is counted twice', async () => {
  await onGround(async (ground) => {
    const history = [completed];
    for (const { changes } of planOf(history)) await ground.store.save(changes);
    ground.now += settleDelayMs + 2 * stepMs;
    await ground.run();
    await ground.store.save([discard('humanLoops', 'loop-0')]);
    await Promise.all([ground.run(), ground.run()]);
    ground.now += 5 * hourMs;
    await ground.run();
    await checkCounted(ground.store, history);
  });
});

test('O4 after the clock was set back a day, what happens then is counted', async () => {
  await onGround(async (ground) => {
    ground.now += 24 * hourMs;
    const first = [{ ...completed, startedAfter: 24 * hourMs }];
    for (const { changes } of planOf(first)) await ground.store.save(changes);
    ground.now += settleDelayMs + 2 * stepMs;
    await ground.run();
    ground.now = t0;
    await ground.run();
    const history = [...first, completed];
    for (const { changes } of planOf(history).slice(planOf(first).length)) await ground.store.save(changes);
    ground.now = t0 + 6 * hourMs;
    await ground.run();
    const row = await ground.store.statistic(statisticId('figures', 'step', 'flow-1', stepOf(t0 + 60_000)));
    expect(row?.figures).toEqual(expected(history, 'flow-1', stepOf(t0 + 60_000), stepOf(t0 + 60_000) + stepMs));
    const ever = await ground.store.statistic(statisticId('figures', 'ever', 'flow-1'));
    expect(ever?.figures).toMatchObject({ started: 2, completed: 2 });
  });
});

test('O4 many waiting tasks are counted by the job, few whenever somebody asks', async () => {
  await onGround(async (ground) => {
    const add = (from: number, to: number) =>
      ground.store.save(
        Array.from({ length: to - from }, (_, index) => {
          const id = `task-${from + index}`;
          return insert('tasks', taskRow({ id, humanLoopId: id, createdAt: t0 + from + index, answersNeeded: 2 }));
        }),
      );
    await ground.store.save([insert('workteams', workteamRow())]);
    await add(0, 1999);
    await ground.run();
    expect((await loadPresent(ground.store, ground.now)).waiting.flows['flow-1']).toMatchObject({
      tasks: 1999,
      oldest: t0,
    });
    await add(1999, 2500);
    ground.now += stepMs;
    await ground.run();
    const countedAt = ground.now;
    ground.now += 60_000;
    const { waiting } = await loadPresent(ground.store, ground.now);
    expect(waiting.flows['flow-1']).toMatchObject({ tasks: 2500, needed: 5000 });
    expect(Math.abs(waiting.countedAt - countedAt)).toBeLessThan(1000);
  });
});
