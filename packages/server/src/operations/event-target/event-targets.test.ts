import type { OperationInput } from '@holdpoint/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OperationContext } from '../../context.ts';
import { deliver } from '../../domain/announce.ts';
import { insert, update } from '../../domain/change.ts';
import { dropJob } from '../../domain/jobs.ts';
import { openPortalScenario, type PortalScenario } from '../../testing/portal-scenario.ts';
import { flowDefinitionRow } from '../../testing/rows.ts';
import { createEventTarget } from './create-event-target.ts';
import { deleteDeadLetters } from './delete-dead-letters.ts';
import { deleteEventTarget } from './delete-event-target.ts';
import { listDeadLetters } from './list-dead-letters.ts';
import { listEventTargets } from './list-event-targets.ts';
import { replayEventTarget } from './replay-event-target.ts';
import { testEventTarget } from './test-event-target.ts';

const flow = 'arn:aws:sagemaker:us-east-1:000000000000:flow-definition/flow';
const Url = 'https://example.com/hook';
let scenario: PortalScenario;
let context: OperationContext;
let tried: { id: string; event: Record<string, unknown> }[];

beforeEach(async () => {
  scenario = await openPortalScenario();
  await scenario.store.save([insert('flowDefinitions', flowDefinitionRow())]);
  tried = [];
  context = {
    ...scenario.operationContext(),
    tryEventTarget: async (id, event) => {
      tried.push({ id, event: JSON.parse(event) });
      return { statusCode: 503, error: 'The answer was 503.' };
    },
  };
});
afterEach(() => scenario.close());

type Input = OperationInput<'CreateEventTarget'>;
const listed = async () => (await listEventTargets(context, {})).EventTargets;

