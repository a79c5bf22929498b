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
    const mail = {
      mailUrl: `smtp://localhost:${mails.port}?starttls=required`,
      mailFrom: 'Reviews <reviews@example.com>',
    };
    server = await startTestServer({ config: { caFile, allowPrivateTargets: true, ...mail } });
    await server.hire('ada@example.com');
  }, slow);
  afterAll(async () => {
    await server?.close();
    await service?.close();
    await mails?.close();
    await rm(folder, { recursive: true });
  });

  test(
    'R4: allows a browser, tries it, and hears of a new loop there once',
    async () => {
      const { page } = await chromium.signIn(server, 'ada@example.com');
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
      await page
        .getByText('A push message is on its way to one browser. A mail is on its way to ada@example.com.')
        .waitFor();
      expect(mails.received).toMatchObject([{ to: ['ada@example.com'], secure: true }]);
      // What the browser subscribed with is what signs, by the address of --mail-from.
      const given = await page.evaluate(() => localStorage.getItem('subscribed'));
      expect(service.pushed).toMatchObject([{ key: given, claims: { sub: 'mailto:reviews@example.com' } }]);
      const shown = await watchMessages(page);
      await deliver(service.pushed[0]!.text);
      await expect.poll(shown, patient).toEqual(['0 tasks are waiting']);

      const flow = await createFlow(server, 'told', { template });
      await startLoop(server, flow, 'told');
      await expect.poll(() => service.pushed.length, patient).toBe(2);
      expect(JSON.parse(service.pushed[1]!.text)).toEqual({ waiting: 1 });
      // Whoever looks at the portal is told there, and only there.
      await page.getByRole('status').getByText('A new task is waiting.').waitFor();
      await deliver(service.pushed[1]!.text);
      await page.goto('about:blank');
      await deliver(JSON.stringify({ waiting: 3 }));
      await deliver(JSON.stringify({ waiting: 2, endsInMinutes: 4 }));
      const ending = 'The time for a task that you hold is over in 4 minutes.';
      await expect.poll(shown, patient).toEqual(['0 tasks are waiting', '3 tasks are waiting', ending]);
    },
    slow,
  );
});

/** What a browser does whose push service is ours. */
function lendPushService(subscription: { endpoint: string; keys: object }): void {
  const made = () => ({
    ...subscription,
    options: { applicationServerKey: null },
    toJSON: () => subscription,
    unsubscribe: async () => localStorage.removeItem('subscribed'),
  });
  // A browser without a screen may show no messages to anybody, whatever it is told.
  Object.defineProperty(Notification, 'permission', { get: () => localStorage.getItem('permission') ?? 'default' });
  Notification.requestPermission = async () => {
    localStorage.setItem('permission', 'granted');
    return 'granted';
  };
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

/** The titles of what the service worker shows. */
async function watchMessages(page: Page): Promise<() => Promise<readonly string[]>> {
  const context = page.context();
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  await worker.evaluate(() => {
    const titles: string[] = [];
    const { registration } = self as unknown as { registration: object };
    Object.assign(registration, { showNotification: async (title: string) => void titles.push(title) });
    Object.assign(self, { titles });
  });
  return () => worker.evaluate(() => (self as unknown as { titles: string[] }).titles);
}
