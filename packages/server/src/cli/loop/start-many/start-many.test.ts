import { existsSync, readFileSync } from 'node:fs';
import { appendFile, cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FaultyFront, openFaultyFront } from '../testing/faulty-front.ts';
import { type Gate, openGate } from '../testing/gate.ts';
import { type LoopStage, openLoopStage, type Ran } from '../testing/loop-stage.ts';

let stage: LoopStage;
let gate: Gate | undefined;
let front: FaultyFront | undefined;
beforeEach(async () => {
  stage = await openLoopStage();
  await stage.makeFlow('mood');
});
afterEach(async () => {
  await gate?.close();
  await front?.close();
  gate = front = undefined;
  await stage.close();
});

const lines = (count: number): string[] => Array.from({ length: count }, (_, index) => `{"text":"item ${index + 1}"}`);
const textOf = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');
/** Without the lines of progress that a slow machine has time for. */
const withoutProgress = (ran: Ran): Ran => ({ ...ran, stderr: ran.stderr.replaceAll(/^Starting .*\n/gm, '') });
const start = async (...args: readonly string[]) =>
  withoutProgress(await stage.holdpoint('loop', 'start', 'mood', ...args));
const inputOf = async (HumanLoopName: string) =>
  (await stage.client.call('GetHumanLoop', { HumanLoopName })).InputContent;

async function loopNames(): Promise<string[]> {
  const { stdout } = await stage.holdpoint('loop', 'list', 'mood', '--limit', '0', '--oldest', '--json');
  return JSON.parse(stdout).HumanLoopSummaries.map(({ HumanLoopName }: { HumanLoopName: string }) => HumanLoopName);
}

/** What is said of names that come from a file's own name. */
const aboutNames = (prefix: string, file: string): string =>
  `Loops of these names were there before: they are named ${prefix}-1 and so on, by the name of ${file} and the numbers of its lines; --prefix gives other names.\n`;
const changed = 'all are sent again. It does no harm to those that are the same.\n';

