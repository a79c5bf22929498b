// The operations of our own that the command line is made of, on a whole server, as a signed caller sees them.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { flowDefinitionArn, workteamArn } from '@holdpoint/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorsIn, type HostileServer, startHostileServer } from '../testing/hostile-server.ts';

let server: HostileServer;
beforeAll(async () => {
  server = await startHostileServer();
});
afterAll(() => server?.close());

const marker = 'markerOfWhatIsUnderReview';
const target = (operation: string, body: object) =>
  ({
    method: 'POST',
    path: '/',
    headers: [
      ['content-type', 'application/x-amz-json-1.1'],
      ['x-amz-target', `Holdpoint.${operation}`],
    ],
    body: JSON.stringify(body),
  }) as const;

const requests = [
  ['PreviewUiTemplate', { UiTemplate: { Content: '<crowd-form>x</crowd-form>' }, Task: { Input: '{}' } }],
  ['CheckInstallation', {}],
  ['CheckUiTemplate', { UiTemplate: { Content: '<crowd-form>x</crowd-form>' } }],
  ['GetHumanLoop', { HumanLoopName: 'loop' }],
  ['ListFlowDefinitionDetails', {}],
  [
    'EvaluateActivationConditions',
    {
      HumanLoopActivationConditions: '{"Conditions": [{"ConditionType": "holdpoint:Always"}]}',
      InputContent: '{}',
    },
  ],
  ['CheckOutputPath', { S3OutputPath: 's3://holdpoint' }],
] as const;

describe('callers', () => {
  beforeAll(() => startLoop('loop', { text: 'x' }));

  it.each(requests)('%s answers any valid key, and nobody else', async (operation, body) => {
    const request = target(operation, body);
    expect((await server.send(request)).status).toBe(200);
    const made = await server.call('CreateAccessKey', { Description: 'user' });
    const user = { accessKeyId: made.AccessKeyId, secretAccessKey: made.SecretAccessKey };
    expect((await server.send(request, server.sign(request, { credentials: user }))).status).toBe(200);
    const wrong = { ...user, secretAccessKey: 'wrong' };
    const unsigned = [['host', server.host], ...request.headers] as const;
    for (const headers of [unsigned, server.sign(request, { credentials: wrong })]) {
      const { status, body: reply } = await server.send(request, [...headers]);
      expect([status, JSON.parse(reply).Findings ?? JSON.parse(reply).Checks]).toEqual([400, undefined]);
    }
  });
});

it('the activity log has buckets that a caller made', async () => {
  const request = { method: 'PUT', path: '/made-by-a-caller' } as const;
  expect((await server.send(request, server.sign(request, { service: 's3' }))).status).toBe(200);
  const { Activities } = await server.call('ListActivities', { ResourceType: 'bucket' });
  expect(Activities).toMatchObject([
    { Action: 'CreateBucket', ActorKind: 'Caller', ActorName: 'root', ResourceName: 'made-by-a-caller' },
  ]);
});

async function startLoop(name: string, input: unknown): Promise<void> {
  const { HumanTaskUiArn } = await server.call('CreateHumanTaskUi', {
    HumanTaskUiName: name,
    UiTemplate: { Content: '<crowd-form>{{ task.input.text }}</crowd-form>' },
  });
  await server.call('CreateFlowDefinition', {
    FlowDefinitionName: name,
    HumanLoopConfig: {
      WorkteamArn: workteamArn(server, 'reviewers'),
      HumanTaskUiArn,
      TaskTitle: `Title of ${name}`,
      TaskDescription: 'D',
      TaskCount: 2,
      TaskAvailabilityLifetimeInSeconds: 3600,
    },
    OutputConfig: { S3OutputPath: 's3://holdpoint/out' },
    RoleArn: 'arn:aws:iam::000000000000:role/any',
  });
  await server.call('StartHumanLoop', {
    HumanLoopName: name,
    FlowDefinitionArn: flowDefinitionArn(server, name),
    HumanLoopInput: { InputContent: JSON.stringify(input) },
  });
}

describe('GetHumanLoop', () => {
  it('answers the input and the state of the task, from the start to the end', async () => {
    const input = { text: marker, n: 996.5 };
    await startLoop('whole', input);
    const get = () => server.call('GetHumanLoop', { HumanLoopName: 'whole' });
    const started = await get();
    expect(started).toMatchObject({
      HumanLoopStatus: 'InProgress',
      InputContent: JSON.stringify(input),
      TaskTitle: 'Title of whole',
      AnswersNeeded: 2,
      AnswersDone: 0,
      AnswersInProgress: 0,
      OutputS3Uri: expect.stringMatching(/^s3:\/\/holdpoint\/out\/whole\/.*\/whole\/output\.json$/),
    });
    expect(started.ExpirationTime!.getTime() - started.CreationTime.getTime()).toBe(3_600_000);
    await server.call('StopHumanLoop', { HumanLoopName: 'whole' });
    await expect.poll(async () => (await get()).HumanLoopStatus).toBe('Stopped');
    const { HumanLoopStatus: _, ...same } = started;
    expect(await get()).toMatchObject({ ...same, FinishTime: expect.any(Date) });
    await server.call('DeleteHumanLoop', { HumanLoopName: 'whole' });
    await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });
});

