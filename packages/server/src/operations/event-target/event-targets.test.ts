import type { OperationInput } from '@holdpoint/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OperationContext } from '../../context.ts';
import { deliver } from '../../domain/announce.ts';
import { insert, update } from '../../domain/change.ts';
import { openPortalScenario, type PortalScenario } from '../../testing/portal-scenario.ts';
import { flowDefinitionRow } from '../../testing/rows.ts';
import { createEventTarget } from './create-event-target.ts';
import { deleteEventTarget } from './delete-event-target.ts';
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

const listed = async () => (await listEventTargets(context, {})).EventTargets;

describe('event targets', () => {
  it('are made with a secret that is shown once', async () => {
    const { EventTargetId, Secret } = await createEventTarget(context, {
      Url,
      FlowDefinitionArn: flow,
      Statuses: ['Failed', 'Failed', 'Stopped'],
    });
    expect(Secret).toMatch(/^whsec_/);
    expect(Buffer.from(Secret.slice(6), 'base64')).toHaveLength(32);
    expect(await listed()).toEqual([
      {
        EventTargetId,
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
    for (const operation of [testEventTarget, deleteEventTarget, replayEventTarget])
      await expect(operation(context, { EventTargetId: 'none' })).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });

  it('are gone when deleted', async () => {
    const { EventTargetId } = await createEventTarget(context, { Url });
    expect(await deleteEventTarget(context, { EventTargetId })).toEqual({});
    expect(await listed()).toEqual([]);
  });
});