describe('many loops', () => {
  it('are started, one for each line, and a repetition is the same ones', async () => {
    const file = await stage.write('My items.jsonl', textOf([...lines(2), '', '{"text": 2.50}']));
    expect(await start('--file', file)).toEqual({ stdout: '3 started.\n', stderr: '', code: 0 });
    expect(await loopNames()).toEqual(expect.arrayContaining(['my-items-1', 'my-items-2', 'my-items-4']));
    expect(await inputOf('my-items-4')).toBe('{"text": 2.50}');
    expect(existsSync(`${file}.holdpoint`)).toBe(false);
    expect(await start('--file', file)).toEqual({
      stdout: '0 started, 3 had been started before.\n',
      stderr: aboutNames('my-items', file),
      code: 0,
    });
    expect(await loopNames()).toHaveLength(3);
  });

  it('of another file of the same name and lines are told of as there before; of another prefix they are new', async () => {
    await mkdir(join(stage.folder, 'mon'));
    await mkdir(join(stage.folder, 'tue'));
    const monday = await stage.write('mon/items.jsonl', textOf(lines(2)));
    const tuesday = await stage.write('tue/items.jsonl', textOf(lines(3)));
    await start('--file', monday);
    const { stdout, stderr } = await start('--file', tuesday, '--json');
    expect(JSON.parse(stdout)).toEqual({
      failures: [],
      started: 1,
      startedBefore: 2,
      failed: 0,
      failedLoops: 0,
      complete: true,
    });
    expect(stderr).toBe(aboutNames('items', tuesday));
    const done = { stdout: '3 started.\n', stderr: '', code: 0 };
    expect(await start('--file', tuesday, '--prefix', 'tue')).toEqual(done);
    expect(await start('--file', tuesday, '--prefix', 'tue')).toEqual({
      ...done,
      stdout: '0 started, 3 had been started before.\n',
    });
    await writeFile(tuesday, textOf(['{"text":"another"}']));
    expect((await start('--file', tuesday)).stderr).toBe(
      `Line 1 failed: HumanLoop 'items-1' already exists with a different input. Please use a different HumanLoopName.\n${aboutNames('items', tuesday)}holdpoint: 0 started, 1 failed (line 1); correct them and run the same command again.\n`,
    );
  });

  it('have names and inputs from fields, and what their content is free of', async () => {
    const file = await stage.write('a.jsonl', '{"id":"first","in":{"text":1.0}}\n{"id":"second","in":{"text":"x"}}\n');
    const fields = ['--name-field', 'id', '--input-field', 'in'];
    const { code } = await start('--file', file, ...fields, '--classifier', 'FreeOfAdultContent');
    expect(code).toBe(0);
    expect(await inputOf('first')).toBe('{"text":1.0}');
    const { DataAttributes } = await stage.client.call('GetHumanLoop', { HumanLoopName: 'second' });
    expect(DataAttributes).toEqual({ ContentClassifiers: ['FreeOfAdultContent'] });
  });

  it('of a file with bad lines: each is told of, the rest goes on, and a corrected file is finished', async () => {
    const all = lines(300);
    all[16] = '{"text": ';
    all[99] = `"${'x'.repeat(13_700_000)}"`;
    await stage.client.call('StartHumanLoop', {
      HumanLoopName: 'items-200',
      FlowDefinitionArn: (await stage.client.call('DescribeFlowDefinition', { FlowDefinitionName: 'mood' }))
        .FlowDefinitionArn,
      HumanLoopInput: { InputContent: '{"text":"another"}' },
    });
    const file = await stage.write('items.jsonl', textOf(all));
    const first = await start('--file', file, '--json');
    const failures = [
      { line: 17, code: 'NotJson', message: 'Line 17 is not JSON: it breaks at column 10.' },
      {
        line: 100,
        code: 'TooLong',
        message: 'Line 100 is too long; an input has at most 3,145,728 characters.',
      },
      {
        line: 200,
        name: 'items-200',
        code: 'ConflictException',
        message:
          "Line 200 failed: HumanLoop 'items-200' already exists with a different input. Please use a different HumanLoopName.",
      },
    ];
    expect(first.code).toBe(2);
    const { failures: told, ...counts } = JSON.parse(first.stdout);
    expect(told).toHaveLength(3);
    expect(told).toEqual(expect.arrayContaining(failures));
    expect(counts).toEqual({ started: 297, startedBefore: 0, failed: 3, failedLoops: 0, complete: true });
    const sentences = first.stderr.split('\n').slice(0, -3);
    expect(sentences.sort()).toEqual(failures.map(({ message }) => message).sort());
    expect(first.stderr).toContain(`\n${aboutNames('items', file)}holdpoint: `);
    expect(first.stderr).toMatch(
      /holdpoint: 297 started, 3 failed \(lines 17, 100, 200\); correct them and run the same command again\.\n$/,
    );

    all[16] = '{"text":"item 17"}';
    all[99] = '';
    await writeFile(file, textOf(all));
    expect(await start('--file', file)).toMatchObject({
      stdout: '',
      stderr: expect.stringMatching(
        /^Line 200 .*\nholdpoint: 1 started, 297 had been started before, 1 failed \(line 200\); /,
      ),
      code: 2,
    });
    all[199] = '{"text":"another"}';
    await writeFile(file, textOf(all));
    expect(await start('--file', file)).toEqual({
      stdout: '0 started, 299 had been started before.\n',
      stderr: '',
      code: 0,
    });
    expect(existsSync(`${file}.holdpoint`)).toBe(false);
    expect(await inputOf('items-17')).toBe('{"text":"item 17"}');
  });

  it('that have finished meanwhile are known by their input', async () => {
    const file = await stage.write('items.jsonl', textOf(lines(2)));
    await start('--file', file);
    await stage.client.call('StopHumanLoop', { HumanLoopName: 'items-1' });
    await stage.client.call('StopHumanLoop', { HumanLoopName: 'items-2' });
    await writeFile(file, textOf(['{"text":"item 1"}', '{"text":"other"}']));
    const { stderr, code } = await start('--file', file);
    expect(stderr).toMatch(
      /^Line 2 failed: HumanLoop 'items-2' already exists and is finished.*\nLoops of these names .*\nholdpoint: 0 started, 1 had been started before, 1 failed \(line 2\);/,
    );
    expect(code).toBe(2);
  });
});

