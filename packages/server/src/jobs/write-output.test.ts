import { afterEach, beforeEach, expect, test } from 'vitest';
import { insert } from '../domain/change.ts';
import { deleteHumanLoop, finishHumanLoop } from '../domain/human-loop.ts';
import { addJob, jobId } from '../domain/jobs.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import type { Store } from '../store/store.ts';
import { openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';
import { answerRow, humanLoopRow, jobRow, t0 } from '../testing/rows.ts';
import type { JobContext } from './job.ts';
import { writeOutput } from './write-output.ts';

let scenario: PortalScenario;
let written: string[];
const loop = humanLoopRow();

beforeEach(async () => {
  scenario = await openPortalScenario();
  written = [];
  await scenario.store.save([
    insert('humanLoops', loop),
    insert('humanLoopInputs', { humanLoopId: loop.id, inputContent: '{}', dataAttributes: null }),
    insert('answers', answerRow({ humanLoopId: loop.id, answerContent: '{"label":"a"}' })),
    addJob('write-output', loop.id, t0, t0),
  ]);
});
afterEach(() => scenario.close());

async function write(store: Store) {
  const objectStore = {
    bucket: async (name: string) => ({ name, createdAt: 0 }),
    head: async () => undefined,
    put: async (bucket: string, key: string, body: Uint8Array) => {
      written.push(Buffer.from(body).toString());
      return { bucket, key, size: body.length, lastModified: t0 };
    },
  } as unknown as ObjectStore;
  const job = (await scenario.store.job(jobId('write-output', loop.id)))!;
  return writeOutput({ ...scenario.operationContext(), store, objectStore, now: t0 } as unknown as JobContext, job);
}

test('the output holds the answers', async () => {
  await write(scenario.store);
  expect(written.map((text) => JSON.parse(text).humanAnswers)).toMatchObject([[{ answerContent: { label: 'a' } }]]);
});

test('R2: an output that was put off is sealed by a commit before it is written', async () => {
  const job = jobRow({ createdAt: t0, dueAt: t0 + 5000 });
  const objectStore = {} as ObjectStore;
  const context = { ...scenario.operationContext(), objectStore, now: t0 + 5000 } as unknown as JobContext;
  expect(await writeOutput(context, job)).toMatchObject({ done: false, retryAt: t0, tried: false });
  expect(written).toEqual([]);
});

test('an output is not written again by a node that reads the answers when the loop was finished and deleted', async () => {
  const { store } = scenario;
  const late: Store = {
    ...store,
    async answersOfHumanLoop(id) {
      await new Promise((resolve) => void setImmediate(resolve));
      const [humanLoop, answers] = [(await store.humanLoop(id))!, await store.answersOfHumanLoop(id)];
      await store.save(finishHumanLoop({ humanLoop, now: t0, announce: () => [] }).changes);
      const finished = (await store.humanLoop(id))!;
      await store.save(
        deleteHumanLoop({
          humanLoop: finished,
          task: undefined,
          assignments: [],
          answers,
          drafts: [],
          events: [],
          deadLetters: [],
          jobs: [],
        }).changes,
      );
      return store.answersOfHumanLoop(id);
    },
  };
  expect(await write(late)).toEqual({ done: true, changes: [] });
  expect(written).toEqual([]);
});
