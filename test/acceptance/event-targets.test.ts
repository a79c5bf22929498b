// Event targets of a whole server: who is told what, again and again until it is taken.

import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { HumanLoopEvent, ObjectCreatedEvent } from '@holdpoint/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { createFlow, type Flow, startLoop, untilStatus } from '../testing/human-loops.ts';
import { patientSettings, type TestClock, testClock, wakeJobs } from '../testing/test-clock.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { receiveWebhooks, verifySignature } from '../testing/webhook-receiver.ts';

describe('event targets', () => {
  let clock: TestClock;
  let server: TestServer;
  let flow: Flow;
  let broken: Flow;
  const cleanUp: (() => unknown)[] = [];
  let count = 0;

  beforeAll(async () => {
    clock = testClock();
    server = await startTestServer({ clock, config: { ...patientSettings, allowPrivateTargets: true } });
    flow = await createFlow(server, 'fine', { template: '<crowd-form></crowd-form>' });
    broken = await createFlow(server, 'broken', { template: '{{ task.input.missing }}' });
  });
  afterEach(async () => {
    for (const step of cleanUp.splice(0)) await step();
  });
  afterAll(() => server?.close());

  /** A receiver with a target of its own. */
  async function target<Event>(settings: object = {}) {
    const receiver = await receiveWebhooks<Event>();
    const created = await server.client.call('CreateEventTarget', { Url: receiver.url, ...settings });
    const { EventTargetId } = created;
    cleanUp.push(
      () => receiver.close(),
      () => server.client.call('DeleteEventTarget', { EventTargetId }),
    );
    return { receiver, ...created };
  }
  const stopped = async (name: string): Promise<void> => {
    await startLoop(server, flow, name);
    await server.client.call('StopHumanLoop', { HumanLoopName: name });
  };
  const stateOf = async (id: string) =>
    (await server.client.call('ListEventTargets', {})).EventTargets.find(({ EventTargetId }) => EventTargetId === id);
  async function pass(seconds: number): Promise<void> {
    clock.pass(seconds);
    count += 1;
    await wakeJobs(server, { flowArn: broken.arn, name: `wake-${count}` });
  }
  const names = (events: readonly { event: HumanLoopEvent }[]) => events.map(({ event }) => event.detail.humanLoopName);

  test('a test event arrives signed, and says what the receiver answered', async () => {
    const { receiver, Secret, EventTargetId } = await target<HumanLoopEvent>();
    expect(Secret).toMatch(/^whsec_/);
    expect(await server.client.call('TestEventTarget', { EventTargetId })).toEqual({
      Service: 'webhook',
      StatusCode: 204,
    });
    // The library compares the time with the machine's, so this comes before time passes here.
    verifySignature(Secret!, receiver.deliveries[0]!);
  });

  test('a target is told of its flow and its statuses only', async () => {
    const all = await target<HumanLoopEvent>();
    const failed = await target<HumanLoopEvent>({ Statuses: ['Failed'] });
    const ofBroken = await target<HumanLoopEvent>({ FlowDefinitionArn: broken.arn, Kind: 'human-loop' });
    await stopped('filter-stopped');
    await startLoop(server, broken, 'filter-failed');
    for (const { receiver } of [all, failed, ofBroken])
      await receiver.find(({ detail }) => detail.humanLoopName === 'filter-failed');
    await all.receiver.find(({ detail }) => detail.humanLoopName === 'filter-stopped');
    expect(names(failed.receiver.deliveries)).toEqual(['filter-failed']);
    expect(names(ofBroken.receiver.deliveries)).toEqual(['filter-failed']);
  });

  test('an event that is refused comes again, with the same id, until it is taken', async () => {
    const { url, received } = await failingReceiver(2);
    const { EventTargetId } = await server.client.call('CreateEventTarget', { Url: url });
    cleanUp.push(() => server.client.call('DeleteEventTarget', { EventTargetId }));
    await stopped('retried');
    await eventually(() => received.length).toBe(1);
    await eventually(async () => (await stateOf(EventTargetId))?.LastError).toMatch(/503/);
    await pass(10);
    // Or once more: it is sent at once when the target has taken the event of another loop meanwhile.
    await eventually(() => received.filter((name) => name.endsWith('retried')).length).toBeGreaterThanOrEqual(2);
    await pass(60);
    await eventually(() => received.filter((name) => name.endsWith('retried')).length).toBe(3);
    await eventually(async () => (await stateOf(EventTargetId))?.PendingDeliveries).toBe(0);
    const ids = received.filter((name) => name.endsWith('retried')).map((name) => name.split(' ')[0]);
    expect(new Set(ids).size).toBe(1);
  });

  test('after three days it is given up, shown, and can be sent again', async () => {
    const { url, received, recover } = await failingReceiver(1000);
    const { EventTargetId } = await server.client.call('CreateEventTarget', { Url: url, Statuses: ['Stopped'] });
    cleanUp.push(() => server.client.call('DeleteEventTarget', { EventTargetId }));
    await stopped('given-up');
    await eventually(() => received.length).toBe(1);
    await eventually(async () => (await stateOf(EventTargetId))?.LastError).toMatch(/503/);
    await pass(3 * 86_400 + 60);
    await eventually(async () => (await stateOf(EventTargetId))?.FailedDeliveries).toBe(1);
    recover();
    expect(await server.client.call('ReplayEventTarget', { EventTargetId })).toEqual({ Replayed: 1 });
    await eventually(async () => (await stateOf(EventTargetId))?.FailedDeliveries).toBe(0);
    await eventually(() => received.length).toBe(3);
  });

  test('objects that programs put are announced once each, where bucket, prefix and suffix fit', async () => {
    const { receiver } = await target<ObjectCreatedEvent>({
      Kind: 'object-created',
      Bucket: 'holdpoint',
      Prefix: 'in/',
      Suffix: '.json',
    });
    for (const Key of ['in/a.txt', 'out/a.json', 'in/é +.json', 'in/last.json'])
      await server.s3.send(new PutObjectCommand({ Bucket: 'holdpoint', Key, Body: '{}' }));
    await receiver.find(({ Records }) => Records[0].s3.object.key === 'in/last.json');
    await receiver.find(({ Records }) => Records[0].s3.object.key !== 'in/last.json');
    expect(receiver.deliveries.map(({ event }) => event.Records[0].s3.object.key).toSorted()).toEqual([
      'in/%C3%A9+%2B.json',
      'in/last.json',
    ]);
  });

  test('a target that was deleted is told nothing more', async () => {
    const { receiver, EventTargetId } = await target<HumanLoopEvent>();
    await server.client.call('DeleteEventTarget', { EventTargetId });
    cleanUp.pop();
    await stopped('unheard');
    const other = await target<HumanLoopEvent>();
    await stopped('heard');
    await other.receiver.find(({ detail }) => detail.humanLoopName === 'heard');
    expect(receiver.deliveries).toEqual([]);
  });

  test('private addresses are refused unless they are allowed, whatever name leads to them', async () => {
    const careful = await startTestServer();
    cleanUp.push(() => careful.close());
    const receiver = await receiveWebhooks();
    cleanUp.push(() => receiver.close());
    for (const Url of [
      receiver.url,
      receiver.url.replace('127.0.0.1', 'localhost'),
      receiver.url.replace('127.0.0.1', '[::ffff:127.0.0.1]'),
      'http://169.254.169.254/latest',
    ]) {
      const outcome = await careful.client
        .call('CreateEventTarget', { Url })
        .then(({ EventTargetId }) => careful.client.call('TestEventTarget', { EventTargetId }))
        .then(
          ({ Error: error }) => error,
          (error: Error) => error.message,
        );
      expect(outcome).toMatch(/private|loopback|not public|--allow-private-targets/i);
    }
    expect(receiver.deliveries).toEqual([]);
  });

  /** Answers 503 so many times, then takes everything; keeps id and loop name of each attempt. */
  async function failingReceiver(failures: number) {
    const received: string[] = [];
    let left = failures;
    const http: HttpServer = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const { detail } = JSON.parse(body) as HumanLoopEvent;
      received.push(`${request.headers['webhook-id']} ${detail.humanLoopName}`);
      response.writeHead(left-- > 0 ? 503 : 200).end();
    });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    cleanUp.push(() => {
      http.closeAllConnections();
      http.close();
    });
    return {
      received,
      url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/`,
      recover: () => {
        left = 0;
      },
    };
  }

  test('loops of a flow that waits for nobody stay InProgress and silent', async () => {
    const { receiver } = await target<HumanLoopEvent>();
    await startLoop(server, flow, 'silent');
    await stopped('loud');
    await untilStatus(server, 'loud', 'Stopped');
    await receiver.find(({ detail }) => detail.humanLoopName === 'loud');
    expect(names(receiver.deliveries)).toEqual(['loud']);
  });
});
