import type { FrameLocator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type OpenOptions, usePortalPage } from '../testing/portal-page.ts';
import { acceptTask, addTask, endAssignment, refuse } from '../testing/portal-state.ts';

const portal = usePortalPage();

/** Opens the work page of a task that the worker holds. */
async function work(secondsLeft?: number, options?: OpenOptions): Promise<{ page: Page; task: FrameLocator }> {
  addTask(portal.server.state, 't1', { title: 'Rate the review' });
  acceptTask(portal.server.state, 't1', secondsLeft);
  const page = await portal.open('/portal/work/a-t1', options);
  const task = page.frameLocator('iframe[title=Task]');
  await task.getByRole('button', { name: 'Submit' }).waitFor();
  return { page, task };
}

async function fillAndSubmit(task: FrameLocator, verdict = 'fair') {
  await task.getByLabel('Verdict').fill(verdict);
  await task.getByRole('button', { name: 'Submit' }).click();
}

const pressed = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test('the frame is sandboxed without the origin and fills the window below the header', async () => {
  const { page } = await work();
  const frame = page.locator('iframe[title=Task]');
  expect(await frame.getAttribute('sandbox')).toBe(
    'allow-scripts allow-forms allow-modals allow-popups allow-downloads',
  );
  const box = await frame.boundingBox();
  expect(box?.width).toBe(1280);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(800);
  expect(portal.complaints).toEqual([]);
});

