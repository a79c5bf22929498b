import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { sidewaysScroll } from '../testing/accessibility.ts';
import { type PortalPage, usePortalPage } from '../testing/portal-page.ts';
import { acceptTask, addTask, refuse } from '../testing/portal-state.ts';

const portal: PortalPage = usePortalPage();

const root = (page: Page) =>
  page.evaluate(() => {
    const { lang, dir, dataset } = document.documentElement;
    const { fontSize, colorScheme } = getComputedStyle(document.documentElement);
    return { lang, dir, theme: dataset.theme, motion: dataset.motion, fontSize, colorScheme };
  });

const openDialog = async (page: Page) => {
  await page.locator('.display-button').click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  return dialog;
};

test.each([
  ['es-MX', 'es', 'Iniciar sesión'],
  ['de-AT', 'de', 'Anmelden'],
  ['ja-JP', 'ja', 'サインイン'],
  ['fr-FR', 'en', 'Sign in'],
])(
  'R5: a browser in %s gets %s',
  async (locale, lang, heading) => {
    const page = await portal.open('/portal/sign-in', { locale });
    await page.getByRole('heading', { name: heading, exact: true }).waitFor();
    expect(await root(page)).toMatchObject({ lang, dir: 'ltr' });
    expect(await page.title()).toBe(`${heading} – Holdpoint`);
  },
  60_000,
);

test('R5: a worker chooses the language, at once and for this browser, and refusals are said in it', async () => {
  const page = await portal.open('/portal/sign-in');
  const dialog = await openDialog(page);
  await dialog.getByLabel('Language').selectOption('日本語');
  await dialog.getByRole('heading', { name: '表示と言語' }).waitFor();
  await dialog.getByRole('button', { name: '閉じる' }).click();
  expect(await page.locator('.display-button').evaluate((button) => button === document.activeElement)).toBe(true);
  await page.reload();
  await page.getByLabel('メールアドレス').fill('x@example.com');
  await page.getByLabel('パスワード').fill('x');
  await page.getByRole('button', { name: 'サインイン' }).click();
  await page.getByText('メールアドレスとパスワードの組み合わせが正しくありません。').waitFor();
  expect(await root(page)).toMatchObject({ lang: 'ja' });
  portal.server.faults.push({
    path: /^sign-in$/,
    times: 1,
    what: refuse(403, 'forbidden', 'Only on weekdays, says the server.'),
  });
  await page.getByRole('button', { name: 'サインイン' }).click();
  // What is not known is said as the server says it.
  await page.getByText('Only on weekdays, says the server.').waitFor();
  await (await openDialog(page)).getByLabel('言語').selectOption({ index: 0 });
  await page.getByRole('heading', { name: 'Display and language' }).waitFor();
  expect(portal.complaints).toEqual([]);
}, 60_000);

test('R5: what was chosen is there before the portal is', async () => {
  const page = await portal.open('/portal/sign-in');
  const dialog = await openDialog(page);
  await dialog.getByRole('radio', { name: 'Dark' }).check();
  await dialog.getByRole('radio', { name: '150 %' }).check();
  await dialog.getByLabel('Reduce motion').check();
  await dialog.getByLabel('Language').selectOption('Deutsch');
  const chosen = { lang: 'de', theme: 'dark', motion: 'less', fontSize: '24px', colorScheme: 'dark' };
  await expect.poll(() => root(page)).toMatchObject(chosen);
  await page.route('**/app.js', (route) => route.abort());
  await page.reload();
  expect(await root(page)).toMatchObject(chosen);
  expect(portal.complaints).toEqual([]);
}, 60_000);

test('R5: the colours of a worker go before those of the system, and another tab follows', async () => {
  const page = await portal.open('/portal/sign-in');
  await page.emulateMedia({ colorScheme: 'dark' });
  const ground = (of: Page) => of.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground(page);
  const other = await page.context().newPage();
  await other.emulateMedia({ colorScheme: 'dark' });
  await other.goto(page.url());
  await (await openDialog(page)).getByRole('radio', { name: 'Light' }).check();
  await expect.poll(() => ground(page)).not.toBe(dark);
  await expect.poll(() => ground(other)).not.toBe(dark);
}, 60_000);

test('R5: the page of a task grows with the text, speaks the language, and is dark when that is asked for', async () => {
  addTask(portal.server.state, 't1', { title: 'Rate the review' });
  acceptTask(portal.server.state, 't1');
  // Declares no language of its own.
  portal.server.state.page = { body: '<p>A page without a form</p>', root: '' };
  const page = await portal.open('/portal/work/a-t1', { locale: 'de-DE' });
  const task = page.frameLocator('iframe[title=Aufgabe]');
  await task.getByText('Diese Vorlage hat kein crowd-form-Element').waitFor();
  const width = (await page.locator('iframe').boundingBox())?.width;
  const dialog = await openDialog(page);
  await dialog.getByRole('radio', { name: '200 %' }).check();
  await dialog.getByRole('radio', { name: 'Dunkel' }).check();
  await dialog.getByLabel('Auch die Seiten der Aufgaben abdunkeln').check();
  await dialog.getByLabel('Bewegung verringern').check();
  const inside = () =>
    task.locator('html').evaluate((html) => ({
      width: window.innerWidth,
      scheme: getComputedStyle(html).colorScheme,
      isStill: matchMedia('(prefers-reduced-motion: reduce)').matches,
    }));
  await expect.poll(inside).toEqual({ width: 640, scheme: 'dark', isStill: true });
  await dialog.getByRole('button', { name: 'Schließen' }).click();
  expect((await page.locator('iframe').boundingBox())?.width).toBe(width);
  // Nothing of the page stands beside the window, and the whole of it can be reached.
  expect(await sidewaysScroll(page)).toBe(0);
  const box = await task.getByText('A page without a form').boundingBox();
  expect(box?.height).toBeGreaterThan(30);
}, 60_000);
