// Conditions on input content, on a whole server, as the programs that start loops see them.
import { flowDefinitionArn, parseS3Uri } from '@holdpoint/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorsIn, type HostileServer, startHostileServer } from '../testing/hostile-server.ts';

let server: HostileServer;
beforeAll(async () => {
  server = await startHostileServer();
});
afterAll(() => server?.close());

const total = (more: object) => ({
  ConditionType: 'holdpoint:ValueCheck',
  ConditionParameters: { Expression: 'total', ...more },
});
const large = [total({ GreaterThan: 1000 })];

/** Makes a flow with these conditions; answers why not, or nothing. */
async function makeFlow(
  name: string,
  conditions: unknown,
  more: { readonly tag?: string; readonly source?: string; readonly words?: string } = {},
): Promise<string | undefined> {
  const { Workteams } = await server.call('ListWorkteams', {});
  const uiName = `${name}-ui`;
  const { HumanTaskUiArn } = await server.call('CreateHumanTaskUi', {
    HumanTaskUiName: uiName,
    UiTemplate: { Content: '<crowd-form><p>{{ task.input.total }}</p></crowd-form>' },
  });
  const text = typeof conditions === 'string' ? conditions : JSON.stringify({ Conditions: conditions });
  const failure = await server
    .call('CreateFlowDefinition', {
      FlowDefinitionName: name,
      RoleArn: 'arn:aws:iam::000000000000:role/any',
      HumanLoopConfig: {
        WorkteamArn: Workteams[0]!.WorkteamArn,
        HumanTaskUiArn,
        TaskTitle: 'A title',
        TaskDescription: 'What to do',
        TaskCount: 1,
      },
      HumanLoopActivationConfig: { HumanLoopActivationConditionsConfig: { HumanLoopActivationConditions: text } },
      ...(more.source && { HumanLoopRequestSource: { AwsManagedHumanLoopRequestSource: more.source } }),
      OutputConfig: { S3OutputPath: 's3://holdpoint/out' },
      ...(more.tag && { Tags: [{ Key: 'holdpoint:on-no-review', Value: more.tag }] }),
      ...(more.words && { Tags: [{ Key: 'holdpoint:word-confidence', Value: more.words }] }),
    } as never)
    .then(
      () => undefined,
      (error: Error) => error.message,
    );
  return failure;
}

const start = async (flow: string, HumanLoopName: string, content: unknown) => {
  const request = {
    method: 'POST',
    path: '/human-loops',
    headers: [['content-type', 'application/json']],
    body: JSON.stringify({
      HumanLoopName,
      FlowDefinitionArn: flowDefinitionArn({ region: server.region, accountId: '000000000000' }, flow),
      HumanLoopInput: { InputContent: JSON.stringify(content) },
    }),
  } as const;
  const { status, headers, body } = await server.send(request);
  return { status, activated: headers['holdpoint-activated'], body: JSON.parse(body) as Record<string, string> };
};

const ended = async (HumanLoopName: string) => {
  const wait = { method: 'GET', path: `/human-loops/${HumanLoopName}`, headers: [['prefer', 'wait=20']] } as const;
  await server.send(wait);
  return server.call('DescribeHumanLoop', { HumanLoopName });
};

