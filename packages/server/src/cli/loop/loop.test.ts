import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LoopStage, openLoopStage } from './testing/loop-stage.ts';

let stage: LoopStage;
beforeEach(async () => {
  stage = await openLoopStage();
});
afterEach(() => stage.close());

const loop = (...args: readonly string[]) => stage.holdpoint('loop', ...args);
const minute = /\d{4}-\d\d-\d\d \d\d:\d\dZ/g;
const plain = (text: string): string => text.replaceAll(minute, 'MINUTE').replaceAll(/[0-9a-f]{16}/g, 'WORKER');

/** Answers everything that waits, with this. */
async function answerAll(answer: unknown, workers = 1) {
  const rules = await stage.write('rules.json', JSON.stringify([{ answer, seconds: 0 }]));
  expect(
    (await stage.holdpoint('simulate', '--rules', rules, '--workers', String(workers), '--until-empty')).code,
  ).toBe(0);
}

describe('one loop', () => {
  it('is started, shown and listed, and waits', async () => {
    const arn = await stage.makeFlow('mood');
    expect(await loop('start', 'mood', '--name', 'first', '--input', '{"text": "I love it"}')).toEqual({
      stdout: `Started first.\nFollow it with holdpoint loop watch first --data ${stage.data}\n`,
      stderr: '',
      code: 0,
    });
    const second = JSON.parse(
      (await loop('start', arn, '--input-file', await stage.write('a.json', '[1]'), '--json')).stdout,
    );
    expect(second).toEqual({
      HumanLoopName: expect.stringMatching(/^mood-\d{8}-\d{6}-[0-9a-f]{8}$/),
      HumanLoopArn: expect.stringContaining(second.HumanLoopName),
      FlowDefinitionArn: arn,
    });
    expect(plain((await loop('show', 'first')).stdout)).toBe(`\
Name     first
ARN      arn:aws:sagemaker:us-east-1:000000000000:human-loop/first
Status   InProgress
Answers  0 of 1
Flow     mood
Title    Title
Created  MINUTE
Expires  MINUTE, in 9d23h59m

Input
{
  "text": "I love it"
}
`);
    expect(JSON.parse((await loop('show', 'first', '--json')).stdout)).toMatchObject({
      HumanLoopName: 'first',
      HumanLoopStatus: 'InProgress',
      InputContent: '{"text": "I love it"}',
      AnswersNeeded: 1,
    });
    const list = plain((await loop('list', 'mood')).stdout).split('\n');
    expect(list[0]).toMatch(/^NAME +STATUS +CREATED +REASON$/);
    expect(list[2]).toMatch(/^first +InProgress +MINUTE$/);
    expect(await loop('answers', 'first')).toEqual({
      stdout: '',
      stderr: 'holdpoint: first is InProgress and has no output yet: 0 of 1 answers are in.\n',
      code: 2,
    });
  });

  it('that is there already is not said to be started', async () => {
    await stage.makeFlow('mood');
    const again = () => loop('start', 'mood', '--name', 'first', '--input', '{"text":1}');
    expect((await again()).stdout).toMatch(/^Started first\.\n/);
    expect((await again()).stdout).toBe(
      `first was there before, with the same input.\nFollow it with holdpoint loop watch first --data ${stage.data}\n`,
    );
  });

  it('7.4 – what its answers come to is a table or JSON, and so is how far the workers of the flow agree', async () => {
    await stage.makeFlow('mood', 2);
    await loop('start', 'mood', '--name', 'first', '--input', '{"text":"x"}');
    expect((await loop('consolidation', 'first')).stdout).toBe(
      'first has no answers, or they are not kept any more.\n',
    );
    expect((await stage.holdpoint('flow', 'agreement', 'mood')).stdout).toMatch(
      /^Loops +0 finished with several answers/,
    );
    await answerAll({ mood: { label: 'Positive' }, size: 3 }, 2);
    await loop('watch', 'first');
    const { stdout, stderr, code } = await loop('consolidation', 'first', '--method', 'dawid-skene');
    expect([stderr, code]).toEqual(['', 0]);
    expect(stdout).toMatch(/^FIELD +VALUE +HOW +CONFIDENCE +POSTERIOR +AGREEMENT\n/);
    expect(stdout).toMatch(/\nmood +\{"label":"Positive"\} +dawid-skene +100 % +100 % +100 %\n/);
    expect(stdout).toMatch(/\nsize +3 +median +100 % +/);
    expect(stdout).toMatch(/\nWorkers +\S+@\S+ agrees by 100 %\n +\S+@\S+ agrees by 100 %/);
    expect(JSON.parse((await loop('consolidation', 'first', '--json')).stdout)).toMatchObject({
      Method: 'majority',
      Answers: 2,
      AnswerContent: '{"mood":{"label":"Positive"},"size":3}',
    });
    const agreement = await stage.holdpoint('flow', 'agreement', 'mood', '--anew');
    expect(agreement.stdout).toMatch(
      /\nFIELD +KIND +LOOPS +AGREEMENT +ALPHA +KAPPA\nmood +classifier +1 +100 % +- +-\n/,
    );
    expect(agreement.stdout).toMatch(/\nWORKER +ANSWERS +RIGHT +BY FIELD\n\S+@\S+ +1 +\d/);
    expect(await loop('consolidation', 'nothing')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("HumanLoop 'nothing' does not exist."),
    });
    expect((await loop('consolidation', 'first', '--method', 'guess')).stderr).toContain(
      'Allowed choices are majority, weighted, dawid-skene',
    );
  });

  it('is waited for, and its answer printed', async () => {
    await stage.makeFlow('mood');
    const waiting = loop('start', 'mood', '--name', 'first', '--input', '{"text":"x"}', '--wait');
    await expect.poll(() => loop('show', 'first')).toMatchObject({ code: 0 });
    await answerAll({ mood: { label: 'Positive' }, comment: 'two\nlines\u001b[2J' });
    const { stdout, stderr, code } = await waiting;
    expect([stderr, code]).toEqual(['Started first; waiting for the answer.\n', 0]);
    expect(
      plain(stdout)
        .split('\n')
        .map((line) => line.split(/ {2,}/)),
    ).toEqual([
      ['WHO', 'WHEN', 'TIME SPENT', 'ANSWER'],
      ['WORKER', 'MINUTE', '0 s', 'comment', 'two ⏎ lines\u{fffd}[2J'],
      ['', 'mood.label', 'Positive'],
      [''],
    ]);
    expect(await loop('answers', 'first', '--wait')).toEqual({ stdout, stderr: '', code: 0 });
    const output = JSON.parse((await loop('answers', 'first', '--json')).stdout);
    expect(output).toMatchObject({ humanLoopName: 'first', inputContent: { text: 'x' } });
    expect(output.humanAnswers).toHaveLength(1);
  });

  it('that is stopped while it is waited for is told of', async () => {
    await stage.makeFlow('mood');
    const waiting = loop('start', 'mood', '--name', 'first', '--input', '{"text":1}', '--wait');
    await expect.poll(() => loop('show', 'first')).toMatchObject({ code: 0 });
    await loop('stop', 'first');
    expect(await waiting).toEqual({
      stdout: 'first ended without an answer.\n',
      stderr: 'Started first; waiting for the answer.\nholdpoint: first was stopped.\n',
      code: 2,
    });
  });

  it('that failed says why it has no answers', async () => {
    await stage.makeFlow('mood');
    // The page asks for a text that the input lacks.
    await loop('start', 'mood', '--name', 'first', '--input', '{}');
    const why = "Task failed to render: [ UndefinedTemplateVariable: 'undefined variable text' ].";
    const { stdout, stderr, code } = await loop('watch', 'first');
    expect(stdout).toMatch(/Z {2}Failed {6}first {2}Task failed to render/);
    expect([stderr, code]).toEqual(['holdpoint: One human loop failed.\n', 2]);
    expect(await loop('answers', 'first')).toEqual({
      stdout: '',
      stderr: `holdpoint: first failed and has no output: ${why} (ValidationError)\n`,
      code: 2,
    });
    expect((await loop('show', 'first')).stdout).toContain(`Failure   ${why} (ValidationError)\n`);
    expect((await loop('delete', 'first')).stdout).toBe('first is deleted.\n');
  });

  it.each([
    ['start mood', 1, 'Give one input: --input with JSON, --input-file with a file, or - for standard input.'],
    [
      'start mood --input {} -',
      1,
      'Give one input: --input with JSON, --input-file with a file, or - for standard input.',
    ],
    ['start mood x', 1, "'x' is no input: give --input, --input-file, or - for standard input."],
    ['start mood --input {a', 1, '--input is not valid JSON: it breaks at line 1, column 2.'],
    ['start mood --input {} --name a_b', 1, "--name 'a_b' must match the pattern [A-Za-z0-9](-*[A-Za-z0-9])*."],
    ['start arn:aws:s3:::x --input {}', 1, 'arn:aws:s3:::x is not the ARN of a flow definition.'],
    [
      'start arn:aws:sagemaker:eu-west-1:000000000000:flow-definition/mood --input {}',
      2,
      'The flow definition arn:aws:sagemaker:eu-west-1:000000000000:flow-definition/mood is not of this server; its own is arn:aws:sagemaker:us-east-1:000000000000:flow-definition/mood.',
    ],
    [
      'list mood --status Done',
      1,
      "--status takes one of InProgress, Failed, Completed, Stopped, Stopping, not 'Done'.",
    ],
    [
      'list mood --after yesterday',
      1,
      "--after takes a moment such as 2026-11-25 or 2026-11-25T15:00:00Z, or how long ago, as in 2h or 7d, not 'yesterday'.",
    ],
    ['list mood --newest --oldest', 1, 'Give either --newest or --oldest.'],
    ['list mood --limit many', 1, "--limit takes a whole number of 0 or more, not 'many'."],
    ['show none', 2, "HumanLoop 'none' does not exist."],
    ['answers none', 2, "HumanLoop 'none' does not exist."],
    ['watch', 1, 'Name the human loops to watch, or a flow with --flow.'],
    ['watch none', 2, "HumanLoop 'none' does not exist."],
    ['stop none', 2, "HumanLoop 'none' does not exist."],
    [
      'delete a b',
      1,
      'Delete 2 human loops, and their answers with them? Their output objects stay. Nobody can be asked here: give --yes.',
    ],
  ])('%s', async (args, code, sentence) => {
    await stage.makeFlow('mood');
    expect(await loop(...args.split(' '))).toEqual({ stdout: '', stderr: `holdpoint: ${sentence}\n`, code });
  });
});

