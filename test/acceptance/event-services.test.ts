// Event buses, topics and queues of a whole server: the requests that services get, in what order, and what becomes of
// events that they do not take. The services are of this test; they verify signatures and wire forms.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { HumanLoopEvent, ObjectCreatedEvent, OperationInput } from '@holdpoint/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type AwsServices, refusalOf, type ServiceReply, startAwsServices } from '../testing/aws-service.ts';
import { eventually } from '../testing/eventually.ts';
import { createFlow, type Flow, startLoop } from '../testing/human-loops.ts';
import { patientSettings, type TestClock, testClock, wakeJobs } from '../testing/test-clock.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const pair = { accessKeyId: 'AKIAEVENTS', secretAccessKey: 'secret of the server' };
const json = 'application/x-amz-json-1.1';
const form = 'application/x-www-form-urlencoded';
const bus = 'arn:aws:events:eu-central-1:111122223333:event-bus/reviews';
const topic = 'arn:aws:sns:eu-central-1:111122223333:reviews';

describe('event services', () => {
  let clock: TestClock;
  let server: TestServer;
  let services: AwsServices;
  let flow: Flow;
  let credentialsFile: string;
  let woken = 0;
  const cleanUp: (() => unknown)[] = [];
  const environment = { ...process.env };

  const keep = ({ accessKeyId, secretAccessKey }: typeof pair): Promise<void> =>
    writeFile(
      credentialsFile,
      `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );

  beforeAll(async () => {
    clock = testClock();
    server = await startTestServer({ clock, config: { ...patientSettings, allowPrivateTargets: true } });
    // The server's own credentials are those of its process.
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    credentialsFile = join(server.data, 'aws-credentials');
    process.env.AWS_SHARED_CREDENTIALS_FILE = credentialsFile;
    process.env.AWS_CONFIG_FILE = join(server.data, 'no-config');
    process.env.AWS_EC2_METADATA_DISABLED = 'true';
    await keep(pair);
    services = await startAwsServices(pair);
    flow = await createFlow(server, 'fine', { template: '<crowd-form></crowd-form>' });
  });
  afterEach(async () => {
    for (const step of cleanUp.splice(0).reverse()) await step();
  });
  afterAll(async () => {
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    Object.assign(process.env, environment);
    await server?.close();
    await services?.close();
  });

  /** A target whose requests come with a path of their own. */
  async function target(path: string, input: OperationInput<'CreateEventTarget'>): Promise<string> {
    const Endpoint = `${services.url}${path}`;
    const { EventTargetId } = await server.client.call('CreateEventTarget', { Endpoint, ...input });
    cleanUp.push(() => server.client.call('DeleteEventTarget', { EventTargetId, Force: true }));
    return EventTargetId;
  }
  const queueUrl = (name: string): string => `${services.url}/111122223333/${name}`;
  const callsOf = (path: string) => services.calls.filter((call) => call.path === path);
  async function stopped(name: string, of: Flow = flow): Promise<void> {
    await startLoop(server, of, name);
    await server.client.call('StopHumanLoop', { HumanLoopName: name });
  }
  const stateOf = async (id: string) =>
    (await server.client.call('ListEventTargets', {})).EventTargets.find(({ EventTargetId }) => EventTargetId === id);
  async function pass(seconds: number): Promise<void> {
    clock.pass(seconds);
    woken += 1;
    await wakeJobs(server, { flowArn: flow.arn, name: `wake-${woken}` });
  }

  test('are each told of a loop in their own form, signed with the credentials of the server', async () => {
    await target('/bus', { EventBus: bus });
    await target('/topic', { TopicArn: topic });
    await target('/queue', { QueueUrl: queueUrl('reviews'), Region: 'eu-central-1' });
    await stopped('told');
    for (const path of ['/bus', '/topic', '/queue']) await eventually(() => callsOf(path).length).toBe(1);
    const [onQueue] = callsOf('/queue');
    expect(onQueue).toMatchObject({ service: 'sqs', region: 'eu-central-1' });
    const text = onQueue!.input.MessageBody as string;
    const event = JSON.parse(text) as HumanLoopEvent;
    expect(event).toMatchObject({
      source: 'aws.sagemaker',
      detail: { humanLoopName: 'told', humanLoopStatus: 'Stopped' },
    });
    const attributes = {
      eventId: event.id,
      'detail-type': 'SageMaker A2I HumanLoop Status Change',
      humanLoopName: 'told',
      humanLoopStatus: 'Stopped',
      flowDefinitionArn: flow.arn,
    };
    expect(onQueue!.input).toEqual({ QueueUrl: queueUrl('reviews'), MessageBody: text, attributes });
    expect(callsOf('/topic')[0]).toEqual({
      service: 'sns',
      region: 'eu-central-1',
      path: '/topic',
      input: { TopicArn: topic, Subject: 'Human loop told: Stopped', Message: text, attributes },
    });
    const [onBus] = callsOf('/bus');
    expect(onBus).toMatchObject({ service: 'events', region: 'eu-central-1' });
    expect(onBus!.input).toEqual({
      EventBusName: bus,
      Source: 'holdpoint',
      DetailType: 'SageMaker A2I HumanLoop Status Change',
      Detail: JSON.stringify(event.detail),
      Resources: [event.detail.humanLoopArn],
      Time: Date.parse(event.time) / 1000,
    });
  });

  test('are told of objects; a source of its own stands on the bus', async () => {
    const objects = { Kind: 'object-created', Prefix: 'in/' } as const;
    await target('/objects-bus', { EventBus: 'default', Source: 'aws.s3', ...objects });
    await target('/objects-queue', { QueueUrl: queueUrl('objects.fifo'), ...objects });
    const Key = 'in/é +1.json';
    await server.s3.send(new PutObjectCommand({ Bucket: 'holdpoint', Key, Body: '{}' }));
    for (const path of ['/objects-bus', '/objects-queue']) await eventually(() => callsOf(path).length).toBe(1);
    const [onBus] = callsOf('/objects-bus');
    expect(onBus!.input).toMatchObject({
      Source: 'aws.s3',
      DetailType: 'Object Created',
      EventBusName: 'default',
      Resources: ['arn:aws:s3:::holdpoint'],
    });
    expect(JSON.parse(onBus!.input.Detail as string)).toMatchObject({
      bucket: { name: 'holdpoint' },
      object: { key: Key, size: 2 },
      reason: 'PutObject',
    });
    const [onQueue] = callsOf('/objects-queue');
    const event = JSON.parse(onQueue!.input.MessageBody as string) as ObjectCreatedEvent;
    expect(event.Records[0].s3.object.key).toBe('in/%C3%A9+%2B1.json');
    expect(onQueue!.input.MessageGroupId).toBe('holdpoint/in/%C3%A9+%2B1.json');
  });

  test('with .fifo get the group of the loop and an id that repetitions keep; loops of one name stay in order', async () => {
    const queue = await target('/fifo', { QueueUrl: queueUrl('reviews.fifo') });
    await target('/fifo-topic', { TopicArn: `${topic}.fifo` });
    services.play('/fifo', refusalOf(json, 503, 'ServiceUnavailable', 'Not now.'));
    await stopped('twice');
    await eventually(async () => (await stateOf(queue))?.LastError).toMatch(/ServiceUnavailable/);
    await server.client.call('DeleteHumanLoop', { HumanLoopName: 'twice' });
    await stopped('twice');
    await eventually(() => callsOf('/fifo-topic').length).toBe(2);
    services.play('/fifo', undefined);
    await pass(6);
    await pass(6);
    await eventually(
      async () => callsOf('/fifo').filter(({ input }) => String(input.MessageBody).includes('"twice"')).length,
    ).toBe(3);
    const sent = callsOf('/fifo').filter(({ input }) => String(input.MessageBody).includes('"twice"'));
    const ids = sent.map(({ input }) => input.MessageDeduplicationId);
    expect(ids).toEqual(sent.map(({ input }) => (JSON.parse(String(input.MessageBody)) as HumanLoopEvent).id));
    // The first one comes again before the second one comes.
    expect([ids[0] === ids[1], ids[1] === ids[2]]).toEqual([true, false]);
    const { humanLoopArn } = (JSON.parse(String(sent[0]!.input.MessageBody)) as HumanLoopEvent).detail;
    for (const { input } of [...sent, ...callsOf('/fifo-topic')]) expect(input.MessageGroupId).toBe(humanLoopArn);
  });

  type Input = OperationInput<'CreateEventTarget'>;
  const onBus: Input = { EventBus: bus };
  const onTopic: Input = { TopicArn: topic };
  const onQueue = (): Input => ({ QueueUrl: queueUrl('reviews') });
  const entryFailed = (code: string): ServiceReply => ({
    type: json,
    body: JSON.stringify({ FailedEntryCount: 1, Entries: [{ ErrorCode: code, ErrorMessage: 'Because.' }] }),
  });
  const page: ServiceReply = { type: 'text/html', body: '<!doctype html><title>Welcome</title>' };

  interface Refusal {
    readonly what: string;
    readonly input: Input;
    readonly reply: ServiceReply;
    readonly error: string;
    readonly status?: number;
    readonly hopeless?: true;
  }
  const refusals = (): readonly Refusal[] => [
    {
      what: 'a message that cannot be taken',
      input: onQueue(),
      reply: refusalOf(json, 400, 'com.amazonaws.sqs#InvalidMessageContents', 'Bad.'),
      error: 'SQS answered InvalidMessageContents: Bad.',
      status: 400,
      hopeless: true,
    },
    {
      what: 'a parameter that cannot be taken',
      input: onTopic,
      reply: refusalOf(form, 400, 'InvalidParameter', 'Bad.'),
      error: 'SNS answered InvalidParameterException: Bad.',
      status: 400,
      hopeless: true,
    },
    {
      what: 'a source that cannot be taken',
      input: onBus,
      reply: entryFailed('NotAuthorizedForSource'),
      error: 'EventBridge answered NotAuthorizedForSource: Because.',
      status: 200,
      hopeless: true,
    },
    {
      what: 'a request that is too large',
      input: onBus,
      reply: { ...page, status: 413 },
      error: 'That was no answer of EventBridge: its status was 413.',
      status: 413,
      hopeless: true,
    },
    {
      what: 'an entry that failed inside',
      input: onBus,
      reply: entryFailed('InternalFailure'),
      error: 'EventBridge answered InternalFailure: Because.',
      status: 200,
    },
    {
      what: 'an entry that is throttled',
      input: onBus,
      reply: entryFailed('ThrottlingException'),
      error: 'EventBridge answered ThrottlingException: Because.',
      status: 200,
    },
    {
      what: 'a topic that is missing',
      input: onTopic,
      reply: refusalOf(form, 404, 'NotFound', 'No topic.'),
      error: 'SNS answered NotFoundException: No topic.',
      status: 404,
    },
    {
      what: 'a queue that is missing',
      input: onQueue(),
      reply: refusalOf(json, 400, 'com.amazonaws.sqs#QueueDoesNotExist', 'No queue.'),
      error: 'SQS answered QueueDoesNotExist: No queue.',
      status: 400,
    },
    {
      what: 'missing rights',
      input: onQueue(),
      reply: refusalOf(json, 403, 'AccessDeniedException', 'No.'),
      error: 'SQS answered AccessDeniedException: No.',
      status: 403,
    },
    {
      what: 'throttling of topics',
      input: onTopic,
      reply: refusalOf(form, 429, 'Throttled', 'Slowly.'),
      error: 'SNS answered ThrottledException: Slowly.',
      status: 429,
    },
    {
      what: 'throttling of queues',
      input: onQueue(),
      reply: refusalOf(json, 400, 'RequestThrottled', 'Slowly.'),
      error: 'SQS answered RequestThrottled: Slowly.',
      status: 400,
    },
    {
      what: 'an error inside',
      input: onTopic,
      reply: refusalOf(form, 500, 'InternalError', 'Oh.'),
      error: 'SNS answered InternalErrorException: Oh.',
      status: 500,
    },
    {
      what: 'a proxy without its service',
      input: onQueue(),
      reply: { ...page, status: 502 },
      error: 'That was no answer of SQS: its status was 502.',
      status: 502,
    },
    {
      what: 'a page instead of JSON from a bus',
      input: onBus,
      reply: page,
      error: 'That was no answer of EventBridge: its status was 200.',
      status: 200,
    },
    {
      what: 'a page instead of JSON from a queue',
      input: onQueue(),
      reply: page,
      error: 'That was no answer of SQS: its status was 200.',
      status: 200,
    },
    {
      what: 'a page instead of XML',
      input: onTopic,
      reply: page,
      error: 'That was no answer of SNS: its status was 200.',
      status: 200,
    },
    {
      what: 'an answer of a queue that says nothing',
      input: onQueue(),
      reply: { type: json, body: '{}' },
      error: 'That was no answer of SQS: it does not name the checksum of the message.',
    },
    {
      what: 'an answer of a bus that says nothing',
      input: onBus,
      reply: { type: json, body: '{}' },
      error: 'That was no answer of EventBridge: its status was 200.',
      status: 200,
    },
    {
      what: 'a connection that breaks',
      input: onBus,
      reply: { broken: true },
      error: 'The connection was closed without an answer. (ECONNRESET)',
    },
  ];

  test('that take nothing are told again, or given up where that is hopeless', async () => {
    const made = await Promise.all(
      refusals().map(async (refusal, index) => {
        const path = `/refusal-${index}`;
        services.play(path, refusal.reply);
        return { ...refusal, path, EventTargetId: await target(path, refusal.input) };
      }),
    );
    for (const { what, EventTargetId, error, status } of made) {
      const answer = await server.client.call('TestEventTarget', { EventTargetId });
      expect([what, answer.Error, answer.StatusCode]).toEqual([what, error, status]);
    }
    await stopped('untaken');
    for (const { what, EventTargetId, error, hopeless } of made) {
      const standing = async () => {
        const { PendingDeliveries, FailedDeliveries, LastError } = (await stateOf(EventTargetId))!;
        return [what, PendingDeliveries, FailedDeliveries, LastError];
      };
      await eventually(standing).toEqual([what, hopeless ? 0 : 1, hopeless ? 1 : 0, error]);
    }
    // What waits is taken as soon as its service is well.
    for (const { path } of made) services.play(path, undefined);
    await pass(6);
    for (const { what, EventTargetId } of made)
      await eventually(async () => [what, (await stateOf(EventTargetId))?.PendingDeliveries]).toEqual([what, 0]);
    // What was given up is a dead letter until it is replayed; the event stays the same.
    for (const { EventTargetId, path, error, hopeless } of made) {
      if (!hopeless) continue;
      const { DeadLetters } = await server.client.call('ListDeadLetters', { EventTargetId });
      expect(DeadLetters).toMatchObject([{ Attempts: 1, LastError: error }]);
      const refused = callsOf(path).at(-1)!.input;
      await expect(server.client.call('DeleteEventTarget', { EventTargetId })).rejects.toMatchObject({
        name: 'ResourceInUse',
      });
      expect(await server.client.call('ReplayEventTarget', { EventTargetId })).toEqual({ Replayed: 1 });
      await eventually(() => callsOf(path).length).toBe(3);
      expect(callsOf(path).at(-1)!.input).toEqual(refused);
      await eventually(async () => (await stateOf(EventTargetId))?.FailedDeliveries).toBe(0);
    }
  }, 60_000);

  test('are told with the credentials that are there by then, without a restart', async () => {
    const EventTargetId = await target('/credentials', { ...onQueue(), Region: 'us-west-1' });
    const tried = () => server.client.call('TestEventTarget', { EventTargetId });
    cleanUp.push(() => keep(pair));
    await writeFile(credentialsFile, '');
    expect(await tried()).toMatchObject({
      Error: expect.stringMatching(/^The server has no AWS credentials of its own\./),
    });
    await keep({ ...pair, secretAccessKey: 'another' });
    expect(await tried()).toMatchObject({ StatusCode: 403, Error: 'SQS answered InvalidSignatureException: Not you.' });
    await keep({ ...pair, accessKeyId: 'AKIAOTHER' });
    expect(await tried()).toMatchObject({
      StatusCode: 403,
      Error: 'SQS answered UnrecognizedClientException: Not you.',
    });
    await keep(pair);
    expect(await tried()).toEqual({ Service: 'sqs', StatusCode: 200 });
  });

  test('on private addresses are refused unless they are allowed, whatever name leads to them', async () => {
    const careful = await startTestServer();
    cleanUp.push(() => careful.close());
    const seen = services.calls.length;
    const named = services.url.replace('127.0.0.1', 'localhost');
    for (const input of [
      { TopicArn: topic, Endpoint: services.url },
      { EventBus: bus, Endpoint: named },
      { QueueUrl: queueUrl('reviews') },
      { QueueUrl: `${named}/1/reviews` },
      { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/1/reviews', Endpoint: named },
    ]) {
      const outcome = await careful.client
        .call('CreateEventTarget', input)
        .then(({ EventTargetId }) => careful.client.call('TestEventTarget', { EventTargetId }))
        .then(
          ({ Error: error }) => error,
          (error: Error) => error.message,
        );
      expect(outcome).toMatch(/private or reserved; the server sends there only with --allow-private-targets\.$/);
    }
    expect(services.calls).toHaveLength(seen);
  });
});
