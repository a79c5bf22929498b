import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LoopStage, openLoopStage } from '../loop/testing/loop-stage.ts';

let stage: LoopStage;
beforeEach(async () => {
  stage = await openLoopStage();
});
afterEach(() => stage.close());

async function simulate(rules: unknown, ...args: readonly string[]) {
  const file = await stage.write('rules.json', JSON.stringify(rules));
  return stage.holdpoint('simulate', '--rules', file, ...args);
}

/** What a loop's workers answered, in the order of their answers; waits until it is Completed. */
async function answersOf(name: string): Promise<unknown[]> {
  expect(await stage.holdpoint('loop', 'watch', name)).toMatchObject({ code: 0 });
  const { stdout } = await stage.holdpoint('loop', 'answers', name, '--json');
  return JSON.parse(stdout).humanAnswers.map(({ answerContent }: { answerContent: unknown }) => answerContent);
}

const loopOf = async (HumanLoopName: string) => stage.client.call('GetHumanLoop', { HumanLoopName });
const workers = async () => (await stage.client.call('ListWorkers', {})).Workers;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => ({ text: index + 1 }));
const lines = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('simulated workers', { timeout: 60_000 }, () => {
  it('answer what waits, by the first rule that fits', async () => {
    await stage.makeFlow('mood');
    await stage.makeFlow('other');
    await stage.startLoops('mood', { text: 'I love it' }, { text: 'broken', stars: 1 }, { text: 'so so', stars: 3 });
    await stage.startLoops('other', { text: 'x' });
    const rules = [
      { when: { flow: 'other' }, answer: { other: true }, seconds: 0 },
      {
        when: { input: { stars: { lessThan: 2 } } },
        answer: { label: 'Negative', why: '{{ input.text }}' },
        seconds: 0,
      },
      { when: { input: { text: { matches: 'love' } } }, answer: { label: 'Positive' }, seconds: 0 },
      { answer: { label: 'Neutral', stars: '{{ input.stars }}' }, seconds: 0 },
    ];
    const { stdout, stderr, code } = await simulate(rules, '--flow', 'mood', '--until-empty', '--seed', '7');
    const plain = stdout.replaceAll(/^\d\d:\d\d:\d\dZ/gm, 'TIME').replaceAll(/after [\d.]+ s/g, 'after N s');
    // Pages are made side by side, so that any of the tasks can be there first.
    expect(plain.trimEnd().split('\n').sort()).toEqual(
      [1, 2, 3].map((number) => `TIME  simulated-1  answered    mood-${number} (mood)  after N s`),
    );
    expect([stderr.split('\n').filter((line) => !line.startsWith('Rule ')), code]).toEqual([
      ['1 worker, seed 7. Ctrl-C ends it in order.', '3 tasks answered.', ''],
      0,
    ]);
    expect(await answersOf('mood-1')).toEqual([{ label: 'Positive' }]);
    expect(await answersOf('mood-2')).toEqual([{ label: 'Negative', why: 'broken' }]);
    expect(await answersOf('mood-3')).toEqual([{ label: 'Neutral', stars: 3 }]);
    expect((await loopOf('other-1')).HumanLoopStatus).toBe('InProgress');
    expect(await workers()).toMatchObject([
      { Email: 'simulated-1@simulated.invalid', Name: 'Simulated worker simulated-1', Status: 'Disabled' },
    ]);
    expect((await simulate(rules, '--until-empty')).code).toBe(0);
    expect(await answersOf('other-1')).toEqual([{ other: true }]);
  });

  it('disagree, in the same way for the same seed', async () => {
    const rules = [
      {
        choose: [{ weight: 2, answer: { l: 'a' } }, { answer: { l: 'b' } }, { decline: true, weight: 0.2 }],
        seconds: 0,
      },
    ];
    await stage.makeFlow('first', 2);
    await stage.startLoops('first', ...numbers(12));
    await simulate(rules, '--flow', 'first', '--until-empty', '--seed', '3', '--workers', '5');
    const answers: string[] = [];
    for (let number = 1; number <= 12; number++) {
      const two = (await answersOf(`first-${number}`)) as { l: string }[];
      answers.push(
        two
          .map(({ l }) => l)
          .sort()
          .join(''),
      );
    }
    // Who takes a task first is chance, but not what is drawn for it.
    expect(answers.join(' ')).toBe('ab bb aa aa aa aa ab ab bb bb ab aa');
  });

  it('decline, give back and leave alone, and others take what they left', async () => {
    await stage.makeFlow('mood');
    await stage.startLoops('mood', ...numbers(4));
    const rules = [
      { when: { input: { text: 1 } }, decline: true, seconds: 0 },
      { when: { input: { text: 2 } }, release: true, seconds: 0 },
      { when: { input: { text: 3 } }, ignore: true },
      { when: { input: { text: 4 } }, answer: { a: 1 }, seconds: 0 },
    ];
    const { stdout, code } = await simulate(rules, '--flow', 'mood', '--workers', '2', '--until-empty', '--json');
    const done = lines(stdout).map(({ Action, HumanLoopName }) => `${HumanLoopName} ${Action}`);
    expect(done.sort()).toEqual([
      'mood-1 declined',
      'mood-1 declined',
      'mood-2 released',
      'mood-2 released',
      'mood-3 left alone',
      'mood-4 answered',
    ]);
    expect(lines(stdout).find(({ Action }) => Action === 'answered')).toEqual({
      Time: expect.any(String),
      Worker: expect.stringMatching(/^simulated-[12]$/),
      Action: 'answered',
      HumanLoopName: 'mood-4',
      FlowDefinitionName: 'mood',
      Rule: 4,
      Seconds: expect.any(Number),
      Mistake: false,
      AnswerContent: { a: 1 },
    });
    expect(code).toBe(0);
    for (const number of [1, 2, 3])
      expect(await loopOf(`mood-${number}`)).toMatchObject({ AnswersDone: 0, AnswersInProgress: 0 });
  });

  it('need their time, scaled, and it counts as the time of the answer', async () => {
    await stage.makeFlow('mood');
    await stage.startLoops('mood', { text: 1 });
    const { stderr } = await simulate([{ answer: { a: 1 }, seconds: 30 }], '--until-empty', '--speed', '50');
    expect(stderr).toMatch(/\n1 task answered\.\n$/);
    await answersOf('mood-1');
    const { stdout } = await stage.holdpoint('loop', 'answers', 'mood-1', '--json');
    const { timeSpentInSeconds } = JSON.parse(stdout).humanAnswers[0];
    expect(timeSpentInSeconds).toBeGreaterThanOrEqual(0.59);
    expect(timeSpentInSeconds).toBeLessThan(20);
  });

  it('come to as many answers as are asked for', async () => {
    await stage.makeFlow('mood');
    await stage.startLoops('mood', ...numbers(9));
    const { stderr, code } = await simulate([{ answer: { a: 1 }, seconds: 0 }], '--count', '5', '--workers', '3');
    expect([stderr, code]).toEqual([expect.stringMatching(/\n5 tasks answered\.\n$/), 0]);
  });

  it('wait for what begins later, and give back what they hold when the time is over', async () => {
    await stage.makeFlow('mood');
    const rules = [
      { when: { input: { text: 1 } }, answer: { a: 1 }, seconds: 0 },
      { answer: { a: 2 }, seconds: 1000 },
    ];
    const running = simulate(rules, '--flow', 'mood', '--for', '8s');
    await stage.startLoops('mood', { text: 1 }, { text: 2 });
    const { stdout, code } = await running;
    expect(stdout).toMatch(/answered {4}mood-1 /);
    expect(stdout).toMatch(/released {4}mood-2 \(mood\) {2}after [\d.]+ s, the simulation ends\n/);
    expect(code).toBe(0);
    expect(await loopOf('mood-2')).toMatchObject({ AnswersInProgress: 0 });
  });

  it('let go of everything at Ctrl-C', async () => {
    await stage.makeFlow('mood');
    await stage.startLoops('mood', ...numbers(3));
    const rules = await stage.write('rules.json', JSON.stringify([{ answer: { a: 1 }, seconds: 1000 }]));
    const running = stage.process(['simulate', '--rules', rules, '--workers', '2']);
    const held = async () => {
      const loops = await Promise.all([1, 2, 3].map((number) => loopOf(`mood-${number}`)));
      return loops.reduce((sum, { AnswersInProgress = 0 }) => sum + AnswersInProgress, 0);
    };
    await expect.poll(held).toBe(2);
    running.kill('SIGINT');
    const { stdout, stderr, code } = await running.ran;
    expect(stdout.match(/released {4}mood-[123] /g)).toHaveLength(2);
    expect(stderr).toMatch(/0 tasks answered, 2 released\.\nholdpoint: Interrupted\.\n$/);
    expect(code).toBe(130);
    expect(await held()).toBe(0);
  });

  it('let go of everything when nobody reads what they do any more', async () => {
    await stage.makeFlow('mood');
    await stage.startLoops('mood', ...numbers(30));
    const rules = await stage.write('rules.json', JSON.stringify([{ answer: { a: 1 }, seconds: 0.1 }]));
    const { ran, closeOutput } = stage.process(['simulate', '--rules', rules, '--workers', '2']);
    await closeOutput();
    expect(await ran).toMatchObject({ code: 0 });
    for (let number = 1; number <= 30; number++)
      expect(await loopOf(`mood-${number}`)).toMatchObject({ AnswersInProgress: 0 });
    expect((await workers()).map(({ Status }) => Status)).toEqual(['Disabled', 'Disabled']);
  });

  it('that were killed are given a new start, and what they held is free', async () => {
    await stage.makeFlow('mood');
    await stage.startLoops('mood', { text: 1 });
    const rules = await stage.write('slow.json', JSON.stringify([{ answer: { a: 1 }, seconds: 1000 }]));
    const running = stage.process(['simulate', '--rules', rules]);
    await expect.poll(async () => (await loopOf('mood-1')).AnswersInProgress).toBe(1);
    running.kill('SIGKILL');
    await running.ran;
    expect((await simulate([{ answer: { a: 2 }, seconds: 0 }], '--until-empty')).code).toBe(0);
    expect(await answersOf('mood-1')).toEqual([{ a: 2 }]);
  });

  it('say what a rule asks for and the input lacks', async () => {
    await stage.makeFlow('mood');
    await stage.startLoops('mood', { text: 1 }, { text: 2, x: 3 });
    const { stdout, stderr, code } = await simulate([{ answer: { a: '{{ input.x }}' }, seconds: 0 }], '--until-empty');
    expect(stdout).toMatch(/failed {6}mood-1 \(mood\) {2}the input has no x\n/);
    expect(stderr).toMatch(/1 task answered, 1 failed\.\nholdpoint: One task could not be done as the rules say\.\n$/);
    expect(code).toBe(2);
    expect(await answersOf('mood-2')).toEqual([{ a: 3 }]);
  });
});