describe('CheckInstallation', () => {
  it('finds a server of its own machine sound, also when many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => server.call('CheckInstallation', {})));
    for (const { Checks, ...facts } of answers) {
      expect(facts).toMatchObject({
        Version: expect.stringMatching(/^\d+\.\d+\.\d+/),
        AccountId: server.accountId,
        Region: server.region,
        EndpointUrl: server.endpointUrl,
        PublicUrl: server.url,
      });
      expect(Math.abs(facts.ServerTime.getTime() - Date.now())).toBeLessThan(60_000);
      // How full this machine's disk is is not for this test to say.
      expect(Checks.filter(({ Name }) => Name !== 'Disk').map(({ Name, Status }) => `${Name} ${Status}`)).toEqual([
        'Database Ok',
        'Bucket Ok',
        `Rights ${process.platform === 'win32' ? 'Skipped' : 'Ok'}`,
        'Clock Ok',
        'Jobs Ok',
        'EventTargets Ok',
        'Renderer Ok',
        'PublicUrl Ok',
        'Certificate Skipped',
        'IdentityProvider Ok',
        'Mail Skipped',
        'AiServices Skipped',
      ]);
    }
  });

  it('leaves no object, row or event behind', async () => {
    const target = await server.call('CreateEventTarget', { Url: 'http://localhost:9/hook', Kind: 'object-created' });
    const database = new DatabaseSync(join(server.data, 'holdpoint.db'), { readOnly: true });
    const rows = () => database.prepare('SELECT count(*) AS count FROM settings').get();
    const before = rows();
    await server.call('CheckInstallation', {});
    expect(rows()).toEqual(before);
    expect(database.prepare('SELECT count(*) AS count FROM event_deliveries').get()).toEqual({ count: 0 });
    database.close();
    const list = { method: 'GET', path: '/holdpoint', query: 'list-type=2' } as const;
    const { body } = await server.send(list, server.sign(list, { service: 's3' }));
    expect(body).not.toContain('holdpoint-check');
    await server.call('DeleteEventTarget', { EventTargetId: target.EventTargetId });
  });
});

describe('CheckUiTemplate', () => {
  const check = async (Content: string, Input?: string) =>
    (await server.call('CheckUiTemplate', { UiTemplate: { Content }, ...(Input !== undefined && { Task: { Input } }) }))
      .Findings;

  it('takes templates and inputs that are too long or no JSON, and says so', async () => {
    expect(await check(`<crowd-form>${'x'.repeat(200_000)}</crowd-form>`, '{')).toMatchObject([
      { Severity: 'Error', Code: 'InvalidInput' },
      { Severity: 'Error', Code: 'TemplateTooLong' },
    ]);
    expect(await check('')).toMatchObject([{ Code: 'NoCrowdForm' }]);
    await expect(check('x'.repeat(1_000_001))).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('repeats the input in no refusal', async () => {
    const bad = target('CheckUiTemplate', { UiTemplate: {}, Task: { Input: `${marker}${'x'.repeat(3_145_728)}` } });
    const { status, body } = await server.send(bad);
    expect(status).toBe(400);
    expect(body).not.toContain(marker);
  });

  it('is bounded by the time of a render, and serves others meanwhile', async () => {
    const bomb = '<crowd-form>{% for a in (1..99999) %}{% for b in (1..99999) %}{% endfor %}{% endfor %}</crowd-form>';
    const [slow, ...quick] = await Promise.all([
      check(bomb, '{}'),
      ...Array.from({ length: 10 }, (_, n) => check(`<crowd-form>{{ task.input.n${n} }}</crowd-form>`, `{"n${n}":1}`)),
    ]);
    expect(slow).toMatchObject([{ Severity: 'Error', Code: 'RenderLimitExceeded' }]);
    expect(quick).toEqual(Array(10).fill([]));
  });
});

it('nothing of what is under review was logged, and nothing went wrong inside', () => {
  expect(server.logged.filter((line) => line.includes(marker))).toEqual([]);
  expect(errorsIn(server)).toEqual([]);
});