describe('loops that fail at once', () => {
  // The page asks for a text that these lack.
  const bad = '{}';
  const failAll = async (...names: readonly string[]) =>
    expect((await stage.holdpoint('loop', 'watch', ...names)).stdout.match(/ Failed /g)).toHaveLength(names.length);

  it('are told of at the end of the run that starts them', async () => {
    const file = await stage.write('items.jsonl', textOf([...lines(2), bad]));
    let runs = 0;
    const ran = async () => start('--file', file, '--prefix', `run${++runs}`);
    // Pages are rendered after the start: on a slow machine not within the time that is waited for them.
    await expect.poll(ran, { timeout: 30_000 }).toEqual({
      stdout: '',
      stderr: expect.stringMatching(
        /^holdpoint: 3 started\. One loop has failed already, so that nobody is asked \(run\d+-3: Task failed to render: .*\)\. Correct/,
      ),
      code: 2,
    });
  });

  it('are told of by another run too, with what deletes one, and are started again when they are deleted', async () => {
    const file = await stage.write('items.jsonl', textOf([...lines(1), bad, bad, '{']));
    await start('--file', file);
    await failAll('items-2', 'items-3');
    await rm(`${file}.holdpoint`, { force: true });
    const { stderr, code } = await start('--file', file, '--concurrency', '1');
    expect(stderr).toContain(
      `; correct them and run the same command again. 2 loops have failed already, so that nobody is asked (items-2). Correct the template or the input, delete them, as in "holdpoint loop delete items-2 --data ${stage.data}", and run the same command again.\n`,
    );
    expect([code, existsSync(`${file}.holdpoint`)]).toEqual([2, false]);
    await stage.holdpoint('loop', 'delete', 'items-2');
    await writeFile(file, textOf([...lines(1), '{"text":2}', bad]));
    const again = await start('--file', file, '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ started: 1, startedBefore: 2, failed: 0, failedLoops: 1 });
    expect(again.code).toBe(2);
  });

  it('are not mixed up with others of the flow', async () => {
    await stage.startLoops('mood', {}, {});
    await failAll('mood-1', 'mood-2');
    const file = await stage.write('items.jsonl', textOf(lines(2)));
    expect(await start('--file', file)).toEqual({ stdout: '2 started.\n', stderr: '', code: 0 });
  });
});

describe('many bad lines', () => {
  it('of one kind are told of ten times, then counted; --json has all', async () => {
    const file = await stage.write('items.jsonl', textOf([...lines(1), ...Array(1500).fill('{'), '"a']));
    const { stdout, stderr, code } = await start('--file', file, '--json');
    const told = stderr.trimEnd().split('\n');
    const sentence = (line: number) => `Line ${line} is not JSON: it breaks at column`;
    expect(told.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, index) => `${sentence(index + 2)} 2.`));
    expect(told.slice(10)).toEqual([
      `${sentence(2)} 2. And 1,491 more of this kind.`,
      expect.stringMatching(/^holdpoint: 1 started, 1,501 failed \(lines 2, 3, .* … 1502\)/),
    ]);
    expect(JSON.parse(stdout).failures).toHaveLength(1501);
    expect(code).toBe(2);
  });

  it.each([
    ['[\n  {"text": 1},\n  {"text": 2}\n]\n', 'items.json', 'items.jsonl'],
    ['\n[{"text": 1},\n{"text": 2}]', 'items.jsonl', 'items-lines.jsonl'],
    ['\ufeff[ {\n"text": 1 } ]\r\n\r\n', 'items.json', 'items.jsonl'],
  ])('that are one JSON list get a hint, and nothing is started: %j', async (text, name, other) => {
    const file = await stage.write(name, text);
    expect(await start('--file', file)).toEqual({
      stdout: '',
      stderr: `holdpoint: ${file} is one JSON list, and --file takes a JSON value on each line. Make such a file of it: jq -c '.[]' ${file} > ${join(stage.folder, other)}\n`,
      code: 1,
    });
    expect(await loopNames()).toEqual([]);
  });

  it.each([
    ['[1\n{"text":2}\n', 1],
    ['[1\n[2]\n', 1],
    ['{"text":1}\n]\n', 1],
  ])('that are none are told of one by one: %j', async (text, failed) => {
    const { stderr } = await start('--file', await stage.write('items.jsonl', text));
    expect(stderr.match(/^Line \d is not JSON/gm)).toHaveLength(failed);
  });
});

