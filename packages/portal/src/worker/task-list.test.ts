import { expect, test } from 'vitest';
import { usePortalPage } from '../testing/portal-page.ts';
import { acceptTask, addTask } from '../testing/portal-state.ts';

const portal = usePortalPage();
const titles = () => portal.page.locator('.task-title').allTextContents();

test('shows what a worker chooses by, and a button described by the title', async () => {
  addTask(portal.server.state, 't1', {
    title: 'Check the invoice',
    keywords: ['invoice'],
    answersDone: 1,
    answersNeeded: 3,
    timeLimitSeconds: 5400,
  });
  const page = await portal.open('/portal');
  const row = page.getByRole('row', { name: 'Check the invoice' });
  await row.waitFor();
  for (const text of [
    'Read the text and say',
    'reviews',
    '2 minutes ago',
    'in 1 day',
    '1 h 30 min',
    '1 of 3',
    'Available',
    'invoice',
  ]) {
    expect(await row.textContent()).toContain(text);
  }
  const button = row.getByRole('button', { name: 'Start working' });
  const description = await button.evaluate(
    (element) => document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent,
  );
  expect(description).toBe('Check the invoice');
  expect(await page.getByText('1 task', { exact: true }).isVisible()).toBe(true);
});

test('an empty list explains itself, and a task appears the moment it starts', async () => {
  const page = await portal.open('/portal');
  await page.getByText('No tasks are waiting for you.').waitFor();
  addTask(portal.server.state, 't1');
  portal.server.tell('tasks', {});
  await page.getByRole('button', { name: 'Start working' }).waitFor();
});

test('a live change keeps the focus, and moves it to the heading when its task has gone', async () => {
  for (const id of ['t1', 't2']) addTask(portal.server.state, id);
  const page = await portal.open('/portal');
  const second = page.getByRole('row', { name: 'Task t2' }).getByRole('button');
  await second.focus();
  portal.server.state.tasks.shift();
  addTask(portal.server.state, 't3');
  portal.server.tell('tasks', {});
  await expect.poll(titles).toEqual(['Task t2', 'Task t3']);
  expect(await second.evaluate((button) => button === document.activeElement)).toBe(true);
  portal.server.state.tasks.shift();
  portal.server.tell('tasks', {});
  await expect.poll(titles).toEqual(['Task t3']);
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Waiting tasks');
});

test('events that were cut off come back, and what was missed is asked for', async () => {
  const page = await portal.open('/portal');
  await page.getByText('No tasks are waiting for you.').waitFor();
  portal.server.dropEvents();
  addTask(portal.server.state, 't1');
  await page.getByRole('button', { name: 'Start working' }).waitFor();
});

test('a page that could not get events at first is up to date once it can', async () => {
  portal.server.refuseEvents = true;
  const page = await portal.open('/portal');
  await page.getByText('No tasks are waiting for you.').waitFor();
  addTask(portal.server.state, 't1');
  portal.server.refuseEvents = false;
  await page.getByRole('button', { name: 'Start working' }).waitFor();
});

test('a task that starts after the list was read and before events come is not missed', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  portal.server.eventsAfter = promise;
  const page = await portal.open('/portal');
  await page.getByText('No tasks are waiting for you.').waitFor();
  addTask(portal.server.state, 't1');
  resolve();
  await page.getByRole('button', { name: 'Start working' }).waitFor();
});

test('own tasks stand on top with their deadline and are resumed', async () => {
  const { state } = portal.server;
  for (const id of ['t1', 't2', 't3']) addTask(state, id);
  acceptTask(state, 't2');
  acceptTask(state, 't3');
  const page = await portal.open('/portal');
  const mine = page.getByRole('table', { name: 'Your tasks' });
  await mine.waitFor();
  expect(await mine.locator('.task-title').allTextContents()).toEqual(['Task t2', 'Task t3']);
  expect(await mine.textContent()).toMatch(/Due\s*in 1 hour/);
  await mine.getByRole('row', { name: 'Task t3' }).getByRole('button', { name: 'Resume working' }).click();
  await page.waitForURL('**/portal/work/a-t3');
});

