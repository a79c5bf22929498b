// What is kept of a worker's doing, and what can be done about it afterwards: drafts, undo, own answers, more time, reasons.
import type { FrameLocator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { sidewaysScroll } from '../testing/accessibility.ts';
import { type OpenOptions, usePortalPage } from '../testing/portal-page.ts';
import { acceptTask, addTask, refuse } from '../testing/portal-state.ts';

const portal = usePortalPage();

async function work(secondsLeft?: number, options?: OpenOptions): Promise<{ page: Page; task: FrameLocator }> {
  addTask(portal.server.state, 't1', { title: 'Rate the review' });
  acceptTask(portal.server.state, 't1', secondsLeft);
  return { page: await portal.open('/portal/work/a-t1', options), task: await taskOf(portal.page) };
}

async function taskOf(page: Page): Promise<FrameLocator> {
  const task = page.frameLocator('iframe[title=Task]');
  await task.getByRole('button', { name: 'Submit' }).waitFor();
  return task;
}

async function answer(page: Page, task: FrameLocator, verdict: string): Promise<void> {
  await task.getByLabel('Verdict').fill(verdict);
  await task.getByRole('button', { name: 'Submit' }).click();
  // Where the next task follows at once, it is said beside that.
  await page.getByRole('heading', { name: 'Submitted' }).or(page.getByText('Submitted “')).first().waitFor();
}

const draftText = () => JSON.stringify(portal.server.state.drafts.get('a-t1') ?? null);

/** Of a desk, a tablet and a phone. */
const widths = [1280, 900, 390];

/** The controls, and frames, that share a place with the bar. */
const coveredByBar = (page: Page): Promise<string[]> =>
  page.locator('.undo').evaluate((bar) => {
    const box = bar.getBoundingClientRect();
    const controls = [...document.querySelectorAll<HTMLElement>('a, button, input, select, summary, iframe')];
    return controls
      .filter((control) => !bar.contains(control) && control.checkVisibility())
      .filter((control) => {
        const { left, right, top, bottom } = control.getBoundingClientRect();
        return left < box.right && right > box.left && top < box.bottom && bottom > box.top;
      })
      .map((control) => control.outerHTML);
  });

test('R2: what is typed is kept by the server, and is back after a reload, with a way to start anew', async () => {
  const { page, task } = await work();
  await task.getByLabel('Why').fill('The shop wrote first.');
  await page.getByText('Draft kept').waitFor();
  expect(draftText()).toContain('The shop wrote first.');
  await page.reload();
  const again = await taskOf(page);
  await page.getByText('What you had entered before is back.').waitFor();
  expect(await again.getByLabel('Why').inputValue()).toBe('The shop wrote first.');
  await page.getByRole('button', { name: 'Start anew' }).click();
  await expect.poll(() => again.getByLabel('Why').inputValue()).toBe('');
  await page.getByText('What you had entered before is back.').waitFor({ state: 'detached' });
});

test('R3: while the server is away the draft is kept in the browser, over a reload too, and sent when it is back', async () => {
  const { page, task } = await work();
  portal.server.faults.push({ path: /draft$/, times: 99, what: 'lose-request' });
  await task.getByLabel('Why').fill('In a tunnel');
  await page.getByText('Connection lost. Go on: what you enter is kept in this browser').waitFor();
  expect(draftText()).toBe('null');
  await page.reload();
  const again = await taskOf(page);
  await expect.poll(() => again.getByLabel('Why').inputValue()).toBe('In a tunnel');
  portal.server.faults.length = 0;
  // Nobody has to type for it.
  await page.getByText('Draft kept').waitFor();
  expect(draftText()).toContain('In a tunnel');
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('draft')))).toEqual([]);
});

test('R3: a worker who was signed out keeps the draft', async () => {
  const { page, task } = await work();
  portal.server.state.signedIn = false;
  await task.getByLabel('Why').fill('The session ended');
  await expect.poll(() => page.evaluate(() => Object.values(localStorage).join())).toContain('The session ended');
  portal.server.state.signedIn = true;
  await expect.poll(draftText).toContain('The session ended');
});