describe('a journal', () => {
  const failing = async () => {
    const file = await stage.write('items.jsonl', textOf([...lines(50), '{']));
    expect((await start('--file', file)).code).toBe(2);
    return file;
  };
  const read = (file: string) => JSON.parse(readFileSync(`${file}.holdpoint`, 'utf8'));
  const backUp = () => cp(stage.data, join(stage.folder, 'backup'), { recursive: true });
  const restore = async () => {
    await rm(stage.data, { recursive: true });
    await cp(join(stage.folder, 'backup'), stage.data, { recursive: true });
  };

  it('says how far it came', async () => {
    const file = await failing();
    expect(read(file)).toMatchObject({
      flowDefinition: expect.stringMatching(/:flow-definition\/mood$/),
      settings: { prefix: 'items' },
      lines: 51,
      failed: [[51, 51]],
      newest: [expect.stringMatching(/^items-\d+$/), expect.any(String), expect.any(String)],
    });
  });

  it('is not written through a link that somebody has put in its way', async () => {
    const other = await stage.write('other', 'as it was');
    await symlink(other, join(stage.folder, `items.jsonl.holdpoint.${process.pid}`));
    const file = await failing();
    expect(readFileSync(other, 'utf8')).toBe('as it was');
    expect(read(file).lines).toBe(51);
  });

  it('of loops that a restored backup lacks is not believed', async () => {
    await stage.restart(backUp);
    const file = await failing();
    await stage.restart(restore);
    const newest: string = read(file).newest.at(-1);
    expect((await start('--file', file)).stderr).toBe(
      `The loops that were started last, ${newest} among them, are not on the server any more, as after a restored backup: all lines are sent again.\nLine 51 is not JSON: it breaks at column 2.\nholdpoint: 50 started, 1 failed (line 51); correct them and run the same command again.\n`,
    );
    expect(await loopNames()).toHaveLength(50);
  });

  it('of a line that was corrected later knows a backup from between, and says so', async () => {
    const file = await stage.write('items.jsonl', textOf([...lines(9), '{', ...lines(9), '{']));
    await start('--file', file);
    await stage.restart(backUp);
    await writeFile(file, textOf([...lines(9), '{"text":"corrected"}', ...lines(9), '{']));
    await start('--file', file);
    await stage.restart(restore);
    expect((await start('--file', file)).stderr).toMatch(
      /^items-10 is not on the server any more and is not started again; without .*items\.jsonl\.holdpoint all lines would be sent again\.\nLine 20 /,
    );
    await rm(`${file}.holdpoint`);
    await start('--file', file);
    expect(await inputOf('items-10')).toBe('{"text":"corrected"}');
  });

  it('of loops that were deleted on purpose is believed as long as one of the newest is there', async () => {
    const file = await failing();
    const [older, , newest] = read(file).newest as string[];
    const others = (await loopNames()).filter((name) => name !== older);
    const remove = async (...names: readonly string[]) => {
      await stage.holdpoint('loop', 'stop', ...names);
      expect((await stage.holdpoint('loop', 'delete', ...names, '--yes')).code).toBe(0);
    };
    await remove(...others.filter((name) => name !== newest));
    const end =
      'Line 51 is not JSON: it breaks at column 2.\nholdpoint: 0 started, 50 had been started before, 1 failed (line 51); correct them and run the same command again.\n';
    expect((await start('--file', file)).stderr).toBe(end);
    await remove(newest!);
    expect((await start('--file', file)).stderr).toBe(
      `${newest} is not on the server any more and is not started again; without ${file}.holdpoint all lines would be sent again.\n${end}`,
    );
    expect(await loopNames()).toEqual([older]);
  });

  it.each<
    [
      what: string,
      change: (file: string) => Promise<unknown>,
      args: readonly string[],
      told: RegExp | string,
      before: number,
    ]
  >([
    ['of the same file is believed', async () => {}, [], /^Line 51/, 50],
    ['of a file that has grown too', (file) => appendFile(file, '{"text":"more"}\n'), [], /^Line 51/, 50],
    [
      'of a file with another line is not, and the line is told of',
      (file) => writeFile(file, textOf([...lines(50).with(9, '{"text":"new"}'), '{'])),
      [],
      /^.*items\.jsonl was changed among the lines that were started before: all are sent again\..*\nLine (10|51) /,
      49,
    ],
    [
      'of a file that is shorter is not',
      (file) => writeFile(file, textOf(lines(3))),
      [],
      new RegExp(
        `^.*items\\.jsonl was changed among the lines that were started before: ${changed.replaceAll('.', '\\.')}$`,
      ),
      3,
    ],
    [
      'of a file whose lines have moved is not',
      (file) => writeFile(file, textOf(['', ...lines(50), '{'])),
      [],
      /was changed among the lines/,
      0,
    ],
    [
      'of other names is not',
      async () => {},
      ['--prefix', 'b'],
      /about a start with another flow definition or other options; all lines are sent\.\nLine 51/,
      0,
    ],
    [
      'that is none is told of',
      (file) => writeFile(`${file}.holdpoint`, '{"holdpoint":'),
      [],
      /^.*items\.jsonl\.holdpoint is not a journal of this command; all lines are sent\.\n/,
      50,
    ],
  ])('%s', async (_what, change, args, told, before) => {
    const file = await failing();
    await change(file);
    const { stdout, stderr } = await start('--file', file, ...args);
    expect(stderr).toMatch(told);
    if (before > 0) expect(`${stdout}${stderr}`).toContain(` ${before} had been started before`);
    else expect(stderr).not.toContain('had been started before');
  });

  it('of a flow that was made anew is not believed', async () => {
    const file = await failing();
    await stage.holdpoint('flow', 'delete', 'mood', '--yes');
    await stage.makeFlow('mood2');
    const { stderr } = await stage.holdpoint('loop', 'start', 'mood2', '--file', file);
    expect(stderr).toMatch(/^.* is about a start with another flow definition/);
  });
});

