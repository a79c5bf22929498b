import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { insert, update } from '../../domain/change.ts';
import type { FlowDefinition } from '../../domain/rows.ts';
import { openPortalScenario, type PortalScenario } from '../../testing/portal-scenario.ts';
import { flowDefinitionRow } from '../../testing/rows.ts';
import { startHumanLoop } from './start-human-loop.ts';

let scenario: PortalScenario;
let flow: FlowDefinition;
beforeEach(async () => {
  scenario = await openPortalScenario();
  flow = flowDefinitionRow({ name: 'repeated', humanTaskUiId: 'ui-of-repeated' });
  await scenario.store.save([
    insert('flowDefinitions', flow),
    insert('humanTaskUis', {
      id: 'ui-of-repeated',
      name: 'ui-of-repeated',
      contentSha256: flow.templateSha256,
      tags: {},
      createdAt: 0,
    }),
  ]);
});
afterEach(() => scenario.close());

const start = (InputContent: string, HumanLoopName = 'Loop-1', context = scenario.operationContext()) => {
  const { region, accountId } = context.installation;
  return startHumanLoop(context, {
    HumanLoopName,
    FlowDefinitionArn: `arn:aws:sagemaker:${region}:${accountId}:flow-definition/repeated`,
    HumanLoopInput: { InputContent },
  });
};

describe('a repeated start', () => {
  it('is the same loop, also when both come at once', async () => {
    const replies = await Promise.all([start('{"a":1}'), start('{"a":1}'), start('{"a":1}')]);
    expect(new Set(replies.map((reply) => reply.HumanLoopArn)).size).toBe(1);
    expect(await scenario.store.countUnfinishedHumanLoops(9)).toBe(1);
  });

  it('says so in a header, the first one does not', async () => {
    const contexts = Array.from({ length: 3 }, () => scenario.operationContext());
    await Promise.all(contexts.map((context) => start('{"a":1}', 'Loop-1', context)));
    const repeated = { 'holdpoint-repeated': 'true' };
    const told = contexts.map(({ replyHeaders }) => replyHeaders);
    expect(told.filter((headers) => Object.keys(headers).length === 0)).toHaveLength(1);
    expect(told.filter((headers) => 'holdpoint-repeated' in headers)).toEqual([repeated, repeated]);
    await scenario.store.save([update('flowDefinitions', flow, { status: 'Deleting' })]);
    const late = scenario.operationContext();
    await start('{"a":1}', 'Loop-1', late);
    expect(late.replyHeaders).toEqual(repeated);
  });

  it('with another input is a conflict', async () => {
    await start('{"a":1}');
    await expect(start('{"a":2}')).rejects.toMatchObject({ name: 'ConflictException' });
  });

  it('is answered as the first time while the flow is being deleted; a new loop is refused then', async () => {
    const first = await start('{"a":1}');
    await scenario.store.save([update('flowDefinitions', flow, { status: 'Deleting' })]);
    expect(await start('{"a":1}')).toEqual(first);
    await expect(start('{"a":2}')).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(start('{"a":1}', 'Loop-2')).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('an input', () => {
  it.each([
    ['that is no JSON', '{a:1}'],
    ['that is nested deeper than 1000 levels', '['.repeat(1001) + ']'.repeat(1001)],
  ])('%s is refused and leaves nothing', async (_what, content) => {
    await expect(start(content)).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await scenario.store.humanLoopByName('Loop-1')).toBeUndefined();
  });
});
