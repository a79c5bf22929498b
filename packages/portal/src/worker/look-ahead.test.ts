// The task after the one in work: found, loaded and drawn ahead, taken only when the answer is in.
import type { FrameLocator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { usePortalPage } from '../testing/portal-page.ts';
import { acceptTask, addTask, refuse } from '../testing/portal-state.ts';
import { formPage, type TaskPage } from '../testing/task-page.ts';

const portal = usePortalPage();

/** Opens a task in work, behind which `t2` waits. */
async function work(second?: TaskPage): Promise<{ page: Page; task: FrameLocator; next: FrameLocator }> {
  const { state } = portal.server;
  addTask(state, 't1', { title: 'Rate the review' });
  acceptTask(state, 't1');
  addTask(state, 't2', { title: 'The one after' });
  if (second) state.pages.set('t2', second);
  const page = await portal.open('/portal/work/a-t1');
  return {
    page,
    task: page.frameLocator('iframe[title=Task]'),
    next: page.frameLocator('iframe[title="Next task"]'),
  };
}

async function submit(task: FrameLocator, verdict = 'fair'): Promise<void> {
  await task.getByLabel('Verdict').fill(verdict);
  await task.getByRole('button', { name: 'Submit' }).click();
}

const asked = (start: string) => portal.server.requests.filter((request) => request.startsWith(start));
/** What the page with the keyboard says that it has. */
const focused = (task: FrameLocator) =>
  task.locator('body').evaluate(() => (document.activeElement as HTMLElement).tagName);

test('R2: the next task is there at once, in the page that was loaded while the one before was in work', async () => {
  const { page, task, next } = await work();
  await task.getByLabel('Verdict').fill('half');
  await next.locator('body').evaluate(() => Object.assign(window, { wasLoadedAhead: true }));
  // Nobody has it, hears of it or reaches it.
  expect(asked('POST tasks')).toEqual([]);
  expect(await page.getByRole('button', { name: 'Submit' }).count()).toBe(0);
  expect(
    await page
      .locator('iframe[title="Next task"]')
      .evaluate((frame: HTMLIFrameElement) => [frame.inert, frame.tabIndex, frame.ariaHidden]),
  ).toEqual([true, -1, 'true']);
  expect(await focused(task)).toBe('INPUT');
  await submit(task);
  await page.getByRole('heading', { name: 'The one after' }).waitFor();
  expect(await task.locator('body').evaluate(() => 'wasLoadedAhead' in window)).toBe(true);
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('IFRAME');
  expect(asked('POST tasks')).toEqual(['POST tasks/t2/accept']);
  expect([new URL(page.url()).pathname, await page.title()]).toEqual([
    '/portal/work/a-t2',
    'The one after – Holdpoint',
  ]);
  await page.getByText('Submitted “Rate the review”.').waitFor();
  // What is entered now is of the second task.
  await task.getByLabel('Verdict').fill('unfair');
  await expect.poll(() => [...portal.server.state.drafts.keys()]).toEqual(['a-t1', 'a-t2']);
  await submit(task, 'unfair');
  await page.getByText('No more tasks are waiting').waitFor();
  expect(portal.server.state.answers).toEqual([
    { assignmentId: 'a-t1', answerContent: { verdict: 'fair', why: '' } },
    { assignmentId: 'a-t2', answerContent: { verdict: 'unfair', why: '' } },
  ]);
  expect(portal.complaints).toEqual([]);
});

test('R2: what was entered in the next task before comes back into the page that was loaded ahead', async () => {
  portal.server.state.drafts.set('a-t2', { version: 1, controls: { 'input/verdict': { value: 'as before' } } });
  const { page, task, next } = await work();
  await next.getByLabel('Verdict').waitFor({ state: 'attached' });
  expect(asked('GET assignments/a-t2')).toEqual([]);
  await submit(task);
  await page.getByText('What you had entered before is back.').waitFor();
});

test('R2: a next task that somebody else has taken meanwhile is passed over without a word', async () => {
  const { page, task, next } = await work();
  await next.getByLabel('Verdict').waitFor({ state: 'attached' });
  portal.server.state.tasks = portal.server.state.tasks.filter(({ taskId }) => taskId !== 't2');
  addTask(portal.server.state, 't3', { title: 'Another one' });
  await submit(task);
  await page.getByRole('heading', { name: 'Another one' }).waitFor();
  await task.getByLabel('Verdict').waitFor();
  expect(asked('POST tasks')).toEqual(['POST tasks/t2/accept', 'POST tasks/next']);
  expect(await page.getByText('Somebody else').count()).toBe(0);
});

test('R2: what comes next is looked for anew when the list changes, and kept while it can be had', async () => {
  const { page, next } = await work();
  await next.locator('body').evaluate(() => Object.assign(window, { isFirst: true }));
  const questions = asked('GET tasks/next').length;
  addTask(portal.server.state, 't3');
  portal.server.tell('tasks', {});
  await expect.poll(() => asked('GET tasks/next').length, { timeout: 20_000 }).toBeGreaterThan(questions);
  expect(await next.locator('body').evaluate(() => 'isFirst' in window)).toBe(true);
  portal.server.state.tasks = portal.server.state.tasks.filter(({ taskId }) => taskId !== 't2');
  portal.server.tell('tasks', {});
  await page.locator('iframe[src="/portal/frame/task/t3"]').waitFor({ state: 'attached' });
});

test('R2: whoever does not go on by itself has nothing loaded ahead', async () => {
  const { page, task, next } = await work();
  await next.getByLabel('Verdict').waitFor({ state: 'attached' });
  await page.getByLabel('Open the next task by itself').uncheck();
  await page.locator('iframe[title="Next task"]').waitFor({ state: 'detached' });
  await submit(task);
  await page.getByRole('heading', { name: 'Submitted' }).waitFor();
  expect(asked('POST tasks')).toEqual([]);
  await page.goto(`${portal.server.url}/portal/work/a-t1`);
  const before = asked('GET tasks/next').length;
  acceptTask(portal.server.state, 't2');
  await page.goto(`${portal.server.url}/portal/work/a-t2`);
  await task.getByLabel('Verdict').waitFor();
  expect(asked('GET tasks/next')).toHaveLength(before);
});

const withScript = (script: string): TaskPage => ({ body: `${formPage.body}<script>${script}</script>` });

test('R2: a page that asks something ahead is loaded anew when its task is taken', async () => {
  const { page, task } = await work(withScript("window.alert('Wait!')"));
  const asks: string[] = [];
  page.on('dialog', (dialog) => {
    asks.push(dialog.message());
    void dialog.dismiss();
  });
  await page.waitForResponse(/frame\/task\/t2/);
  await page.locator('iframe[title="Next task"]').waitFor({ state: 'detached' });
  expect(asks).toEqual([]);
  await submit(task);
  await page.getByRole('heading', { name: 'The one after' }).waitFor();
  await expect.poll(() => asks).toEqual(['Wait!']);
});

test('R2: a page that submits by itself does so when its task is taken, not ahead', async () => {
  const { page, task } = await work(
    withScript("parent.postMessage({ holdpoint: 'answer', answerContent: { by: 'itself' } }, '*')"),
  );
  await page.waitForResponse(/frame\/task\/t2/);
  await page.locator('iframe[title="Next task"]').waitFor({ state: 'detached' });
  expect(portal.server.state.answers).toEqual([]);
  await submit(task);
  const byItself = { assignmentId: 'a-t2', answerContent: { by: 'itself' } };
  await expect.poll(() => portal.server.state.answers.slice(1)).toEqual([byItself]);
});

test('R2: a page that takes the keyboard ahead gets it when its task is taken', async () => {
  const { page, task, next } = await work(withScript("document.querySelector('textarea').focus()"));
  await task.getByLabel('Verdict').click();
  await next.getByLabel('Why').waitFor({ state: 'attached' });
  await page.keyboard.type('fair');
  expect(await task.getByLabel('Verdict').inputValue()).toBe('fair');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'The one after' }).waitFor();
  await expect.poll(() => focused(task)).toBe('TEXTAREA');
});

test('R3: an answer is in, and the server is away before the next task is taken: nothing is taken twice or lost', async () => {
  const { page, task, next } = await work();
  await next.getByLabel('Verdict').waitFor({ state: 'attached' });
  portal.server.faults.push({ path: /accept$/, times: 99, what: 'lose-reply' });
  await submit(task);
  await page.getByText('The server cannot be reached.').waitFor();
  portal.server.faults.length = 0;
  portal.server.faults.push({ path: /accept$/, times: 1, what: refuse(503, 'try-again', 'Please try again.') });
  await page.getByRole('button', { name: 'Next task' }).click();
  await page.getByText('Please try again.').waitFor();
  await page.getByRole('button', { name: 'Next task' }).click();
  await page.getByRole('heading', { name: 'The one after' }).waitFor();
  expect(asked('POST tasks/next')).toEqual([]);
  expect(portal.server.state.answers).toHaveLength(1);
});