describe('a start that is stopped', { timeout: 60_000 }, () => {
  it('by Ctrl-C ends in order, and goes on where it was', async () => {
    const file = await stage.write('items.jsonl', textOf(lines(3000)));
    gate = await openGate(Number(new URL(stage.server.endpointUrl).port));
    const running = stage.process(['loop', 'start', 'mood', '--file', file], gate.url);
    gate.cutAfter(500);
    await running.said('Waiting for it');
    running.kill('SIGINT');
    const { stdout, stderr, code } = withoutProgress(await running.ran);
    expect([stdout, code]).toEqual(['', 130]);
    expect(stderr).toMatch(/Stopped: \d+ started; run the same command again to go on\.\nholdpoint: Interrupted\.\n$/);
    // Some of those whose answers were lost too.
    const there = (await loopNames()).length;
    const again = await start('--file', file);
    expect(again.stdout).toBe(`${(3000 - there).toLocaleString('en-US')} started, ${there} had been started before.\n`);
    expect(await loopNames()).toHaveLength(3000);
  });

  it('by a server that is gone waits for it, and goes on', async () => {
    const file = await stage.write('items.jsonl', textOf(lines(1000)));
    gate = await openGate(Number(new URL(stage.server.endpointUrl).port));
    const running = stage.process(['loop', 'start', 'mood', '--file', file], gate.url);
    gate.cutAfter(300);
    await running.said('Waiting for it');
    await gate.open();
    const { stdout, stderr, code } = withoutProgress(await running.ran);
    expect([stdout, code]).toEqual(['1,000 started.\n', 0]);
    expect(stderr).toMatch(
      /^The server at http:\/\/127\.0\.0\.1:\d+ (cannot be reached|closed the connection).* Waiting for it, 5m at most\.\n(?:.*\n)*The server answers again\.\n/,
    );
    expect(await loopNames()).toHaveLength(1000);
  });

  it('by a server that does not come back ends after a while, and says how to go on', async () => {
    const file = await stage.write('items.jsonl', textOf(lines(1000)));
    gate = await openGate(Number(new URL(stage.server.endpointUrl).port));
    const running = stage.process(['loop', 'start', 'mood', '--file', file, '--patience', '1s'], gate.url);
    gate.cutAfter(300);
    const { stderr, code } = await running.ran;
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /holdpoint: The server at .* Stopped: \d+ started; run the same command again to go on\.\n$/,
    );
    expect((await start('--file', file)).stdout).toMatch(/^\d+ started, \d+ had been started before\.\n$/);
    expect(await loopNames()).toHaveLength(1000);
  });

  it('by kill -9 goes on where the journal says', async () => {
    const file = await stage.write('items.jsonl', textOf(lines(3000)));
    gate = await openGate(Number(new URL(stage.server.endpointUrl).port));
    const running = stage.process(['loop', 'start', 'mood', '--file', file], gate.url);
    gate.cutAfter(1500);
    await expect.poll(() => existsSync(`${file}.holdpoint`)).toBe(true);
    running.kill('SIGKILL');
    await running.ran;
    const { lines: settled } = JSON.parse(readFileSync(`${file}.holdpoint`, 'utf8'));
    expect(settled).toBeGreaterThan(0);
    const there = (await loopNames()).length;
    const { stdout, stderr } = await start('--file', file);
    const [now, before] = stdout.match(/[\d,]+(?= started| had)/g)!.map((text) => Number(text.replace(',', '')));
    // What was on its way may have arrived since.
    expect(before).toBeGreaterThanOrEqual(there);
    expect(now! + before!).toBe(3000);
    expect(stderr).toBe('');
    expect(await loopNames()).toHaveLength(3000);
  });
});

