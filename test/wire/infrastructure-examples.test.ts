// examples/cdk-custom-resource and examples/step-functions-token, driven as CloudFormation and Step Functions would do it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerWith, openReceiver } from '../../packages/server/src/testing/receiver.ts';
import { eventually } from '../testing/eventually.ts';
import { createFlow, type Flow, noteTemplate, startLoop, untilStatus } from '../testing/human-loops.ts';
import { type LineProcess, startLineProcess } from '../testing/line-process.ts';
import { useChromium } from '../testing/reviewer.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

const examples = join(import.meta.dirname, '../../examples');

/** What the examples are told of a server; the AWS variables are those of another place, as in a Lambda function. */
const environmentFor = ({ endpointUrl, region, credentials }: TestServer): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOLDPOINT_ENDPOINT: endpointUrl,
  HOLDPOINT_REGION: region,
  HOLDPOINT_ACCESS_KEY_ID: credentials.accessKeyId,
  HOLDPOINT_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'ASIAELSEWHERE',
  AWS_SECRET_ACCESS_KEY: 'elsewhere',
});

/** Calls a Lambda handler in a process of its own, and gives what it returns. */
async function invoke(file: string, event: object, environment: NodeJS.ProcessEnv): Promise<unknown> {
  const program = `import { text } from 'node:stream/consumers';
    const { handler } = await import(${JSON.stringify(pathToFileURL(join(examples, file)).href)});
    console.log(JSON.stringify((await handler(JSON.parse(await text(process.stdin)))) ?? null));`;
  const child = spawn(process.execPath, [...process.execArgv, '--input-type=module', '--eval', program], {
    env: environment,
  });
  child.stdin.end(JSON.stringify(event));
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  expect([code, errors]).toEqual([0, '']);
  return JSON.parse(output);
}

