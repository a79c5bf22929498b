import type { NoticeChoices } from '@holdpoint/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { update } from '../domain/change.ts';
import { defaultNotices } from '../domain/notices.ts';
import { createMailer } from '../mail/mailer.ts';
import { disableWorker } from '../operations/worker/disable-worker.ts';
import { createPush } from '../push/push.ts';
import { newVapidKey } from '../push/vapid.ts';
import { openMailServer } from '../testing/mail-server.ts';
import { accept, type Browser, openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';
import { openPushService } from '../testing/push-service.ts';
import { tlsCertificate } from '../testing/tls.ts';
import { jobHandlers } from './handlers.ts';
import type { JobContext } from './job.ts';
import { type NoticeWatch, watchForNotices } from './notice-watch.ts';
import { type Runner, startRunner } from './runner.ts';

const minute = 60_000;
const email = 'ada@example.com';

let service: Awaited<ReturnType<typeof openPushService>>;
let mails: Awaited<ReturnType<typeof openMailServer>>;
let refused: number | undefined;
beforeAll(async () => {
  service = await openPushService();
  mails = await openMailServer({ tls: 'none', refuse: () => refused });
});
afterAll(async () => {
  await service.close();
  await mails.close();
});

let scenario: PortalScenario;
let ada: Browser;
let nodes: { readonly watch: NoticeWatch; readonly runner: Runner }[];
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
      targetUrlProblem: () => undefined,
    },
  });
  ada = await scenario.signedIn(email);
  nodes = [startNode()];
  service.pushed.length = 0;
  service.statuses.clear();
  mails.received.length = 0;
  refused = undefined;
});
afterEach(async () => {
  for (const node of nodes) {
    await node.watch.close();
    await node.runner.close();
  }
  await scenario.close();
});

function startNode() {
  const { store, clock } = scenario;
  const { log } = scenario.operationContext();
  const context = (now: number) => ({ ...scenario.operationContext(), now }) as unknown as JobContext;
  // Nothing is looked at by itself: the tests say when a few seconds are over.
  const watch = watchForNotices({ store, clock, log, settleMs: 3_600_000 });
  const runner = startRunner({ lane: 'events', concurrency: 8, store, clock, log, handlers: jobHandlers, context });
  return { watch, runner };
}

/** Some time passes, and all that is due then is done. */
async function pass(milliseconds = 0): Promise<void> {
  scenario.clock.pass(milliseconds);
  await Promise.all(nodes.map(({ watch }) => watch.settled()));
  await Promise.all(nodes.map(({ runner }) => runner.runDue()));
}

async function choose(set: Partial<NoticeChoices>, browser = ada): Promise<void> {
  expect((await browser.post('/portal/api/notices', { ...defaultNotices, ...set })).status).toBe(200);
}

/** A browser of the worker that takes messages; answers its number at the push service. */
async function allow(browser = ada): Promise<number> {
  const subscription = service.subscribe();
  expect((await browser.post('/portal/api/notices/subscribe', subscription)).status).toBe(200);
  return Number(subscription.endpoint.split('/').at(-1));
}

const pushed = () => service.pushed.splice(0).map(({ subscription, text }) => [subscription, JSON.parse(text)]);
const mailed = () => mails.received.splice(0).map(({ to, raw }) => [to[0], /^Subject: (.*)\r$/m.exec(raw)?.[1]]);
const workerId = async () => (await scenario.store.workerByEmail(email))!.id;