const inForm = (content: string) => `<crowd-form>${content}</crowd-form>`;
const categories = `categories="{{ task.input.moods | to_json | escape }}" exclusion-category="{ text: 'None' }"`;
const input = { moods: ['Good', { label: 'Bad' }] };

describe('what the template does not have is told once', () => {
  it.each<[what: string, template: string, answer: object, ...sentences: string[]]>([
    [
      'names',
      '<p id="note" class="c">note</p>{% for mood in task.input.moods %}<input name="m{{ forloop.index }}">{% endfor %}',
      { m1: 'x', m2: 'y', m3: 'z', note: { value: true } },
      'Rule 1 answers m3, but the template of mood has no control of that name.',
      'Rule 1 answers note, but the template of mood has no control of that name.',
    ],
    [
      'the category of a name',
      `<crowd-classifier name="mood" ${categories}></crowd-classifier>`,
      { mood: { label: 'Goood' } },
      'Rule 1 chooses Goood for mood, but the template of mood has no such category there.',
    ],
    [
      'one of several categories',
      `<crowd-classifier-multi-select name="mood" ${categories}></crowd-classifier-multi-select>`,
      { mood: { labels: ['Good', 'Bad', 'Ugly'] } },
      'Rule 1 chooses Ugly for mood, but the template of mood has no such category there.',
    ],
    [
      'nothing that is there',
      `<crowd-classifier name="mood" ${categories}></crowd-classifier><crowd-checkbox name="b"></crowd-checkbox><select name="s"></select>`,
      { mood: { label: 'None' }, b: { b: true }, s: { label: 'whatever' } },
    ],
    [
      'nothing that a script of the page makes',
      '<div id="out"></div><script>out.innerHTML = `<input name="made">`</script>',
      { made: { label: 'x' }, other: 'y' },
      'Rule 1 answers other, but the template of mood has no control of that name.',
    ],
    ['nothing that a script from elsewhere may make', '<script src="https://example.com/app.js"></script>', { a: 1 }],
  ])('%s', async (_what, template, answer, ...sentences) => {
    const file = await stage.write('mood.liquid', inForm(template));
    expect((await stage.holdpoint('flow', 'create', 'mood', '--template', file)).code).toBe(0);
    await stage.startLoops('mood', input, input, input);
    const { stderr, code } = await simulate([{ answer, seconds: 0 }], '--until-empty', '--seed', '7', '--workers', '2');
    const [, ...told] = stderr.trimEnd().split('\n');
    expect([told, code]).toEqual([[...sentences, '3 tasks answered.'], 0]);
  });

  it('and so it is when the template cannot be looked at', async () => {
    await stage.makeFlow('mood');
    await stage.startLoops('mood', { text: 1 }, { text: 2 });
    await stage.client.call('DeleteHumanTaskUi', { HumanTaskUiName: 'mood' });
    const { stderr, code } = await simulate([{ answer: { a: 1 }, seconds: 0 }], '--until-empty', '--seed', '7');
    expect([stderr, code]).toEqual([
      expect.stringMatching(
        /^.*\nWhether the answers fit the template of mood is not known: .*\.\n2 tasks answered\.\n$/,
      ),
      0,
    ]);
  });
});