describe('the list', () => {
  it('has what is asked for', async () => {
    await stage.makeFlow('mood');
    await stage.startLoops('mood', ...Array.from({ length: 5 }, (_, index) => ({ text: index })));
    await loop('stop', 'mood-2', 'mood-4');
    const names = async (...args: readonly string[]) =>
      JSON.parse((await loop('list', 'mood', ...args, '--json')).stdout)
        .HumanLoopSummaries.map(({ HumanLoopName }: { HumanLoopName: string }) => HumanLoopName.at(-1))
        .join('');
    expect(await names()).toBe('54321');
    expect(await names('--oldest', '--limit', '2')).toBe('12');
    expect(await names('--status', 'stopped')).toBe('42');
    expect(await names('--status', 'stopped', '--status', 'InProgress', '--limit', '1')).toBe('5');
    expect(await names('--after', '1h')).toBe('54321');
    expect(await names('--before', '1h')).toBe('');
    expect((await loop('list', 'mood', '--before', '2020-01-01')).stdout).toBe('There are no such human loops.\n');
    expect(await loop('list', 'mood', '--limit', '5')).toMatchObject({ stderr: '' });
    expect(await loop('list', 'mood', '--limit', '4')).toMatchObject({
      stderr: 'There may be more: --limit takes another number, now 4, or 0 for all.\n',
    });
  });
});