test('an answer is submitted; where nothing waited, a task that has come meanwhile opens by itself', async () => {
  const { page, task } = await work();
  await fillAndSubmit(task);
  await page.getByRole('heading', { name: 'Submitted' }).waitFor();
  addTask(portal.server.state, 't2', { title: 'The one after' });
  expect(
    await page.getByRole('button', { name: 'Next task' }).evaluate((button) => button === document.activeElement),
  ).toBe(true);
  await page.getByRole('heading', { name: 'The one after' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('IFRAME');
  expect(portal.server.state.answers).toEqual([{ assignmentId: 'a-t1', answerContent: { verdict: 'fair', why: '' } }]);
});

test('going on by itself can be switched off for good; Next task then waits to be pressed', async () => {
  addTask(portal.server.state, 't2', { title: 'The one after' });
  const { page, task } = await work();
  await page.evaluate(() => localStorage.setItem('holdpoint:continue', 'off'));
  await fillAndSubmit(task);
  await page.getByText('Your answer is in.', { exact: true }).waitFor();
  expect(await page.getByLabel('Open the next task by itself').isChecked()).toBe(false);
  expect(portal.server.requests).not.toContain('POST tasks/next');
  await pressed(page, 'Next task');
  await page.getByRole('heading', { name: 'The one after' }).waitFor();
});

test('after the last task it says so, and Back to list shows the list', async () => {
  const { page, task } = await work();
  await fillAndSubmit(task);
  await page.getByText('No more tasks are waiting').waitFor();
  await page.getByRole('link', { name: 'Back to list' }).click();
  await page.getByText('No tasks are waiting for you.').waitFor();
});

test('whoever decides sees the answers of others side by side, and what they drew over each other', async () => {
  const { state } = portal.server;
  addTask(state, 't1', { title: 'Find the dogs' });
  const view = acceptTask(state, 't1');
  const drawn = (left: number, sure: string) => ({
    dogs: {
      boundingBoxes: [{ left, top: 20, width: 100, height: 80, label: 'dog' }],
      inputImageProperties: { width: 640, height: 480 },
    },
    sure,
  });
  state.assignments.set('a-t1', { ...view, earlierAnswers: [drawn(10, 'yes'), drawn(300, 'yes')] });
  const street = '<img src="/assets/pictures/street.png" alt="">';
  state.pages.set('t1', { body: street });
  const page = await portal.open('/portal/work/a-t1');
  const answers = page.locator('.earlier-answers');
  const picture = answers.getByRole('img', { name: /dogs\.boundingBoxes.* Answer 1: 1, Answer 2: 1$/ });
  await picture.waitFor();
  expect(await picture.getAttribute('viewBox')).toBe('0 0 640 480');
  const colours = await picture
    .locator('.overlay-area')
    .evaluateAll((all) => all.map((shape) => [shape.getAttribute('points'), getComputedStyle(shape).stroke]));
  expect(colours.map(([points]) => points)).toEqual(['10,20 110,20 110,100 10,100', '300,20 400,20 400,100 300,100']);
  expect(colours[0]![1]).not.toBe(colours[1]![1]);
  // On the picture of the task, where it has one that everybody may see.
  expect(await picture.locator('image').getAttribute('href')).toBe('/assets/pictures/street.png');
  const table = answers.getByRole('region', { name: 'Answers side by side' });
  await table.getByRole('row', { name: /^dogs\.boundingBoxes differs/ }).waitFor();
  await table.getByRole('row', { name: 'sure yes yes' }).waitFor();
  // The task itself is below, and can be worked on.
  const frame = (await page.locator('iframe[title=Task]').boundingBox())!;
  expect(frame.y + 200).toBeLessThan(800);
  for (const other of [
    { body: street, isSensitive: true },
    { body: `${street}<img src="/assets/portal/icon.svg" alt="">` },
  ]) {
    state.pages.set('t1', other);
    const looked = page.waitForResponse(
      (reply) => reply.url().endsWith('/portal/frame/a-t1') && reply.request().resourceType() === 'fetch',
    );
    await page.reload();
    await (await looked).finished();
    await picture.waitFor();
    expect(await picture.locator('image').count()).toBe(0);
  }
  expect(portal.complaints).toEqual([]);
});

test('a refused answer goes back to the form with the reason, and can be sent again', async () => {
  portal.server.faults.push({
    path: /submit$/,
    times: 1,
    what: refuse(400, 'answer-invalid', 'The answer must be an object.'),
  });
  const { page, task } = await work();
  await fillAndSubmit(task);
  await expect.poll(() => task.getByRole('alert').textContent()).toBe('The answer must be an object.');
  expect(await task.getByLabel('Verdict').inputValue()).toBe('fair');
  await task.getByRole('button', { name: 'Submit' }).click();
  await page.getByRole('heading', { name: 'Submitted' }).waitFor();
  expect(portal.server.state.answers).toHaveLength(1);
});

test.each(['lose-request', 'lose-reply'] as const)(
  '%s: the answer is kept, sent again and counted once',
  async (what) => {
    portal.server.faults.push({ path: /submit$/, times: 99, what });
    const { page, task } = await work();
    await fillAndSubmit(task);
    await page.getByText('Connection lost. Your answer is kept').waitFor();
    portal.server.faults.length = 0;
    await pressed(page, 'Try now');
    await page.getByRole('heading', { name: 'Submitted' }).waitFor();
    expect(portal.server.state.answers).toHaveLength(1);
  },
);

test('a worker who was signed out keeps what was entered', async () => {
  const { page, task } = await work();
  portal.server.state.signedIn = false;
  await fillAndSubmit(task);
  await page.getByText('You are signed out. What you entered is still here').waitFor();
  expect(await task.getByRole('alert').textContent()).toContain('Sign in again in another tab');
  portal.server.state.signedIn = true;
  await task.getByRole('button', { name: 'Submit' }).click();
  await page.getByRole('heading', { name: 'Submitted' }).waitFor();
});

test.each([
  { button: 'Decline task', asks: 'you will not see it again', says: 'You declined “Rate the review”.', left: [] },
  {
    button: 'Release task',
    asks: 'It goes back to the list',
    says: 'You released “Rate the review”.',
    left: ['available'],
  },
  {
    button: 'Stop and resume later',
    asks: 'its time runs on',
    says: 'You stopped “Rate the review”.',
    left: ['stopped'],
  },
])('$button asks first, then does it and says so', async ({ button, asks, says, left }) => {
  const { page } = await work();
  await pressed(page, button);
  const dialog = page.getByRole('dialog');
  expect(await dialog.textContent()).toContain(asks);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await pressed(page, button);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(portal.server.requests.filter((request) => /decline|release|stop/.test(request))).toEqual([]);
  await pressed(page, button);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText(says).waitFor();
  expect(new URL(page.url()).pathname).toBe('/portal');
  expect(portal.server.state.tasks.map(({ status }) => status)).toEqual(left);
});

test('a stopped task is resumed from its own page', async () => {
  addTask(portal.server.state, 't1', { title: 'Rate the review' });
  acceptTask(portal.server.state, 't1');
  endAssignment(portal.server.state, 'a-t1', 'stopped');
  const page = await portal.open('/portal/work/a-t1');
  await page.getByText('You stopped this task.').waitFor();
  await pressed(page, 'Resume working');
  await page.frameLocator('iframe[title=Task]').getByRole('button', { name: 'Submit' }).waitFor();
});

test('Stop and resume later is not offered while the loop is being stopped', async () => {
  portal.server.state.canStop = false;
  const { page } = await work();
  expect(await page.locator('.work-actions').getByRole('button').allTextContents()).toEqual([
    expect.stringContaining('Decline task'),
    expect.stringContaining('Release task'),
  ]);
});

test('the countdown warns, and when time is over says so and keeps what was entered', async () => {
  // With every event the page would set its clock by the server's, which stays where it is.
  portal.server.eventsAfter = new Promise(() => {});
  const { page, task } = await work(900, { ownClock: true });
  await task.getByLabel('Verdict').fill('half a thought');
  await page.clock.fastForward('10:30');
  await page.getByText('Five minutes left.').waitFor();
  await page.clock.fastForward('04:00');
  await page.getByText('One minute left.').waitFor();
  await page.clock.fastForward('01:00');
  await page.getByRole('heading', { name: 'Time is over' }).waitFor();
  expect(await task.getByLabel('Verdict').inputValue()).toBe('half a thought');
  expect(await page.getByRole('button', { name: 'Release task' }).count()).toBe(0);
  await task.getByRole('button', { name: 'Submit' }).click();
  await expect.poll(() => task.getByRole('alert').textContent()).toContain('can no longer be submitted');
  expect(portal.server.requests).not.toContain('POST assignments/a-t1/submit');
});

test('an answer that the server calls too late ends the task', async () => {
  const { page, task } = await work();
  endAssignment(portal.server.state, 'a-t1', 'expired');
  await fillAndSubmit(task);
  await page.getByRole('heading', { name: 'Time is over' }).waitFor();
});

test('a task that is withdrawn while somebody works on it is said at once', async () => {
  const { page } = await work();
  portal.server.state.assignments.clear();
  portal.server.tell('assignment', { assignmentId: 'a-t1', status: 'released' });
  await page.getByRole('heading', { name: 'This task has ended' }).waitFor();
  await page.getByText('no longer available').waitFor();
  await page.getByRole('link', { name: 'Back to list' }).click();
  await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
});

test('a task submitted in another window ends here too; events of other tasks do not matter', async () => {
  const { page } = await work();
  portal.server.tell('assignment', { assignmentId: 'another', status: 'expired' });
  endAssignment(portal.server.state, 'a-t1', 'submitted');
  portal.server.tell('assignment', { assignmentId: 'a-t1', status: 'submitted' });
  await page.getByRole('heading', { name: 'Already submitted' }).waitFor();
  // Asked for when the page is loaded, perhaps again when events begin, and at its own event.
  expect(portal.server.requests.filter((request) => request === 'GET assignments/a-t1').length).toBeLessThanOrEqual(3);
});

test('answers from any window but the frame are ignored', async () => {
  const { page, task } = await work();
  const answer = { holdpoint: 'answer', answerContent: { verdict: 'forged' } };
  await page.evaluate((message) => window.postMessage(message, '*'), answer);
  await task.locator('body').evaluate((body, message) => {
    const inner = document.createElement('iframe');
    inner.srcdoc = `<script>top.postMessage(${JSON.stringify(message)}, '*')</script>`;
    const loaded = new Promise((resolve) => inner.addEventListener('load', resolve));
    body.append(inner);
    return loaded;
  }, answer);
  await fillAndSubmit(task, 'mine');
  await page.getByRole('heading', { name: 'Submitted' }).waitFor();
  expect(portal.server.state.answers.map(({ answerContent }) => answerContent)).toEqual([{ verdict: 'mine', why: '' }]);
});

test('a frame that is not a task page is said and can be loaded again', async () => {
  portal.server.state.page = { body: 'Bad gateway', prelude: false };
  addTask(portal.server.state, 't1');
  acceptTask(portal.server.state, 't1');
  const page = await portal.open('/portal/work/a-t1');
  await page.getByText('The page of this task did not load as it should.').waitFor();
  portal.server.state.page = { body: '<crowd-form>here it is</crowd-form>' };
  await pressed(page, 'Load it again');
  await page.frameLocator('iframe[title=Task]').getByText('here it is').waitFor();
  await page.getByText('did not load as it should').waitFor({ state: 'detached' });
});

test('Back leads to the list and Forward to the task, each with its heading in focus', async () => {
  addTask(portal.server.state, 't1', { title: 'Rate the review' });
  const page = await portal.open('/portal');
  await pressed(page, 'Start working');
  await page.getByRole('heading', { name: 'Rate the review' }).waitFor();
  expect(await page.title()).toBe('Rate the review – Holdpoint');
  await page.goBack();
  await page.getByRole('heading', { name: 'Your tasks' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Tasks');
  await page.goForward();
  await page.frameLocator('iframe[title=Task]').getByRole('button', { name: 'Submit' }).waitFor();
});

test('R2 the task stays where it is when its draft is kept, however wide the window is', async () => {
  // Of this time the clock shows as many digits all the while; on a phone it shares the line with the words.
  const { page, task } = await work(1800);
  const top = () =>
    page.locator('iframe[title=Task]').evaluate(async (frame) => {
      // A new size of the window is laid out in one of the next frames.
      for (let count = 0; count < 3; count++) await new Promise(requestAnimationFrame);
      return frame.getBoundingClientRect().y;
    });
  const widths = Array.from({ length: 46 }, (_, index) => 360 + 20 * index);
  const tops = async () => {
    const all: number[] = [];
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      all.push(await top());
    }
    return all;
  };
  expect(await page.getByText('Draft kept').isVisible()).toBe(false);
  const before = await tops();
  await task.getByLabel('Verdict').fill('fair');
  await page.getByText('Draft kept').waitFor();
  expect(await tops()).toEqual(before);
});
