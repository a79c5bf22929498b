import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { discard, insert } from '../domain/change.ts';
import { finishHumanLoop } from '../domain/human-loop.ts';
import { addJob, jobId } from '../domain/jobs.ts';
import { openFolder } from '../object-store/folder/folder.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import { openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';
import { answerRow, humanLoopRow, t0, taskRow } from '../testing/rows.ts';
import type { JobContext, JobOutcome } from './job.ts';
import { writeDetails } from './write-details.ts';

const tags = { 'holdpoint:details-uri': 's3://details/x', 'holdpoint:consolidation': 'weighted' };
const loop = humanLoopRow({ status: 'Completed', finishedAt: t0, extensionTags: tags });
const key = `x/${loop.flowDefinitionName}/${new Date(loop.createdAt).toISOString().slice(0, 19).replace(/[-T:]/g, '/')}/${loop.name}/details.json`;

let scenario: PortalScenario;
let folder: string;
let objectStore: ObjectStore;
beforeEach(async () => {
  scenario = await openPortalScenario();
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-test-'));
  objectStore = await openFolder(folder);
  await scenario.store.save([
    insert('humanLoops', loop),
    insert(
      'answers',
      answerRow({
        assignmentId: '1',
        workerId: 'worker-1',
        sequence: 1,
        humanLoopId: loop.id,
        answerContent: '{"label":"a"}',
      }),
    ),
    insert(
      'answers',
      answerRow({
        assignmentId: '2',
        workerId: 'worker-2',
        sequence: 2,
        humanLoopId: loop.id,
        answerContent: '{"label":"b"}',
      }),
    ),
    addJob('write-details', loop.id, t0, t0),
  ]);
});
afterEach(async () => {
  await scenario.close();
  await rm(folder, { recursive: true });
});

async function write(store: ObjectStore = objectStore): Promise<JobOutcome> {
  const job = (await scenario.store.job(jobId('write-details', loop.id)))!;
  return writeDetails({ ...scenario.operationContext(), objectStore: store, now: t0 } as unknown as JobContext, job);
}

async function bytes(): Promise<string> {
  const found = await objectStore.get('details', key);
  const pieces: Uint8Array[] = [];
  for await (const piece of found!.body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

test('7.4 – details have the same bytes however often they are written, whatever is known by then', async () => {
  expect(await write()).toMatchObject({ done: true });
  const first = await bytes();
  expect(JSON.parse(first)).toMatchObject({ method: 'weighted', answers: 2, consolidatedAnswer: { confidence: 0.5 } });
  await scenario.store.save([discard('answers', '2')]);
  expect(await write()).toMatchObject({ done: true });
  expect(await bytes()).toBe(first);
});

test('7.4 – of two who write at once the first one stays', async () => {
  const late: ObjectStore = { ...objectStore, head: async () => undefined };
  await objectStore.createBucket('details', t0);
  await objectStore.put('details', key, Buffer.from('{}'), {}, t0);
  const blind: ObjectStore = {
    ...objectStore,
    head: async (bucket, name) => (asked++ === 0 ? late.head(bucket, name) : objectStore.head(bucket, name)),
  };
  let asked = 0;
  expect(await write(blind)).toMatchObject({ done: true });
  expect(await bytes()).toBe('{}');
});

test('7.4 – of a loop whose answers are purged nobody is told that it had none; one that nobody answered says so', async () => {
  await scenario.store.save([discard('answers', '1'), discard('answers', '2')]);
  await scenario.store.save([insert('tasks', taskRow({ humanLoopId: loop.id, answersDone: 2 }))]);
  expect(await write()).toEqual({ done: true, changes: [] });
  expect(await objectStore.head('details', key)).toBeUndefined();
  await scenario.store.save([discard('tasks', taskRow().id)]);
  await write();
  expect(JSON.parse(await bytes())).toMatchObject({ answers: 0, consolidatedAnswer: { confidence: 0, fields: {} } });
});

test('7.4 – a loop that was deleted, or whose flow asks for nothing, gets none', async () => {
  await scenario.store.save([discard('humanLoops', loop.id)]);
  expect(await write()).toEqual({ done: true, changes: [] });
  expect(await objectStore.bucket('details')).toBeUndefined();
  const job = ({ extensionTags }: { extensionTags: typeof tags | object }) =>
    finishHumanLoop({
      humanLoop: { ...loop, status: 'InProgress', extensionTags: extensionTags as typeof tags },
      now: t0,
      announce: () => [],
    }).changes.filter(({ table }) => table === 'jobs').length;
  expect([job({ extensionTags: {} }), job({ extensionTags: tags })]).toEqual([0, 1]);
});