describe('examples/cdk-custom-resource', () => {
  let server: TestServer;
  let stack: Awaited<ReturnType<typeof openReceiver>>;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server?.close());
  beforeEach(async () => {
    stack = await openReceiver(answerWith(200));
  });
  afterEach(() => stack.close());

  interface Answer {
    readonly Status: string;
    readonly Reason?: string;
    readonly PhysicalResourceId: string;
    readonly Data?: { readonly Arn: string };
  }

  /** One request of CloudFormation, which hands on all properties as texts; what it was told at its address. */
  async function request(RequestType: string, kind: string, properties: object, more: object = {}): Promise<Answer> {
    const event = {
      RequestType,
      ResourceType: `Custom::${kind}`,
      StackId: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/reviews/1',
      RequestId: `${RequestType}-${stack.received.length}`,
      LogicalResourceId: kind,
      ResponseURL: `http://127.0.0.1:${stack.port}/answer?X-Amz-Signature=1`,
      ResourceProperties: { ServiceToken: 'arn:aws:lambda:eu-central-1:111122223333:function:reviews', ...properties },
      ...more,
    };
    await invoke('cdk-custom-resource/handler.mjs', event, { ...environmentFor(server), PATIENCE_SECONDS: '20' });
    const { method, path, headers, body } = stack.received.at(-1)!;
    expect([method, path, headers['content-type']]).toEqual(['PUT', '/answer?X-Amz-Signature=1', '']);
    expect(JSON.parse(body)).toMatchObject({
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: kind,
    });
    return JSON.parse(body) as Answer;
  }

  const flowProperties = (HumanTaskUiArn: string, TaskTitle: string) => ({
    Name: 'invoices',
    RoleArn: 'arn:aws:iam::111122223333:role/review',
    OutputConfig: { S3OutputPath: 's3://holdpoint/invoices' },
    HumanLoopConfig: {
      WorkteamArn: 'arn:aws:sagemaker:us-east-1:000000000000:workteam/private-crowd/reviewers',
      HumanTaskUiArn,
      TaskTitle,
      TaskDescription: 'Look',
      TaskCount: '2',
      TaskTimeLimitInSeconds: '600',
    },
    Tags: [{ Key: 'stack', Value: 'reviews' }],
  });
  const flows = async () =>
    (await server.client.call('ListFlowDefinitions', {})).FlowDefinitionSummaries.map(
      ({ FlowDefinitionArn }) => FlowDefinitionArn,
    );

  it('creates, replaces on update, and deletes', async () => {
    const page = await request('Create', 'HumanTaskUi', { Name: 'page', Content: noteTemplate });
    expect(page).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: expect.stringMatching(/^page-[0-9a-f]{8}$/),
      Data: { Arn: expect.stringMatching(/:human-task-ui\/page-/) },
    });
    const properties = flowProperties(page.Data!.Arn, 'First');
    const first = await request('Create', 'FlowDefinition', properties);
    expect(first).toMatchObject({
      Status: 'SUCCESS',
      Data: { Arn: expect.stringMatching(/:flow-definition\/invoices-/) },
    });
    const described = await server.client.call('DescribeFlowDefinition', {
      FlowDefinitionName: first.PhysicalResourceId,
    });
    expect(described).toMatchObject({
      FlowDefinitionStatus: 'Active',
      HumanLoopConfig: { TaskCount: 2, TaskTimeLimitInSeconds: 600 },
    });

    // A request that was lost comes again.
    expect(await request('Create', 'FlowDefinition', properties)).toEqual({ ...first, RequestId: expect.anything() });
    const old = { PhysicalResourceId: first.PhysicalResourceId, OldResourceProperties: properties };
    expect((await request('Update', 'FlowDefinition', properties, old)).PhysicalResourceId).toBe(
      first.PhysicalResourceId,
    );

    const second = await request('Update', 'FlowDefinition', flowProperties(page.Data!.Arn, 'Second'), old);
    expect(second.PhysicalResourceId).not.toBe(first.PhysicalResourceId);
    expect((await flows()).sort()).toEqual([first.Data!.Arn, second.Data!.Arn].sort());
    for (const { PhysicalResourceId } of [first, second])
      expect(await request('Delete', 'FlowDefinition', properties, { PhysicalResourceId })).toMatchObject({
        Status: 'SUCCESS',
        PhysicalResourceId,
      });
    expect(await flows()).toEqual([]);
    expect(
      await request('Delete', 'HumanTaskUi', { Name: 'page' }, { PhysicalResourceId: page.PhysicalResourceId }),
    ).toMatchObject({ Status: 'SUCCESS' });
  });

  it('finds nothing wrong in deleting what is gone or was never made', async () => {
    for (const PhysicalResourceId of ['invoices-00000000', 'none-Create-0', 'No such name'])
      for (const kind of ['FlowDefinition', 'HumanTaskUi'])
        expect(await request('Delete', kind, {}, { PhysicalResourceId })).toMatchObject({ Status: 'SUCCESS' });
  });

  it('tells why something cannot be made', async () => {
    const missing = flowProperties('arn:aws:sagemaker:us-east-1:000000000000:human-task-ui/none', 'x');
    const refused = await request('Create', 'FlowDefinition', missing);
    expect(refused).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(/^ValidationException: The specified HumanTaskUi '.*' does not exist\.$/),
    });
    expect(await request('Delete', 'FlowDefinition', missing, refused)).toMatchObject({ Status: 'SUCCESS' });
    expect(await request('Create', 'Other', {})).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(/Custom::Other is none of/),
    });
  });
});

