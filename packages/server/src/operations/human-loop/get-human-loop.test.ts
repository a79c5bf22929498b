import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { insert, remove, update } from '../../domain/change.ts';
import type { HumanLoop } from '../../domain/rows.ts';
import { accept, openPortalScenario, type PortalScenario, submit } from '../../testing/portal-scenario.ts';
import { flowDefinitionRow } from '../../testing/rows.ts';
import { getHumanLoop } from './get-human-loop.ts';
import { startHumanLoop } from './start-human-loop.ts';

let scenario: PortalScenario;
beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

const get = (HumanLoopName: string) => getHumanLoop(scenario.operationContext(), { HumanLoopName });
const arn = (resource: string) => `arn:aws:sagemaker:us-east-1:000000000000:${resource}`;
const flow = flowDefinitionRow({ name: 'asked', id: 'flow-asked', humanTaskUiId: 'ui-asked' });

/** A loop that waits for its page to be rendered, since no runner is there. */
async function startUnprepared(): Promise<HumanLoop> {
  const ui = { id: 'ui-asked', name: 'ui-asked', contentSha256: flow.templateSha256, tags: {}, createdAt: 0 };
  await scenario.store.save([insert('flowDefinitions', flow), insert('humanTaskUis', ui)]);
  await startHumanLoop(scenario.operationContext(), {
    HumanLoopName: 'Waiting',
    FlowDefinitionArn: arn('flow-definition/asked'),
    HumanLoopInput: { InputContent: '{ "n": 996.0 }' },
    DataAttributes: { ContentClassifiers: ['FreeOfAdultContent'] },
  });
  return (await scenario.store.humanLoopByName('Waiting'))!;
}

describe('GetHumanLoop', () => {
  it('knows a loop before its task is prepared, with its input as it was given', async () => {
    const loop = await startUnprepared();
    const now = scenario.clock.now();
    expect(await get('Waiting')).toEqual({
      HumanLoopName: 'Waiting',
      HumanLoopArn: arn('human-loop/Waiting'),
      HumanLoopStatus: 'InProgress',
      FlowDefinitionArn: arn('flow-definition/asked'),
      CreationTime: new Date(now),
      InputContent: '{ "n": 996.0 }',
      DataAttributes: { ContentClassifiers: ['FreeOfAdultContent'] },
      TaskTitle: 'Title',
      AnswersNeeded: 1,
      AnswersDone: 0,
      AnswersInProgress: 0,
      ExpirationTime: new Date(now + 864_000_000),
      OutputS3Uri: loop.outputS3Uri,
    });
  });

  it('counts what is being answered and what is answered', async () => {
    const { task } = await scenario.addTask({ name: 'busy', taskCount: 3, input: { secret: 'x' } });
    const [ada, bob] = [await scenario.signedIn('ada@example.com'), await scenario.signedIn('bob@example.com')];
    await submit(ada, await accept(ada, task.id));
    await accept(bob, task.id);
    const found = await get('busy');
    expect(found).toMatchObject({
      InputContent: '{"secret":"x"}',
      TaskTitle: task.title,
      AnswersNeeded: 3,
      AnswersDone: 1,
      AnswersInProgress: 1,
    });
    expect(Object.keys(found)).not.toContain('DataAttributes');
    expect(Object.keys(found)).not.toContain('FinishTime');
  });

  it.each(['Completed', 'Stopped', 'Failed'] as const)('knows a loop that is %s', async (status) => {
    const { humanLoop, task } = await scenario.addTask({ name: 'over' });
    scenario.clock.pass(5000);
    const finishedAt = scenario.clock.now();
    await scenario.store.save([update('humanLoops', humanLoop, { status, finishedAt })]);
    const found = await get('over');
    expect(found).toMatchObject({
      HumanLoopStatus: status,
      FinishTime: new Date(finishedAt),
      InputContent: '{"text":"hello"}',
      TaskTitle: task.title,
      ExpirationTime: new Date(task.availableUntil),
    });
    expect(found.OutputS3Uri).toBe(status === 'Failed' ? undefined : humanLoop.outputS3Uri);
  });

  it('knows a loop whose page was never prepared and whose flow definition is gone', async () => {
    const loop = await startUnprepared();
    await scenario.store.save([
      remove('flowDefinitions', flow),
      update('humanLoops', loop, { status: 'Stopped', finishedAt: loop.createdAt }),
    ]);
    const found = await get('Waiting');
    expect(found).toMatchObject({ HumanLoopStatus: 'Stopped', InputContent: '{ "n": 996.0 }' });
    expect(found.TaskTitle ?? found.AnswersNeeded ?? found.ExpirationTime).toBeUndefined();
  });

  it.each(['none', 'waiting', '__proto__'])('does not find %s', async (name) => {
    await startUnprepared();
    await expect(get(name)).rejects.toMatchObject({
      name: 'ResourceNotFound',
      message: `HumanLoop '${name}' does not exist.`,
    });
  });
});
