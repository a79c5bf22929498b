// The five operations of sagemaker-a2i-runtime through boto3.
import { beforeAll, expect, test } from 'vitest';
import { failureOf } from '../testing/boto3.ts';
import { useBoto3 } from '../testing/boto3-stage.ts';
import { createFlow, type Flow, untilStatus } from '../testing/human-loops.ts';
import { describeWith } from '../testing/tools.ts';

/** Fits any input. */
const template = '<crowd-form><input name="note"></crowd-form>';

interface Described {
  HumanLoopName: string;
  HumanLoopArn: string;
  HumanLoopStatus: string;
  CreationTime: string;
  HumanLoopOutput: { OutputS3Uri: string };
}

interface Page {
  HumanLoopSummaries: { HumanLoopName: string; HumanLoopStatus: string; CreationTime: string }[];
}

describeWith('Python with boto3')('human loops through boto3', () => {
  const stage = useBoto3();
  let flow: Flow;

  beforeAll(async () => {
    flow = await createFlow(stage.server, 'loops', { template });
  });

  const runtime = <Output = Record<string, unknown>>(method: string, input: object) =>
    stage.boto3.call<Output>('sagemaker-a2i-runtime', method, input);
  const start = (HumanLoopName: string, input: object = { text: 'one' }, more: object = {}) =>
    runtime<{ HumanLoopArn: string }>('start_human_loop', {
      HumanLoopName,
      FlowDefinitionArn: flow.arn,
      HumanLoopInput: { InputContent: JSON.stringify(input) },
      ...more,
    });
  const describe = (HumanLoopName: string) => runtime<Described>('describe_human_loop', { HumanLoopName });
  /** Usually it is Stopped with the reply; the output is late where a server was killed as it wrote it. */
  const stop = async (HumanLoopName: string): Promise<void> => {
    await runtime('stop_human_loop', { HumanLoopName });
    await untilStatus(stage.server, HumanLoopName, 'Stopped');
  };
  const remove = (HumanLoopName: string) => runtime('delete_human_loop', { HumanLoopName });

  test('start, describe, stop and delete answer with a request id and nothing that is not modelled', async () => {
    const started = await start('first');
    expect(started).toEqual({
      HumanLoopArn: 'arn:aws:sagemaker:us-east-1:000000000000:human-loop/first',
      ResponseMetadata: expect.objectContaining({ RequestId: expect.stringMatching(/./), HTTPStatusCode: 200 }),
    });
    expect(await describe('first')).toMatchObject({
      HumanLoopName: 'first',
      HumanLoopArn: started.HumanLoopArn,
      HumanLoopStatus: 'InProgress',
      FlowDefinitionArn: flow.arn,
      CreationTime: expect.stringMatching(/Z$/),
      HumanLoopOutput: {
        OutputS3Uri: expect.stringMatching(/^s3:\/\/holdpoint\/outputs\/loops\/.*\/first\/output\.json$/),
      },
    });
    await runtime('stop_human_loop', { HumanLoopName: 'first' });
    // Of nodes that are killed the reply may come before the output.
    if (process.env.HOLDPOINT_TEST_FLEET === undefined)
      expect((await describe('first')).HumanLoopStatus).toBe('Stopped');
    await untilStatus(stage.server, 'first', 'Stopped');
    await remove('first');
    expect(await failureOf(describe('first'))).toMatchObject({
      code: 'ResourceNotFoundException',
      status: 404,
      typed: true,
    });
  });

  test.each(['Upper-Case-Loop', 'doubled--hyphens', '9', 'x'.repeat(63)])(
    'the name %s is taken as it is',
    async (name) => {
      const { HumanLoopArn } = await start(name);
      expect(HumanLoopArn.split(':human-loop/')[1]).toBe(name);
      expect((await describe(name)).HumanLoopOutput.OutputS3Uri).toContain(`/${name}/output.json`);
    },
  );

  test('the same start again is answered alike; other input or other attributes conflict', async () => {
    const attributes = { DataAttributes: { ContentClassifiers: ['FreeOfAdultContent'] } };
    const first = await start('again', { a: 1 }, attributes);
    expect((await start('again', { a: 1 }, attributes)).HumanLoopArn).toBe(first.HumanLoopArn);
    for (const other of [() => start('again', { a: 2 }, attributes), () => start('again', { a: 1 })])
      expect(await failureOf(other())).toMatchObject({ type: 'ConflictException', status: 409, typed: true });
    await stop('again');
    expect(await failureOf(start('again', { a: 1 }, attributes))).toMatchObject({
      code: 'ValidationException',
      message: expect.stringMatching(/^HumanLoop 'again' already exists and is finished\./),
    });
    await remove('again');
    await start('again', { a: 2 });
  });

  test.each([
    {
      what: 'input that is no JSON',
      call: () =>
        runtime('start_human_loop', {
          HumanLoopName: 'bad',
          FlowDefinitionArn: flow.arn,
          HumanLoopInput: { InputContent: '{' },
        }),
      message: /InputContent.*not valid JSON/,
    },
    {
      what: 'a flow that does not exist',
      call: () => start('bad', {}, { FlowDefinitionArn: flow.arn.replace('/loops', '/none') }),
      message: /does not exist/,
    },
    {
      what: 'a flow of another account',
      call: () => start('bad', {}, { FlowDefinitionArn: flow.arn.replace('000000000000', '123456789012') }),
      message: /does not exist/,
    },
    {
      what: 'a name and an ARN that match no pattern, both told at once',
      call: () => start('-bad-', {}, { FlowDefinitionArn: 'arn:nonsense' }),
      message:
        /^2 validation errors detected: Value '.*' at '(humanLoopName|flowDefinitionArn)' failed to satisfy constraint: Member must satisfy regular expression pattern: /,
    },
    {
      what: 'stopping a loop that is over',
      call: async () => [
        await start('over'),
        await stop('over'),
        await runtime('stop_human_loop', { HumanLoopName: 'over' }),
      ],
      message: /Stopped/,
    },
    {
      what: 'deleting a loop that is not over',
      call: async () => [await start('busy'), await remove('busy')],
      message: /InProgress/,
    },
  ])('$what is a ValidationException', async ({ call, message }) => {
    expect(await failureOf(call())).toMatchObject({
      type: 'ValidationException',
      status: 400,
      typed: true,
      message: expect.stringMatching(message),
    });
  });

  test.each(['describe_human_loop', 'stop_human_loop', 'delete_human_loop'])(
    '%s of a loop that does not exist',
    async (method) => {
      expect(await failureOf(runtime(method, { HumanLoopName: 'never-there' }))).toMatchObject({
        type: 'ResourceNotFoundException',
        status: 404,
        typed: true,
        message: expect.stringContaining('does not exist'),
      });
    },
  );

  test('loops are listed newest first, filtered by time, and page by page', async () => {
    const listed = await createFlow(stage.server, 'listed', { template });
    const list = async (more: object = {}) =>
      (await runtime<Page>('list_human_loops', { FlowDefinitionArn: listed.arn, ...more })).HumanLoopSummaries;
    expect(await list()).toEqual([]);
    const names = ['one', 'two', 'three'].map((name) => `listed-${name}`);
    for (const name of names) await start(name, {}, { FlowDefinitionArn: listed.arn });
    const newestFirst = names.toReversed();
    const namesOf = (summaries: Page['HumanLoopSummaries']) => summaries.map(({ HumanLoopName }) => HumanLoopName);
    expect(namesOf(await list())).toEqual(newestFirst);
    expect(namesOf(await list({ SortOrder: 'Ascending' }))).toEqual(names);
    const { CreationTime } = await describe(names[1]!);
    expect(namesOf(await list({ CreationTimeAfter: CreationTime }))).toEqual(newestFirst.slice(0, 2));
    expect(namesOf(await list({ CreationTimeBefore: CreationTime }))).toEqual(newestFirst.slice(2));

    const pages = await stage.boto3.pages<Page>(
      'sagemaker-a2i-runtime',
      'list_human_loops',
      { FlowDefinitionArn: listed.arn },
      1,
    );
    expect(pages.map((page) => namesOf(page.HumanLoopSummaries))).toEqual(newestFirst.map((name) => [name]));
    expect((await list())[0]).toEqual({
      HumanLoopName: names[2],
      HumanLoopStatus: 'InProgress',
      FlowDefinitionArn: listed.arn,
      CreationTime: expect.any(String),
    });
  });

  test('a token goes on at the same item although loops were started since', async () => {
    const grown = await createFlow(stage.server, 'grown', { template });
    const list = (more: object = {}) =>
      runtime<Page & { NextToken?: string }>('list_human_loops', {
        FlowDefinitionArn: grown.arn,
        MaxResults: 1,
        ...more,
      });
    for (const name of ['a', 'b', 'c']) await start(`grown-${name}`, {}, { FlowDefinitionArn: grown.arn });
    const { NextToken } = await list();
    await start('grown-d', {}, { FlowDefinitionArn: grown.arn });
    expect((await list({ NextToken })).HumanLoopSummaries[0]?.HumanLoopName).toBe('grown-b');
    expect(await failureOf(list({ NextToken: 'nonsense' }))).toMatchObject({ code: 'ValidationException' });
  });

  test('listing needs a flow that exists', async () => {
    const listing = runtime('list_human_loops', { FlowDefinitionArn: flow.arn.replace('/loops', '/none') });
    expect(await failureOf(listing)).toMatchObject({ type: 'ResourceNotFoundException', status: 404, typed: true });
  });

  test('a presigned describe URL works without credentials, and not with another name', async () => {
    await start('presigned');
    const url = await stage.boto3.presigned(
      'sagemaker-a2i-runtime',
      'describe_human_loop',
      { HumanLoopName: 'presigned' },
      60,
    );
    expect(url).toContain('X-Amz-Algorithm=AWS4-HMAC-SHA256');
    const { status, body } = await stage.boto3.fetch(url);
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ HumanLoopName: 'presigned', HumanLoopStatus: 'InProgress' });
    expect((await stage.boto3.fetch(url.replace('/human-loops/presigned', '/human-loops/first'))).status).toBe(403);
  });

  test('there are no waiters, as in AWS', async () => {
    expect(await stage.boto3.waiters('sagemaker-a2i-runtime')).toEqual([]);
  });

  test('all five operations were called', () => {
    const called = [...stage.boto3.called].filter((name) => name.startsWith('sagemaker-a2i-runtime.')).toSorted();
    expect(called.map((name) => name.split('.')[1])).toEqual([
      'delete_human_loop',
      'describe_human_loop',
      'list_human_loops',
      'start_human_loop',
      'stop_human_loop',
    ]);
  });
});
