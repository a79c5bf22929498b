// docs/consolidation.md, as three workers and a program follow it: one answer of several, and where it stands.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { parseS3Uri } from '@holdpoint/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, sidewaysScroll } from '../../packages/portal/src/testing/accessibility.ts';
import { eventually } from '../testing/eventually.ts';
import { createFlow, type Flow, outputOf, startLoop, untilStatus } from '../testing/human-loops.ts';
import { useChromium } from '../testing/reviewer.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { type HttpWorker, signInByHttp } from '../testing/worker.ts';

const page = await readFile(join(import.meta.dirname, '../../docs/consolidation.md'), 'utf8');
const [given, consolidated] = [...page.matchAll(/^```json\n(.*?)^```$/gms)].map(([, text]) => JSON.parse(text!)) as [
  readonly object[],
  object,
];

const emails = ['ada@example.com', 'ben@example.com', 'cleo@example.com'];
const { signIn } = useChromium();
let server: TestServer;
let workers: readonly HttpWorker[];
beforeAll(async () => {
  server = await startTestServer();
  for (const email of emails) await server.hire(email);
  workers = await Promise.all(emails.map((email) => signInByHttp(server, email)));
}, 120_000);
afterAll(() => server?.close());

let invoices: Flow;

/** Starts a loop that the first workers answer, one after the other, and waits until it is finished. */
async function play(flow: Flow, name: string, answers: readonly object[]): Promise<void> {
  await startLoop(server, flow, name);
  for (const [index, answer] of answers.entries()) {
    await eventually(async () => (await workers[index]!.tasks()).some(({ title }) => title === flow.name)).toBe(true);
    const task = (await workers[index]!.tasks()).find(({ title }) => title === flow.name)!;
    await workers[index]!.answer(task.taskId, answer);
  }
  await untilStatus(server, name, 'Completed');
}

const describeConsolidation = (input: { HumanLoopName: string; Method?: 'majority' | 'dawid-skene' }) =>
  server.client.call('DescribeConsolidation', input);

async function textOf(uri: string): Promise<string> {
  const { bucket, key } = parseS3Uri(uri)!;
  const { Body } = await server.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Body!.transformToString();
}

test('7.4 – the page is right: what three workers answered becomes what it shows, and details.json has it', {
  timeout: 120_000,
}, async () => {
  invoices = await createFlow(server, 'invoices', {
    taskCount: 3,
    tags: { 'holdpoint:details-uri': 's3://details/loops' },
  });
  const flow = invoices;
  await play(flow, 'invoice-17', given);
  const { Answers, AnswerContent, Confidence, Fields, Workers, DetailsS3Uri } = await describeConsolidation({
    HumanLoopName: 'invoice-17',
  });
  expect([Answers, JSON.parse(AnswerContent!)]).toEqual([3, consolidated]);
  expect(Confidence).toBeCloseTo(2 / 3, 6);
  expect(Fields.map(({ Name, Kind, Procedure, Value }) => [Name, Kind, Procedure, JSON.parse(Value!)])).toEqual([
    ['kind', 'classifier', 'vote', { label: 'Invoice' }],
    ['signature', 'boundingBoxes', 'merged-shapes', (consolidated as { signature: object }).signature],
    ['total', 'number', 'median', 120],
  ]);
  expect(Fields[0]!.Votes.map(({ Choice, Share }) => [Choice, Math.round(Share * 100)])).toEqual([
    ['Invoice', 67],
    ['Receipt', 33],
  ]);
  expect(Workers.map(({ WorkerEmail, Match }) => [WorkerEmail, Match > 0.9])).toEqual([
    ['ada@example.com', true],
    ['ben@example.com', true],
    ['cleo@example.com', false],
  ]);

  const output = await outputOf(server, 'invoice-17');
  const members = ['flowDefinitionArn', 'humanAnswers', 'humanLoopName', 'inputContent'];
  expect(Object.keys(output).sort()).toEqual(members);
  expect(output.humanAnswers.map(({ answerContent }) => answerContent)).toEqual(given);
  expect(DetailsS3Uri).toMatch(/^s3:\/\/details\/loops\/invoices(\/\d+){6}\/invoice-17\/details\.json$/);
  await eventually(async () => (await textOf(DetailsS3Uri!).catch(() => '')).length).toBeGreaterThan(0);
  const details = JSON.parse(await textOf(DetailsS3Uri!));
  expect(details).toMatchObject({
    answers: 3,
    consolidatedAnswer: { answerContent: consolidated },
    flowDefinitionArn: flow.arn,
    humanLoopName: 'invoice-17',
    humanLoopStatus: 'Completed',
    method: 'majority',
    numbers: 'median',
  });
  expect(Object.keys(details.consolidatedAnswer.workers).sort()).toEqual(
    output.humanAnswers.map(({ workerId }) => workerId).sort(),
  );
  // It stays when the loop goes.
  await server.client.call('DeleteHumanLoop', { HumanLoopName: 'invoice-17' });
  await expect(describeConsolidation({ HumanLoopName: 'invoice-17' })).rejects.toThrow(/does not exist/);
  const { bucket, key } = parseS3Uri(DetailsS3Uri!)!;
  await server.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
});

