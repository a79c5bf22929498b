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
    'in 3 days',
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
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Waiting for your teams');
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
  expect(await mine.textContent()).toMatch(/Time left\s*(59 min|1 h) left/);
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

test('R1: Start next opens one, or says that none waits', async () => {
  const page = await portal.open('/portal');
  await page.getByRole('button', { name: 'Start next' }).click();
  await page.getByText('No task is waiting for you at the moment.').waitFor();
  addTask(portal.server.state, 't1');
  await page.getByRole('button', { name: 'Start next' }).click();
  await page.waitForURL('**/portal/work/a-t1');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
});

test('R1: a long list loads by itself as it is scrolled, draws what is near, and numbers its rows', async () => {
  for (let index = 1; index <= 320; index += 1) addTask(portal.server.state, `n${index}`);
  const page = await portal.open('/portal');
  await page.getByText('320 tasks', { exact: true }).waitFor();
  const table = page.getByRole('table', { name: 'Waiting for your teams' });
  expect(await table.getAttribute('aria-rowcount')).toBe('321');
  await expect
    .poll(async () => {
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
      return page.getByText('Task n320', { exact: true }).count();
    })
    .toBe(1);
  expect(await page.getByRole('button', { name: 'Load more' }).count()).toBe(0);
  await expect.poll(async () => (await titles()).length).toBeLessThan(200);
  const last = page.getByRole('row', { name: 'Task n320' });
  expect(await last.getAttribute('aria-rowindex')).toBe('321');
  await page.evaluate(() => window.scrollTo(0, 0));
  await expect.poll(async () => (await titles())[0]).toBe('Task n1');
  await expect.poll(async () => (await titles()).includes('Task n320')).toBe(false);
  expect(portal.complaints).toEqual([]);
});

test('R1: of a long list a change asks again only what is seen, and what comes in view later', async () => {
  const { server } = portal;
  for (let index = 1; index <= 250; index += 1) addTask(server.state, `n${index}`);
  const page = await portal.open('/portal');
  await expect
    .poll(async () => {
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
      return page.getByText('Task n250', { exact: true }).count();
    })
    .toBe(1);
  const button = page.getByRole('row', { name: 'Task n250' }).getByRole('button');
  await button.focus();
  const top = () => button.evaluate((element) => element.getBoundingClientRect().top);
  const before = await top();
  server.state.tasks = server.state.tasks.filter(({ taskId }) => taskId !== 'n70' && taskId !== 'n249');
  server.requests.length = 0;
  server.tell('tasks', {});
  await expect.poll(titles).not.toContain('Task n249');
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(Math.abs((await top()) - before)).toBeLessThan(150);
  // The first page, and the one that is seen.
  expect(server.requests.filter((request) => request === 'GET tasks').length).toBe(2);
  await page.evaluate(() => window.scrollTo(0, 4000));
  await expect.poll(titles).toContain('Task n71');
  await expect.poll(titles).not.toContain('Task n70');
});

test('R1: newest first, a new task comes in on top and pushes none out', async () => {
  const { server } = portal;
  for (let index = 1; index <= 130; index += 1) addTask(server.state, `n${index}`);
  const page = await portal.open('/portal?sort=newest');
  const toEnd = () => page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await expect.poll(async () => toEnd().then(titles)).toContain('Task n1');
  await page.evaluate(() => window.scrollTo(0, 0));
  addTask(server.state, 'n131');
  server.tell('tasks', {});
  await expect.poll(async () => (await titles()).slice(0, 2)).toEqual(['Task n131', 'Task n130']);
  await expect.poll(async () => toEnd().then(titles)).toContain('Task n1');
  expect(await page.getByRole('row', { name: 'Task n1', exact: false }).last().getAttribute('aria-rowindex')).toBe(
    '132',
  );
});