describe('a flow with conditions on its input content', () => {
  it('7.3 – asks people about what the conditions send to them, and ends the rest at once with an output without answers', async () => {
    expect(await makeFlow('totals', large)).toBeUndefined();
    expect(await start('totals', 'large', { total: 1500 })).toMatchObject({ status: 200, activated: 'true' });
    expect(await start('totals', 'small', { total: 5 })).toMatchObject({ status: 200, activated: 'false' });
    const small = await ended('small');
    expect(small).toMatchObject({ HumanLoopStatus: 'Completed' });
    const { bucket, key } = parseS3Uri(small.HumanLoopOutput!.OutputS3Uri)!;
    const object = { method: 'GET', path: `/${bucket}/${key}` } as const;
    const { status, body } = await server.send(object, server.sign(object, { service: 's3' }));
    expect([status, JSON.parse(body)]).toEqual([
      200,
      {
        flowDefinitionArn: small.FlowDefinitionArn,
        humanAnswers: [],
        humanLoopName: 'small',
        inputContent: { total: 5 },
      },
    ]);
    expect(await server.call('DescribeHumanLoop', { HumanLoopName: 'large' })).toMatchObject({
      HumanLoopStatus: 'InProgress',
    });
    const kept = (EvaluationResult: boolean) => ({
      Activated: EvaluationResult,
      EvaluationResults: JSON.stringify({ Conditions: [{ ...large[0], EvaluationResult }] }),
      Reasons: [],
    });
    expect(await server.call('GetHumanLoop', { HumanLoopName: 'small' })).toMatchObject({ Activation: kept(false) });
    expect(await server.call('GetHumanLoop', { HumanLoopName: 'large' })).toMatchObject({ Activation: kept(true) });
    // Whoever lost the first reply asks again, and finds it finished; with another input the name stays taken as it always does.
    expect(await start('totals', 'small', { total: 5 })).toMatchObject({
      status: 200,
      body: { HumanLoopArn: expect.stringMatching(/small$/) },
    });
    expect((await start('totals', 'small', { total: 6 })).status).toBe(400);
    expect(
      (await server.call('ListHumanLoopEvents', { HumanLoopName: 'small' })).Events.map(({ Kind }) => Kind),
    ).toEqual(['Started', 'OutputWritten', 'Completed']);
  });

  it('7.3 – asks people about what cannot be judged, and says why', async () => {
    expect(await start('totals', 'strange', { total: 'much' })).toMatchObject({ status: 200, activated: 'true' });
    const { Activation } = await server.call('GetHumanLoop', { HumanLoopName: 'strange' });
    expect(Activation).toMatchObject({
      Activated: true,
      Reasons: ["Conditions[0]: 'total' finds a text, which is not less or greater than a number."],
    });
  });

  it('7.3 – makes no loop of what nobody is asked about where the flow says so, and evaluates a repetition again', async () => {
    expect(await makeFlow('skipping', large, { tag: 'skip' })).toBeUndefined();
    for (let repetition = 0; repetition < 2; repetition++) {
      const { status, activated, body } = await start('skipping', 'skipped', { total: 5 });
      expect([status, activated]).toEqual([200, 'false']);
      expect(body.HumanLoopArn).toMatch(/human-loop\/skipped$/);
    }
    await expect(server.call('DescribeHumanLoop', { HumanLoopName: 'skipped' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(await start('skipping', 'skipped', { total: 2000 })).toMatchObject({ status: 200, activated: 'true' });
    // The name is taken now, by another input.
    expect((await start('skipping', 'skipped', { total: 5 })).status).toBe(409);
  });

  it('7.1 – AWS types without a request source are returned unchanged, and every start opens a task', async () => {
    const text =
      '{ "Conditions": [ {"ConditionType": "Sampling", "ConditionParameters": {"RandomSamplingPercentage": 0.01}} ] }';
    expect(await makeFlow('unmanaged', text)).toBeUndefined();
    const flow = await server.call('DescribeFlowDefinition', { FlowDefinitionName: 'unmanaged' });
    expect(flow.HumanLoopActivationConfig).toEqual({
      HumanLoopActivationConditionsConfig: { HumanLoopActivationConditions: text },
    });
    expect(await start('unmanaged', 'opened', { total: 1 })).toMatchObject({ status: 200, activated: undefined });
    expect(await server.call('DescribeHumanLoop', { HumanLoopName: 'opened' })).toMatchObject({
      HumanLoopStatus: 'InProgress',
    });
    expect((await server.call('GetHumanLoop', { HumanLoopName: 'opened' })).Activation).toBeUndefined();
  });

  it('7.1 – what is wrong with conditions is said when the flow is made', async () => {
    const source = 'AWS/Textract/AnalyzeDocument/Forms/V1';
    expect(await makeFlow('wrong-a', [total({ GreaterThan: 5, LessThan: 5 })])).toBe(
      'HumanLoopActivationConditions.Conditions[0].ConditionParameters.LessThan can never hold together with GreaterThan.',
    );
    expect(await makeFlow('wrong-b', large, { source })).toContain(
      'HumanLoopActivationConditions.Conditions[0].ConditionType',
    );
    expect(await makeFlow('wrong-c', '{"Conditions": [}')).toBe('HumanLoopActivationConditions is not valid JSON.');
  });
});

describe('EvaluateActivationConditions', () => {
  const evaluate = (input: object) => server.call('EvaluateActivationConditions', input as never);

  it('7.3 – says what a flow would do with an input, and what other conditions would have done with its last ones', async () => {
    expect(await makeFlow('judged', large)).toBeUndefined();
    for (let index = 0; index < 8; index++) await start('judged', `judged-${index}`, { total: index * 300 });
    const one = await evaluate({ FlowDefinitionName: 'judged', InputContent: '{"total": 1200}' });
    expect(one).toEqual({
      Activation: {
        Activated: true,
        EvaluationResults: JSON.stringify({ Conditions: [{ ...large[0], EvaluationResult: true }] }),
        Reasons: [],
      },
    });
    const { Inputs: own } = await evaluate({ FlowDefinitionName: 'judged', LastInputs: 5000 });
    expect(own).toMatchObject({ EvaluatedInputs: 8, ActivatedInputs: 4, DoubtfulInputs: 0, Reasons: [] });
    expect(own!.ActivatedHumanLoopNames.toSorted()).toEqual(['judged-4', 'judged-5', 'judged-6', 'judged-7']);
    const other = [{ And: [total({ GreaterThan: 100 }), total({ LessThan: 1000 })] }, total({ Equals: 2100 })];
    const { Inputs: others } = await evaluate({
      FlowDefinitionName: 'judged',
      HumanLoopActivationConditions: JSON.stringify({ Conditions: other }),
      LastInputs: 6,
    });
    // The newest six: 600 to 2,100.
    expect(others).toMatchObject({ EvaluatedInputs: 6, ActivatedInputs: 3 });
    expect(JSON.parse(others!.EvaluationCounts)).toEqual({
      Conditions: [
        {
          And: [
            { ...total({ GreaterThan: 100 }), EvaluationCount: 6 },
            { ...total({ LessThan: 1000 }), EvaluationCount: 2 },
          ],
          EvaluationCount: 2,
        },
        { ...total({ Equals: 2100 }), EvaluationCount: 1 },
      ],
    });
  });

  it('7.1 – evaluates conditions of a service on its response, or on the input content of a loop that it started', async () => {
    const conditions = {
      FlowDefinitionName: undefined,
      AwsManagedHumanLoopRequestSource: 'AWS/Rekognition/DetectModerationLabels/Image/V3',
      HumanLoopActivationConditions: JSON.stringify({
        Conditions: [
          {
            ConditionType: 'ModerationLabelConfidenceCheck',
            ConditionParameters: { ModerationLabelName: '*', ConfidenceLessThan: 60 },
          },
        ],
      }),
    };
    const [unsure, sure] = [
      { Name: 'Violence', Confidence: 51, ParentName: '' },
      { Name: 'Smoking', Confidence: 99, ParentName: '' },
    ];
    const response = await evaluate({
      ...conditions,
      InputContent: JSON.stringify({ ModerationLabels: [unsure, sure] }),
    });
    expect(response.Activation).toMatchObject({ Activated: true, Reasons: [] });
    expect(JSON.parse(response.SelectedResponse!)).toEqual({ ModerationLabels: [unsure] });
    const managed = { aiServiceResponse: { moderationLabels: [{ name: 'Smoking', confidence: 99, parentName: '' }] } };
    const input = await evaluate({ ...conditions, InputContent: JSON.stringify(managed) });
    expect(input.Activation).toMatchObject({ Activated: false, Reasons: [] });
  });

  it('7.1 – a bound on words holds of every word, or of any where the flow definition says so', async () => {
    const source = 'AWS/Textract/AnalyzeDocument/Forms/V1';
    const bound = { ImportantFormKey: '*', WordBlockConfidenceLessThan: 60 };
    const conditions = [{ ConditionType: 'ImportantFormKeyConfidenceCheck', ConditionParameters: bound }];
    expect(await makeFlow('words-of-all', conditions, { source })).toBeUndefined();
    expect(await makeFlow('words-of-any', conditions, { source, words: 'any' })).toBeUndefined();
    const word = (Id: string, Confidence: number) => ({ BlockType: 'WORD', Id, Text: Id, Confidence });
    const Relationships = [{ Type: 'CHILD', Ids: ['a', 'b'] }];
    const key = { BlockType: 'KEY_VALUE_SET', EntityTypes: ['KEY'], Id: 'key', Confidence: 99, Relationships };
    const InputContent = JSON.stringify({ Blocks: [key, word('a', 50), word('b', 99)] });
    const activated = async (FlowDefinitionName: string) =>
      (await evaluate({ FlowDefinitionName, InputContent })).Activation?.Activated;
    expect([await activated('words-of-all'), await activated('words-of-any')]).toEqual([false, true]);
  });

  it.each<[string, object, string]>([
    ['neither', {}, 'Give either InputContent or LastInputs.'],
    ['both', { InputContent: '1', LastInputs: 5 }, 'Give either InputContent or LastInputs.'],
    ['no conditions', { InputContent: '1' }, 'Give HumanLoopActivationConditions or FlowDefinitionName.'],
    [
      'no flow of that name',
      { FlowDefinitionName: 'nowhere', InputContent: '1' },
      "FlowDefinition 'nowhere' does not exist.",
    ],
    ['no JSON', { FlowDefinitionName: 'judged', InputContent: '{' }, 'InputContent is not valid JSON.'],
    [
      'nothing that is evaluated',
      { FlowDefinitionName: 'unmanaged', InputContent: '1' },
      'are kept and never evaluated',
    ],
    [
      'conditions that are none',
      { FlowDefinitionName: 'judged', HumanLoopActivationConditions: '{}', InputContent: '1' },
      'HumanLoopActivationConditions.Conditions is missing.',
    ],
    [
      'inputs of no flow',
      { HumanLoopActivationConditions: JSON.stringify({ Conditions: large }), LastInputs: 5 },
      'LastInputs needs FlowDefinitionName',
    ],
  ])('7.3 – refuses %s in a sentence', async (_name, input, sentence) => {
    await expect(evaluate(input)).rejects.toThrow(sentence);
  });

  it('leaves nothing in the log that no handler foresaw', () => expect(errorsIn(server)).toEqual([]));
});
