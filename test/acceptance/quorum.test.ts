// Loops whose answers decide how many workers are asked, with three workers at two browsers; and docs/quorum.md, followed.
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { createClient } from '@holdpoint/client';
import { workteamArn } from '@holdpoint/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { createFlow, outputOf, startLoop, statusOf, untilStatus } from '../testing/human-loops.ts';
import { type Reviewer, useChromium } from '../testing/reviewer.ts';
import { patientSettings, testClock, wakeJobs } from '../testing/test-clock.ts';
import { startTestServer, type TestServer, temporaryFolder } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const template = `<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <p>{{ task.input.text }}</p>
  <label>Decision <select name="decision"><option>yes</option><option>no</option><option>never</option></select></label>
  <label>Note <input name="note"></label>
</crowd-form>`;

describeWith('Chromium')('7.4 – three workers at two browsers', () => {
  const first = useChromium({ lasts: true });
  const second = useChromium({ lasts: true });
  const clock = testClock();
  let server: TestServer;
  let ada: Reviewer;
  let ben: Reviewer;
  let cleo: Reviewer;

  beforeAll(async () => {
    server = await startTestServer({ clock, config: patientSettings });
    for (const name of ['ada', 'ben', 'cleo']) await server.hire(`${name}@example.com`);
    ada = await first.signIn(server, 'ada@example.com');
    ben = await second.signIn(server, 'ben@example.com');
    cleo = await second.signIn(server, 'cleo@example.com');
  }, 120_000);
  afterAll(() => server?.close());

  const begin = async (reviewer: Reviewer, title: string) => {
    await reviewer.list();
    await reviewer.start(title);
  };
  const decide = async (reviewer: Reviewer, decision: string) => {
    await reviewer.task.getByLabel('Decision').selectOption(decision);
    await reviewer.task.getByLabel('Note').fill(`${decision}, I think`);
    await reviewer.submit();
  };
  const answer = async (reviewer: Reviewer, title: string, decision: string) => {
    await begin(reviewer, title);
    await decide(reviewer, decision);
  };
  const isOffered = async (reviewer: Reviewer, title: string) => {
    await reviewer.list();
    return (await reviewer.row(title).count()) > 0;
  };
  const described = (name: string) => server.client.call('GetHumanLoop', { HumanLoopName: name });
  const decisions = async (name: string) =>
    (await outputOf(server, name)).humanAnswers.map(({ answerContent }) => answerContent.decision);
  const kinds = async (name: string) =>
    (await server.client.call('ListHumanLoopEvents', { HumanLoopName: name })).Events.map(({ Kind }) => Kind);

  const untilTask = (name: string) =>
    eventually(async () => (await described(name)).HumanLoopStatus).toBe('InProgress');

  /** What the commands of a page print, one after the other. */
  async function followed(page: string, file: string): Promise<string[]> {
    const text = await readFile(join(root, `docs/${page}.md`), 'utf8');
    const lines = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, code]) => code!.trim().split('\n'));
    const folder = await temporaryFolder();
    await writeFile(join(folder, file), template);
    const shown: string[] = [];
    for (const line of lines) {
      const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c!).slice(1);
      const command = [...process.execArgv, join(root, 'packages/server/src/cli/main.ts'), ...words];
      const { stdout } = await promisify(execFile)(process.execPath, [...command, '--data', server.data], {
        cwd: folder,
      });
      shown.push(stdout);
    }
    await rm(folder, { recursive: true });
    return shown;
  }

  test('7.4 – two who agree are enough; two who do not have a third one asked, who decides', async () => {
    const tags = { 'holdpoint:min-answers': '2', 'holdpoint:compare-fields': 'decision' };
    const flow = await createFlow(server, 'adaptive', { template, taskCount: 3, tags });
    await startLoop(server, flow, 'agreed');
    await answer(ada, flow.name, 'yes');
    await answer(ben, flow.name, 'yes');
    await untilStatus(server, 'agreed', 'Completed');
    expect(await described('agreed')).toMatchObject({ AnswersNeeded: 2, MostAnswers: 3, StopReason: 'agreement' });

    await startLoop(server, flow, 'disputed');
    await answer(ada, flow.name, 'yes');
    expect((await described('disputed')).StopReason).toBeUndefined();
    await answer(ben, flow.name, 'no');
    expect(await described('disputed')).toMatchObject({ HumanLoopStatus: 'InProgress', AnswersNeeded: 3 });
    await answer(cleo, flow.name, 'no');
    await untilStatus(server, 'disputed', 'Completed');
    expect(await decisions('disputed')).toEqual(['yes', 'no', 'no']);
    expect(await described('disputed')).toMatchObject({ AnswersNeeded: 3, StopReason: 'agreement' });
    const timeline = await kinds('disputed');
    expect(timeline.filter((kind) => kind === 'MoreAsked' || kind === 'EnoughAnswers')).toEqual([
      'MoreAsked',
      'EnoughAnswers',
    ]);
  }, 120_000);

  test('7.4 – an answer that is taken back takes its question to a third worker back', async () => {
    const tags = {
      'holdpoint:min-answers': '2',
      'holdpoint:max-answers': '3',
      'holdpoint:compare-fields': 'decision',
      'holdpoint:undo-seconds': '20',
    };
    const flow = await createFlow(server, 'undone', { template, taskCount: 2, tags });
    await startLoop(server, flow, 'undone');
    await answer(ada, flow.name, 'yes');
    await answer(ben, flow.name, 'no');
    expect(await isOffered(cleo, flow.name)).toBe(true);
    await ben.page.getByRole('button', { name: 'Undo' }).click();
    await ben.page.getByText('Your answer was taken back.').waitFor();
    expect(await isOffered(cleo, flow.name)).toBe(false);
    expect(await described('undone')).toMatchObject({ AnswersNeeded: 2, AnswersDone: 1, AnswersInProgress: 1 });
    await decide(ben, 'yes');
    // The decision makes nothing final: the output is due when the answer is.
    expect(await described('undone')).toMatchObject({ HumanLoopStatus: 'InProgress', StopReason: 'agreement' });
    await server.client.call('StopHumanLoop', { HumanLoopName: 'undone' });
    await untilStatus(server, 'undone', 'Completed');
    expect(await decisions('undone')).toEqual(['yes', 'yes']);
  }, 120_000);

  test('7.4 – a quorum of two needs no third answer; a veto ends it while somebody is at it', async () => {
    const tags = { 'holdpoint:quorum': '2', 'holdpoint:veto': 'never', 'holdpoint:compare-fields': 'decision' };
    const flow = await createFlow(server, 'quorum', { template, taskCount: 3, tags });
    await startLoop(server, flow, 'decided');
    await begin(ada, flow.name);
    await begin(ben, flow.name);
    expect(await isOffered(cleo, flow.name)).toBe(false);
    await decide(ada, 'no');
    await decide(ben, 'no');
    await untilStatus(server, 'decided', 'Completed');
    expect(await described('decided')).toMatchObject({ AnswersDone: 2, StopReason: 'quorum' });

    await startLoop(server, flow, 'vetoed');
    await begin(ada, flow.name);
    await begin(ben, flow.name);
    await decide(ben, 'never');
    await untilStatus(server, 'vetoed', 'Completed');
    expect(await decisions('vetoed')).toEqual(['never']);
    expect(await described('vetoed')).toMatchObject({ AnswersDone: 1, AnswersInProgress: 0, StopReason: 'veto' });
    expect(await kinds('vetoed')).toContain('Released');
    // What Ada sees says so by itself, without anything being pressed.
    await ada.page.getByText('Your answer is not needed any more.').waitFor();
  }, 120_000);

  test('7.4 – of two groups, each answers once, whoever is first', async () => {
    const workteam = async (WorkteamName: string, ...groups: string[]) => {
      const pool = { UserPool: 'us-east-1_Holdpoint', ClientId: 'holdpoint' };
      const MemberDefinitions = groups.map((UserGroup) => ({ CognitoMemberDefinition: { ...pool, UserGroup } }));
      await server.client.call('CreateWorkteam', { WorkteamName, Description: 'x', MemberDefinitions });
    };
    await workteam('legal', 'legal');
    await workteam('finance', 'finance');
    await workteam('approvers', 'legal', 'finance');
    for (const [name, team] of [
      ['ada', 'legal'],
      ['ben', 'legal'],
      ['cleo', 'finance'],
    ])
      await server.client.call('SetWorkerWorkteams', { Email: `${name}@example.com`, Workteams: ['reviewers', team!] });
    const tags = { 'holdpoint:distinct-groups': '2' };
    const flow = await createFlow(server, 'groups', { template, taskCount: 2, tags, workteam: 'approvers' });
    await startLoop(server, flow, 'approved');
    await answer(ada, flow.name, 'yes');
    expect(await isOffered(ben, flow.name)).toBe(false);
    await answer(cleo, flow.name, 'yes');
    await untilStatus(server, 'approved', 'Completed');
    expect(await decisions('approved')).toEqual(['yes', 'yes']);
    const { FlowDefinitionArn: ResourceArn } = await server.client.call('DescribeFlowDefinition', {
      FlowDefinitionName: flow.name,
    });
    const Tags = [{ Key: 'holdpoint:max-answers', Value: '3' }];
    await server.client.call('AddTags', { ResourceArn, Tags });
    const wrong = [{ Key: 'holdpoint:distinct-groups', Value: '3' }];
    await expect(server.client.call('AddTags', { ResourceArn, Tags: wrong })).rejects.toThrow(
      'The tag holdpoint:distinct-groups (3) must not be more than the groups of the workteam approvers (2).',
    );
  }, 120_000);

  test('7.4 – whoever asked may not answer, by the owner of the key', async () => {
    const tags = { 'holdpoint:exclude-requester': 'true' };
    const flow = await createFlow(server, 'own', { template, tags });
    await expect(startLoop(server, flow, 'own-request')).rejects.toThrow('has no owner');
    const key = await server.client.call('CreateAccessKey', { OwnerEmail: 'Ada@example.com' });
    const client = createClient({
      endpointUrl: server.endpointUrl,
      region: server.region,
      credentials: { accessKeyId: key.AccessKeyId, secretAccessKey: key.SecretAccessKey },
      ignoreConfiguration: true,
    });
    await startLoop({ ...server, client }, flow, 'own-request');
    expect(await isOffered(ben, flow.name)).toBe(true);
    expect(await isOffered(ada, flow.name)).toBe(false);
    await answer(ben, flow.name, 'yes');
    await untilStatus(server, 'own-request', 'Completed');
  }, 120_000);

  test('7.4 – an adjudicator sees answers that differ, and decides', async () => {
    const own = workteamArn(server, 'reviewers');
    const tags = {
      'holdpoint:compare-fields': 'decision',
      'holdpoint:adjudicator-workteam': own,
      'holdpoint:undo-seconds': '20',
    };
    const flow = await createFlow(server, 'adjudicated', { template, taskCount: 2, tags });
    await startLoop(server, flow, 'judged');
    await answer(ada, flow.name, 'yes');
    await answer(ben, flow.name, 'no');
    expect(await described('judged')).toMatchObject({ AnswersNeeded: 3, AnswersDone: 2, IsAdjudication: true });
    await begin(cleo, flow.name);
    const table = cleo.page.getByRole('region', { name: 'Answers side by side' });
    const row = table.getByRole('row', { name: /^decision differs/ });
    expect(await row.getByRole('cell').allInnerTexts()).toEqual(['yes', 'no']);
    expect(await table.innerText()).not.toMatch(/ada|ben/i);
    // Cleo is at it, so that Ben's second thoughts come too late.
    await ben.page.getByRole('button', { name: 'Undo' }).click();
    await ben.page.getByText('Somebody else decides about the answers now').waitFor();
    await decide(cleo, 'never');
    await server.client.call('StopHumanLoop', { HumanLoopName: 'judged' });
    await untilStatus(server, 'judged', 'Completed');
    expect(await decisions('judged')).toEqual(['never', 'yes', 'no']);
    expect((await described('judged')).StopReason).toBe('adjudication');
    const { Answers } = await server.client.call('ListHumanLoopAnswers', { HumanLoopName: 'judged' });
    expect(Answers.map(({ WorkerName, IsAdjudication }) => [WorkerName, IsAdjudication])).toEqual([
      ['cleo', true],
      ['ada', undefined],
      ['ben', undefined],
    ]);
    expect(await kinds('judged')).toContain('AdjudicatorAsked');
    const consolidation = await server.client.call('DescribeConsolidation', { HumanLoopName: 'judged' });
    expect(JSON.parse(consolidation.AnswerContent!)).toMatchObject({ decision: 'never' });
    expect(consolidation.Fields[0]).toMatchObject({ Name: 'decision', Procedure: 'adjudication', Value: '"never"' });

    await startLoop(server, flow, 'undisputed');
    await answer(ada, flow.name, 'yes');
    await answer(ben, flow.name, 'yes');
    await server.client.call('StopHumanLoop', { HumanLoopName: 'undisputed' });
    await untilStatus(server, 'undisputed', 'Completed');
    expect(await decisions('undisputed')).toEqual(['yes', 'yes']);
  }, 120_000);

  test('7.4 – the workteam of adjudicators must be there and stays', async () => {
    const arn = workteamArn(server, 'judges');
    const tags = { 'holdpoint:adjudicator-workteam': arn };
    await expect(createFlow(server, 'no-judges', { template, taskCount: 2, tags })).rejects.toThrow(
      `The tag holdpoint:adjudicator-workteam names the Workteam '${arn}', which does not exist.`,
    );
    const pool = { UserPool: 'us-east-1_Holdpoint', ClientId: 'holdpoint', UserGroup: 'judges' };
    await server.client.call('CreateWorkteam', {
      WorkteamName: 'judges',
      Description: 'x',
      MemberDefinitions: [{ CognitoMemberDefinition: pool }],
    });
    await expect(createFlow(server, 'one', { template, tags })).rejects.toThrow('needs two answers that can differ');
    const flow = await createFlow(server, 'judges', { template, taskCount: 2, tags });
    await expect(server.client.call('DeleteWorkteam', { WorkteamName: 'judges' })).rejects.toThrow(
      'The work team judges is used by flow definitions (judges).',
    );
    await server.client.call('DeleteTags', { ResourceArn: flow.arn, TagKeys: Object.keys(tags) });
    await server.client.call('DeleteWorkteam', { WorkteamName: 'judges' });
  });

  test('7.4 – gold items come among the others, cannot be told apart, and keep out who is wrong', async () => {
    const tags = { 'holdpoint:gold-rate': '1', 'holdpoint:min-accuracy': '0.6' };
    const flow = await createFlow(server, 'gold', { template, tags });
    const FlowDefinitionName = flow.name;
    const known = Array.from({ length: 6 }, (_, index) => `Known text ${index}`);
    for (const text of known)
      await server.client.call('CreateGoldItem', {
        FlowDefinitionName,
        InputContent: JSON.stringify({ text }),
        ExpectedAnswer: JSON.stringify({ decision: 'no' }),
      });
    const started = known.map((_, index) => `order-${4000 + index}`);
    for (const name of started) await startLoop(server, flow, name);
    clock.pass(130);
    await wakeJobs(server, { flowArn: flow.arn, name: 'order-4100' });
    clock.pass(130);
    await wakeJobs(server, { flowArn: flow.arn, name: 'order-4101' });
    const tasks = () => ada.page.evaluate(async () => (await fetch('/portal/api/tasks?limit=100')).json());
    const own = async () =>
      (await tasks()).tasks.filter((one: { flowDefinitionName: string }) => one.flowDefinitionName === 'gold');
    // Those that only woke the jobs have no text, and failed.
    await eventually(async () => (await own()).length).toBe(12);
    const listed: Record<string, unknown>[] = await own();
    expect(new Set(listed.map((one) => Object.keys(one).join()))).toHaveLength(1);
    for (const { humanLoopName } of listed) expect(humanLoopName).toMatch(/^order-4\d\d\d$/);
    expect(JSON.stringify(listed)).not.toMatch(/gold[:.-]|"gold[A-Z]/);
    const { HumanLoopSummaries } = await server.client.call('ListHumanLoops', { FlowDefinitionArn: flow.arn });
    expect(HumanLoopSummaries).toHaveLength(8);
    const { HumanLoops } = await server.client.call('SearchHumanLoops', { FlowDefinitionArns: [flow.arn] });
    expect(HumanLoops).toHaveLength(8);

    // Ada says yes to whatever comes until nothing of this flow comes any more.
    let answered = 0;
    for (; answered < 12 && (await isOffered(ada, flow.name)); answered++) {
      await ada.start(flow.name);
      expect(await ada.page.content()).not.toMatch(/gold:|goldItem/);
      await decide(ada, 'yes');
    }
    await eventually(async () => {
      const { Workers } = await server.client.call('ListGoldWorkers', { FlowDefinitionName });
      return Workers.map(({ Email, IsBarred, RightAnswers }) => [Email, IsBarred, RightAnswers]);
    }).toEqual([['ada@example.com', true, 0]]);
    expect(await isOffered(ada, flow.name)).toBe(false);
    const { Activities } = await server.client.call('ListActivities', { Action: 'bar-worker' });
    expect(Activities).toMatchObject([
      { ActorKind: 'System', ResourceType: 'worker', ResourceName: 'ada@example.com' },
    ]);
    const olga = 'olga@example.com';
    await server.hire(olga);
    await server.client.call('SetWorkerRole', { Email: olga, Role: 'Operator' });
    const { page: desk } = await first.signIn(server, olga);
    const seen = desk.getByText('ada gets no more tasks of gold: 0 % of the gold items were right.');
    await desk.goto(`${server.url}/console`);
    await seen.waitFor({ timeout: 60_000 });
    await startLoop(server, flow, 'order-5000');
    await eventually(() => isOffered(ben, flow.name)).toBe(true);
    expect(await isOffered(ada, flow.name)).toBe(false);
    await server.client.call('ReadmitWorker', { FlowDefinitionName, Email: 'ada@example.com' });
    expect(await isOffered(ada, flow.name)).toBe(true);
    const [asked] = await Promise.all([
      // The log still tells of it, so the flow is asked.
      desk.waitForResponse((reply) => reply.url().endsWith('/ListGoldWorkers'), { timeout: 60_000 }),
      desk.reload(),
    ]);
    await asked.finished();
    await desk.getByText('All that was checked').waitFor({ timeout: 60_000 });
    expect(await seen.count()).toBe(0);
    // No output but those of real loops.
    const { Contents = [] } = await server.s3.send(
      new ListObjectsV2Command({ Bucket: 'holdpoint', Prefix: 'outputs/gold/' }),
    );
    expect(Contents.every(({ Key }) => /\/order-4\d\d\d\/output\.json$/.test(Key!))).toBe(true);
    await server.client.call('DeleteFlowDefinition', { FlowDefinitionName });
  }, 180_000);

  test('7.4 – docs/gold-items.md has commands that run as they stand there', async () => {
    const shown = await followed('gold-items', 'post.html');
    expect(shown[3]).toMatch(/never +0 of 0 +\{"text": "Buy now!"\} +\{"decision": "no"\}/);
    expect(shown[5]).toBe('ada@example.com gets tasks of moderation again.\n');
  }, 120_000);

  test('7.4 – docs/adjudication.md has commands that run as they stand there', async () => {
    const shown = await followed('adjudication', 'claim.html');
    expect(shown.at(-1)).toMatch(/^Answers +0 of 2$/m);
    await untilTask('claim-9');
  }, 120_000);

  test('7.4 – docs/quorum.md has commands that run as they stand there', async () => {
    const page = await readFile(join(root, 'docs/quorum.md'), 'utf8');
    const shown = await followed('quorum', 'refund.html');
    expect(shown[2]).toMatch(/^Answers +0 of 2, at most 5$/m);
    expect(JSON.parse(shown.at(-1)!)).toMatchObject({ HumanLoopName: 'refund-17' });
    expect(await statusOf(server, 'refund-17')).toBe('InProgress');
    const rows = [...page.matchAll(/^\| `([a-z]+(?:-[a-z]+)?)` \| \w/gm)].map(([, reason]) => reason);
    expect(rows).toEqual(['agreement', 'confidence', 'quorum', 'no-quorum', 'veto', 'most-answers']);
  }, 120_000);
});
