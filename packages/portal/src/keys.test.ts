// Single keys: shown on the controls, listed, changed, switched off.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { accessibilityFaults, sidewaysScroll } from './testing/accessibility.ts';
import { usePortalPage } from './testing/portal-page.ts';
import { acceptTask, addTask } from './testing/portal-state.ts';
import { formPage } from './testing/task-page.ts';

const portal = usePortalPage();

async function work(): Promise<Page> {
  addTask(portal.server.state, 't1', { title: 'Rate the review' });
  acceptTask(portal.server.state, 't1');
  const page = await portal.open('/portal/work/a-t1');
  await page.frameLocator('iframe[title=Task]').getByRole('button', { name: 'Submit' }).waitFor();
  return page;
}

const keys = (page: Page) => page.getByRole('dialog', { name: 'Keys' });
const change = async (page: Page, does: string, key: string) => {
  await keys(page)
    .getByRole('button', { name: `Change the key: ${does}` })
    .click();
  await page.keyboard.press(key);
};
const said = (page: Page) => keys(page).getByRole('status').textContent();

test('R2: every key stands on its control, and does what the control does', async () => {
  portal.server.state.extendSeconds = 7200;
  addTask(portal.server.state, 't0', { title: 'First in the list' });
  const page = await work();
  const shown = await page
    .locator('[aria-keyshortcuts]')
    .evaluateAll((controls) =>
      controls.map((control) => [control.getAttribute('aria-keyshortcuts'), control.querySelector('kbd')?.textContent]),
    );
  expect(shown).toEqual([
    ['?', '?'],
    ['e', 'E'],
    ['d', 'D'],
    ['r', 'R'],
    ['s', 'S'],
  ]);
  await page.keyboard.press('e');
  await expect.poll(() => portal.server.requests).toContain('POST assignments/a-t1/extend');
  for (const [key, question] of [
    ['d', 'Decline this task?'],
    ['r', 'Release this task?'],
    ['s', 'Stop now and resume later?'],
  ] as const) {
    await page.keyboard.press(key);
    await page.getByRole('dialog', { name: question }).waitFor();
    // Behind a question no key does anything.
    await page.keyboard.press('l');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await page.keyboard.press('i');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('IFRAME');
  await page.getByRole('heading', { name: 'Rate the review' }).focus();
  await page.keyboard.press('l');
  await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
  await page.getByRole('searchbox').waitFor();
  await page.keyboard.press('/');
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).type)).toBe('search');
  await page.keyboard.type('n?');
  expect(await page.getByRole('searchbox').inputValue()).toBe('n?');
  await page.getByRole('searchbox').fill('');
  await page.getByRole('heading', { name: 'Tasks', exact: true }).focus();
  await page.keyboard.press('n');
  await page.getByRole('heading', { name: 'First in the list' }).waitFor();
});

test('R2: ? lists all keys and those of the task; each can be changed, none can be had twice, and all can be set back', async () => {
  portal.server.state.page = {
    body: `${formPage.body}<label>Fair <kbd>1</kbd></label><button type="button" aria-keyshortcuts="b">Brush</button>`,
  };
  const page = await work();
  await page.keyboard.press('?');
  await keys(page).getByText('Take back the answer that was just submitted').waitFor();
  await keys(page).getByRole('row', { name: 'Fair 1' }).waitFor();
  await keys(page).getByRole('row', { name: 'Brush b' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await change(page, 'Decline the task', 'r');
  expect(await said(page)).toBe('R is the key for “Release the task”. Press another key.');
  await page.keyboard.press('5');
  expect(await said(page)).toBe('The digits choose labels in tasks. Press another key.');
  await page.keyboard.press('ArrowUp');
  expect(await said(page)).toBe('The key ArrowUp cannot be used. Press a letter or a sign.');
  await page.keyboard.press('x');
  expect(await said(page)).toBe('“Decline the task” has the key X now.');
  // Escape leaves a key as it is, and the list open.
  await change(page, 'Release the task', 'Escape');
  await keys(page).getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Decline task' }).locator('kbd').getByText('X').waitFor();
  await page.reload();
  await page.frameLocator('iframe[title=Task]').getByRole('button', { name: 'Submit' }).waitFor();
  await page.keyboard.press('d');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.keyboard.press('x');
  await page.getByRole('dialog', { name: 'Decline this task?' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Keys' }).click();
  await keys(page).getByRole('button', { name: 'Set back all keys' }).click();
  await keys(page).getByRole('row', { name: 'Decline the task D' }).waitFor();
});

test('R2: single keys can be switched off altogether', async () => {
  const page = await work();
  await page.keyboard.press('?');
  await keys(page).getByLabel('Use single keys').uncheck();
  await page.keyboard.press('Escape');
  await keys(page).waitFor({ state: 'detached' });
  expect(await page.locator('[aria-keyshortcuts], header kbd, .work kbd').count()).toBe(0);
  await page.getByRole('heading', { name: 'Rate the review' }).focus();
  for (const key of ['?', 'd', 'l']) await page.keyboard.press(key);
  expect([await page.getByRole('dialog').count(), new URL(page.url()).pathname]).toEqual([0, '/portal/work/a-t1']);
});

test('R5: on a phone the header has room for the name, and a menu for the rest', async () => {
  portal.server.state.organisation = 'Moreau & Daughters, Readers';
  const page = await portal.open('/portal');
  await page.setViewportSize({ width: 390, height: 800 });
  await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
  expect(await page.getByRole('link', { name: 'My answers' }).count()).toBe(0);
  await page.getByText('Moreau & Daughters, Readers').waitFor();
  expect(await page.locator('.brand span').evaluate((name) => name.scrollWidth - name.clientWidth)).toBe(0);
  await page.getByRole('button', { name: 'Menu', expanded: false }).click();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await sidewaysScroll(page)).toBe(0);
  await page.getByRole('button', { name: 'Sign out' }).focus();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Menu');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('link', { name: 'My answers' }).click();
  await page.getByRole('heading', { name: 'My answers' }).waitFor();
  await page.getByRole('button', { name: 'Menu', expanded: false }).waitFor();
});
