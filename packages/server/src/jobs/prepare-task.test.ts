import { afterEach, beforeEach, expect, test } from 'vitest';
import { insert } from '../domain/change.ts';
import { stopHumanLoop } from '../domain/human-loop.ts';
import { addJob, jobId } from '../domain/jobs.ts';
import type { Job } from '../domain/rows.ts';
import type { RenderFault } from '../templates/templates.ts';
import { openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';
import { flowDefinitionRow, humanLoopRow } from '../testing/rows.ts';
import type { JobContext } from './job.ts';
import { prepareTask } from './prepare-task.ts';

let scenario: PortalScenario;
let job: Job;
const loop = humanLoopRow({ id: 'loop-to-prepare', name: 'loop-to-prepare', flowDefinitionId: 'flow-to-prepare' });

beforeEach(async () => {
  scenario = await openPortalScenario();
  await scenario.store.save([
    insert('flowDefinitions', flowDefinitionRow({ id: 'flow-to-prepare', name: 'flow-to-prepare' })),
    insert('templates', { sha256: loop.templateSha256, content: '{{ task.input.a }}' }, { ifAbsent: true }),
    insert('humanLoops', loop),
    insert('humanLoopInputs', { humanLoopId: loop.id, inputContent: '{"a":1}', dataAttributes: null }),
    addJob('prepare-task', loop.id, 0, 0),
  ]);
  job = (await scenario.store.job(jobId('prepare-task', loop.id)))!;
});
afterEach(() => scenario.close());

/** The job's context with a renderer that finds these faults. */
const contextWith = (errors: readonly RenderFault[]): JobContext =>
  ({
    ...scenario.operationContext(),
    templates: { render: async () => ({ html: '', errors }), close: async () => {} },
  }) as unknown as JobContext;

const set = (outcome: Awaited<ReturnType<typeof prepareTask>>) =>
  outcome.changes?.find((change) => change.change === 'update' && change.table === 'humanLoops');

test('a page that renders opens the task', async () => {
  const { changes } = await prepareTask(contextWith([]), job);
  expect(changes?.map((change) => `${change.change} ${change.table}`)).toEqual([
    'update humanLoops',
    'insert tasks',
    'insert jobs',
  ]);
});

test('who stops a loop whose task is just being opened has to look again', async () => {
  const opened = await prepareTask(contextWith([]), job);
  const stop = stopHumanLoop({
    humanLoop: loop,
    task: undefined,
    openAssignments: [],
    outputJob: undefined,
    now: loop.createdAt,
  });
  expect(await scenario.store.save(opened.changes!)).toBe('saved');
  expect(await scenario.store.save(stop.changes)).toBe('conflict');
});

test('a page that cannot be rendered fails the loop, with the reason', async () => {
  const faults = [{ code: 'UndefinedTemplateVariable', message: 'undefined variable url' }];
  expect(set(await prepareTask(contextWith(faults), job))).toMatchObject({
    set: {
      status: 'Failed',
      failureCode: 'ValidationError',
      failureReason: "Task failed to render: [ UndefinedTemplateVariable: 'undefined variable url' ].",
    },
  });
});

test('a fault of ours is tried again, and in the end is the loop’s failure, as ours', async () => {
  const faults = [{ code: 'InternalError', message: 'the template could not be rendered' }];
  await expect(prepareTask(contextWith(faults), job)).rejects.toThrow();
  expect(set(await prepareTask(contextWith(faults), { ...job, attempts: 10 }))).toMatchObject({
    set: { status: 'Failed', failureCode: 'InternalError' },
  });
});

test('a loop that was stopped meanwhile has nothing to prepare', async () => {
  const stopped = { ...loop, status: 'Stopping' as const };
  await scenario.store.save([{ change: 'update', table: 'humanLoops', row: loop, set: { status: stopped.status } }]);
  expect(await prepareTask(contextWith([]), job)).toEqual({ done: true, changes: [] });
});
