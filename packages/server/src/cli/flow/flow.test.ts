import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandServer, startCommandServer } from '../../testing/command-server.ts';
import { openLossyProxy } from '../../testing/lossy-proxy.ts';
import { accept, createBrowser } from '../../testing/portal-scenario.ts';
import type { CommandSettings } from '../../testing/run-command.ts';
import { openObjects } from '../objects.ts';

const template = '<crowd-form><p>{{ task.input.text }}</p></crowd-form>';
const entry = fileURLToPath(new URL('../main.ts', import.meta.url));
const place = 'arn:aws:sagemaker:us-east-1:000000000000';
let stage: CommandServer;

beforeAll(async () => {
  stage = await startCommandServer();
  await stage.write('a.html', template);
});
afterAll(() => stage?.close());

const flow = (words: string, settings?: CommandSettings) => stage.run(`flow ${words}`, settings);
const json = (words: string) => stage.json(`flow ${words}`);
const describeFlow = (FlowDefinitionName: string) =>
  stage.client.call('DescribeFlowDefinition', { FlowDefinitionName });
const uiNames = async () =>
  (await stage.client.call('ListHumanTaskUis', {})).HumanTaskUiSummaries.map((ui) => ui.HumanTaskUiName);

describe('flow create', () => {
  it('makes an active flow and its human task UI of a template, with sensible defaults', async () => {
    const { stdout, stderr, code } = await flow('create invoice-check --template a.html');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      [
        'The flow invoice-check is active. It asks the workteam reviewers with the human task UI invoice-check, made of the template.',
        `${place}:flow-definition/invoice-check`,
        '',
        'Start a loop with',
        `  holdpoint loop start invoice-check --input-file input.json --data ${stage.data}\n`,
      ].join('\n'),
    );
    expect(await describeFlow('invoice-check')).toMatchObject({
      FlowDefinitionStatus: 'Active',
      HumanLoopConfig: {
        WorkteamArn: `${place}:workteam/private-crowd/reviewers`,
        HumanTaskUiArn: `${place}:human-task-ui/invoice-check`,
        TaskTitle: 'Invoice check',
        TaskDescription: 'Invoice check',
        TaskCount: 1,
      },
      OutputConfig: { S3OutputPath: 's3://holdpoint/outputs' },
      RoleArn: 'arn:aws:iam::000000000000:role/holdpoint',
    });
  });

  it('takes everything that the API takes', async () => {
    await stage.write('conditions.json', '{"Conditions": []}');
    const made = await json(
      'create whole --template a.html --title A_title --description What_to_do --task-count 3 --time-limit 90s ' +
        '--available-for 1d12h --keyword one --keyword two --conditions conditions.json --request-source textract ' +
        '--output s3://other/prefix --kms-key key/1 --tag a=1 --tag b=x=y --role arn:aws:iam::123456789012:role/mine',
    );
    expect(made).toEqual({
      FlowDefinitionArn: `${place}:flow-definition/whole`,
      FlowDefinitionStatus: 'Active',
      WorkteamArn: `${place}:workteam/private-crowd/reviewers`,
      HumanTaskUiArn: `${place}:human-task-ui/whole`,
      HumanTaskUi: 'Created',
    });
    expect(await describeFlow('whole')).toMatchObject({
      HumanLoopRequestSource: { AwsManagedHumanLoopRequestSource: 'AWS/Textract/AnalyzeDocument/Forms/V1' },
      HumanLoopActivationConfig: {
        HumanLoopActivationConditionsConfig: { HumanLoopActivationConditions: '{"Conditions": []}' },
      },
      HumanLoopConfig: {
        TaskTitle: 'A title',
        TaskDescription: 'What to do',
        TaskCount: 3,
        TaskTimeLimitInSeconds: 90,
        TaskAvailabilityLifetimeInSeconds: 129_600,
        TaskKeywords: ['one', 'two'],
      },
      OutputConfig: { S3OutputPath: 's3://other/prefix', KmsKeyId: 'key/1' },
      RoleArn: 'arn:aws:iam::123456789012:role/mine',
    });
    const shown = await flow('show whole');
    for (const line of [
      'Title           A title',
      'Answers         3 for each loop',
      'Time limit      1m30s',
      'Available for   1d12h',
      'Tags            a=1\n                b=x=y',
      'Conditions      {\n                  "Conditions": []\n                }',
      'Loops           none',
    ])
      expect(shown.stdout).toContain(`\n${line}\n`);
  });

  it('7.2 — shows the page that comes with the server where a request source is all that is said', async () => {
    const { stdout, stderr, code } = await flow('create managed --request-source rekognition');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('RekognitionDetectModerationLabels, which comes with the server.');
    expect(await describeFlow('managed')).toMatchObject({
      HumanLoopConfig: { HumanTaskUiArn: `${place}:human-task-ui/holdpoint-rekognition-detect-moderation-labels` },
    });
    // The second one finds it there.
    await json('create managed-too --request-source rekognition');
    const names = await uiNames();
    expect(names.filter((name) => name === 'holdpoint-rekognition-detect-moderation-labels')).toHaveLength(1);
    const textract = 'arn:aws:sagemaker:us-east-1:394669845002:human-task-ui/TextractAnalyzeDocument';
    for (const source of ['', ' --request-source rekognition']) {
      const refused = await flow(`create other --human-task-ui ${textract}${source}`);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain(
        'is for flow definitions whose HumanLoopRequestSource is AWS/Textract/AnalyzeDocument/Forms/V1.',
      );
    }
  });

  it('makes the bucket of its outputs where it is missing', async () => {
    const { endpointUrl, region } = stage.server;
    const objects = openObjects({ endpointUrl, region, credentials: stage.client.credentials });
    expect(await objects.hasBucket('brand-new')).toBe(false);
    const { stdout, stderr, code } = await flow('create bucketed --template a.html --output s3://brand-new/answers');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('\nThe bucket brand-new is made for its outputs.\n');
    expect(await objects.hasBucket('brand-new')).toBe(true);
    const again = await flow('create bucketed-too --template a.html --output s3://brand-new/answers');
    expect(again.stdout).not.toContain('The bucket');
  });

  it('makes nothing of a template with errors unless it is not to look, and prints warnings', async () => {
    await stage.write('bad.html', '<crowd-form>{{ taks.input.text }}</crowd-form>');
    await stage.write('warned.html', '<crowd-form><input></crowd-form>');
    const { stdout, stderr, code } = await flow('create checked --template bad.html');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^\S+bad\.html:1:16 error UndefinedTemplateVariable .*\nholdpoint: \S+bad\.html has 1 error, so nothing was made of it; --no-check makes it all the same\.\n$/,
    );
    expect(await uiNames()).not.toContain('checked');
    await expect(describeFlow('checked')).rejects.toMatchObject({ name: 'ResourceNotFound' });
    const warned = await flow('create warned --template warned.html --json');
    expect([warned.code, JSON.parse(warned.stdout)]).toMatchObject([0, { HumanTaskUi: 'Created' }]);
    expect(warned.stderr).toMatch(/^\S+warned\.html:1:13 warning ControlWithoutName .*\n$/);
    expect(await json('create checked --template bad.html --no-check')).toMatchObject({ HumanTaskUi: 'Created' });
  });

  it('uses a human task UI of the same content, and one that is named', async () => {
    const same = await json('create invoice-check-2 --human-task-ui invoice-check');
    expect(same).toMatchObject({ HumanTaskUi: 'Used', HumanTaskUiArn: `${place}:human-task-ui/invoice-check` });
    const arn = `${place}:human-task-ui/invoice-check`;
    expect(await json(`create by-arn --human-task-ui ${arn}`)).toMatchObject({ HumanTaskUiArn: arn });
    await stage.client.call('CreateHumanTaskUi', { HumanTaskUiName: 'again', UiTemplate: { Content: template } });
    expect(await json('create again --template a.html')).toMatchObject({ HumanTaskUi: 'Used' });
  });

  it('says what to do where the name has another template, and makes one with a number', async () => {
    await stage.client.call('CreateHumanTaskUi', {
      HumanTaskUiName: 'taken',
      UiTemplate: { Content: 'something else' },
    });
    expect(await flow('create taken --template a.html')).toEqual({
      stdout: '',
      stderr:
        'holdpoint: The human task UI taken has another template: --human-task-ui taken uses that one, --replace-template makes taken-2 of yours.\n',
      code: 2,
    });
    const made = await json('create taken --template a.html --replace-template');
    expect(made).toMatchObject({ HumanTaskUi: 'Created', HumanTaskUiArn: `${place}:human-task-ui/taken-2` });
    await json('delete taken --yes');
    expect(await json('create taken --template a.html --replace-template')).toMatchObject({
      HumanTaskUi: 'Used',
      HumanTaskUiArn: `${place}:human-task-ui/taken-2`,
    });
  });

  it('leaves nothing behind of a flow that is refused', async () => {
    const before = await uiNames();
    // Only the server knows that this bucket's name is none.
    const { stderr, code } = await flow('create refused --template a.html --output s3://Not_A_Bucket/x');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^holdpoint: OutputConfig\.S3OutputPath: .*\.\n$/);
    expect(await uiNames()).toEqual(before);
  });

  it.each(['CreateFlowDefinition', 'CreateHumanTaskUi'])(
    'makes the flow when the answer of %s is lost once',
    async (name) => {
      let lost = 0;
      const lossy = await openLossyProxy(
        stage.server.endpointUrl,
        (called) => called === name && lost++ === 0 && 'answer',
      );
      try {
        const flowName = `lossy-${name.toLowerCase()}`;
        const { stdout, code } = await stage.runAt(lossy.url, `flow create ${flowName} --template a.html`, 3);
        expect([code, lost]).toEqual([0, 2]);
        expect(stdout).toContain(`The flow ${flowName} is active.`);
        expect((await describeFlow(flowName)).HumanLoopConfig?.HumanTaskUiArn).toBe(
          `${place}:human-task-ui/${flowName}`,
        );
        expect(await uiNames()).toContain(flowName);
      } finally {
        await lossy.close();
      }
    },
  );

  it('names what it made when the answer is lost', async () => {
    const lossy = await openLossyProxy(stage.server.endpointUrl, (name) => name === 'CreateFlowDefinition');
    try {
      const { stdout, stderr, code } = await stage.runAt(lossy.url, 'flow create lost --template a.html');
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(
        /^holdpoint: The server at \S+ closed the connection without an answer\. Whether the flow was made is not known \("holdpoint flow list --endpoint-url \S+" tells\); the human task UI lost was\.\n$/,
      );
      expect(await uiNames()).toContain('lost');
    } finally {
      await lossy.close();
    }
  });

  it.each([
    ['create x', 1, 'Give either --template with a file or --human-task-ui with a name.'],
    ['create x --template a.html --human-task-ui y', 1, 'Give either --template'],
    ['create x --template none.html', 1, /none\.html cannot be read: there is no such file\./],
    ['create x --template a.html --time-limit 10s', 1, '--time-limit must be 30s or longer, not 10s.'],
    ['create x --template a.html --available-for 0s', 1, '--available-for must be 1s or longer, not 0s.'],
    ['create x --template a.html --time-limit 100', 1, 'as in 100s or 100m'],
    [
      'create x --template a.html --conditions bad.json',
      1,
      /bad\.json is not valid JSON: it breaks at line 2, column 1\./,
    ],
    ['create x --template a.html --tag a', 1, "--tag takes KEY=VALUE, not 'a'."],
    ['create x --template a.html --tag a=1 --tag a=2', 1, '--tag names a twice.'],
    ['create X! --template a.html', 1, "The name 'X!' must match the pattern"],
    ['create x --template empty.html', 1, 'empty.html is empty, and no template.'],
    ['create x --template long.html', 1, 'long.html has 128001 characters; a human task UI takes 128000.'],
    ['create x --template a.html --keyword a-b', 1, "--keyword 'a-b' must match the pattern"],
    ['create x --template a.html --workteam nobody', 2, 'The work team nobody does not exist.'],
    ['create x --human-task-ui none', 1, 'There is no human task UI none.'],
    ['create invoice-check --template a.html', 2, 'There is a flow invoice-check already'],
    ['create x --template a.html --task-count 4', 1, 'Allowed choices are 1, 2, 3.'],
    ['show none', 2, "The FlowDefinition 'none' does not exist."],
    ['delete none --yes', 2, "The FlowDefinition 'none' does not exist."],
  ])('flow %s is refused', async (words, code, sentence) => {
    await stage.write('bad.json', '{"a": 1,\n}');
    await stage.write('empty.html', '');
    await stage.write('long.html', '😀'.repeat(128_001));
    const before = await uiNames();
    const result = await flow(words);
    expect(result).toEqual({ stdout: '', stderr: expect.stringMatching(/^holdpoint: .*\n$/), code });
    expect(result.stderr).toMatch(sentence);
    expect(await uiNames()).toEqual(before);
  });
});