test('a task that somebody else has just taken is said and leaves the list', async () => {
  // Without events the list does not learn of it by itself.
  portal.server.refuseEvents = true;
  addTask(portal.server.state, 't1');
  const page = await portal.open('/portal');
  await page.getByRole('button', { name: 'Start working' }).waitFor();
  portal.server.state.tasks.length = 0;
  await page.getByRole('button', { name: 'Start working' }).click();
  await page.getByText('Somebody else has just taken this task.').waitFor();
  await page.getByText('No tasks are waiting for you.').waitFor();
});

test('Work on next task opens one, or says that none waits', async () => {
  const page = await portal.open('/portal');
  await page.getByRole('button', { name: 'Work on next task' }).click();
  await page.getByText('No task is waiting for you at the moment.').waitFor();
  addTask(portal.server.state, 't1');
  await page.getByRole('button', { name: 'Work on next task' }).click();
  await page.waitForURL('**/portal/work/a-t1');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
});

test('pages are loaded on demand, the filter looks at title, flow and keywords', async () => {
  for (let index = 1; index <= 120; index += 1) {
    addTask(portal.server.state, `n${index}`, { flowDefinitionName: index % 40 === 0 ? 'moderation' : 'reviews' });
  }
  const page = await portal.open('/portal');
  await expect.poll(async () => (await titles()).length).toBe(50);
  expect(await page.getByText('120 tasks').isVisible()).toBe(true);
  await page.getByRole('button', { name: 'Load more' }).click();
  await page.getByText('100 of 120 loaded').waitFor();
  portal.server.state.tasks.shift();
  portal.server.tell('tasks', {});
  await page.getByText('100 of 119 loaded').waitFor();
  await page.getByRole('searchbox', { name: 'Filter tasks' }).fill('MODERATION task');
  await expect.poll(titles).toEqual(['Task n40', 'Task n80']);
  await page.getByRole('searchbox', { name: 'Filter tasks' }).fill('nothing like it');
  await page.getByText('None of the 100 loaded tasks matches').waitFor();
});

test('titles and descriptions are text, never markup', async () => {
  addTask(portal.server.state, 't1', { title: '<img src=x onerror=alert(1)>', description: '<b>bold</b>' });
  const page = await portal.open('/portal');
  await page.getByText('<img src=x onerror=alert(1)>').waitFor();
  expect(await page.locator('main b').count()).toBe(0);
  expect(portal.complaints).toEqual([]);
});

test('a server that fails is an error with something to press, and the page recovers', async () => {
  // With events the page would recover before anything is pressed.
  portal.server.refuseEvents = true;
  portal.server.faults.push({ path: /^tasks$/, times: 99, what: { status: 500, body: {} } });
  addTask(portal.server.state, 't1');
  const page = await portal.open('/portal');
  await page.getByText('The server could not answer.').waitFor();
  portal.server.faults.length = 0;
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: 'Start working' }).waitFor();
  expect(await page.getByText('The server could not answer.').count()).toBe(0);
});

test('a read that is lost once is asked again without a word', async () => {
  addTask(portal.server.state, 't1');
  portal.server.faults.push({ path: /^tasks$/, times: 1, what: 'lose-request' });
  const page = await portal.open('/portal');
  await page.getByRole('button', { name: 'Start working' }).waitFor();
  expect(portal.server.requests.filter((request) => request === 'GET tasks').length).toBeGreaterThan(1);
});

test('a session that ended meanwhile leads to the sign-in page', async () => {
  const page = await portal.open('/portal');
  await page.getByText('No tasks are waiting for you.').waitFor();
  portal.server.state.signedIn = false;
  portal.server.tell('tasks', {});
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});
