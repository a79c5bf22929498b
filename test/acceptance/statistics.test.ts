import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, sidewaysScroll } from '../../packages/portal/src/testing/accessibility.ts';
import { eventually } from '../testing/eventually.ts';
import { createFlow, startLoop, untilStatus } from '../testing/human-loops.ts';
import { parseMetrics } from '../testing/parse-metrics.ts';
import { useChromium } from '../testing/reviewer.ts';
import { patientSettings, testClock, wakeJobs } from '../testing/test-clock.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { signInByHttp } from '../testing/worker.ts';

const clock = testClock();
const { signIn } = useChromium();
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    clock,
    config: { ...patientSettings, metricsListen: '127.0.0.1:0', renderSeconds: 30 },
  });
}, 60_000);
afterAll(() => server?.close());

const statistics = (input = {}) =>
  server.client.call('GetStatistics', { FlowDefinitionName: 'pairs', Range: 'Hour', ...input });

/** What must be the same, whether a step is counted already or not. */
async function checkFigures(): Promise<void> {
  const { Totals, Steps, Agreement, Now, Forecast, Complete } = await statistics({ Range: 'Day' });
  expect(Complete).toBe(true);
  expect(Totals).toMatchObject({ Started: 4, Completed: 2, Failed: 0, Stopped: 1, Expired: 0, Answers: 5 });
  expect(Totals.TimeToCompletion.Count).toBe(2);
  expect(Totals.TimeToCompletion.P50).toBeGreaterThan(57);
  expect(Totals.TimeToAcceptance.Count).toBe(2);
  expect(Steps.reduce((sum, { Started }) => sum + Started, 0)).toBe(4);
  expect(Agreement).toEqual({
    Pairs: 2,
    EqualPairs: 1,
    Fields: [
      { Name: 'note', Pairs: 2, EqualPairs: 1 },
      { Name: 'sure', Pairs: 1, EqualPairs: 1 },
    ],
  });
  expect(Now).toMatchObject({ WaitingTasks: 1, AnswersNeeded: 1, Held: 0 });
  expect(Now.OldestWaitingSince).toBeInstanceOf(Date);
  expect(Forecast.LateTasks).toBe(0);
  const { Workers } = await server.client.call('GetWorkerStatistics', { Range: 'Day' });
  expect(Workers.map(({ Email, Answers, AnswersByStep }) => [Email, Answers, AnswersByStep.length])).toEqual([
    ['ada@example.com', 3, 24],
    ['grace@example.com', 2, 24],
  ]);
}

/** Four loops that two workers each must answer: two are Completed, one waits for a second answer, one is Stopped. */
async function playHistory(): Promise<void> {
  const flow = await createFlow(server, 'pairs', { taskCount: 2 });
  await Promise.all(['ada@example.com', 'grace@example.com'].map((email) => server.hire(email)));
  for (const name of ['a', 'b', 'c', 'd']) await startLoop(server, flow, name);
  const [ada, grace] = await Promise.all(
    ['ada@example.com', 'grace@example.com'].map((email) => signInByHttp(server, email)),
  );
  await eventually(async () => (await ada!.tasks()).length).toBe(4);
  const [first, second, third] = await ada!.tasks();
  clock.pass(60);
  await ada!.answer(first!.taskId, { note: 'x', sure: true });
  await grace!.answer(first!.taskId, { sure: true, note: 'x' });
  await ada!.answer(second!.taskId, { note: 'x' });
  await grace!.answer(second!.taskId, { note: 'y' });
  await ada!.answer(third!.taskId, { note: 'z' });
  await server.client.call('StopHumanLoop', { HumanLoopName: 'd' });
  for (const name of ['a', 'b']) await untilStatus(server, name, 'Completed');
  await untilStatus(server, 'd', 'Stopped');
}

test('O4 figures of what has just happened are there at once, and are the same when they are counted', {
  timeout: 120_000,
}, async () => {
  await playHistory();
  await checkFigures();
  expect((await statistics()).Forecast.AnswersPerHour).toBeCloseTo(5 / 3, 2);
  clock.pass(600);
  await wakeJobs(server, { flowArn: (await createFlow(server, 'other')).arn, name: 'wake' });
  await eventually(async () => (await statistics({ Range: 'Day' })).Complete).toBe(true);
  await checkFigures();
});

test('O4 what is asked for wrongly is refused with a sentence', async () => {
  await expect(statistics({ FlowDefinitionName: 'nothing-here' })).rejects.toThrow(/does not exist/);
  await expect(statistics({ TimeZone: 'Mars/Base' })).rejects.toThrow(/TimeZone 'Mars\/Base' is not known/);
});