describe('flow list and show', () => {
  it('list flows on several pages', async () => {
    const { stdout } = await flow('list');
    expect(stdout).toMatch(/^NAME +STATUS +CREATED\n/);
    expect(stdout).toMatch(/^invoice-check +Active +\d{4}-\d\d-\d\d \d\d:\d\dZ$/m);
    expect((await json('list')).FlowDefinitionSummaries.length).toBe(stdout.trim().split('\n').length - 1);
  });

  it('count the loops by their status', async () => {
    const FlowDefinitionArn = `${place}:flow-definition/invoice-check`;
    for (const name of ['one', 'two'])
      await stage.client.call('StartHumanLoop', {
        HumanLoopName: name,
        FlowDefinitionArn,
        HumanLoopInput: { InputContent: '{"text":"x"}' },
      });
    expect((await json('show invoice-check')).HumanLoops).toEqual({
      Statuses: { InProgress: 2 },
      Counted: 2,
      More: false,
    });
    expect((await flow('show invoice-check')).stdout).toContain('\nLoops          2 InProgress\n');
  });
});

describe('flow delete', () => {
  it('asks a person, and does nothing without a yes', async () => {
    const asked = 'Delete the flow invoice-check? Its loops that wait are stopped.';
    expect(await flow('delete invoice-check', { isTTY: true, input: 'n\n' })).toMatchObject({
      stdout: '',
      stderr: `${asked} [y/N] holdpoint: Nothing was changed.\n`,
      code: 1,
    });
    expect(await flow('delete invoice-check', { isTTY: true, input: '' })).toMatchObject({ code: 1 });
    expect(await flow('delete invoice-check')).toMatchObject({
      stderr: `holdpoint: ${asked} Nobody can be asked here: give --yes.\n`,
      code: 1,
    });
    expect((await describeFlow('invoice-check')).FlowDefinitionStatus).toBe('Active');
  });

  it('waits until it is gone, and says what stays', async () => {
    const { stdout, code } = await flow('delete invoice-check', { isTTY: true, input: 'y\n' });
    expect([code, stdout]).toEqual([
      0,
      'The flow invoice-check is gone.\nWhat stays: the human task UI invoice-check, its finished loops, and their outputs in s3://holdpoint/outputs.\n',
    ]);
    await expect(describeFlow('invoice-check')).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });

  it('waits for who is at work, can be left by Ctrl-C, and goes on by itself', async () => {
    const { FlowDefinitionArn } = await json('create busy --template a.html');
    const HumanLoopInput = { InputContent: '{"text":"x"}' };
    await stage.client.call('StartHumanLoop', { HumanLoopName: 'busy', FlowDefinitionArn, HumanLoopInput });
    await stage.client.call('CreateWorker', { Email: 'ada@example.com', Workteams: ['reviewers'] });
    const { Url } = await stage.client.call('CreateSignInLink', { Email: 'ada@example.com', Purpose: 'SignIn' });
    const ada = createBrowser(stage.server.url);
    await ada.post('/portal/api/use-link', { token: Url.split('#')[1] });
    const tasks = async () => (await ada.get('/portal/api/tasks')).json.tasks as { taskId: string }[];
    await expect.poll(async () => (await tasks()).length).toBe(1);
    const assignment = await accept(ada, (await tasks())[0]!.taskId);

    const args = ['flow', 'delete', 'busy', '--yes', '--data', stage.data];
    const child = spawn(process.execPath, [...process.execArgv, entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [first] = await once(child.stderr.setEncoding('utf8'), 'data');
    expect(first).toMatch(/^Waiting until nobody works on the loops of busy … \d+s\n$/);
    const ended = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
    child.kill('SIGINT');
    const [exit, stdout, stderr] = await ended;
    expect([exit, stdout]).toEqual([[130, null], '']);
    expect(stderr).toBe(
      `The flow busy goes on being deleted while its server runs: holdpoint flow show busy --data ${stage.data}\nholdpoint: Interrupted.\n`,
    );
    const { stdout: begun } = await flow('delete busy --yes --no-wait');
    expect(begun).toMatch(/^The flow busy is being deleted, when nobody works on its loops any more\.\n/);
    expect((await describeFlow('busy')).FlowDefinitionStatus).toBe('Deleting');
    await ada.post(`/portal/api/assignments/${assignment}/release`);
    expect((await flow('delete busy --yes')).stdout).toMatch(/^The flow busy is gone\.\n/);
  }, 60_000);
});

describe('flow evaluate', () => {
  const check = (GreaterThan: number) => ({
    ConditionType: 'holdpoint:ValueCheck',
    ConditionParameters: { Expression: 'total', GreaterThan },
  });
  const evaluate = (words: string) => stage.run(`flow evaluate judged ${words}`);

  beforeAll(async () => {
    await stage.write('own.json', JSON.stringify({ Conditions: [check(100)] }));
    await stage.write('other.json', JSON.stringify({ Conditions: [{ And: [check(50), check(150)] }, check(500)] }));
    await stage.write('bad.json', JSON.stringify({ Conditions: [{ And: [check(50)] }] }));
    await stage.write('large.json', '{"total": 101}');
    await stage.write('strange.json', '{"total": "much"}');
    const { FlowDefinitionArn } = await json('create judged --template a.html --conditions own.json');
    for (const total of [60, 120, 180])
      await stage.client.call('StartHumanLoop', {
        HumanLoopName: `judged-${total}`,
        FlowDefinitionArn,
        HumanLoopInput: { InputContent: JSON.stringify({ total }) },
      });
  });

  it('7.3 – says what the conditions of the flow do with an input, and why people are asked about what is not judged', async () => {
    expect((await evaluate('--input-file large.json')).stdout).toBe(
      'People would be asked.\nyes  holdpoint:ValueCheck {"Expression":"total","GreaterThan":100}\n',
    );
    expect((await evaluate('--input-file strange.json')).stdout).toBe(
      "People would be asked.\nThe conditions could not be judged: Conditions[0]: 'total' finds a text, which is not less or greater than a number.\n" +
        'no   holdpoint:ValueCheck {"Expression":"total","GreaterThan":100}\n',
    );
  });

  it('7.3 – says what other conditions would have done with the last inputs', async () => {
    expect((await evaluate('--conditions other.json')).stdout).toBe(
      [
        'These conditions would have sent 1 of 3 inputs to people (33.3 %).',
        '1  And',
        '3    holdpoint:ValueCheck {"Expression":"total","GreaterThan":50}',
        '1    holdpoint:ValueCheck {"Expression":"total","GreaterThan":150}',
        '0  holdpoint:ValueCheck {"Expression":"total","GreaterThan":500}\n',
      ].join('\n'),
    );
    expect(await json('evaluate judged --last 2')).toMatchObject({
      Inputs: { EvaluatedInputs: 2, ActivatedInputs: 2 },
    });
  });

  it('7.1 – says where conditions are wrong', async () => {
    const { stderr, code } = await evaluate('--conditions bad.json');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(
        'HumanLoopActivationConditions.Conditions[0].And must be a list of two or more conditions.',
      ),
    ]);
  });

  it('7.3 – loop start says that nobody is asked, and loop show what the conditions said', async () => {
    await stage.write('small.json', '{"total": 5}');
    const { stdout } = await stage.run('loop start judged --name small --input-file small.json');
    expect(stdout).toBe('Nobody is asked about small: its input passes the activation conditions of the flow.\n');
    expect((await stage.run('loop show small')).stdout).toContain('\nConditions  nobody is asked\n');
    expect((await stage.run('loop show judged-120')).stdout).toContain('\nConditions  people are asked\n');
  });
});