describe('stop and delete', () => {
  it('take several names, and go on where one fails', async () => {
    await stage.makeFlow('mood');
    await stage.startLoops('mood', { text: 1 }, { text: 2 });
    expect(await loop('stop', 'mood-1', 'none', 'mood-2')).toEqual({
      stdout: 'mood-1 is Stopped.\nmood-2 is Stopped.\n',
      stderr: "none: HumanLoop 'none' does not exist.\nholdpoint: 1 of 3 human loops could not be stopped.\n",
      code: 2,
    });
    const { stdout, code } = await loop('delete', 'mood-1', 'none', '--yes', '--json');
    expect(JSON.parse(stdout)).toEqual({
      HumanLoops: [
        { HumanLoopName: 'mood-1', HumanLoopStatus: 'Deleted' },
        {
          HumanLoopName: 'none',
          Error: { Code: 'ResourceNotFoundException', Message: "HumanLoop 'none' does not exist." },
        },
      ],
    });
    expect(code).toBe(2);
    expect(await loop('delete', 'mood-2')).toMatchObject({
      stdout: 'mood-2 is deleted; its output object stays.\n',
      code: 0,
    });
    expect((await loop('list', 'mood')).stdout).toBe('There are no such human loops.\n');
  });
});

describe('watch', { timeout: 60_000 }, () => {
  it('tells each change when it happens, and ends when all are finished', async () => {
    await stage.makeFlow('mood');
    await stage.startLoops('mood', { text: 'a' }, { text: 'b' });
    const watching = loop('watch', 'mood-1', 'mood-2', 'mood-1');
    await loop('stop', 'mood-1');
    await answerAll({ a: 'b' });
    const { stdout, stderr, code } = await watching;
    const told = stdout.split('\n').map((line) => line.replace(/^\d\d:\d\d:\d\dZ {2}/, ''));
    // Whether it is seen while it is Stopping is chance.
    expect(told.filter((line) => !/^Stopping|^InProgress/.test(line)).sort()).toEqual([
      '',
      'Completed   mood-2',
      'Stopped     mood-1',
    ]);
    expect([stderr, code]).toEqual(['', 0]);
  });

  it('follows a whole flow, with what begins meanwhile', async () => {
    await stage.makeFlow('mood');
    await stage.startLoops('mood', { text: 'a' }, { text: 'b' });
    await loop('stop', 'mood-1');
    const watching = loop('watch', '--flow', 'mood', '--json');
    await loop('start', 'mood', '--name', 'late', '--input', '{"text":"c"}');
    await answerAll({ a: 'b' });
    const { stdout, stderr, code } = await watching;
    const told = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(told.map(({ HumanLoopName, HumanLoopStatus }) => `${HumanLoopName} ${HumanLoopStatus}`).sort()).toEqual([
      'late Completed',
      'mood-2 Completed',
    ]);
    expect(stderr).toMatch(/^(One human loop of mood is|2 human loops of mood are) open\.\n$/);
    expect(code).toBe(0);
  });

  it('of a flow hears of loops that begin and end between two looks, once', async () => {
    await stage.makeFlow('mood');
    await stage.startLoops('mood', { text: 'a' });
    const watching = stage.process(['loop', 'watch', '--flow', 'mood']);
    await watching.said('One human loop of mood is open.');
    for (const name of ['quick', 'quicker']) {
      await loop('start', 'mood', '--name', name, '--input', '{"text":"b"}');
      await loop('stop', name);
      await watching.said(`Stopped     ${name}\n`);
    }
    await loop('stop', 'mood-1');
    const { stdout, code } = await watching.ran;
    expect(stdout.match(/Stopped .*/g)).toEqual(['quick', 'quicker', 'mood-1'].map((name) => `Stopped     ${name}`));
    expect(code).toBe(0);
  });

  it('of a loop that is finished tells when it ended', async () => {
    await stage.makeFlow('mood');
    await stage.startLoops('mood', { text: 'a' });
    await loop('stop', 'mood-1');
    const { FinishTime } = await stage.client.call('GetHumanLoop', { HumanLoopName: 'mood-1' });
    expect(JSON.parse((await loop('watch', 'mood-1', '--json')).stdout).Time).toBe(FinishTime!.toISOString());
    expect((await loop('watch', 'mood-1')).stdout).toContain(
      `${FinishTime!.toISOString().slice(11, 19)}Z  Stopped     mood-1\n`,
    );
  });

  it('of nothing that is open ends at once', async () => {
    await stage.makeFlow('mood');
    expect(await loop('watch', '--flow', 'mood')).toEqual({
      stdout: '',
      stderr: 'No human loops of mood are open.\n',
      code: 0,
    });
  });
});

describe('a data directory without a server', () => {
  it.each(['start mood --name first --input {} --wait', 'watch first', 'watch --flow mood', 'answers first --wait'])(
    'has nobody to wait for: %s',
    async (args) => {
      await stage.makeFlow('mood');
      await stage.restart(async () => {
        const { stdout, stderr, code } = await loop(...args.split(' '));
        expect([stdout, code]).toEqual(['', 1]);
        expect(stderr).toContain(
          `\nholdpoint: Nobody can answer while no server runs on ${stage.data}: start one with "holdpoint serve --data ${stage.data}" and run the command again.\n`,
        );
      });
      expect((await loop('list', 'mood')).stdout).toBe('There are no such human loops.\n');
    },
  );
});
