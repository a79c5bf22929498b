// What holds for every page of the console: who is signed out, other languages, phones, the chosen theme; and mailed invitations.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, sidewaysScroll } from '../../packages/portal/src/testing/accessibility.ts';
import { openMailServer } from '../../packages/server/src/testing/mail-server.ts';
import { createFlow, startLoop } from '../testing/human-loops.ts';
import { useChromium } from '../testing/reviewer.ts';
import { password, startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

const olga = 'olga@example.com';
const timeout = 180_000;

const paths = [
  '',
  '/human-loops',
  '/human-loops/first',
  '/flow-definitions',
  '/flow-definitions/notes',
  '/flow-definitions/new',
  '/human-task-uis',
  '/human-task-uis/notes',
  '/human-task-uis/new',
  '/statistics',
  '/workforce',
  '/workteams',
  '/workteams/reviewers',
  '/workers',
  '/workers/olga%40example.com',
  '/access-keys',
  '/event-targets',
  '/event-targets/any',
  '/activity',
].map((path) => `/console${path}`);

describeWith('Chromium')('the pages of the console', () => {
  const chromium = useChromium({ lasts: true });
  let server: TestServer;
  let mail: Awaited<ReturnType<typeof openMailServer>>;
  let page: Page;

  beforeAll(async () => {
    mail = await openMailServer({ tls: 'none' });
    server = await startTestServer({
      config: { mailUrl: `smtp://127.0.0.1:${mail.port}`, mailFrom: 'reviews@example.com' },
    });
    await server.hire(olga);
    await server.client.call('SetWorkerRole', { Email: olga, Role: 'Operator' });
    await startLoop(server, await createFlow(server, 'notes'), 'first');
    page = (await chromium.signIn(server, olga)).page;
  }, timeout);
  afterAll(async () => {
    await server?.close();
    await mail?.close();
  });

  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const open = async (path: string, name: string): Promise<void> => {
    await page.goto(`${server.url}${path}`);
    await heading(name).waitFor();
  };

  async function signInAt(at: Page): Promise<void> {
    await at.getByLabel('Email', { exact: true }).fill(olga);
    await at.getByLabel('Password', { exact: true }).fill(password);
    await at.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  /** Makes choices of the display, as another tab does. */
  async function choose(display: object): Promise<void> {
    await page.goto(`${server.url}/assets/portal/icon.svg`);
    await page.evaluate((text) => localStorage.setItem('holdpoint:display', text), JSON.stringify(display));
  }

  test('O1 every page leads somebody who is signed out to the sign-in, and from there back', { timeout }, async () => {
    await page.route('**/console/api/**', (route) =>
      route.fulfill({
        status: 403,
        contentType: 'application/json',
        body: JSON.stringify({ __type: 'MissingAuthenticationTokenException', message: 'You are signed out.' }),
      }),
    );
    for (const path of paths) {
      await page.goto(`${server.url}${path}`);
      await page.waitForURL((url) => url.pathname === '/portal/sign-in');
      expect(new URL(page.url()).searchParams.get('to')).toBe(path);
    }
    await page.unroute('**/console/api/**');
    await signInAt(page);
    await heading('Activity').waitFor();
  });

  test('O3 what is typed into a form stays when nobody is signed in any more', { timeout }, async () => {
    await open('/console/workers', 'Workers');
    await page.getByRole('textbox', { name: 'Email' }).fill('ida@example.com');
    await page.getByRole('checkbox', { name: 'Mail the link' }).uncheck();
    await page.context().clearCookies();
    const create = page.getByRole('button', { name: 'Create worker' });
    await create.click();
    await page.getByText('You are signed out. Sign in in another tab').waitFor();
    const tab = await page.context().newPage();
    await tab.goto(`${server.url}/portal`);
    await signInAt(tab);
    await tab.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
    await tab.close();
    await create.click();
    await page.getByRole('region', { name: 'The invitation' }).getByText('/portal/link#').waitFor();
  });

  test('S2 invitations are mailed, of a new worker and of one whose sign-in is reset', { timeout }, async () => {
    await open('/console/workers', 'Workers');
    await page.getByRole('textbox', { name: 'Email' }).fill('mia@example.com');
    await page.getByRole('button', { name: 'Create worker' }).click();
    await page.getByRole('status').getByText('The link is on its way to mia@example.com.').waitFor();
    await page.getByRole('link', { name: 'mia', exact: true }).click();
    await heading('mia').waitFor();
    await page.getByRole('button', { name: 'Reset sign-in' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reset', exact: true }).click();
    await page.getByRole('status').getByText('The link is on its way to mia@example.com.').waitFor();
    await expect.poll(() => mail.received.length).toBe(2);
    expect(await page.content()).not.toContain('/portal/link#');
  });

  test('R5 the console is English, and says so, in a portal of another language', { timeout }, async () => {
    await choose({ language: 'de' });
    await page.goto(`${server.url}/console/human-loops/first`);
    await heading('first').waitFor();
    await page.getByRole('button', { name: 'Abmelden' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
    const inside = page.locator('[lang=en][dir=ltr]');
    expect(await inside.getByRole('heading', { level: 1 }).textContent()).toBe('first');
    await inside
      .getByText('(now)')
      .or(inside.getByText(/minutes? ago\)/))
      .first()
      .waitFor();
    // What is the portal's own within it is marked.
    await inside.locator('[lang=de] iframe[title=Aufgabe]').waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getAttribute('lang')).toBe('en');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.route('**/console/api/ListWorkteams', (route) => route.abort());
    await page.goto(`${server.url}/console/workteams`);
    await page.getByText('The server cannot be reached.').waitFor();
    await page.unroute('**/console/api/ListWorkteams');
    // A proxy answers while the server starts anew.
    let answers = 0;
    await page.route('**/console/api/ListWorkforces', (route) => {
      answers += 1;
      return answers === 1 ? route.fulfill({ status: 502, body: '<html>Bad Gateway</html>' }) : route.continue();
    });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('table', { name: 'Workteams' }).waitFor();
    expect(answers).toBe(2);
    await page.unroute('**/console/api/ListWorkforces');
    await choose({});
  });

  test('R5 on a phone the sections are behind a button that says where one is', { timeout }, async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open('/console/activity', 'Activity');
    const menu = page.getByRole('navigation', { name: 'Console' });
    const button = menu.getByRole('button', { name: 'Activity' });
    expect(await menu.getByRole('link', { name: 'Workers' }).isVisible()).toBe(false);
    await button.click();
    await menu.getByRole('link', { name: 'Activity' }).waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await menu.getByRole('link', { name: 'Activity' }).waitFor({ state: 'hidden' });
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await menu.getByRole('link', { name: 'Workers' }).click();
    await heading('Workers').waitFor();
    await menu.getByRole('button', { name: 'Workers', expanded: false }).waitFor();
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test('R5 charts follow the theme that was chosen, whatever the system says', { timeout }, async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await choose({ theme: 'dark' });
    await open('/console', 'Overview');
    await page.locator('canvas').first().waitFor();
    // The lines of the grid have the colour of the dark theme.
    const hasGrid = () =>
      page
        .locator('canvas')
        .first()
        .evaluate((element) => {
          const canvas = element as HTMLCanvasElement;
          const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
          for (let at = 0; at < data.length; at += 4)
            if (data[at] === 0x32 && data[at + 1] === 0x3c && data[at + 2] === 0x46) return true;
          return false;
        });
    await expect.poll(hasGrid).toBe(true);
    await open('/console/human-task-uis/new', 'New human task UI');
    await page.getByRole('radio', { name: 'Phone' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await choose({});
  });

  test('O1 an address that leads nowhere, and a name that nothing has, are said', { timeout }, async () => {
    await open('/console/nothing', 'There is no such page');
    await open('/console/workteams/nobody', 'There is no such workteam');
    await open('/console/workers/nobody%40example.com', 'There is no such worker');
    await open('/console/flow-definitions/nobody', 'There is no such flow definition');
    await open('/console/human-task-uis/nobody', 'There is no such human task UI');
    await open('/console/event-targets/nobody', 'There is no such event target');
  });
});