describeWith('Chromium')('examples/step-functions-token', () => {
  const { signIn } = useChromium();
  const email = 'ada@example.com';
  let server: TestServer;
  let flow: Flow;
  /** Step Functions. */
  let states: Awaited<ReturnType<typeof openReceiver>>;
  let receiver: LineProcess;
  let refusal: { readonly status: number; readonly body: string } | undefined;

  beforeAll(async () => {
    server = await startTestServer({ config: { allowPrivateTargets: true } });
    await server.hire(email);
    flow = await createFlow(server, 'review');
    states = await openReceiver((response) => {
      const { status, body } = refusal ?? { status: 200, body: '{}' };
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
    });
    // The target needs an address before the receiver knows the secret, so its port is taken and given back.
    const free = await openReceiver(answerWith(204));
    await free.close();
    const { Secret } = await server.client.call('CreateEventTarget', { Url: `http://127.0.0.1:${free.port}/` });
    receiver = startLineProcess(
      process.execPath,
      [...process.execArgv, join(examples, 'step-functions-token/receiver.mjs')],
      {
        ...environmentFor(server),
        AWS_ENDPOINT_URL_SFN: `http://127.0.0.1:${states.port}`,
        AWS_MAX_ATTEMPTS: '1',
        WEBHOOK_SECRET: Secret,
        PORT: String(free.port),
      },
    );
    expect(await receiver.next()).toMatch(/^Listening/);
  });
  afterAll(async () => {
    receiver?.kill('SIGTERM');
    await states?.close();
    await server?.close();
  });
  beforeEach(() => {
    states.received.length = 0;
    refusal = undefined;
  });

  const start = async (taskToken: string, input: object, flowArn = flow.arn): Promise<string> => {
    const environment = { ...environmentFor(server), FLOW_DEFINITION_ARN: flowArn };
    const started = await invoke('step-functions-token/start-review.mjs', { ...input, taskToken }, environment);
    return (started as { HumanLoopName: string }).HumanLoopName;
  };
  const calls = () => states.received.map(({ headers, body }) => [headers['x-amz-target'], JSON.parse(body)]);
  const called = () => eventually(() => states.received.length).toBeGreaterThan(0);

  it('hands the answers to the task that waits, which is started once', async () => {
    const name = await start('token/of+a=task', { text: 'Is it right?' });
    expect(await start('token/of+a=task', { text: 'Is it right?' })).toBe(name);
    const reviewer = await signIn(server, email);
    await reviewer.start('review');
    await reviewer.task.getByLabel('Note').fill('It is');
    await reviewer.submit();
    await called();
    const [[target, { taskToken, output }]] = calls() as [[string, { taskToken: string; output: string }]];
    expect([target, taskToken]).toEqual(['AWSStepFunctions.SendTaskSuccess', 'token/of+a=task']);
    expect(JSON.parse(output)).toMatchObject({
      humanLoopName: name,
      outputS3Uri: expect.stringMatching(/^s3:/),
      humanAnswers: [{ answerContent: { note: 'It is' } }],
    });
    expect(await receiver.next()).toBe(`${name}: Completed`);
  });

  it('ends the task with a failure when the loop was stopped or has failed', async () => {
    const stopped = await start('stopped', { text: 'x' });
    await server.client.call('StopHumanLoop', { HumanLoopName: stopped });
    await called();
    expect(calls()).toEqual([
      [
        'AWSStepFunctions.SendTaskFailure',
        { taskToken: 'stopped', error: 'HumanLoop.Stopped', cause: `The human loop ${stopped} is Stopped.` },
      ],
    ]);
    expect(await receiver.next()).toBe(`${stopped}: Stopped`);
    states.received.length = 0;

    const broken = await createFlow(server, 'broken', { template: '{{ task.input.missing }}' });
    const failed = await start('failed', { text: 'x' }, broken.arn);
    await called();
    expect(calls()).toEqual([
      [
        'AWSStepFunctions.SendTaskFailure',
        { taskToken: 'failed', error: 'HumanLoop.Failed', cause: expect.stringMatching(/missing/) },
      ],
    ]);
    expect(await receiver.next()).toBe(`${failed}: Failed`);
  });

  it('leaves loops without a token alone, and lets a task go that has ended', async () => {
    await startLoop(server, flow, 'nobody-waits');
    await server.client.call('StopHumanLoop', { HumanLoopName: 'nobody-waits' });
    await untilStatus(server, 'nobody-waits', 'Stopped');
    refusal = { status: 400, body: '{"__type":"TaskTimedOut","message":"Task Timed Out"}' };
    const late = await start('late', { text: 'x' });
    await server.client.call('StopHumanLoop', { HumanLoopName: late });
    await called();
    const standing = async () => (await server.client.call('ListEventTargets', {})).EventTargets[0];
    await eventually(async () => (await standing())?.PendingDeliveries).toBe(0);
    expect(await standing()).toMatchObject({ FailedDeliveries: 0 });
    expect(calls().map(([, { taskToken }]) => taskToken)).toEqual(['late']);
  });
});