test('R1: the filter finds by words, flow and keyword, stands in the address, and is cleared by one press', async () => {
  const { state } = portal.server;
  state.keywords = ['invoice', 'photo'];
  state.workteams = [
    {
      name: 'reviewers',
      flowDefinitions: [
        { name: 'checks', title: 'Check' },
        { name: 'reviews', title: 'Fair?' },
      ],
    },
  ];
  addTask(state, 't1', { title: 'Check the invoice', keywords: ['invoice'], flowDefinitionName: 'checks' });
  addTask(state, 't2', { title: 'Check the photo', keywords: ['photo'], flowDefinitionName: 'checks' });
  addTask(state, 't3', { title: 'Is this fair?', keywords: ['photo'] });
  const page = await portal.open('/portal');
  await expect.poll(async () => (await titles()).length).toBe(3);
  await page.keyboard.press('/');
  await page.keyboard.type('CHECK');
  await expect.poll(titles).toEqual(['Check the invoice', 'Check the photo']);
  await page.getByRole('button', { name: 'photo', exact: true }).click();
  await expect.poll(titles).toEqual(['Check the photo']);
  expect(await page.getByRole('button', { name: 'photo', exact: true }).getAttribute('aria-pressed')).toBe('true');
  await page.getByLabel('Order').selectOption('Newest');
  await page.getByLabel('Flow').selectOption('checks');
  await page.waitForURL('**/portal?text=CHECK&flow=checks&keyword=photo&sort=newest');
  await page.reload();
  await expect.poll(titles).toEqual(['Check the photo']);
  expect(await page.getByRole('searchbox', { name: 'Search tasks' }).inputValue()).toBe('CHECK');
  expect(await page.getByLabel('Flow').inputValue()).toBe('checks');
  await page.goBack();
  await page.waitForURL('**/portal?text=CHECK&keyword=photo&sort=newest');
  expect(await page.getByLabel('Flow').inputValue()).toBe('');
  await page.getByRole('button', { name: 'Clear filter' }).click();
  await expect.poll(async () => (await titles()).length).toBe(3);
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  expect(new URL(page.url()).search).toBe('');
  expect(await page.getByRole('searchbox', { name: 'Search tasks' }).inputValue()).toBe('');
});

test('R1: a change in the list leaves what is typed, and the cursor in it, alone', async () => {
  const { server } = portal;
  for (const id of ['t1', 't2']) addTask(server.state, id);
  const page = await portal.open('/portal');
  const search = page.getByRole('searchbox', { name: 'Search tasks' });
  await search.pressSequentially('Tsk');
  await search.press('ArrowLeft');
  await search.press('ArrowLeft');
  addTask(server.state, 't3');
  server.tell('tasks', {});
  await page.getByText('No waiting task has “Tsk”').waitFor();
  await page.keyboard.type('a');
  await expect.poll(titles).toEqual(['Task t1', 'Task t2', 'Task t3']);
  expect(await search.inputValue()).toBe('Task');
});

test('R1: Start next says what it takes and why, and takes it from what the filter leaves', async () => {
  const { state } = portal.server;
  addTask(state, 't1', { title: 'Old one' });
  addTask(state, 't2', { title: 'Photo' });
  addTask(state, 't3', { title: 'Late photo' });
  const page = await portal.open('/portal?text=photo&sort=newest');
  const button = page.getByRole('button', { name: 'Start next' });
  const said =
    'Start next takes the task that fits your filter and is the newest: Late photo, of reviews, created 2 minutes ago.';
  await expect.poll(async () => (await page.locator('#what-is-next').innerText()).replace(/\s+/g, ' ')).toBe(said);
  expect(await button.getAttribute('aria-describedby')).toBe('what-is-next');
  await button.click();
  await page.waitForURL('**/portal/work/a-t3');
  await page.goBack();
  await page.waitForURL('**/portal?text=photo&sort=newest');
  await page.getByRole('table', { name: 'Your tasks' }).waitFor();
});

