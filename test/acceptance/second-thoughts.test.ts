// Reviewers who change their minds, lose their page or their connection, or cannot answer.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFlow, describeLoop, outputOf, startLoop, statusOf, untilStatus } from '../testing/human-loops.ts';
import { useChromium } from '../testing/reviewer.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

const template = `<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <p>{{ task.input.text }}</p>
  <crowd-input name="note" label="Note"></crowd-input>
  <label>Shop <select name="shop"><option>–</option><option>North</option></select></label>
</crowd-form>`;

describeWith('Chromium')('a reviewer', () => {
  const chromium = useChromium();
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
    await Promise.all(['ada', 'ben', 'cleo'].map((name) => server.hire(`${name}@example.com`)));
  });
  afterAll(() => server?.close());

  test('R2 R3: has the draft back after a reload, takes the answer back, and the loop ends with the second one', async () => {
    const flow = await createFlow(server, 'undone', { template, tags: { 'holdpoint:undo-seconds': '8' } });
    await startLoop(server, flow, 'undone');
    const ada = await chromium.signIn(server, 'ada@example.com');
    await ada.start(flow.name);
    await ada.task.getByLabel('Note').fill('First thought');
    await ada.task.getByLabel('Shop').selectOption('North');
    await ada.page.getByText('Draft kept').waitFor();
    await ada.page.reload();
    await expect.poll(() => ada.task.getByLabel('Note').inputValue()).toBe('First thought');
    await ada.submit();
    await ada.page.getByRole('button', { name: 'Undo' }).click();
    await ada.page.getByText('Your answer was taken back.').waitFor();
    await expect.poll(() => ada.task.getByLabel('Note').inputValue()).toBe('First thought');
    expect(await ada.task.getByLabel('Shop').inputValue()).toBe('North');
    expect(await statusOf(server, 'undone')).toBe('InProgress');
    await ada.task.getByLabel('Note').fill('Second thought');
    await ada.submit();
    await untilStatus(server, 'undone', 'Completed');
    const { humanAnswers } = await outputOf(server, 'undone');
    expect(humanAnswers.map(({ answerContent }) => answerContent)).toEqual([{ note: 'Second thought', shop: 'North' }]);
  });

  test('R2: cannot take back what a stop has made final, which is Completed at once', async () => {
    const flow = await createFlow(server, 'stopped', { template, tags: { 'holdpoint:undo-seconds': '3600' } });
    await startLoop(server, flow, 'stopped');
    const ben = await chromium.signIn(server, 'ben@example.com');
    await ben.start(flow.name);
    await ben.task.getByLabel('Note').fill('Only thought');
    await ben.submit();
    await server.client.call('StopHumanLoop', { HumanLoopName: 'stopped' });
    await untilStatus(server, 'stopped', 'Completed');
    await ben.page.getByRole('button', { name: 'Undo' }).click();
    await ben.page.getByText('This answer is final and can no longer be changed.').waitFor();
    await ben.page.getByRole('link', { name: 'My answers' }).click();
    await ben.page.getByRole('link', { name: flow.name }).click();
    await ben.page.getByText('This answer is final.').waitFor();
    await expect.poll(() => ben.task.getByLabel('Note').inputValue()).toBe('Only thought');
  });

  test('R2: says that a task cannot be answered, and why', async () => {
    const flow = await createFlow(server, 'unanswerable', { template });
    await startLoop(server, flow, 'unanswerable');
    const cleo = await chromium.signIn(server, 'cleo@example.com');
    await cleo.start(flow.name);
    await cleo.page.getByRole('button', { name: 'Decline task' }).click();
    await cleo.page.getByRole('radio', { name: 'It cannot be answered' }).check();
    await cleo.page.getByLabel('What is wrong with it?').fill('There is no text.');
    await cleo.page.getByRole('button', { name: 'Confirm' }).click();
    await cleo.page.getByText(`You declined “${flow.name}”.`).waitFor();
    expect(await cleo.row(flow.name).count()).toBe(0);
    expect((await describeLoop(server, 'unanswerable')).HumanLoopStatus).toBe('InProgress');
  });
});