describe('R4 push', () => {
  it('tells each browser once of a burst, then for five minutes no more, then of all that came', async () => {
    const [one, two] = [await allow(), await allow()];
    await choose({ push: true });
    await pass(minute);
    expect(pushed()).toEqual([]);
    for (let task = 0; task < 3; task += 1) await scenario.addTask();
    await pass();
    expect(pushed().sort()).toEqual([
      [one, { waiting: 3 }],
      [two, { waiting: 3 }],
    ]);
    await pass(minute);
    await scenario.addTask();
    await pass();
    expect(pushed()).toEqual([]);
    await pass(4 * minute);
    expect(pushed().sort()).toEqual([
      [one, { waiting: 4 }],
      [two, { waiting: 4 }],
    ]);
    await pass(60 * minute);
    expect(pushed()).toEqual([]);
  });

  it('writes one job for a burst, none for those who want nothing, and tells once from two nodes', async () => {
    nodes.push(startNode());
    const queued: string[] = [];
    const stop = scenario.store.changes((changed) => {
      for (const { table, change, id } of changed)
        if (table === 'jobs' && change === 'insert' && id.startsWith('tell-')) queued.push(id);
    });
    await allow();
    await scenario.signedIn('ben@example.com');
    await choose({ push: true });
    await pass(minute);
    queued.length = 0;
    for (let task = 0; task < 50; task += 1) await scenario.addTask();
    await pass();
    stop();
    expect(new Set(queued)).toEqual(new Set([`tell-worker:${await workerId()}`]));
    expect(queued.length).toBeLessThanOrEqual(2);
    expect(pushed()).toMatchObject([[expect.anything(), { waiting: 50 }]]);
  });

  it('tells of what came while no server was there', async () => {
    const browser = await allow();
    await choose({ push: true });
    const [node] = nodes.splice(0);
    await node!.watch.close();
    await node!.runner.close();
    scenario.clock.pass(minute);
    await scenario.addTask();
    nodes.push(startNode());
    await pass();
    expect(pushed()).toEqual([[browser, { waiting: 1 }]]);
  });

  it('tells nothing that the worker saw in the portal', async () => {
    await allow();
    await choose({ push: true });
    scenario.clock.pass(minute);
    await scenario.addTask();
    await ada.get('/portal/api/tasks');
    scenario.clock.pass(2 * minute);
    await ada.get('/portal/api/tasks');
    await pass();
    expect(pushed()).toEqual([]);
  });

  it('waits for the end of quiet hours', async () => {
    const browser = await allow();
    // It is 03:04:05.
    await choose({ push: true, quietFrom: '22:00', quietUntil: '03:30' });
    scenario.clock.pass(minute);
    await scenario.addTask();
    await pass(5 * minute);
    expect(pushed()).toEqual([]);
    await pass(30 * minute);
    expect(pushed()).toEqual([[browser, { waiting: 1 }]]);
  });

  it('warns once before the time for a held task is over, and anew when it was prolonged', async () => {
    const browser = await allow();
    await choose({ push: true });
    const { task } = await scenario.addTask({ timeLimitSeconds: 3600 });
    const assignmentId = await accept(ada, task.id);
    await pass(50 * minute);
    expect(pushed()).toEqual([]);
    await pass(5 * minute);
    expect(pushed()).toEqual([[browser, { waiting: 0, endsInMinutes: 5 }]]);
    await pass(2 * minute);
    expect(pushed()).toEqual([]);
    const assignment = (await scenario.store.assignment(assignmentId))!;
    await scenario.store.save([update('assignments', assignment, { deadline: assignment.deadline + 10 * minute })]);
    await pass(10 * minute);
    expect(pushed()).toEqual([[browser, { waiting: 0, endsInMinutes: 3 }]]);
  });

  it.each([
    ['the worker signed out', () => ada.post('/portal/api/sign-out'), 0],
    ['the session is over', async () => scenario.clock.pass(13 * 60 * minute), 0],
    ['the worker is disabled', () => disableWorker(scenario.operationContext(), { Email: email }), 1],
    ['push was turned off', () => choose({}), 1],
    ['the workforce has other people now', useProvider, 1],
  ])('sends nothing when %s', async (_, end, left) => {
    await allow();
    await choose({ push: true, mail: false });
    await end();
    scenario.clock.pass(minute);
    await scenario.addTask();
    await pass();
    expect(pushed()).toEqual([]);
    expect(await scenario.store.pushSubscriptionsOfWorker(await workerId())).toHaveLength(left);
  });

  it('forgets a browser that is gone, and tries again where the push service is down', async () => {
    const [gone, down] = [await allow(), await allow()];
    service.statuses.set(gone, 410).set(down, 503);
    await choose({ push: true });
    scenario.clock.pass(minute);
    await scenario.addTask();
    await pass();
    expect(pushed()).toEqual([]);
    expect(await scenario.store.pushSubscriptionsOfWorker(await workerId())).toHaveLength(1);
    service.statuses.clear();
    await pass(10_000);
    expect(pushed()).toEqual([[down, { waiting: 1 }]]);
    await pass(10_000);
    expect(pushed()).toEqual([]);
  });
});

