// How tasks and loops end otherwise than by an answer, seen from the browser and from the API.
import type { HumanLoopEvent } from '@holdpoint/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import {
  createFlow,
  describeLoop,
  type Flow,
  outputOf,
  startLoop,
  statusOf,
  untilStatus,
} from '../testing/human-loops.ts';
import { useChromium } from '../testing/reviewer.ts';
import { patientSettings, type TestClock, testClock, wakeJobs } from '../testing/test-clock.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';
import { receiveWebhooks, type WebhookReceiver } from '../testing/webhook-receiver.ts';

const email = 'ada@example.com';
/** A name that no template can be rendered without. */
const wakingTemplate = '<crowd-form>{{ task.input.missing | grant_read_access }}</crowd-form>';

describeWith('Chromium')('loops that end without all their answers', () => {
  const chromium = useChromium();
  let clock: TestClock;
  let server: TestServer;
  let events: WebhookReceiver<HumanLoopEvent>;
  let waking: Flow;
  let woken = 0;

  beforeAll(async () => {
    clock = testClock();
    server = await startTestServer({ clock, config: { ...patientSettings, allowPrivateTargets: true } });
    await server.hire(email);
    await server.hire('ben@example.com');
    events = await receiveWebhooks<HumanLoopEvent>();
    await server.client.call('CreateEventTarget', { Url: events.url });
    waking = await createFlow(server, 'waking', { template: wakingTemplate });
  });
  afterAll(async () => {
    await server?.close();
    await events?.close();
  });

  /** Lets seconds pass, and has the server notice. */
  async function pass(seconds: number): Promise<void> {
    clock.pass(seconds);
    woken += 1;
    await wakeJobs(server, { flowArn: waking.arn, name: `waking-${woken}` });
  }

  const eventOf = async (name: string): Promise<HumanLoopEvent['detail']> =>
    (await events.find(({ detail }) => detail.humanLoopName === name)).event.detail;

  test('a page that cannot be rendered fails its loop, with the reason, before anybody sees it', async () => {
    await startLoop(server, waking, 'unrenderable', { missing: ' ' });
    await untilStatus(server, 'unrenderable', 'Failed');
    const loop = await describeLoop(server, 'unrenderable');
    expect(loop).toMatchObject({
      FailureCode: 'ValidationError',
      FailureReason: expect.stringMatching(/^Task failed to render: \[ .* \]\.$/),
    });
    expect(loop.HumanLoopOutput).toBeUndefined();
    expect(await eventOf('unrenderable')).toMatchObject({
      humanLoopStatus: 'Failed',
      failureCode: 'ValidationError',
      failureReason: loop.FailureReason,
    });
    const ada = await chromium.signIn(server, email);
    await ada.page.getByText('No tasks are waiting for you.').waitFor();
  });

  test('after its time limit a task goes back to the list and the work is discarded', async () => {
    const flow = await createFlow(server, 'time-limit', { timeLimitSeconds: 30 });
    const ada = await chromium.signIn(server, email);
    await startLoop(server, flow, 'too-slow');
    await ada.start(flow.name);
    await ada.task.getByLabel('Note').fill('half a thought');
    await pass(40);
    await ada.page.getByRole('heading', { name: 'Time is over' }).waitFor();
    expect(await ada.task.getByLabel('Note').inputValue()).toBe('half a thought');
    expect(await statusOf(server, 'too-slow')).toBe('InProgress');
    await ada.list();
    await ada.start(flow.name);
    await ada.task.getByLabel('Note').fill('in time');
    await ada.submit();
    await untilStatus(server, 'too-slow', 'Completed');
    expect((await outputOf(server, 'too-slow')).humanAnswers.map(({ answerContent }) => answerContent)).toEqual([
      { note: 'in time' },
    ]);
  });

  test('a loop that nobody works on is Stopped at once, with an output without answers', async () => {
    const flow = await createFlow(server, 'stopped-idle');
    const ada = await chromium.signIn(server, email);
    await startLoop(server, flow, 'stopped-idle');
    await ada.row(flow.name).waitFor();
    await server.client.call('StopHumanLoop', { HumanLoopName: 'stopped-idle' });
    expect(await statusOf(server, 'stopped-idle')).toBe('Stopped');
    await ada.page.getByText('No tasks are waiting for you.').waitFor();
    expect((await outputOf(server, 'stopped-idle')).humanAnswers).toEqual([]);
    expect(await eventOf('stopped-idle')).toMatchObject({ humanLoopStatus: 'Stopped', failureCode: null });
  });

  test('a loop stopped while somebody works is Stopping until the answer is in, and keeps it', async () => {
    const flow = await createFlow(server, 'stopped-working', { taskCount: 2 });
    const ada = await chromium.signIn(server, email);
    const ben = await chromium.signIn(server, 'ben@example.com');
    await startLoop(server, flow, 'stopped-working');
    await ada.start(flow.name);
    await server.client.call('StopHumanLoop', { HumanLoopName: 'stopped-working' });
    expect(await statusOf(server, 'stopped-working')).toBe('Stopping');
    await server.client.call('StopHumanLoop', { HumanLoopName: 'stopped-working' });
    await ben.list();
    expect(await ben.row(flow.name).count()).toBe(0);
    await ada.task.getByLabel('Note').fill('still counts');
    await ada.submit();
    await untilStatus(server, 'stopped-working', 'Stopped');
    expect((await outputOf(server, 'stopped-working')).humanAnswers.map(({ answerContent }) => answerContent)).toEqual([
      { note: 'still counts' },
    ]);
    await expect(server.client.call('StopHumanLoop', { HumanLoopName: 'stopped-working' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  test('whoever leaves a loop that is Stopping cannot come back, and the loop is Stopped', async () => {
    const flow = await createFlow(server, 'left-stopping');
    const ada = await chromium.signIn(server, email);
    await startLoop(server, flow, 'left-stopping');
    await ada.start(flow.name);
    await server.client.call('StopHumanLoop', { HumanLoopName: 'left-stopping' });
    await ada.leave('Release task');
    await untilStatus(server, 'left-stopping', 'Stopped');
    expect(await ada.row(flow.name).count()).toBe(0);
  });

  test('a task put aside for later is gone when its loop is stopped', async () => {
    const flow = await createFlow(server, 'stopped-aside');
    const ada = await chromium.signIn(server, email);
    await startLoop(server, flow, 'stopped-aside');
    await ada.start(flow.name);
    const work = ada.page.url();
    await ada.leave('Stop and resume later');
    await ada.row(flow.name, 'Resume working').waitFor();
    await server.client.call('StopHumanLoop', { HumanLoopName: 'stopped-aside' });
    expect(await statusOf(server, 'stopped-aside')).toBe('Stopped');
    await eventually(() => ada.row(flow.name, 'Resume working').count()).toBe(0);
    await ada.page.goto(work);
    await ada.page.getByRole('link', { name: 'Back to list' }).waitFor();
    expect(await ada.page.locator('iframe').count()).toBe(0);
  });

  test('a flow deleted while somebody works is Deleting until the answer is in; then its name is free', async () => {
    const flow = await createFlow(server, 'deleted');
    const ada = await chromium.signIn(server, email);
    await startLoop(server, flow, 'deleted-worked-on');
    await startLoop(server, flow, 'deleted-idle');
    await ada.start(flow.name);
    const remove = () => server.client.call('DeleteFlowDefinition', { FlowDefinitionName: flow.name });
    await remove();
    await server.client.call('DeleteHumanTaskUi', { HumanTaskUiName: flow.name });
    await untilStatus(server, 'deleted-idle', 'Stopped');
    await untilStatus(server, 'deleted-worked-on', 'Stopping');
    const described = await server.client.call('DescribeFlowDefinition', { FlowDefinitionName: flow.name });
    expect(described.FlowDefinitionStatus).toBe('Deleting');
    await remove();
    await expect(startLoop(server, flow, 'too-late')).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(createFlow(server, 'deleted')).rejects.toMatchObject({ name: 'ResourceInUse' });
    await server.client.call('DeleteHumanTaskUi', { HumanTaskUiName: flow.name });

    await ada.task.getByLabel('Note').fill('finished all the same');
    await ada.submit();
    await untilStatus(server, 'deleted-worked-on', 'Stopped');
    expect((await outputOf(server, 'deleted-worked-on')).humanAnswers).toHaveLength(1);
    await eventually(() => remove().then(String, (error: Error) => error.name)).toBe('ResourceNotFound');
    expect(await statusOf(server, 'deleted-idle')).toBe('Stopped');
    const again = await createFlow(server, 'deleted');
    await startLoop(server, again, 'second-life');
    await ada.list();
    await ada.start(flow.name);
  });

  test('availability that runs out fails the loop; whoever is at work may finish', async () => {
    const flow = await createFlow(server, 'expiring', { availabilitySeconds: 60 });
    const ada = await chromium.signIn(server, email, { goesOn: true });
    await startLoop(server, flow, 'finished-late');
    await ada.start(flow.name);
    await startLoop(server, flow, 'never-taken');
    await pass(90);
    await untilStatus(server, 'never-taken', 'Failed');
    expect(await describeLoop(server, 'never-taken')).toMatchObject({ FailureCode: 'Expired' });
    expect(await eventOf('never-taken')).toMatchObject({ humanLoopStatus: 'Failed', failureCode: 'Expired' });
    await ada.task.getByLabel('Note').fill('late but within the limit');
    await ada.submit();
    await untilStatus(server, 'finished-late', 'Completed');
    await ada.page.getByText('No more tasks are waiting').waitFor();
  });

  test('a worker who gives up after the availability ran out fails the loop', async () => {
    const flow = await createFlow(server, 'expired-released', { availabilitySeconds: 60 });
    const ada = await chromium.signIn(server, email);
    await startLoop(server, flow, 'given-up');
    await ada.start(flow.name);
    await pass(90);
    expect(await statusOf(server, 'given-up')).toBe('InProgress');
    await ada.leave('Release task');
    await untilStatus(server, 'given-up', 'Failed');
    expect(await describeLoop(server, 'given-up')).toMatchObject({ FailureCode: 'Expired' });
    expect(await ada.row(flow.name).count()).toBe(0);
  });

  test('only finished loops can be deleted, and their names can be used again', async () => {
    const flow = await createFlow(server, 'deleting-loops');
    const remove = () => server.client.call('DeleteHumanLoop', { HumanLoopName: 'short-lived' });
    await startLoop(server, flow, 'short-lived');
    await expect(remove()).rejects.toMatchObject({ name: 'ValidationException' });
    await server.client.call('StopHumanLoop', { HumanLoopName: 'short-lived' });
    const { HumanLoopOutput } = await describeLoop(server, 'short-lived');
    await remove();
    await expect(describeLoop(server, 'short-lived')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(remove()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    clock.pass(2);
    await startLoop(server, flow, 'short-lived', { text: 'another' });
    expect((await describeLoop(server, 'short-lived')).HumanLoopOutput).not.toEqual(HumanLoopOutput);
  });
});
