import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { usePortalPage } from '../testing/portal-page.ts';
import { acceptTask, addTask } from '../testing/portal-state.ts';

const portal = usePortalPage();
const slow = 60_000;

/** What a browser does whose push service is not there: subscribing works, and is remembered. */
function lendPushService(): void {
  const key = 'subscribed';
  const subscription = (publicKey: string) => ({
    endpoint: 'https://push.example.com/1',
    options: { applicationServerKey: Uint8Array.from(atob('BPublicKey=='), (letter) => letter.charCodeAt(0)).buffer },
    toJSON: () => ({ endpoint: 'https://push.example.com/1', keys: { p256dh: publicKey, auth: 'secret' } }),
    unsubscribe: async () => localStorage.removeItem(key),
  });
  // A browser without a screen may show no messages to anybody, whatever it is told.
  Object.defineProperty(Notification, 'permission', { get: () => localStorage.getItem('permission') ?? 'default' });
  Notification.requestPermission = async () => {
    localStorage.setItem('permission', 'granted');
    return 'granted';
  };
  Object.assign(PushManager.prototype, {
    getSubscription: async () => (localStorage.getItem(key) === null ? null : subscription('known')),
    async subscribe({ applicationServerKey }: { applicationServerKey: string }) {
      localStorage.setItem(key, applicationServerKey);
      return subscription(applicationServerKey);
    },
  });
}

/** As when another tab is shown. */
const show = (page: Page, state: 'visible' | 'hidden') =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);

test(
  'R4: what a worker chooses is kept, by keyboard alone, and quiet hours are in the browser’s time zone',
  async () => {
    const page = await portal.open('/portal/notices');
    await page.getByRole('heading', { name: 'Notices' }).waitFor();
    await page.getByLabel('Send mail to').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.type('1 hour');
    await page.getByLabel('No push messages and no mail').focus();
    await page.keyboard.press('Space');
    await page.getByLabel('With a sound').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByText('Saved.').waitFor();
    const zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(portal.server.state.notices.choices).toEqual({
      inPage: true,
      sound: true,
      push: false,
      mail: true,
      mailAfterMinutes: 60,
      mailEveryMinutes: 240,
      quietFrom: '22:00',
      quietUntil: '07:00',
      timeZone: zone,
    });
    await page.getByRole('button', { name: 'Send me one now' }).click();
    await page.getByText('A mail is on its way to you.').waitFor();
    await page.reload();
    await page.getByLabel('With a sound').waitFor();
    expect(await page.getByLabel('With a sound').isChecked()).toBe(true);
    expect(await page.getByLabel('When they have waited for').inputValue()).toBe('60');
    expect(portal.complaints).toEqual([]);
  },
  slow,
);

test(
  'R4: what fails is said, and what was chosen stays in the form',
  async () => {
    portal.server.state.notices = { ...portal.server.state.notices, mailProblem: 'This server sends no mail.' };
    const page = await portal.open('/portal/notices');
    await page.getByText('This server sends no mail.').waitFor();
    await page.getByLabel('With a sound').check();
    portal.server.faults.push({ path: /^notices$/, times: 9, what: 'lose-request' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The server cannot be reached.').waitFor();
    expect(await page.getByLabel('With a sound').isChecked()).toBe(true);
  },
  slow,
);

test(
  'R4: a browser is allowed to show messages, says so again with each page, and is stopped',
  async () => {
    let page = await portal.open('/portal/sign-in');
    await page.context().addInitScript(lendPushService);
    await page.goto(`${portal.server.url}/portal/notices`);
    await page.getByLabel('Send me push messages').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('until you allow it below').waitFor();
    await page.getByRole('button', { name: 'Allow in this browser' }).click();
    await page.getByText('This browser shows push messages from now on').waitFor();
    const { state } = portal.server;
    expect(state.subscribed).toEqual(['subscribe https://push.example.com/1']);
    await page.goto(`${portal.server.url}/portal`);
    await expect.poll(() => state.subscribed.length, { timeout: 20_000 }).toBe(2);
    await page.goto(`${portal.server.url}/portal/notices`);
    await page.getByRole('button', { name: 'Stop in this browser' }).click();
    await page.getByText('This browser shows no push messages any more.').waitFor();
    expect(state.subscribed.at(-1)).toBe('unsubscribe https://push.example.com/1');
    expect(portal.complaints).toEqual([]);
    page = await portal.open('/portal/notices');
    await page.getByText('told not to show messages').or(page.getByText('does not show them yet')).waitFor();
  },
  slow,
);

test(
  'R4: new tasks are said once for many, where nothing moves; the list only reads them out',
  async () => {
    const { state, tell } = portal.server;
    addTask(state, 't1');
    const page = await portal.open('/portal/answers');
    await expect.poll(() => portal.server.requests.includes('GET waiting'), { timeout: 20_000 }).toBe(true);
    for (const id of ['t2', 't3', 't4']) {
      addTask(state, id);
      tell('tasks', {});
    }
    const said = page.getByRole('status').getByText('3 new tasks are waiting.');
    await said.waitFor();
    expect(portal.server.requests.filter((request) => request === 'GET waiting').length).toBeLessThanOrEqual(3);
    await page.locator('holdpoint-waiting').getByRole('link', { name: 'Go to the tasks' }).click();
    await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
    expect(await page.locator('.waiting').count()).toBe(0);
  },
  slow,
);

test(
  'R4: while nobody looks the number is in the title, and goes when somebody does',
  async () => {
    const { state } = portal.server;
    addTask(state, 't1');
    addTask(state, 't2');
    const page = await portal.open('/portal/answers');
    await expect.poll(() => portal.server.requests.includes('GET waiting'), { timeout: 20_000 }).toBe(true);
    await show(page, 'hidden');
    await expect.poll(() => page.title(), { timeout: 20_000 }).toBe('(2) My answers – Holdpoint');
    await show(page, 'visible');
    expect(await page.title()).toBe('My answers – Holdpoint');
  },
  slow,
);

test(
  'R4: nearly over is said on every page but the task’s own, with the way back to it',
  async () => {
    const { state } = portal.server;
    addTask(state, 't1', { title: 'Check the invoice' });
    acceptTask(state, 't1');
    const view = state.assignments.get('a-t1')!;
    state.assignments.set('a-t1', { ...view, deadline: new Date(Date.now() + 4 * 60_000).toISOString() });
    const page = await portal.open('/portal/answers');
    await page.getByText('The time for “Check the invoice” is over in 4 minutes.').waitFor();
    await page.getByRole('link', { name: 'Go on with it' }).click();
    await page.getByRole('heading', { name: 'Check the invoice' }).waitFor();
  },
  slow,
);

test(
  'R4: who wants nothing said in the pages hears nothing',
  async () => {
    const { state, tell } = portal.server;
    state.notices = { ...state.notices, choices: { ...state.notices.defaults, inPage: false } };
    const page = await portal.open('/portal/answers', { ownClock: true });
    await expect.poll(() => portal.server.requests.includes('GET notices'), { timeout: 20_000 }).toBe(true);
    addTask(state, 't1');
    tell('tasks', {});
    // Longer than changes are gathered.
    await page.clock.runFor('00:30');
    await page.getByRole('link', { name: 'Notices' }).click();
    await page.getByLabel('With a sound').waitFor();
    expect(portal.server.requests).not.toContain('GET waiting');
  },
  slow,
);