describe('a server that refuses', { timeout: 60_000 }, () => {
  const withServer = async (settings: Record<string, unknown>) => {
    await stage.close();
    stage = await openLoopStage(settings);
    await stage.makeFlow('mood');
  };

  it('requests above its rate is asked more slowly', async () => {
    await withServer({ requestsPerSecond: 50 });
    const file = await stage.write('items.jsonl', textOf(lines(150)));
    expect(await start('--file', file)).toMatchObject({
      stdout: '150 started.\n',
      stderr: expect.stringMatching(
        /^The server asks for fewer requests \(Rate exceeded\); going on more slowly\.\n(?!.*asks)/,
      ),
      code: 0,
    });
  });

  it('loops above its quota has them told of line by line', async () => {
    await withServer({ inFlightHumanLoops: 3 });
    const file = await stage.write('items.jsonl', textOf(lines(5)));
    const { stderr, code } = await start('--file', file, '--concurrency', '1');
    expect(stderr).toMatch(
      /^Line 4 failed: The quota of 3 human loops .*\nLine 5 failed: .*\nholdpoint: 3 started, 2 failed \(lines 4, 5\)/,
    );
    expect(code).toBe(2);
    await stage.client.call('StopHumanLoop', { HumanLoopName: 'items-1' });
    await stage.client.call('StopHumanLoop', { HumanLoopName: 'items-2' });
    expect((await start('--file', file)).stdout).toBe('2 started, 3 had been started before.\n');
  });

  it('so many in a row is asked no more', async () => {
    await withServer({ inFlightHumanLoops: 1 });
    const file = await stage.write('items.jsonl', textOf(lines(2000)));
    const { stderr, code } = await start('--file', file);
    const shown = /^(?:Line \d+ failed: The quota .*\n){11}holdpoint: /.exec(stderr);
    expect(shown).not.toBeNull();
    const failed = Number(/ (\d+) failed /.exec(stderr)![1]);
    expect(stderr).toContain(` And ${failed - 10} more of this kind.\nholdpoint: `);
    expect(failed).toBeGreaterThanOrEqual(200);
    expect(failed).toBeLessThan(400);
    expect(stderr).toMatch(
      /holdpoint: The quota of 1 human loops .* Stopped: \d+ started, \d+ failed \(lines .* … \d+\); run the same command again/,
    );
    expect(code).toBe(2);
  });
});