describe('event targets', () => {
  it('are made with a secret that is shown once', async () => {
    const { EventTargetId, Secret } = await createEventTarget(context, {
      Url,
      FlowDefinitionArn: flow,
      Statuses: ['Failed', 'Failed', 'Stopped'],
    });
    expect(Secret).toMatch(/^whsec_/);
    expect(Buffer.from(Secret!.slice(6), 'base64')).toHaveLength(32);
    expect(await listed()).toEqual([
      {
        EventTargetId,
        Service: 'webhook',
        Url,
        Kind: 'human-loop',
        FlowDefinitionArn: flow,
        Statuses: ['Failed', 'Stopped'],
        CreationTime: new Date(context.now),
        PendingDeliveries: 0,
        FailedDeliveries: 0,
      },
    ]);
    await createEventTarget(context, { Url, Kind: 'object-created', Bucket: 'outputs', Prefix: 'a/', Suffix: '.json' });
    expect((await listed())[1]).toMatchObject({
      Kind: 'object-created',
      Bucket: 'outputs',
      Prefix: 'a/',
      Suffix: '.json',
    });
    expect(JSON.stringify(await listed())).not.toContain('whsec_');
  });

  it.each<[string, Partial<OperationInput<'CreateEventTarget'>>, string]>([
    ['a URL without a host', { Url: 'https://' }, 'ValidationException'],
    ['a URL of another scheme', { Url: 'ftp://example.com/' }, 'ValidationException'],
    ['a user name in the URL', { Url: 'https://ada@example.com/' }, 'ValidationException'],
    ['a password in the URL', { Url: 'https://:secret@example.com/' }, 'ValidationException'],
    ['a loopback address', { Url: 'http://127.0.0.1:9/hook' }, 'ValidationException'],
    ['a loopback address in another form', { Url: 'http://0x7f.1/hook' }, 'ValidationException'],
    ['a private address', { Url: 'https://10.1.2.3/hook' }, 'ValidationException'],
    ['a link-local address', { Url: 'http://169.254.169.254/latest' }, 'ValidationException'],
    ['a mapped address', { Url: 'http://[::ffff:127.0.0.1]/hook' }, 'ValidationException'],
    ['a bucket for loops', { Bucket: 'outputs' }, 'ValidationException'],
    ['statuses for objects', { Kind: 'object-created', Statuses: ['Failed'] }, 'ValidationException'],
    ['a flow that is not there', { FlowDefinitionArn: `${flow}-2` }, 'ResourceNotFound'],
    [
      'a flow of another account',
      { FlowDefinitionArn: flow.replace('000000000000', '111111111111') },
      'ResourceNotFound',
    ],
  ])('are not made with %s', async (_, input, name) => {
    const error = await createEventTarget(context, { Url, ...input }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name });
    expect((error as Error).message).not.toContain('secret');
    expect(await listed()).toEqual([]);
  });

  it('say why an address is refused, and take it where such addresses are allowed', async () => {
    const input = { Url: 'http://192.168.1.9/hook' };
    await expect(createEventTarget(context, input)).rejects.toThrow(
      /^Url: The address 192\.168\.1\.9 is private or reserved; the server sends there only with --allow-private-targets\.$/,
    );
    await createEventTarget({ ...context, targetUrlProblem: () => undefined }, input);
    await createEventTarget(context, { Url: 'http://localhost:9/hook' });
    await createEventTarget(context, { Url: 'http://8.8.8.8/hook' });
    expect(await listed()).toHaveLength(3);
  });

  const queue = 'https://sqs.eu-central-1.amazonaws.com/111122223333/reviews.fifo';
  const topic = 'arn:aws:sns:eu-west-1:111122223333:reviews';
  const bus = 'arn:aws:events:us-west-2:111122223333:event-bus/reviews';

  it.each<[string, Input, object]>([
    ['a queue', { QueueUrl: queue }, { Service: 'sqs', QueueUrl: queue, Region: 'eu-central-1' }],
    ['a topic', { TopicArn: topic }, { Service: 'sns', TopicArn: topic, Region: 'eu-west-1' }],
    ['a bus', { EventBus: bus }, { Service: 'eventbridge', EventBus: bus, Region: 'us-west-2' }],
    ["a bus by name, in the server's region", { EventBus: 'default' }, { EventBus: 'default', Region: 'us-east-1' }],
    ['a bus in a region', { EventBus: 'default', Region: 'ap-south-1' }, { Region: 'ap-south-1' }],
    [
      'a bus that is not of AWS, with any source',
      { EventBus: bus, Endpoint: 'https://events.example.com', Source: 'aws.sagemaker' },
      { Endpoint: 'https://events.example.com', Source: 'aws.sagemaker' },
    ],
    [
      'a queue that is not of AWS',
      { QueueUrl: 'https://queues.example.com/1/reviews', Endpoint: 'https://queues.example.com' },
      { Region: 'us-east-1', Endpoint: 'https://queues.example.com' },
    ],
  ])('are %s, and have no secret', async (_, input, shown) => {
    expect(Object.keys(await createEventTarget(context, input))).toEqual(['EventTargetId']);
    const [target] = await listed();
    expect(target).toMatchObject(shown);
    expect(target).not.toHaveProperty('Url');
  });

  it.each<[Input, string]>([
    [{}, 'Exactly one of Url, EventBus, TopicArn, QueueUrl must be given.'],
    [{ Url, TopicArn: topic }, 'Exactly one of Url, EventBus, TopicArn, QueueUrl must be given.'],
    [{ Url, Region: 'us-east-1', Source: 'a' }, 'Region, Source cannot be given with Url.'],
    [{ TopicArn: topic, Source: 'a' }, 'Source cannot be given with TopicArn.'],
    [
      { EventBus: bus, Source: 'aws.sagemaker' },
      'Source must not begin with "aws.": EventBridge takes such events from AWS alone.',
    ],
    [{ TopicArn: topic, Region: 'us-east-1' }, 'Region is us-east-1, and TopicArn is in eu-west-1.'],
    [{ QueueUrl: queue, Region: 'us-east-1' }, 'Region is us-east-1, and QueueUrl is in eu-central-1.'],
    [{ QueueUrl: 'https://queues.example.com' }, 'QueueUrl must name a queue in its path.'],
    [{ QueueUrl: 'ftp://example.com/q' }, 'QueueUrl must be an absolute http or https URL.'],
    [
      { QueueUrl: 'https://ada:secret@example.com/q' },
      'QueueUrl must not hold a user name or password; requests are signed instead.',
    ],
    [
      { QueueUrl: 'http://10.1.2.3/1/q' },
      'QueueUrl: The address 10.1.2.3 is private or reserved; the server sends there only with --allow-private-targets.',
    ],
    [
      { TopicArn: topic, Endpoint: 'http://127.0.0.1:4566' },
      'Endpoint: The address 127.0.0.1 is private or reserved; the server sends there only with --allow-private-targets.',
    ],
  ])('are not made of %j', async (input, message) => {
    await expect(createEventTarget(context, input)).rejects.toMatchObject({ name: 'ValidationException', message });
    expect(await listed()).toEqual([]);
  });

  it('show how their deliveries stand', async () => {
    const { EventTargetId } = await createEventTarget(context, { Url });
    const target = (await scenario.store.eventTarget(EventTargetId))!;
    const at = { now: context.now };
    await scenario.store.save(deliver(target, '{}', { ...at, newId: () => 'one' }));
    await scenario.store.save(deliver(target, '{}', { ...at, newId: () => 'two' }));
    const delivery = (await scenario.store.eventDelivery('two'))!;
    await scenario.store.save([update('eventDeliveries', delivery, { failedAt: 1, lastError: 'The answer was 503.' })]);
    expect(await listed()).toMatchObject([
      { PendingDeliveries: 1, FailedDeliveries: 1, LastError: 'The answer was 503.' },
    ]);
  });

  it('are tested with an event of their kind that passes their filters', async () => {
    const loops = await createEventTarget(context, { Url, FlowDefinitionArn: flow, Statuses: ['Stopped'] });
    const objects = await createEventTarget(context, {
      Url,
      Kind: 'object-created',
      Bucket: 'outputs',
      Suffix: '.json',
    });
    for (const { EventTargetId } of [loops, objects])
      expect(await testEventTarget(context, { EventTargetId })).toEqual({
        Service: 'webhook',
        StatusCode: 503,
        Error: 'The answer was 503.',
      });
    expect(tried).toMatchObject([
      {
        id: loops.EventTargetId,
        event: {
          'detail-type': 'SageMaker A2I HumanLoop Status Change',
          detail: { flowDefinitionArn: flow, humanLoopStatus: 'Stopped', humanLoopName: 'holdpoint-test' },
        },
      },
      {
        id: objects.EventTargetId,
        event: { Records: [{ s3: { bucket: { name: 'outputs' }, object: { key: 'holdpoint-test.json' } } }] },
      },
    ]);
  });

  it('that are unknown are not found', async () => {
    for (const operation of [testEventTarget, deleteEventTarget, replayEventTarget, listDeadLetters, deleteDeadLetters])
      await expect(operation(context, { EventTargetId: 'none' })).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });

  it('are gone when deleted', async () => {
    const { EventTargetId } = await createEventTarget(context, { Url });
    expect(await deleteEventTarget(context, { EventTargetId })).toEqual({});
    expect(await listed()).toEqual([]);
  });
});