async function useProvider(): Promise<void> {
  const [workforce] = await scenario.store.workforces();
  const config = { OidcConfig: { Issuer: 'https://login.example.com' } };
  await scenario.store.save([update('workforces', workforce!, { config })]);
}

describe('R4 mail', () => {
  it('comes only when tasks still wait, once in the interval, after the push message', async () => {
    const browser = await allow();
    await choose({ push: true, mail: true });
    await pass(minute);
    await scenario.addTask();
    await scenario.addTask();
    await pass();
    expect([pushed(), mailed()]).toEqual([[[browser, { waiting: 2 }]], []]);
    await pass(29 * minute);
    expect([pushed(), mailed()]).toEqual([[], []]);
    await pass(minute);
    expect([pushed(), mailed()]).toEqual([[], [[email, '2 tasks are waiting for you']]]);
    await pass(minute);
    await scenario.addTask();
    await pass(60 * minute);
    expect(mailed()).toEqual([]);
    await pass(180 * minute);
    expect(mailed()).toEqual([[email, '3 tasks are waiting for you']]);
    await pass(600 * minute);
    expect(mailed()).toEqual([]);
  });

  it('does not come when the task is done, or was seen, before the delay is over', async () => {
    await choose({ mail: true, mailAfterMinutes: 10 });
    const ben = await scenario.signedIn('ben@example.com');
    scenario.clock.pass(minute);
    const { task } = await scenario.addTask();
    await pass(5 * minute);
    await accept(ben, task.id);
    await pass(6 * minute);
    expect(mailed()).toEqual([]);
    await scenario.addTask();
    await pass(5 * minute);
    await ada.get('/portal/api/tasks');
    await pass(20 * minute);
    expect(mailed()).toEqual([]);
  });

  it('says how many, has text and page, names no flow, and offers an end as RFC 8058 has it', async () => {
    await choose({ mail: true });
    scenario.clock.pass(minute);
    await scenario.addTask({ title: 'Secret title', flowDefinitionName: 'secret-flow' });
    await pass();
    await pass(30 * minute);
    const raw = mails.received[0]?.raw.replaceAll('=\r\n', '').replaceAll('=3D', '=') ?? '';
    expect(raw).toContain('1 task is waiting for you.');
    expect(raw).toContain('<a href="http://portal.example/portal">Go to the tasks</a>');
    expect(raw).not.toMatch(/secret/i);
    expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    const path = /^List-Unsubscribe:\s*<http:\/\/portal\.example([^>]+)>/m.exec(raw.replaceAll('\r\n ', ''))?.[1] ?? '';
    const nobody = scenario.browser();
    const isOn = async () => (await scenario.store.workerNotices(await workerId()))?.settings.mail;
    // Looking changes nothing, whoever looks.
    const page = await nobody.get(path);
    expect([page.status, await isOn()]).toEqual([200, true]);
    expect(page.text).toContain('<form method="post">');
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect((await nobody.get(path.replace(/.$/, (letter) => (letter === 'A' ? 'B' : 'A')))).status).toBe(404);
    expect((await nobody.request('POST', `${path}x`, {})).status).toBe(404);
    expect(await isOn()).toBe(true);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const done = await nobody.request('POST', path, { body: 'List-Unsubscribe=One-Click', headers });
    expect([done.status, await isOn()]).toEqual([200, false]);
    expect((await nobody.request('POST', path, {})).status).toBe(200);
  });

  it('that the mail server refuses for good is not tried again; another is', async () => {
    await choose({ mail: true, mailAfterMinutes: 1 });
    refused = 451;
    await pass(minute);
    await scenario.addTask();
    await pass();
    await pass(minute);
    expect(mailed()).toEqual([]);
    refused = undefined;
    await pass(10_000);
    expect(mailed()).toEqual([[email, '1 task is waiting for you']]);
    refused = 550;
    await pass(240 * minute);
    await scenario.addTask();
    await pass(2 * minute);
    refused = undefined;
    await pass(60 * minute);
    expect(mailed()).toEqual([]);
    expect(scenario.logged.join('')).toContain('mail not taken');
  });
});
