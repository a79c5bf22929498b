// Event buses, topics and queues as moto has them: another reading of what the services take. Skipped without moto.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HumanLoopEvent } from '@holdpoint/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { createFlow, startLoop } from '../testing/human-loops.ts';
import { type LineProcess, startLineProcess } from '../testing/line-process.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith, pythonPath } from '../testing/tools.ts';

interface Message {
  readonly Body: string;
  readonly Attributes: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue: string }>>;
}

const program = fileURLToPath(new URL('../testing/moto_services.py', import.meta.url));
/** The pattern of a rule that docs/events.md shows. Nobody answers here, so the loop ends as Stopped. */
const page = await readFile(new URL('../../docs/events.md', import.meta.url), 'utf8');
const [, rule = ''] = /^```json\n(\{\n {2}"source".*?)^```$/ms.exec(page) ?? [];
const pattern = rule.replace('"Completed"', '"Stopped"');

describeWith('moto')('event services of moto', () => {
  let server: TestServer;
  let moto: LineProcess;
  let places: Record<'endpoint' | 'plain' | 'fifo' | 'ofTopic' | 'ofBus' | 'topic' | 'bus', string>;
  const environment = { ...process.env };

  beforeAll(async () => {
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIAEVENTS', AWS_SECRET_ACCESS_KEY: 'secret' });
    server = await startTestServer({ config: { allowPrivateTargets: true } });
    for (const name of ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE'])
      process.env[name] = join(server.data, 'none');
    moto = startLineProcess(pythonPath, [program, pattern], process.env);
    places = JSON.parse(await moto.next());
  }, 60_000);
  afterAll(async () => {
    moto?.kill('SIGKILL');
    await server?.close();
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    Object.assign(process.env, environment);
  });

  async function messages(queue: string): Promise<readonly Message[]> {
    const found: Message[] = [];
    await eventually(async () => {
      moto.send(queue);
      found.push(...(JSON.parse(await moto.next()) as Message[]));
      return found.length;
    }).toBeGreaterThan(0);
    return found;
  }

  test('take and hand on the event of a loop', async () => {
    const { endpoint: Endpoint, plain, fifo, topic, bus } = places;
    const targets = [{ QueueUrl: plain }, { QueueUrl: fifo }, { TopicArn: topic }, { EventBus: bus }];
    for (const target of targets)
      await server.client.call('CreateEventTarget', { ...target, Endpoint, Region: 'eu-central-1' });
    const flow = await createFlow(server, 'fine');
    await startLoop(server, flow, 'told');
    await server.client.call('StopHumanLoop', { HumanLoopName: 'told' });

    const [onQueue] = await messages(plain);
    const event = JSON.parse(onQueue!.Body) as HumanLoopEvent;
    expect(event.detail).toMatchObject({ humanLoopName: 'told', humanLoopStatus: 'Stopped' });
    expect(onQueue!.MessageAttributes?.humanLoopStatus?.StringValue).toBe('Stopped');
    const [inOrder] = await messages(fifo);
    expect(JSON.parse(inOrder!.Body)).toEqual(event);
    expect(inOrder!.Attributes).toMatchObject({
      MessageGroupId: event.detail.humanLoopArn,
      MessageDeduplicationId: event.id,
    });
    const [published] = await messages(places.ofTopic);
    const notification = JSON.parse(published!.Body);
    expect(notification).toMatchObject({ Subject: 'Human loop told: Stopped', TopicArn: topic });
    expect(JSON.parse(notification.Message)).toEqual(event);
    const [ruled] = await messages(places.ofBus);
    const { source, resources, detail, time } = JSON.parse(ruled!.Body);
    expect({ source, resources, detail, time }).toEqual({
      source: 'holdpoint',
      resources: event.resources,
      detail: event.detail,
      time: event.time,
    });
    const { EventTargets } = await server.client.call('ListEventTargets', {});
    expect(
      EventTargets.map(({ PendingDeliveries, FailedDeliveries }) => [PendingDeliveries, FailedDeliveries]),
    ).toEqual(targets.map(() => [0, 0]));
  }, 60_000);
});