describe('a server that has errors', { timeout: 60_000 }, () => {
  const run = async (file: string, ...args: readonly string[]) =>
    withoutProgress(await stage.process(['loop', 'start', 'mood', '--file', file, ...args], front!.url).ran);
  const openFront = async (isFaulty: (body: string) => boolean) => {
    front = await openFaultyFront(Number(new URL(stage.server.endpointUrl).port), isFaulty);
  };
  const faulty = /^The server has errors \(Bad gateway\); going on more slowly\.\n/;
  const isBad = (body: string): boolean => body.includes('item 3\\"');

  it.each(['64', '1'])('with one line has it told of, and starts the rest, %s at a time', async (concurrency) => {
    await openFront(isBad);
    const file = await stage.write('items.jsonl', textOf(lines(50)));
    const { stdout, stderr, code } = await run(file, '--concurrency', concurrency, '--json');
    expect(stderr).toMatch(faulty);
    const end = 'holdpoint: 49 started, 1 failed (line 3); correct them and run the same command again.\n';
    expect(stderr).toContain(`\nLine 3 failed: Bad gateway (status 502, 8 times).\n${end}`);
    expect(front!.faults).toBe(8);
    expect(JSON.parse(stdout)).toMatchObject({ started: 49, failed: 1, failures: [{ line: 3, name: 'items-3' }] });
    expect(code).toBe(2);
  });

  it('with the only line that is left has it told of when patience is over', async () => {
    const file = await stage.write('items.jsonl', textOf([...lines(50), '{']));
    await start('--file', file);
    await writeFile(file, textOf(lines(51)));
    await openFront((body) => body.includes('item 51'));
    const { stderr, code } = await run(file, '--patience', '1s');
    expect(stderr).toMatch(
      /\nLine 51 failed: Bad gateway \(status 502, \d times\)\.\nholdpoint: 0 started, 50 had been started before, 1 failed \(line 51\);/,
    );
    expect(code).toBe(2);
  });

  it('with all lines is waited for, and ends it', async () => {
    await openFront((body) => body.includes('item '));
    const file = await stage.write('items.jsonl', textOf(lines(3)));
    const { stdout, stderr, code } = await run(file, '--patience', '1s');
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toMatch(faulty);
    expect(stderr).toMatch(/\nholdpoint: Bad gateway\. Stopped: 0 started; run the same command again to go on\.\n$/);
    expect(stderr).not.toContain('Line');
  });

  it('for a while is waited for', async () => {
    let left = 5;
    await openFront((body) => body.includes('item ') && left-- > 0);
    const file = await stage.write('items.jsonl', textOf(lines(3)));
    expect(await run(file)).toMatchObject({ stdout: '3 started.\n', code: 0 });
  });
});

describe('wrong use', () => {
  it.each<[args: string, code: number, sentence: string]>([
    ['--file none.jsonl', 1, 'none.jsonl cannot be read: there is no such file.'],
    ['--file .', 1, '. cannot be read: it is a folder.'],
    ['--file -', 1, 'Standard input gives the loops no name: give --prefix, or --name-field.'],
    ['--file FILE --name a', 1, '--name does not go with --file, which starts many loops.'],
    ['--file FILE --wait', 1, '--wait does not go with --file, which starts many loops.'],
    [
      '--file FILE --prefix -a',
      1,
      "--prefix takes letters and digits with hyphens between them, 50 at most, not '-a'.",
    ],
    ['--file FILE --prefix a --name-field b', 1, 'Names come from --prefix or from --name-field; give one of them.'],
    ['--file FILE --concurrency 0', 1, "--concurrency takes a whole number from 1 to 1,000, not '0'."],
    [
      '--file FILE --patience x',
      1,
      "--patience is a length of time with its unit, as in 90s, 30m, 6h, 3d or 1h30m, not 'x'.",
    ],
    ['--file FILE --patience 300', 1, "--patience is a length of time with its unit, as in 300s or 300m, not '300'."],
    ['--file FILE -', 1, 'Give either --file or -; many loops from standard input are --file -.'],
    ['--file FILE --classifier Free', 1, "--classifier 'Free' must be one of"],
    ['--prefix a --input {}', 1, '--prefix goes with --file, which starts many loops.'],
  ])('%s', async (args, code, sentence) => {
    const file = await stage.write('items.jsonl', textOf(lines(2)));
    const ran = await start(
      ...args.split(' ').map((arg) => (arg === 'FILE' ? file : arg === 'none.jsonl' ? arg : arg)),
    );
    expect(ran).toEqual({ stdout: '', stderr: expect.stringContaining(`holdpoint: ${sentence}`), code });
    expect(await loopNames()).toEqual([]);
  });

  it('of a flow that is not there starts nothing', async () => {
    const file = await stage.write('items.jsonl', textOf(lines(2)));
    expect(await stage.holdpoint('loop', 'start', 'none', '--file', file)).toEqual({
      stdout: '',
      stderr: 'holdpoint: There is no flow definition named none; "holdpoint flow list" shows which there are.\n',
      code: 2,
    });
    expect(existsSync(join(stage.folder, 'items.jsonl.holdpoint'))).toBe(false);
  });
});