describe('dead letters', () => {
  let EventTargetId: string;
  beforeEach(async () => {
    ({ EventTargetId } = await createEventTarget(context, { Url }));
  });

  async function giveUp(id: string, failedAt: number): Promise<void> {
    const target = (await scenario.store.eventTarget(EventTargetId))!;
    await scenario.store.save(deliver(target, `{"of":"${id}"}`, { now: context.now, newId: () => id }));
    const delivery = (await scenario.store.eventDelivery(id))!;
    const changes = { failedAt, attempts: 21, lastError: 'The answer was 503.' };
    await scenario.store.save([update('eventDeliveries', delivery, changes), dropJob('send-event', id)]);
  }
  const ids = async (input: object = {}) => {
    const { DeadLetters, NextToken } = await listDeadLetters(context, { EventTargetId, ...input });
    return { ids: DeadLetters.map(({ DeliveryId }) => DeliveryId), NextToken };
  };

  it('are listed page by page, those first that were given up first, also of one moment', async () => {
    expect(await ids()).toEqual({ ids: [], NextToken: undefined });
    for (const [id, at] of [
      ['d', 3],
      ['c', 2],
      ['b', 2],
      ['a', 1],
    ] as const)
      await giveUp(id, at);
    expect((await listDeadLetters(context, { EventTargetId, MaxResults: 1 })).DeadLetters).toEqual([
      {
        DeliveryId: 'a',
        CreationTime: new Date(context.now),
        FailureTime: new Date(1),
        Attempts: 21,
        LastError: 'The answer was 503.',
        Event: '{"of":"a"}',
      },
    ]);
    const first = await ids({ MaxResults: 2 });
    expect(first.ids).toEqual(['a', 'b']);
    expect(await ids({ MaxResults: 2, NextToken: first.NextToken })).toEqual({ ids: ['c', 'd'], NextToken: undefined });
    await expect(ids({ NextToken: 'x' })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('are replayed and deleted one by one', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await giveUp(id, 1);
    const some = { EventTargetId, DeliveryIds: ['a', 'a', 'c'] };
    expect(await replayEventTarget(context, some)).toEqual({ Replayed: 2 });
    expect(await scenario.store.eventDelivery('a')).toMatchObject({ failedAt: null, event: '{"of":"a"}' });
    expect((await ids()).ids).toEqual(['b', 'd']);
    expect(await deleteDeadLetters(context, { EventTargetId, DeliveryIds: ['b'] })).toEqual({ Deleted: 1 });
    // One that waits is no dead letter, nor is one of another target; then nothing is done.
    const other = await createEventTarget(context, { Url });
    for (const operation of [replayEventTarget, deleteDeadLetters]) {
      for (const DeliveryIds of [
        ['d', 'a'],
        ['d', 'none'],
      ])
        await expect(operation(context, { EventTargetId, DeliveryIds })).rejects.toMatchObject({
          name: 'ResourceNotFound',
          message: `The event target ${EventTargetId} has no dead letter ${DeliveryIds[1]}.`,
        });
      await expect(operation(context, { ...other, DeliveryIds: ['d'] })).rejects.toMatchObject({
        name: 'ResourceNotFound',
      });
    }
    expect((await ids()).ids).toEqual(['d']);
    expect(await deleteDeadLetters(context, { EventTargetId })).toEqual({ Deleted: 1 });
    expect((await ids()).ids).toEqual([]);
    expect(await scenario.store.countDeliveries(EventTargetId)).toMatchObject({ waiting: 2, failed: 0 });
  });

  it('keep their target from being deleted without force', async () => {
    await giveUp('a', 1);
    await expect(deleteEventTarget(context, { EventTargetId })).rejects.toMatchObject({
      name: 'ResourceInUse',
      message: `The event target ${EventTargetId} has 1 dead letter: replay or delete them first, or give Force to delete them with it.`,
    });
    expect((await ids()).ids).toEqual(['a']);
    await deleteEventTarget(context, { EventTargetId, Force: true });
    expect(await scenario.store.eventDelivery('a')).toBeUndefined();
  });

  it('are not said to be sent again when their target is deleted meanwhile', async () => {
    await giveUp('a', 1);
    const { store } = scenario;
    let deleted = false;
    const meanwhile: OperationContext = {
      ...context,
      store: {
        ...store,
        async eventDelivery(id) {
          const delivery = await store.eventDelivery(id);
          if (!deleted) {
            deleted = true;
            await deleteEventTarget(context, { EventTargetId, Force: true });
          }
          return delivery;
        },
      },
    };
    await expect(replayEventTarget(meanwhile, { EventTargetId, DeliveryIds: ['a'] })).rejects.toMatchObject({
      name: 'ResourceNotFound',
      message: `There is no event target with the id ${EventTargetId}.`,
    });
  });
});
