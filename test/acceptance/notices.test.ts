// A worker is told of a new task by push: from StartHumanLoop through a push service to what the browser shows.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMailServer } from '../../packages/server/src/testing/mail-server.ts';
import { openPushService } from '../../packages/server/src/testing/push-service.ts';
import { tlsCertificate } from '../../packages/server/src/testing/tls.ts';
import { createFlow, startLoop } from '../testing/human-loops.ts';
import { useChromium } from '../testing/reviewer.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

const slow = 120_000;
const patient = { timeout: 30_000 };
const template = '<crowd-form><crowd-input name="a" label="A"></crowd-input></crowd-form>';

describeWith('Chromium')('a worker who wants notices', () => {
  const chromium = useChromium();
  let service: Awaited<ReturnType<typeof openPushService>>;
  let mails: Awaited<ReturnType<typeof openMailServer>>;
  let server: TestServer;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdpoint-notices-'));
    const caFile = join(folder, 'ca.pem');
    await writeFile(caFile, tlsCertificate);
    service = await openPushService();
    mails = await openMailServer();
    const mail = { mailUrl: `smtp://localhost:${mails.port}?starttls=required`, mailFrom: 'Reviews <reviews@example.com>' };
    server = await startTestServer({ config: { caFile, allowPrivateTargets: true, ...mail } });
    await server.hire('ada@example.com');
  }, slow);
  afterAll(async () => {
    await server?.close();
    await service?.close();
    await mails?.close();
    await rm(folder, { recursive: true });
  });

  test('R4: allows a browser, tries it, and hears of a new loop there once', async () => {
    const { page } = await chromium.signIn(server, 'ada@example.com');
    await page.context().grantPermissions(['notifications'], { origin: server.url });
    await page.context().addInitScript(lendPushService, service.subscribe());
    const deliver = await receiver(page, server.url);
    await page.goto(`${server.url}/portal/notices`);
    await page.getByLabel('Send me push messages').check();
    await page.getByLabel('Send mail to ada@example.com').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('until you allow it below').waitFor();
    await page.getByRole('button', { name: 'Allow in this browser' }).click();
    await page.getByText('This browser shows push messages from now on').waitFor();
    await page.getByRole('button', { name: 'Send me one now' }).click();
    await page.getByText('A push message is on its way to one browser. A mail is on its way to ada@example.com.').waitFor();
    expect(mails.received).toMatchObject([{ to: ['ada@example.com'], secure: true }]);
    // What the browser subscribed with is what signs, by the address of --mail-from.
    const given = await page.evaluate(() => localStorage.getItem('subscribed'));
    expect(service.pushed).toMatchObject([{ key: given, claims: { sub: 'mailto:reviews@example.com' } }]);
    await deliver(service.pushed[0]!.text);
    await expect.poll(() => shown(page), patient).toEqual(['0 tasks are waiting']);

    const flow = await createFlow(server, 'told', { template });
    for (const name of ['told-1', 'told-2']) await startLoop(server, flow, name);
    await expect.poll(() => service.pushed.length, patient).toBe(2);
    expect(JSON.parse(service.pushed[1]!.text)).toEqual({ waiting: 2 });
    // Whoever looks at the portal is told there, and only there.
    await page.getByRole('status').getByText('2 new tasks are waiting.').waitFor();
    await deliver(service.pushed[1]!.text);
    await page.goto('about:blank');
    await deliver(JSON.stringify({ waiting: 3 }));
    await page.goto(`${server.url}/portal/notices`);
    await expect.poll(() => shown(page), patient).toEqual(['3 tasks are waiting']);
  }, slow);
});

/** What a browser does whose push service is ours. */
function lendPushService(subscription: { endpoint: string; keys: object }): void {
  const made = () => ({
    ...subscription,
    options: { applicationServerKey: null },
    toJSON: () => subscription,
    unsubscribe: async () => localStorage.removeItem('subscribed'),
  });
  Object.assign(PushManager.prototype, {
    getSubscription: async () => (localStorage.getItem('subscribed') === null ? null : made()),
    async subscribe({ applicationServerKey }: { applicationServerKey: string }) {
      localStorage.setItem('subscribed', applicationServerKey);
      return made();
    },
  });
}

/** Hands messages to the service worker, as the browser does when they come. */
async function receiver(page: Page, origin: string): Promise<(data: string) => Promise<unknown>> {
  const session = await page.context().newCDPSession(page);
  let registrationId = '';
  session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    registrationId = registrations.at(-1)?.registrationId ?? registrationId;
  });
  await session.send('ServiceWorker.enable');
  return async (data) => {
    await expect.poll(() => registrationId, patient).not.toBe('');
    return session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
  };
}

const shown = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title }) => title);
  });