test.each(['the button', 'the key'])('R2: an answer is taken back by %s, and goes on as it was', async (how) => {
  portal.server.state.undoMs = 60_000;
  const { page, task } = await work();
  await answer(page, task, 'unfair');
  await page.getByText('Submitted “Rate the review”.').waitFor();
  if (how === 'the button') await page.getByRole('button', { name: 'Undo' }).click();
  else await page.keyboard.press('u');
  await page.getByText('Your answer was taken back.').waitFor();
  const again = await taskOf(page);
  await expect.poll(() => again.getByLabel('Verdict').inputValue()).toBe('unfair');
  expect(portal.server.state.answers).toEqual([]);
  await answer(page, again, 'fair');
  expect(portal.server.state.answers.map(({ answerContent }) => answerContent)).toEqual([{ verdict: 'fair', why: '' }]);
});

test('R2: the way back is offered while the next task is open, and goes with its time', async () => {
  portal.server.state.undoMs = 60_000;
  addTask(portal.server.state, 't2', { title: 'The one after' });
  const { page, task } = await work(undefined, { ownClock: true });
  await answer(page, task, 'fair');
  await page.getByRole('heading', { name: 'The one after' }).waitFor();
  expect(await page.getByRole('button', { name: 'Undo' }).isVisible()).toBe(true);
  await page.clock.fastForward('01:00');
  await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
});

test.each(['after some seconds', 'at the next page'])(
  'R2: an answer that was made final meanwhile is said to be, where it covers nothing, and no more %s',
  async (when) => {
    portal.server.state.undoMs = 60_000;
    const { page, task } = await work(undefined, { ownClock: true });
    await answer(page, task, 'fair');
    portal.server.state.undoMs = 0;
    await page.getByRole('button', { name: 'Undo' }).click();
    const said = page.getByText('This answer is final and can no longer be changed.');
    await said.waitFor();
    expect(portal.server.state.answers).toHaveLength(1);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      expect([await coveredByBar(page), await sidewaysScroll(page)]).toEqual([[], 0]);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    if (when === 'after some seconds') await page.clock.fastForward('00:08');
    else await page.getByRole('link', { name: 'My answers' }).click();
    await said.waitFor({ state: 'detached' });
  },
);

test.each(widths)(
  'R2: in a window of %i pixels the way back covers no control, in work and in the list',
  async (width) => {
    portal.server.state.undoMs = 60_000;
    portal.server.state.organisation = 'Moreau & Daughters';
    addTask(portal.server.state, 't2', {
      title: 'The one after, with a title that is much too long for any header to hold',
    });
    const { page, task } = await work();
    await page.setViewportSize({ width, height: 800 });
    const topOf = async () => (await page.locator('main').boundingBox())?.y;
    const top = await topOf();
    await answer(page, task, 'fair');
    await page.getByRole('heading', { name: 'The one after' }).waitFor();
    const undo = page.getByRole('button', { name: 'Undo' });
    await undo.waitFor();
    // Only between desk and phone it needs a row.
    if (width !== 900) expect(await topOf()).toBe(top);
    const menu = page.getByRole('button', { name: 'Menu' });
    for (const path of ['here', '/portal']) {
      if (path !== 'here') await page.getByRole('link', { name: 'Moreau & Daughters' }).click();
      expect([await coveredByBar(page), await sidewaysScroll(page)]).toEqual([[], 0]);
      if (!(await menu.isVisible())) continue;
      await menu.click();
      expect(await coveredByBar(page)).toEqual([]);
      await undo.click({ trial: true });
      await page.keyboard.press('Escape');
    }
  },
);

