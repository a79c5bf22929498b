import { createECDH, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { defaultNotices } from '../domain/notices.ts';
import { createMailer } from '../mail/mailer.ts';
import { createPush } from '../push/push.ts';
import { newVapidKey } from '../push/vapid.ts';
import { openMailServer } from '../testing/mail-server.ts';
import { accept, type Browser, openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';
import { openPushService } from '../testing/push-service.ts';
import { tlsCertificate } from '../testing/tls.ts';

let service: Awaited<ReturnType<typeof openPushService>>;
let mails: Awaited<ReturnType<typeof openMailServer>>;
beforeAll(async () => {
  service = await openPushService();
  mails = await openMailServer({ tls: 'none' });
});
afterAll(async () => {
  await service.close();
  await mails.close();
});

let scenario: PortalScenario;
let ada: Browser;
beforeEach(async () => {
  scenario = await openPortalScenario({
    rooms: {
      mailer: createMailer({ url: `smtp://127.0.0.1:${mails.port}`, from: 'reviews@example.com' }),
      push: createPush({
        vapidKey: newVapidKey(),
        subject: 'mailto:reviews@example.com',
        allowPrivateTargets: true,
        clock: { now: Date.now },
        ca: tlsCertificate,
      }),
    },
  });
  ada = await scenario.signedIn('ada@example.com');
});
afterEach(() => scenario.close());

const save = (set: object) => ada.post('/portal/api/notices', { ...defaultNotices, ...set });

it('R4 who never chose has the defaults; what is chosen is kept', async () => {
  expect((await ada.get('/portal/api/notices')).json).toEqual({
    choices: null,
    defaults: defaultNotices,
    email: 'ada@example.com',
    mailProblem: null,
    publicKey: expect.stringMatching(/^B[\w-]{86}$/),
    browsers: 0,
  });
  const choices = { mail: true, sound: true, quietFrom: '22:00', quietUntil: '07:30', timeZone: 'Asia/Tokyo' };
  expect((await save(choices)).json.choices).toEqual({ ...defaultNotices, ...choices });
  expect((await ada.get('/portal/api/notices')).json.choices).toEqual({ ...defaultNotices, ...choices });
});

it.each([
  [{ push: 'yes' }, "'push' must be true or false."],
  [{ inPage: undefined }, "'inPage' must be true or false."],
  [{ mailAfterMinutes: 0 }, "'mailAfterMinutes' must be a whole number of minutes from 1 to 1440."],
  [{ mailEveryMinutes: 14.5 }, "'mailEveryMinutes' must be a whole number of minutes from 15 to 10080."],
  [{ quietFrom: '24:00', quietUntil: '07:00' }, "'quietFrom' must be a time of day such as 22:00."],
  [{ quietFrom: '22:00' }, 'Quiet hours need both a beginning and an end.'],
  [{ timeZone: 'Mars/Olympus' }, "'timeZone' must be the name of a time zone, such as Europe/Berlin."],
])('R4 choosing %j is refused', async (set, message) => {
  const { status, json } = await save(set);
  expect([status, json.error]).toEqual([400, { code: 'bad-request', message }]);
});

const keys = () => {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  return { p256dh: ecdh.getPublicKey('base64url'), auth: randomBytes(16).toString('base64url') };
};

it.each([
  ['an endpoint without encryption', { endpoint: 'http://push.example.com/1', keys: keys() }, /https URL/],
  ['no endpoint', { keys: keys() }, /'endpoint' must be a text/],
  ['a password', { endpoint: 'https://a:b@push.example.com/1', keys: keys() }, /user name or password/],
  ['a private address', { endpoint: 'https://127.0.0.1/1', keys: keys() }, /private or reserved/],
  ['a private address in IPv6', { endpoint: 'https://[::ffff:10.0.0.1]/1', keys: keys() }, /private or reserved/],
  ['no keys', { endpoint: 'https://push.example.com/1' }, /'keys' must be an object/],
  ['keys of nothing', { endpoint: 'https://push.example.com/1', keys: { p256dh: 'a', auth: 'b' } }, /keys of a push/],
])('R4 a subscription with %s is refused', async (_, body, message) => {
  const { status, json } = await ada.post('/portal/api/notices/subscribe', body);
  expect([status, json.error.message]).toEqual([400, expect.stringMatching(message)]);
});

it('R4 a browser has one row, belongs to whoever is signed in there last, and leaves when it is told to', async () => {
  const { store } = scenario;
  const ben = await scenario.signedIn('ben@example.com');
  const idOf = async (email: string) => (await store.workerByEmail(email))!.id;
  const [a, b] = [await idOf('ada@example.com'), await idOf('ben@example.com')];
  const of = async (id: string) => (await store.pushSubscriptionsOfWorker(id)).map(({ endpoint }) => endpoint);
  const body = { endpoint: 'https://push.example.com/1', keys: keys() };
  await ada.post('/portal/api/notices/subscribe', body);
  await ada.post('/portal/api/notices/subscribe', body);
  expect([await of(a), await of(b)]).toEqual([[body.endpoint], []]);
  await ben.post('/portal/api/notices/subscribe', body);
  expect([await of(a), await of(b)]).toEqual([[], [body.endpoint]]);
  await ada.post('/portal/api/notices/unsubscribe', body);
  expect(await of(b)).toEqual([body.endpoint]);
  await ben.post('/portal/api/notices/unsubscribe', body);
  expect(await of(b)).toEqual([]);
  for (let one = 0; one < 12; one += 1) {
    await ada.post('/portal/api/notices/subscribe', { ...body, endpoint: `https://push.example.com/a${one}` });
    scenario.clock.pass(1);
  }
  expect((await of(a)).map((endpoint) => endpoint.slice(-2))).toEqual(
    [...'23456789'].map((n) => `a${n}`).concat('10', '11'),
  );
});

it('R4 "Send me one now" sends at once, says what came of it, and not twice at once', async () => {
  const test = () => ada.post('/portal/api/notices/test');
  expect((await test()).json.error.message).toMatch(/^Turn on push messages or mail first/);
  await save({ push: true, mail: true });
  const { json } = await test();
  expect(json.results).toEqual([
    { way: 'push', sent: false, sentence: 'No browser takes push messages for you: allow them on this page first.' },
    { way: 'mail', sent: true, sentence: 'A mail is on its way to ada@example.com.' },
  ]);
  expect(mails.received.at(-1)?.to).toEqual(['ada@example.com']);
  expect((await test()).json.error).toMatchObject({ code: 'too-many-attempts' });
  scenario.clock.pass(60_000);
  const { endpoint, keys } = service.subscribe();
  const { store } = scenario;
  const worker = (await store.workerByEmail('ada@example.com'))!;
  await ada.post('/portal/api/notices/subscribe', { endpoint: endpoint.replace('localhost', 'push.example'), keys });
  const [row] = await store.pushSubscriptionsOfWorker(worker.id);
  await store.save([{ change: 'update', table: 'pushSubscriptions', row: row!, set: { endpoint } }]);
  const { results } = (await test()).json;
  expect(results[0]).toEqual({ way: 'push', sent: true, sentence: 'A push message is on its way to one browser.' });
  expect(JSON.parse(service.pushed.at(-1)!.text)).toEqual({ waiting: 0, test: true });
});

it('R4 the pages are told how many wait and which time is over first', async () => {
  await scenario.addTask();
  const { task } = await scenario.addTask({ title: 'Held', timeLimitSeconds: 600 });
  expect((await ada.get('/portal/api/waiting')).json).toMatchObject({ waiting: 2, held: null });
  const assignmentId = await accept(ada, task.id);
  expect((await ada.get('/portal/api/waiting')).json).toMatchObject({
    waiting: 1,
    held: { assignmentId, title: 'Held', deadline: new Date(scenario.clock.now() + 600_000).toISOString() },
  });
  expect((await scenario.browser().get('/portal/api/waiting')).status).toBe(401);
});
