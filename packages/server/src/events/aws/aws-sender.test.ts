import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answerWith, openReceiver } from '../../testing/receiver.ts';
import { eventTargetRow } from '../../testing/rows.ts';
import { createAwsSender } from './aws-sender.ts';
import { eventFacts } from './event-facts.ts';
import { isAwsHost } from './is-aws-host.ts';

const event = JSON.stringify({ id: 'e', time: '2026-03-01T10:14:09Z', resources: [], detail: { humanLoopArn: 'a' } });
const closing: (() => unknown)[] = [];
const environment = { ...process.env };
beforeAll(() => {
  process.env.AWS_ACCESS_KEY_ID = 'AKIAEVENTS';
  process.env.AWS_SECRET_ACCESS_KEY = 'secret';
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, environment);
});

function send(endpoint: string, settings: { allowPrivateTargets?: boolean; timeoutMs?: number } = {}) {
  const sender = createAwsSender({ allowPrivateTargets: true, ...settings });
  closing.push(() => sender.close());
  const topic = 'arn:aws:sns:us-east-1:111122223333:t';
  const target = eventTargetRow({ service: 'sns', url: topic, secret: '', endpoint, region: 'us-east-1' });
  return sender.send(target, 'delivery-1', event);
}

describe('events to services', () => {
  it('end when there is no answer', async () => {
    const silent = await openReceiver(() => {});
    closing.push(silent.close);
    expect(await send(`http://127.0.0.1:${silent.port}`, { timeoutMs: 300 })).toEqual({
      delivered: false,
      error: 'There was no answer within 0.3 seconds.',
    });
    await silent.close();
    expect(await send(`http://127.0.0.1:${silent.port}`)).toEqual({
      delivered: false,
      error: 'The connection was refused. (ECONNREFUSED)',
    });
  });

  it('do not follow redirects, which would be signed for another host', async () => {
    const other = await openReceiver(answerWith(200));
    const leading = await openReceiver(answerWith(307, { location: `http://127.0.0.1:${other.port}/` }));
    closing.push(other.close, leading.close);
    expect(await send(`http://127.0.0.1:${leading.port}`)).toMatchObject({ delivered: false, statusCode: 307 });
    expect(other.received).toEqual([]);
  });

  it('go to no private address, literal or by name', async () => {
    const receiver = await openReceiver(answerWith(200));
    closing.push(receiver.close);
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]'])
      expect(await send(`http://${host}:${receiver.port}`, { allowPrivateTargets: false })).toEqual({
        delivered: false,
        error: expect.stringMatching(
          /private or reserved; the server sends there only with --allow-private-targets\.$/,
        ),
      });
    expect(receiver.received).toEqual([]);
  });

  it.each([
    ['https://sqs.eu-central-1.amazonaws.com/1/q', true],
    ['https://sqs.cn-north-1.amazonaws.com.cn/1/q', true],
    ['https://vpce-1-2.sqs.eu-central-1.vpce.amazonaws.com/1/q', true],
    ['http://sqs.eu-central-1.amazonaws.com/1/q', false],
    ['https://amazonaws.com.example.com/1/q', false],
    ['https://notamazonaws.com/1/q', false],
    ['nonsense', false],
  ])('%s is at home with AWS: %s', (address, own) => {
    expect(isAwsHost(address)).toBe(own);
  });

  it('are grouped by what fits a group', () => {
    const groupOf = (humanLoopArn: string) =>
      eventFacts('d', JSON.stringify({ id: 'e', detail: { humanLoopArn } })).group;
    expect(groupOf('arn:aws:sagemaker:a:1:human-loop/b')).toBe('arn:aws:sagemaker:a:1:human-loop/b');
    for (const long of ['a'.repeat(129), 'ä', 'a b']) expect(groupOf(long)).toMatch(/^[0-9a-f]{64}$/);
  });
});