test('R2: one’s own answers are listed, and shown in their page without a way to change them', async () => {
  const { page, task } = await work();
  await task.getByLabel('Why').fill('It is lovely.');
  await page.getByText('Draft kept').waitFor();
  await answer(page, task, 'fair');
  await page.getByRole('link', { name: 'My answers' }).click();
  await page.getByRole('link', { name: 'Rate the review' }).click();
  await page.getByText('This answer is final.').waitFor();
  expect(await page.getByRole('row').allTextContents()).toEqual([
    expect.stringMatching(/verdict\s*fair/),
    expect.stringMatching(/why\s*It is lovely\./),
  ]);
  const shown = page.frameLocator('iframe[title=Task]');
  await expect.poll(() => shown.getByLabel('Why').inputValue()).toBe('It is lovely.');
  await page.getByRole('link', { name: 'All my answers' }).click();
  await page.getByRole('heading', { name: 'My answers' }).waitFor();
});

test('R2: an answer that is not final is taken back from its page', async () => {
  portal.server.state.undoMs = 60_000;
  const { page, task } = await work();
  await answer(page, task, 'unfair');
  await page.goto(`${portal.server.url}/portal/answers/a-t1`);
  await page.getByRole('button', { name: 'Take it back and go on working' }).click();
  await page.getByText('Your answer was taken back.').waitFor();
  expect(portal.server.state.answers).toEqual([]);
});

test('R2: more time is had with one press, when there is less left than it gives', async () => {
  portal.server.state.extendSeconds = 600;
  const { page } = await work(45);
  await page.getByText('One minute left.').waitFor();
  await page.getByRole('button', { name: 'More time (10 min)' }).click();
  await page.getByText(/^(10:00|9:5\d)/).waitFor();
  expect(await page.getByRole('button', { name: 'More time' }).count()).toBe(0);
});

test.each([
  ['Not now', [], ['available']],
  ['Not for me', [{ reason: 'not-for-me' }], []],
  ['It cannot be answered', [{ reason: 'cannot-answer', note: 'The picture is black.' }], []],
])('R2: a task is declined with a reason: %s', async (reason, declined, left) => {
  const { page } = await work();
  await page.getByRole('button', { name: 'Decline task' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: reason }).check();
  const note = dialog.getByLabel('What is wrong with it?');
  expect(await note.isVisible()).toBe(reason === 'It cannot be answered');
  if (await note.isVisible()) await note.fill(' The picture is black. ');
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
  expect(portal.server.state.declined).toEqual(declined);
  expect(portal.server.state.tasks.map(({ status }) => status)).toEqual(left);
});

test('R3: a draft that is too large is said not to be kept; a turn that is over is no matter of its size', async () => {
  const { page, task } = await work();
  portal.server.faults.push({ path: /draft$/, times: 1, what: refuse(413, 'answer-too-large', 'Too large.') });
  await task.getByLabel('Why').fill('Long');
  await page.getByText('too large to be kept as a draft').waitFor();
  portal.server.faults.push({ path: /draft$/, times: 1, what: refuse(410, 'task-gone', 'Gone.') });
  await task.getByLabel('Why').fill('Longer');
  await page.getByText('too large to be kept as a draft').waitFor({ state: 'detached' });
});

test('R2 R3: who signs out leaves neither drafts nor a way back to the next one at this browser', async () => {
  portal.server.state.undoMs = 60_000;
  const { page, task } = await work();
  await answer(page, task, 'fair');
  await page.evaluate(() => localStorage.setItem('holdpoint:draft:another', '{}'));
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Email').fill('ada@example.com');
  await page.getByLabel('Password').fill(portal.server.state.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('draft')))).toEqual([]);
});

test('R1 R2: what follows a task is what the list was narrowed to, and so is the list that it leads back to', async () => {
  addTask(portal.server.state, 't0', { title: 'Another flow', flowDefinitionName: 'others' });
  addTask(portal.server.state, 't1', { title: 'Rate the review' });
  const page = await portal.open('/portal?flow=reviews');
  await page.getByRole('button', { name: 'Start next' }).click();
  await answer(page, await taskOf(page), 'fair');
  await page.getByText('No more tasks that fit the filter of your list are waiting.').waitFor();
  await page.getByRole('link', { name: 'Back to list' }).click();
  await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
  expect(new URL(page.url()).search).toBe('?flow=reviews');
});