test('7.4 – without the tag nothing is written, and before the last answer the first ones are consolidated', {
  timeout: 120_000,
}, async () => {
  const flow = await createFlow(server, 'notes', { taskCount: 2 });
  await startLoop(server, flow, 'note-1');
  expect(await describeConsolidation({ HumanLoopName: 'note-1' })).toMatchObject({ Answers: 0, Fields: [] });
  await eventually(async () => (await workers[0]!.tasks()).length).toBeGreaterThan(0);
  await workers[0]!.answer((await workers[0]!.tasks()).find(({ title }) => title === 'notes')!.taskId, { note: 'x' });
  const described = await describeConsolidation({ HumanLoopName: 'note-1' });
  expect(described).toMatchObject({ Answers: 1, AnswerContent: '{"note":"x"}', Confidence: 1, Posterior: 0.8 });
  expect(described).not.toHaveProperty('DetailsS3Uri');
});

test('7.4 – the bucket of the outputs is refused for details, when a flow is made and when it gets the tag', async () => {
  const sentence = /holdpoint:details-uri must name another bucket than OutputConfig\.S3OutputPath/;
  const tag = { 'holdpoint:details-uri': 's3://holdpoint/details' };
  await expect(createFlow(server, 'same-bucket', { tags: tag })).rejects.toThrow(sentence);
  const flow = await createFlow(server, 'other-bucket');
  const add = (Value: string) =>
    server.client.call('AddTags', { ResourceArn: flow.arn, Tags: [{ Key: 'holdpoint:details-uri', Value }] });
  await expect(add('s3://holdpoint/details')).rejects.toThrow(sentence);
  await expect(add(`s3://details/${'p'.repeat(240)}`)).resolves.toBeDefined();
});

test('7.4 – the history of a flow says who is right, and its choices are decided by it', {
  timeout: 240_000,
}, async () => {
  const flow = await createFlow(server, 'spam', { taskCount: 3, tags: { 'holdpoint:consolidation': 'dawid-skene' } });
  const label = (is: string) => ({ spam: { label: is } });
  // Ada and Ben look; Cleo says yes to everything.
  for (let loop = 0; loop < 8; loop++) {
    const truth = loop % 2 === 0 ? 'no' : 'yes';
    await play(flow, `spam-${loop}`, [label(truth), label(truth), label('yes')]);
  }
  const agreement = await server.client.call('GetFlowAgreement', { FlowDefinitionName: 'spam', MaxAgeSeconds: 0 });
  expect([agreement.Loops, agreement.Answers]).toEqual([8, 24]);
  const [field] = agreement.Fields;
  expect(field).toMatchObject({ Name: 'spam', Kind: 'classifier', Metric: 'nominal', Labels: ['no', 'yes'] });
  // Two pairs at chance and one in perfect agreement.
  expect(field!.Kappa).toBeCloseTo(1 / 3, 6);
  expect(field!.Pairs.map(({ Loops }) => Loops)).toEqual([8, 8, 8]);
  const accuracy = Object.fromEntries(agreement.Workers.map(({ WorkerEmail, Accuracy }) => [WorkerEmail!, Accuracy]));
  expect(accuracy['ada@example.com']).toBeGreaterThan(0.9);
  expect(accuracy['cleo@example.com']).toBeLessThan(0.7);
  expect(agreement.Workers[0]!.Fields[0]!.Confusion).toHaveLength(2);
  const { Method, Fields } = await describeConsolidation({ HumanLoopName: 'spam-0' });
  expect([Method, Fields[0]!.Procedure, Fields[0]!.Value]).toEqual(['dawid-skene', 'dawid-skene', '{"label":"no"}']);
  await expect(server.client.call('GetFlowAgreement', { FlowDefinitionName: 'nothing' })).rejects.toThrow(
    /does not exist/,
  );
});

test('7.4 – the console shows what answers come to, how sure that is, and who takes what for what', {
  timeout: 240_000,
}, async () => {
  await play(invoices, 'invoice-18', given);
  await server.hire('olga@example.com');
  await server.client.call('SetWorkerRole', { Email: 'olga@example.com', Role: 'Operator' });
  const { page } = await signIn(server, 'olga@example.com');
  await page.goto(`${server.url}/console/human-loops/invoice-18`);
  await page.getByRole('heading', { name: 'What they come to' }).waitFor();
  const table = page.getByRole('region', { name: 'Consolidated answer, table' });
  const cells = table.getByRole('row', { name: /^kind/ }).getByRole('cell');
  expect((await cells.allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
    '{"label":"Invoice"} Invoice 66.7 %, Receipt 33.3 %',
    '66.7 %',
    '80 %',
    '33.3 %',
    '100 %',
    '100 %',
    '0 %',
  ]);
  await page.getByRole('img', { name: 'Consolidated marks of signature: 1' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.goto(`${server.url}/console/human-loops/spam-0`);
  const how = page.getByRole('combobox', { name: 'How' });
  expect(await how.inputValue()).toBe('dawid-skene');
  const value = table.getByRole('row', { name: /^spam/ }).getByRole('cell').first();
  expect(await value.textContent()).toContain('{"label":"no"}');
  await how.selectOption('Every worker counts the same');
  await table.getByRole('rowheader', { name: /classifier, vote/ }).waitFor();

  await page.goto(`${server.url}/console/statistics?flow=spam`);
  await page.getByRole('heading', { name: 'Beyond chance' }).waitFor();
  const fields = page.getByRole('region', { name: 'Alpha and kappa, table' });
  expect((await fields.getByRole('row', { name: /spam/ }).getByRole('cell').last().textContent())?.trim()).toBe('0.33');
  await page.getByRole('img', { name: /^cleo, spam: no is recognized in .* %, yes is recognized in .* %$/ }).waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await accessibilityFaults(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await sidewaysScroll(page)).toBe(0);
});
