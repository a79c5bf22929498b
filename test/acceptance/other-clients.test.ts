// The AWS SDK for JavaScript and the aws CLI, told where the server is by the two files alone.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  CreateFlowDefinitionCommand,
  CreateHumanTaskUiCommand,
  DescribeWorkteamCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import {
  ConflictException,
  DeleteHumanLoopCommand,
  DescribeHumanLoopCommand,
  paginateListHumanLoops,
  ResourceNotFoundException,
  SageMakerA2IRuntimeClient,
  StartHumanLoopCommand,
  StopHumanLoopCommand,
} from '@aws-sdk/client-sagemaker-a2i-runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFlow, type Flow, noteTemplate, startLoop, untilStatus } from '../testing/human-loops.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

const execute = promisify(execFile);
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.close());

describe('the AWS SDK for JavaScript', () => {
  /** The SDK reads its files when a client is made, wherever these variables point then. */
  const variables = ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE'] as const;
  const before = variables.map((name) => [name, process.env[name]] as const);
  let runtime: SageMakerA2IRuntimeClient;
  let sagemaker: SageMakerClient;
  let flowArn: string;

  beforeAll(async () => {
    for (const name of variables) process.env[name] = server.environment[name];
    runtime = new SageMakerA2IRuntimeClient({});
    sagemaker = new SageMakerClient({});
    const { Workteam } = await sagemaker.send(new DescribeWorkteamCommand({ WorkteamName: 'reviewers' }));
    const ui = { HumanTaskUiName: 'javascript', UiTemplate: { Content: noteTemplate } };
    const { HumanTaskUiArn } = await sagemaker.send(new CreateHumanTaskUiCommand(ui));
    const { FlowDefinitionArn } = await sagemaker.send(
      new CreateFlowDefinitionCommand({
        FlowDefinitionName: 'javascript',
        RoleArn: 'arn:aws:iam::000000000000:role/ReviewRole',
        HumanLoopConfig: {
          WorkteamArn: Workteam!.WorkteamArn,
          HumanTaskUiArn,
          TaskTitle: 'Title',
          TaskDescription: 'Description',
          TaskCount: 1,
        },
        OutputConfig: { S3OutputPath: 's3://holdpoint' },
      }),
    );
    flowArn = FlowDefinitionArn!;
  });
  afterAll(() => {
    runtime?.destroy();
    sagemaker?.destroy();
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  });

  const start = (HumanLoopName: string, InputContent = '{"text":"one"}') =>
    runtime.send(
      new StartHumanLoopCommand({ HumanLoopName, FlowDefinitionArn: flowArn, HumanLoopInput: { InputContent } }),
    );

  test('calls all five operations of the runtime', async () => {
    const started = await start('javascript');
    expect(started.HumanLoopArn).toMatch(/:human-loop\/javascript$/);
    expect(started.$metadata).toMatchObject({ httpStatusCode: 200, requestId: expect.stringMatching(/./) });
    const loop = await runtime.send(new DescribeHumanLoopCommand({ HumanLoopName: 'javascript' }));
    expect(loop).toMatchObject({ HumanLoopStatus: 'InProgress', FlowDefinitionArn: flowArn });
    expect(Math.abs(loop.CreationTime!.getTime() - Date.now())).toBeLessThan(60_000);
    await start('javascript-2');
    const pages: (string | undefined)[][] = [];
    for await (const page of paginateListHumanLoops({ client: runtime, pageSize: 1 }, { FlowDefinitionArn: flowArn }))
      pages.push(page.HumanLoopSummaries!.map(({ HumanLoopName }) => HumanLoopName));
    expect(pages).toEqual([['javascript-2'], ['javascript']]);
    await runtime.send(new StopHumanLoopCommand({ HumanLoopName: 'javascript' }));
    await untilStatus(server, 'javascript', 'Stopped');
    await runtime.send(new DeleteHumanLoopCommand({ HumanLoopName: 'javascript' }));
    await expect(runtime.send(new DescribeHumanLoopCommand({ HumanLoopName: 'javascript' }))).rejects.toThrow(
      ResourceNotFoundException,
    );
  });

  test('knows the errors by class and message', async () => {
    await start('conflict');
    const conflict = await start('conflict', '{"text":"other"}').catch((error: unknown) => error);
    expect(conflict).toBeInstanceOf(ConflictException);
    expect((conflict as ConflictException).message).toContain('conflict');
    await expect(start('not json', '{}')).rejects.toMatchObject({
      name: 'ValidationException',
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describeWith('aws CLI with sagemaker-a2i-runtime')('the aws CLI', () => {
  let flow: Flow;

  beforeAll(async () => {
    flow = await createFlow(server, 'command-line');
    await startLoop(server, flow, 'command-line');
  });

  async function aws(...args: string[]): Promise<string> {
    const { stdout } = await execute('aws', args, { env: server.environment });
    return stdout;
  }

  test('lists loops, and gets an object by the path that it is told', async () => {
    const listed = await aws(
      'sagemaker-a2i-runtime',
      'list-human-loops',
      '--flow-definition-arn',
      flow.arn,
      '--output',
      'json',
    );
    expect(JSON.parse(listed)).toMatchObject({
      HumanLoopSummaries: [{ HumanLoopName: 'command-line', HumanLoopStatus: 'InProgress' }],
    });
    await server.client.call('StopHumanLoop', { HumanLoopName: 'command-line' });
    await untilStatus(server, 'command-line', 'Stopped');
    const uri = await aws(
      'sagemaker-a2i-runtime',
      'describe-human-loop',
      '--human-loop-name',
      'command-line',
      '--query',
      'HumanLoopOutput.OutputS3Uri',
      '--output',
      'text',
    );
    expect(JSON.parse(await aws('s3', 'cp', uri.trim(), '-'))).toMatchObject({
      humanLoopName: 'command-line',
      humanAnswers: [],
    });
  });

  test('shows the message of an error', async () => {
    const failed = aws('sagemaker', 'describe-flow-definition', '--flow-definition-name', 'none');
    await expect(failed).rejects.toMatchObject({
      stderr: expect.stringMatching(/\(ResourceNotFound\).*does not exist/),
    });
  });
});