describe('existing workers', () => {
  it('answer only where they are named', async () => {
    await stage.makeFlow('mood');
    await stage.startLoops('mood', { text: 1 });
    await stage.client.call('CreateWorker', { Email: 'ada@example.com', Workteams: ['reviewers'] });
    const { stdout } = await simulate(
      [{ answer: { a: 1 }, seconds: 0 }],
      '--until-empty',
      '--worker',
      'ada@example.com',
    );
    expect(stdout).toMatch(/ada@example\.com {2}answered/);
    expect(await workers()).toMatchObject([{ Email: 'ada@example.com', Status: 'Active' }]);
  });

  it.each<[what: string, worker: Record<string, string>, args: readonly string[], sentence: string]>([
    [
      'nobody',
      {},
      ['--worker', 'bob@example.com'],
      'There is no worker bob@example.com; "holdpoint worker list" shows who there is.',
    ],
    [
      'somebody who is disabled',
      { Email: 'ada@example.com' },
      ['--worker', 'ada@example.com'],
      'The worker ada@example.com is disabled.',
    ],
    [
      'a person with the address of a simulated one',
      { Email: 'simulated-1@simulated.invalid', Name: 'Ada' },
      [],
      'The worker simulated-1@simulated.invalid is named Ada and is no simulated one; choose another --worker-prefix.',
    ],
  ])('%s is refused', async (_what, worker, args, sentence) => {
    await stage.makeFlow('mood');
    if (worker.Email !== undefined) {
      await stage.client.call('CreateWorker', { Email: worker.Email, ...(worker.Name && { Name: worker.Name }) });
      await stage.client.call('DisableWorker', { Email: worker.Email });
    }
    const before = await workers();
    expect(await simulate([{ answer: {} }], '--until-empty', ...args)).toEqual({
      stdout: '',
      stderr: `holdpoint: ${sentence}\n`,
      code: 2,
    });
    expect(await workers()).toEqual(before);
  });
});

describe('wrong use', () => {
  it.each([
    ['--until-empty --count 3', 'Give one of --until-empty, --for and --count.'],
    ['--for 3', "--for is a length of time with its unit, as in 3s or 3m, not '3'."],
    ['--count 0', "--count takes a whole number of 1 or more, not '0'."],
    ['--speed -1', "--speed takes a number of 0 or more, not '-1'."],
    ['--workers 1000', "--workers takes a whole number from 0 to 100, not '1000'."],
    [
      '--worker-prefix a@b',
      "--worker-prefix takes letters and digits with hyphens between them, 40 at most, not 'a@b'.",
    ],
  ])('%s', async (args, sentence) => {
    expect(await simulate([{ answer: {} }], ...args.split(' '))).toEqual({
      stdout: '',
      stderr: `holdpoint: ${sentence}\n`,
      code: 1,
    });
  });

  it('rules that are none', async () => {
    const file = await stage.write('rules.json', '[{');
    expect(await stage.holdpoint('simulate', '--rules', file)).toEqual({
      stdout: '',
      stderr: `holdpoint: ${file} is not valid JSON: it breaks at line 1, column 3.\n`,
      code: 1,
    });
  });
});
