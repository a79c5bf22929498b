import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPortalScenario, type PortalScenario } from '../../testing/portal-scenario.ts';
import { startHumanLoop } from '../human-loop/start-human-loop.ts';
import { createHumanTaskUi } from '../human-task-ui/create-human-task-ui.ts';
import { deleteHumanTaskUi } from '../human-task-ui/delete-human-task-ui.ts';
import { createWorkteam } from '../workteam/create-workteam.ts';
import { checkOutputPath } from './check-output-path.ts';
import { createFlowDefinition } from './create-flow-definition.ts';
import { listFlowDefinitionDetails } from './list-flow-definition-details.ts';

let scenario: PortalScenario;
beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

const context = () => scenario.operationContext();

async function createFlow(FlowDefinitionName: string, HumanTaskUiArn: string, WorkteamArn: string): Promise<string> {
  scenario.clock.pass(1000);
  const { FlowDefinitionArn } = await createFlowDefinition(context(), {
    FlowDefinitionName,
    HumanLoopConfig: {
      WorkteamArn,
      HumanTaskUiArn,
      TaskTitle: `Title ${FlowDefinitionName}`,
      TaskDescription: 'D',
      TaskCount: 2,
    },
    OutputConfig: { S3OutputPath: 's3://holdpoint/out' },
    RoleArn: 'arn:aws:iam::000000000000:role/any',
  });
  return FlowDefinitionArn;
}

describe('O2: ListFlowDefinitionDetails', () => {
  it('tells whom flows ask, what they show and how many loops are unfinished, narrowed and by pages', async () => {
    const ui = async (HumanTaskUiName: string) =>
      (await createHumanTaskUi(context(), { HumanTaskUiName, UiTemplate: { Content: '<p></p>' } })).HumanTaskUiArn;
    const [one, two] = [await ui('one'), await ui('two')];
    const team = async (WorkteamName: string) =>
      (await createWorkteam(context(), { WorkteamName, MemberDefinitions: [], Description: 'D' })).WorkteamArn!;
    const [red, blue] = [await team('red'), await team('blue')];
    const first = await createFlow('first', one, red);
    await createFlow('second', two, red);
    await createFlow('third', one, blue);
    for (const HumanLoopName of ['a', 'b'])
      await startHumanLoop(context(), {
        HumanLoopName,
        FlowDefinitionArn: first,
        HumanLoopInput: { InputContent: '{}' },
      });
    const list = async (input: Parameters<typeof listFlowDefinitionDetails>[1] = {}) =>
      listFlowDefinitionDetails(context(), input);
    const names = async (input: Parameters<typeof list>[0]) =>
      (await list(input)).FlowDefinitionDetails.map(({ FlowDefinitionName }) => FlowDefinitionName);
    expect((await list({ HumanTaskUiArn: one })).FlowDefinitionDetails).toMatchObject([
      { FlowDefinitionName: 'third', WorkteamArn: blue, UnfinishedHumanLoops: 0 },
      {
        FlowDefinitionName: 'first',
        FlowDefinitionArn: first,
        FlowDefinitionStatus: 'Initializing',
        WorkteamArn: red,
        HumanTaskUiArn: one,
        TaskTitle: 'Title first',
        TaskCount: 2,
        HumanTaskUiExists: true,
        UnfinishedHumanLoops: 2,
      },
    ]);
    expect(await names({ WorkteamArn: red })).toEqual(['second', 'first']);
    expect(await names({ WorkteamArn: blue, HumanTaskUiArn: two })).toEqual([]);
    const page = await list({ MaxResults: 2 });
    expect(page.FlowDefinitionDetails.map(({ FlowDefinitionName }) => FlowDefinitionName)).toEqual(['third', 'second']);
    expect(await names({ MaxResults: 2, NextToken: page.NextToken })).toEqual(['first']);
    // What is narrowed down leaves its page short, and the next one is still named.
    const short = await list({ MaxResults: 1, WorkteamArn: red });
    expect(short).toMatchObject({ FlowDefinitionDetails: [], NextToken: expect.any(String) });
    await deleteHumanTaskUi(context(), { HumanTaskUiName: 'two' });
    expect((await list({ HumanTaskUiArn: two })).FlowDefinitionDetails).toMatchObject([{ HumanTaskUiExists: false }]);
    await ui('two');
    expect((await list({ HumanTaskUiArn: two })).FlowDefinitionDetails).toMatchObject([{ HumanTaskUiExists: false }]);
  });
});

describe('O2: CheckOutputPath', () => {
  it.each([
    ['s3://holdpoint/out', { Bucket: 'holdpoint', BucketExists: true }],
    ['s3://elsewhere', { Bucket: 'elsewhere', BucketExists: false }],
    ['elsewhere', { Problem: 'It must name a bucket, as in s3://bucket/prefix.' }],
    ['s3://portal/x', { Bucket: 'portal', Problem: expect.stringContaining('portal') }],
    [`s3://holdpoint/${'x'.repeat(1000)}`, { Bucket: 'holdpoint', Problem: expect.stringContaining('too long') }],
  ])('%s', async (S3OutputPath, expected) => {
    expect(await checkOutputPath(context(), { S3OutputPath })).toEqual(expected);
  });
});