test('R1: what can be accepted for a day at most stands apart, once', async () => {
  const { state } = portal.server;
  addTask(state, 't1');
  addTask(state, 't2', { expiresAt: new Date(Date.now() + 5 * 3_600_000).toISOString() });
  const page = await portal.open('/portal');
  const soon = page.getByRole('table', { name: 'Due soon' });
  await soon.waitFor();
  expect(await soon.locator('.task-title').allTextContents()).toEqual(['Task t2']);
  expect(await soon.textContent()).toMatch(/Expires\s*in 5 hours/);
  expect(await titles()).toEqual(['Task t2', 'Task t1']);
  await page.getByLabel('Order').selectOption('Ending first');
  await expect.poll(() => soon.count()).toBe(0);
  expect(await titles()).toEqual(['Task t2', 'Task t1']);
});

test('R1: a filter that leaves nothing says which part keeps what back', async () => {
  const { state } = portal.server;
  for (const id of ['t1', 't2']) addTask(state, id, { flowDefinitionName: 'checks' });
  addTask(state, 't3');
  const page = await portal.open('/portal?text=nonsense&flow=checks');
  await page
    .getByText(
      'No waiting task has “nonsense” in its title, description, keywords, flow or loop and is of the flow checks.',
    )
    .waitFor();
  await page.getByRole('button', { name: 'Without the flow: 0 tasks' }).waitFor();
  await page.getByRole('button', { name: 'Without the words: 2 tasks' }).click();
  await expect.poll(titles).toEqual(['Task t1', 'Task t2']);
  await page.getByRole('button', { name: 'Start next' }).click();
  await page.waitForURL('**/portal/work/a-t1');
});

test('R1: a search that stopped says how far it came, and goes on when it is told to', async () => {
  const { state } = portal.server;
  for (const id of ['t1', 't2', 't3']) addTask(state, id);
  state.searchStops = { searched: 10_000, found: 1 };
  const page = await portal.open('/portal?text=task');
  await page.getByText('The first 10,000 waiting tasks were looked at, the oldest first; more are waiting.').waitFor();
  expect(await titles()).toEqual(['Task t1']);
  await page.getByRole('button', { name: 'Search further' }).click();
  await expect.poll(titles).toEqual(['Task t1', 'Task t2', 'Task t3']);
  expect(await page.getByText('were looked at').count()).toBe(0);
});

test('R1: an empty list says what will come, whom to ask who is in no team, and what was done today', async () => {
  const { server } = portal;
  server.state.today = { answers: 12, seconds: 4830 };
  const page = await portal.open('/portal');
  await page.getByText('New ones appear here by themselves').waitFor();
  await page.getByText('reviewers: Is this review fair? (reviews)').waitFor();
  await page.getByText('Today: 12 answers, 1 h 21 min worked.').waitFor();
  server.state.workteams = [];
  server.tell('tasks', {});
  await page.getByText('You are in no team yet').waitFor();
  expect(await page.locator('.empty').innerText()).toContain('ada@example.com');
});

test('titles and descriptions are text, never markup', async () => {
  addTask(portal.server.state, 't1', { title: '<img src=x onerror=alert(1)>', description: '<b>bold</b>' });
  const page = await portal.open('/portal');
  await page.locator('.task-title', { hasText: '<img src=x onerror=alert(1)>' }).waitFor();
  expect(await page.locator('main img').count()).toBe(0);
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

test('R1: Start next takes what the search says, also while the list has not followed yet', async () => {
  addTask(portal.server.state, 't1', { title: 'The one that waits longest' });
  addTask(portal.server.state, 't2', { title: 'Check the invoice' });
  const page = await portal.open('/portal', { ownClock: true });
  await page.getByRole('row', { name: 'Check the invoice' }).waitFor();
  // The pause after typing does not end.
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await page.getByRole('searchbox', { name: 'Search tasks' }).fill('invoice');
  await page.getByRole('button', { name: 'Start next' }).click();
  await page.getByRole('heading', { name: 'Check the invoice' }).waitFor();
});