const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
const keyOf = (): readonly [string, string] => [server.credentials.accessKeyId, server.credentials.secretAccessKey];
const scrape = (authorization?: string): Promise<Response> =>
  fetch(`${server.endpointUrl}/metrics`, { headers: authorization === undefined ? {} : { authorization } });

test.each([
  ['nobody', (): undefined => undefined, 401],
  ['a wrong secret', () => basic(keyOf()[0], 'x'), 401],
  ['an unknown key', () => basic('AKIAUNKNOWN', 'x'), 401],
  ['half a token', () => `Bearer ${keyOf()[0]}`, 401],
  ['a key as user and password', () => basic(...keyOf()), 200],
  ['a key as bearer token', () => `Bearer ${keyOf().join(':')}`, 200],
] as const)('O4 /metrics answers %s', async (_, authorization, status) => {
  const response = await scrape(authorization());
  expect(response.status).toBe(status);
  if (status === 401) {
    expect(response.headers.get('www-authenticate')).toMatch(/^Basic/);
    expect(await response.text()).not.toContain('holdpoint_');
  }
});

test('O4 /metrics is the text format of Prometheus, on a listener of its own too, and nothing else is there', async () => {
  const own = `http://127.0.0.1:${server.metricsPort}`;
  const response = await fetch(`${own}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const families = parseMetrics(await response.text());
  const value = (name: string, labels = '{flow_definition="pairs"}') =>
    families.get(`holdpoint_${name}`)?.samples.get(`holdpoint_${name}${labels}`);
  expect([...families.keys()].every((name) => name.startsWith('holdpoint_'))).toBe(true);
  expect(value('human_loops_started_total')).toBe(4);
  expect(value('human_loops_ended_total', '{flow_definition="pairs",outcome="Completed"}')).toBe(2);
  expect(value('answers_total')).toBe(5);
  expect(value('answer_pairs_equal_total')).toBe(1);
  expect(value('tasks_waiting')).toBe(1);
  expect(value('store_up', '')).toBe(1);
  expect(value('requests_total', '{operation="StartHumanLoop",status="200"}')).toBeGreaterThan(3);
  expect(families.get('holdpoint_time_to_completion_seconds')?.type).toBe('histogram');
  for (const path of ['/', '/portal', '/console/api/ListWorkers', '/human-loops'])
    expect((await fetch(`${own}${path}`)).status).toBe(404);
});

test('O4 the console shows figures as charts and tables, saves them, and keeps what was chosen in the address', {
  timeout: 180_000,
}, async () => {
  await server.hire('olga@example.com');
  await server.client.call('SetWorkerRole', { Email: 'olga@example.com', Role: 'Operator' });
  const { page } = await signIn(server, 'olga@example.com');
  await page.goto(`${server.url}/console`);
  await page.getByRole('heading', { name: 'What needs attention' }).waitFor();
  const overview = page.getByRole('figure', { name: 'Loops of the last 24 hours' });
  await overview.locator('canvas').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  await page.getByRole('link', { name: 'All statistics' }).click();
  await page.getByRole('heading', { name: 'Statistics', exact: true }).waitFor();
  await page.getByRole('combobox', { name: 'Flow definition' }).selectOption('pairs');
  await page.getByRole('combobox', { name: 'Time' }).selectOption('Last 7 days');
  const fields = page.getByRole('region', { name: 'Agreement, table' });
  await fields.getByRole('rowheader', { name: 'note' }).waitFor();
  expect(new URL(page.url()).search).toBe('?flow=pairs&range=Week');
  await page.reload();
  const loops = page.getByRole('figure', { name: 'Loops', exact: true });
  await loops.locator('canvas').waitFor();
  // By keyboard, as somebody who does not see the chart.
  await loops.getByText('Loops as a table').focus();
  await page.keyboard.press('Enter');
  const started = loops.getByRole('row').filter({ has: page.getByRole('cell', { name: '4', exact: true }) });
  expect(await started.count()).toBe(1);
  expect(await fields.getByRole('row', { name: /note/ }).getByRole('cell').allTextContents()).toEqual(['50 %', '2']);
  expect(
    await page
      .getByRole('row', { name: /ada@example.com/ })
      .getByRole('cell')
      .first()
      .textContent(),
  ).toBe('3');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save Loops as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('loops-pairs.csv');
  const [heading, ...lines] = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
  expect(heading).toBe('\uFEFFFrom,Started,Completed,Failed,Expired,Stopped');
  expect(lines).toHaveLength(168);
  // Over all hours, since what happened here may lie on both sides of a full one.
  const columns = lines.map((line) => line.split(',').slice(1).map(Number));
  expect(columns.reduce((sums, hour) => sums.map((sum, column) => sum + hour[column]!))).toEqual([4, 2, 0, 0, 1]);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await accessibilityFaults(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await sidewaysScroll(page)).toBe(0);
});
