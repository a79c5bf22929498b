import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPushService } from '../testing/push-service.ts';
import { tlsCertificate } from '../testing/tls.ts';
import { arePushKeys, createPushSender, type PushSettings } from './push-sender.ts';
import { newVapidKey, vapidPublicKey } from './vapid.ts';

let service: Awaited<ReturnType<typeof openPushService>>;
beforeAll(async () => {
  service = await openPushService();
});
afterAll(() => service.close());

const now = Date.UTC(2026, 5, 1);
const vapidKey = newVapidKey();
const sender = (settings: Partial<PushSettings> = {}) =>
  createPushSender({
    vapidKey,
    subject: 'mailto:reviews@example.com',
    allowPrivateTargets: true,
    clock: { now: () => now },
    ca: tlsCertificate,
    ...settings,
  });
const addressOf = ({ endpoint, keys }: ReturnType<typeof service.subscribe>) => ({ endpoint, ...keys });

it('R4 a message arrives at the browser, signed by us and readable by it alone', async () => {
  const address = addressOf(service.subscribe());
  expect(await sender()(address, { waiting: 3, said: 'größe — 漢字' })).toEqual({ pushed: true });
  const [one] = service.pushed.splice(0);
  expect(JSON.parse(one!.text)).toEqual({ waiting: 3, said: 'größe — 漢字' });
  expect(one).toMatchObject({
    key: vapidPublicKey(vapidKey),
    claims: { sub: 'mailto:reviews@example.com', exp: now / 1000 + 12 * 3600 },
    headers: { ttl: '14400', topic: 'waiting', urgency: 'normal' },
  });
  // Another browser's keys do not open it.
  const other = { ...address, auth: randomBytes(16).toString('base64url') };
  expect(await sender()(other, {})).toMatchObject({ pushed: false, error: 'The push service answered 400.' });
  expect(service.refused.splice(0)).toEqual([expect.stringMatching(/authenticate/)]);
});

it.each([
  [201, { pushed: true }],
  [404, { pushed: false, gone: true, isFinal: true }],
  [410, { pushed: false, gone: true, isFinal: true }],
  [403, { pushed: false, gone: true, isFinal: true }],
  [413, { pushed: false, gone: false, isFinal: true }],
  [429, { pushed: false, gone: false, isFinal: false }],
  [503, { pushed: false, gone: false, isFinal: false }],
  [307, { pushed: false, gone: false, isFinal: false }],
])('R4 a push service that answers %i', async (status, expected) => {
  const address = addressOf(service.subscribe());
  service.statuses.set(Number(address.endpoint.split('/').at(-1)), status);
  expect(await sender()(address, {})).toMatchObject(expected);
});

it.each<[string, string, Partial<PushSettings>, RegExp]>([
  ['private address', 'https://localhost', { allowPrivateTargets: false }, /--allow-private-targets/],
  ['literal private address', 'https://127.0.0.1', { allowPrivateTargets: false }, /--allow-private-targets/],
  ['certificate that nobody knows', 'https://localhost', { ca: undefined }, /certificate/],
  ['connection without encryption', 'http://localhost', {}, /no|not an https URL/],
])('R4 nothing is pushed over a %s', async (_, base, settings, error) => {
  const { keys } = service.subscribe();
  const address = { endpoint: `${base}:${service.port}/push/1`, ...keys };
  expect(await sender(settings)(address, {})).toMatchObject({ pushed: false, error: expect.stringMatching(error) });
  expect(service.pushed).toEqual([]);
});

it('R4 only keys are taken with which something can be encrypted', () => {
  const { p256dh, auth } = service.subscribe().keys;
  const offCurve = Buffer.concat([Buffer.from([4]), randomBytes(64)]).toString('base64url');
  expect(arePushKeys(p256dh, auth)).toBe(true);
  for (const [key, secret] of [
    [offCurve, auth],
    [p256dh.slice(4), auth],
    [p256dh, auth.slice(4)],
    [`${p256dh}=`, auth],
    ['', ''],
  ] as const)
    expect(arePushKeys(key, secret)).toBe(false);
});
