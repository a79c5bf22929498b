// docs/events.md, followed by somebody who receives events: its JSON, its commands and its programs as they stand there.
import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PutBucketNotificationConfigurationCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { HumanLoopEvent, ObjectCreatedEvent } from '@holdpoint/protocol';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { createFlow, type Flow, startLoop } from '../testing/human-loops.ts';
import { type LineProcess, startLineProcess } from '../testing/line-process.ts';
import { startTestServer, type TestServer, temporaryFolder } from '../testing/test-server.ts';
import { describeWith, pythonPath } from '../testing/tools.ts';
import { receiveWebhooks } from '../testing/webhook-receiver.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = await readFile(join(root, 'docs/events.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, name, code]) => (name === language ? [code!] : []));

/** What differs from one delivery to the next, as zeros: ids, moments, dates in keys. */
const steady = (event: unknown): unknown =>
  JSON.parse(
    JSON.stringify(event)
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/g, 'MOMENT')
      .replace(/(?<=MOMENT)\.\d{3}Z/g, '.mmmZ')
      .replace(/\d{4}(\/\d\d){5}/g, 'DATE')
      .replace(/(?<="sequencer":")[0-9A-F]{16}/g, 'SEQUENCER'),
  );
const inOrder = (event: unknown): string => JSON.stringify(steady(event));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('docs/events.md', () => {
  let server: TestServer;
  let flow: Flow;
  const cleanUp: (() => unknown)[] = [];

  beforeAll(async () => {
    server = await startTestServer({ config: { allowPrivateTargets: true } });
    flow = await createFlow(server, 'invoices');
  });
  afterEach(async () => {
    for (const step of cleanUp.splice(0).reverse()) await step();
  });
  afterAll(() => server?.close());

  async function receive<Event>(settings: object) {
    const receiver = await receiveWebhooks<Event>();
    const { EventTargetId } = await server.client.call('CreateEventTarget', { Url: receiver.url, ...settings });
    cleanUp.push(
      () => receiver.close(),
      () => server.client.call('DeleteEventTarget', { EventTargetId }),
    );
    return receiver;
  }

  test('shows the event of a loop as it is delivered, member by member', async () => {
    const receiver = await receive<HumanLoopEvent>({ FlowDefinitionArn: flow.arn });
    await startLoop(server, flow, 'invoice-17');
    await server.client.call('StopHumanLoop', { HumanLoopName: 'invoice-17' });
    const { event, headers } = await receiver.find(({ detail }) => detail.humanLoopName === 'invoice-17');
    const shown = JSON.parse(blocks('json')[0]!) as HumanLoopEvent;
    // Nobody answers here, so this loop ends as Stopped.
    expect(inOrder(shown)).toBe(inOrder(event).replace('"Stopped"', '"Completed"'));
    const [, table = ''] = /\| Header \| Value \|\n(.*?)\n\n/s.exec(page) ?? [];
    const documented = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name!);
    expect(documented).toHaveLength(5);
    expect(Object.keys(headers)).toEqual(expect.arrayContaining(documented));
  });

  test('shows the event of an object as it is delivered, member by member', async () => {
    const receiver = await receive<ObjectCreatedEvent>({ Kind: 'object-created', Prefix: 'inbox/' });
    const Key = 'inbox/invoice 17.pdf';
    await server.s3.send(new PutObjectCommand({ Bucket: 'holdpoint', Key, Body: 'hello' }));
    const { event } = await receiver.find(() => true);
    expect(inOrder(JSON.parse(blocks('json')[1]!))).toBe(inOrder(event));
  });

  test('is right that buckets take no notification configuration', async () => {
    const command = new PutBucketNotificationConfigurationCommand({
      Bucket: 'holdpoint',
      NotificationConfiguration: {},
    });
    await expect(server.s3.send(command)).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  test('has commands and TypeScript that run as they stand there', async () => {
    const receiver = await receiveWebhooks<HumanLoopEvent>();
    const { EventTargetId } = await server.client.call('CreateEventTarget', { Url: receiver.url });
    cleanUp.push(() => receiver.close());
    const commandLine = [...process.execArgv, join(root, 'packages/server/src/cli/main.ts')];
    const lines = blocks('sh').join('').split('\n').filter(Boolean);
    expect(lines).toHaveLength(12);
    for (const line of lines) {
      const words = line
        .replace(/ +#.*$/, '')
        .replace(/\bID\b/, EventTargetId)
        .split(' ')
        .slice(1);
      await promisify(execFile)(process.execPath, [...commandLine, ...words, '--data', server.data]);
    }
    const [code = ''] = blocks('ts');
    const program = `${code}\nconsole.log(EventTargetId, Secret.slice(0, 6));`;
    const args = [...process.execArgv, '--input-type=module-typescript', '--eval', program];
    const node = startLineProcess(process.execPath, args, server.environment, root);
    expect(await node.next()).toMatch(/^\S+ whsec_$/);
    await node.end();
    const { EventTargets } = await server.client.call('ListEventTargets', {});
    const webhooks = EventTargets.filter(({ Service }) => Service === 'webhook');
    const shown = webhooks.map(({ Url, Kind, Statuses, Bucket, Suffix }) => [Url, Kind, Statuses, Bucket, Suffix]);
    expect(shown).toEqual([
      ['https://example.com/hook', 'human-loop', ['Completed', 'Failed'], undefined, undefined],
      ['https://example.com/objects', 'object-created', undefined, 'holdpoint', '/output.json'],
      ['https://example.com/hook', 'human-loop', ['Completed', 'Failed'], undefined, undefined],
    ]);
    const others = EventTargets.filter(({ Service }) => Service !== 'webhook');
    expect(
      others.map(({ EventBus, TopicArn, QueueUrl, Region }) => [EventBus ?? TopicArn ?? QueueUrl, Region]),
    ).toEqual([
      ['arn:aws:events:eu-central-1:111122223333:event-bus/reviews', 'eu-central-1'],
      ['arn:aws:sns:eu-central-1:111122223333:reviews', 'eu-central-1'],
      ['https://sqs.eu-central-1.amazonaws.com/111122223333/reviews.fifo', 'eu-central-1'],
      ['http://127.0.0.1:9324/000000000000/reviews', 'eu-central-1'],
    ]);
    expect(receiver.deliveries.map(({ event }) => event.detail.humanLoopName)).toEqual(['holdpoint-test']);
    for (const { EventTargetId } of EventTargets) await server.client.call('DeleteEventTarget', { EventTargetId });
  }, 120_000);

  const receivers: readonly (readonly [language: string, start: (environment: NodeJS.ProcessEnv) => LineProcess])[] = [
    ['python', (environment) => startLineProcess(pythonPath, ['-c', blocks('python')[0]!], environment)],
    [
      'js',
      (environment) =>
        startLineProcess(process.execPath, ['--input-type=module', '--eval', blocks('js')[0]!], environment),
    ],
  ];
  describeWith('Python with boto3')('its receivers', () => {
    test.each(receivers)(
      'in %s take genuine events, once each, and nothing else',
      async (_language, start) => {
        const folder = await temporaryFolder();
        cleanUp.push(() => rm(folder, { recursive: true }));
        const port = await freePort();
        const url = `http://127.0.0.1:${port}/`;
        const { EventTargetId, Secret } = await server.client.call('CreateEventTarget', { Url: url });
        cleanUp.push(() => server.client.call('DeleteEventTarget', { EventTargetId }));
        const { PATH } = process.env;
        const program = start({
          PATH,
          WEBHOOK_SECRET: Secret,
          PORT: String(port),
          DATABASE: join(folder, 'events.db'),
        });
        cleanUp.push(() => program.kill('SIGKILL'));
        expect(await program.next()).toBe(`Listening on ${url}`);

        // What the server itself sends.
        expect(await server.client.call('TestEventTarget', { EventTargetId })).toEqual({
          Service: 'webhook',
          StatusCode: 204,
        });
        expect(await program.next()).toBe('holdpoint-test Completed');
        await startLoop(server, flow, `stopped-${EventTargetId.slice(-8).toLowerCase()}`);
        await server.client.call('StopHumanLoop', {
          HumanLoopName: `stopped-${EventTargetId.slice(-8).toLowerCase()}`,
        });
        expect(await program.next()).toMatch(/^stopped-\w+ Stopped$/);

        // What others send, and what was sent before.
        const event = blocks('json')[0]!;
        const post = async (body: string, { id = 'one', date = new Date(), key = Secret!, signed = body } = {}) => {
          const headers = {
            'webhook-id': id,
            'webhook-timestamp': String(Math.floor(date.getTime() / 1000)),
            'webhook-signature': `v1,AAAA ${new Webhook(key).sign(id, date, signed)}`,
          };
          return (await fetch(url, { method: 'POST', headers, body })).status;
        };
        const other = `whsec_${Buffer.from('another').toString('base64')}`;
        expect(await post(event, { signed: `${event} ` })).toBe(400);
        expect(await post(event, { key: other })).toBe(400);
        expect(await post(event, { date: new Date(Date.now() - 400_000) })).toBe(400);
        expect(await post(event, { date: new Date(Date.now() + 400_000) })).toBe(400);
        expect((await fetch(url, { method: 'POST', body: event })).status).toBe(400);
        const signature = { 'webhook-id': 'one', 'webhook-timestamp': 'soon', 'webhook-signature': 'v1,é' };
        expect((await fetch(url, { method: 'POST', headers: signature, body: event })).status).toBe(400);
        expect(await post(event)).toBe(204);
        expect(await program.next()).toBe('invoice-17 Completed');
        expect(await post(event)).toBe(204);
        expect(await post(blocks('json')[1]!, { id: 'two' })).toBe(204);
        expect(await program.next()).toBe('inbox/invoice+17.pdf written');
        await eventually(async () => {
          const { EventTargets } = await server.client.call('ListEventTargets', {});
          return EventTargets.find((target) => target.EventTargetId === EventTargetId)?.PendingDeliveries;
        }).toBe(0);
      },
      60_000,
    );
  });
});
