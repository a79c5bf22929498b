import { existsSync, readFileSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Gate, openGate } from '../testing/gate.ts';
import { type LoopStage, openLoopStage } from '../testing/loop-stage.ts';

let stage: LoopStage;
let gate: Gate | undefined;
beforeEach(async () => {
  stage = await openLoopStage();
  await stage.makeFlow('mood');
});
afterEach(async () => {
  await gate?.close();
  gate = undefined;
  await stage.close();
});

const lines = (count: number): string[] => Array.from({ length: count }, (_, index) => `{"text":"item ${index + 1}"}`);
const textOf = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');
const start = (...args: readonly string[]) => stage.holdpoint('loop', 'start', 'mood', ...args);
const inputOf = async (HumanLoopName: string) =>
  (await stage.client.call('GetHumanLoop', { HumanLoopName })).InputContent;

async function loopNames(): Promise<string[]> {
  const { stdout } = await stage.holdpoint('loop', 'list', 'mood', '--limit', '0', '--oldest', '--json');
  return JSON.parse(stdout).HumanLoopSummaries.map(({ HumanLoopName }: { HumanLoopName: string }) => HumanLoopName);
}

const changed = 'all are sent again. It does no harm to those that are the same.\n';

describe('many loops', () => {
  it('are started, one for each line, and a repetition is the same ones', async () => {
    const file = await stage.write('My items.jsonl', textOf([...lines(2), '', '[1, 2.50]']));
    const done = { stdout: '3 started.\n', stderr: '', code: 0 };
    expect(await start('--file', file)).toEqual(done);
    expect(await loopNames()).toEqual(expect.arrayContaining(['my-items-1', 'my-items-2', 'my-items-4']));
    expect(await inputOf('my-items-4')).toBe('[1, 2.50]');
    expect(existsSync(`${file}.holdpoint`)).toBe(false);
    expect(await start('--file', file)).toEqual(done);
    expect(await loopNames()).toHaveLength(3);
  });

  it('have names and inputs from fields, and what their content is free of', async () => {
    const file = await stage.write('a.jsonl', '{"id":"first","in":{"n":1.0}}\n{"id":"second","in":"x"}\n');
    const fields = ['--name-field', 'id', '--input-field', 'in'];
    const { code } = await start('--file', file, ...fields, '--classifier', 'FreeOfAdultContent');
    expect(code).toBe(0);
    expect(await inputOf('first')).toBe('{"n":1.0}');
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
    expect(counts).toEqual({ started: 297, startedBefore: 0, failed: 3, complete: true });
    const sentences = first.stderr.split('\n').slice(0, -2);
    expect(sentences.sort()).toEqual(failures.map(({ message }) => message).sort());
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
      stdout: '1 started, 298 had been started before.\n',
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
      /^Line 2 failed: HumanLoop 'items-2' already exists and is finished.*\nholdpoint: 0 started, 1 had been started before, 1 failed \(line 2\);/,
    );
    expect(code).toBe(2);
  });
});

describe('a journal', () => {
  const failing = async () => {
    const file = await stage.write('items.jsonl', textOf([...lines(50), '{']));
    expect((await start('--file', file)).code).toBe(2);
    return file;
  };
  const read = (file: string) => JSON.parse(readFileSync(`${file}.holdpoint`, 'utf8'));

  it('says how far it came', async () => {
    const file = await failing();
    expect(read(file)).toMatchObject({
      flowDefinition: expect.stringMatching(/:flow-definition\/mood$/),
      settings: { prefix: 'items' },
      lines: 51,
      failed: [[51, 51]],
    });
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
      0,
    ],
    [
      'of a file that is shorter is not',
      (file) => writeFile(file, textOf(lines(3))),
      [],
      new RegExp(
        `^.*items\\.jsonl was changed among the lines that were started before: ${changed.replaceAll('.', '\\.')}$`,
      ),
      0,
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
      0,
    ],
  ])('%s', async (_what, change, args, told, before) => {
    const file = await failing();
    await change(file);
    const { stderr } = await start('--file', file, ...args);
    expect(stderr).toMatch(told);
    if (before > 0) expect(stderr).toContain(`${before} had been started before`);
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
    const { stdout, stderr, code } = await running.ran;
    expect([stdout, code]).toEqual(['', 130]);
    expect(stderr).toMatch(/Stopped: \d+ started; run the same command again to go on\.\nholdpoint: Interrupted\.\n$/);
    const started = Number(/Stopped: (\d+) started/.exec(stderr)![1]);
    const again = await start('--file', file);
    expect(again.stdout).toBe(
      `${(3000 - started).toLocaleString('en-US')} started, ${started} had been started before.\n`,
    );
    expect(await loopNames()).toHaveLength(3000);
  });

  it('by a server that is gone waits for it, and goes on', async () => {
    const file = await stage.write('items.jsonl', textOf(lines(1000)));
    gate = await openGate(Number(new URL(stage.server.endpointUrl).port));
    const running = stage.process(['loop', 'start', 'mood', '--file', file], gate.url);
    gate.cutAfter(300);
    await running.said('Waiting for it');
    await gate.open();
    const { stdout, stderr, code } = await running.ran;
    expect([stdout, code]).toEqual(['1,000 started.\n', 0]);
    expect(stderr).toMatch(
      /^The server at http:\/\/127\.0\.0\.1:\d+ (cannot be reached|closed the connection).* Waiting for it, 5m at most\.\n(?:.*\n)*The server answers again\.\n/,
    );
    expect(await loopNames()).toHaveLength(1000);
  });

  it('by a server that does not come back ends after a while, and says how to go on', async () => {
    const file = await stage.write('items.jsonl', textOf(lines(1000)));
    gate = await openGate(Number(new URL(stage.server.endpointUrl).port));
    const running = stage.process(['loop', 'start', 'mood', '--file', file, '--patience', '1'], gate.url);
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
    const { stdout } = await start('--file', file);
    expect(stdout).toBe(
      `${(3000 - settled).toLocaleString('en-US')} started, ${settled.toLocaleString('en-US')} had been started before.\n`,
    );
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
    const failed = stderr.match(/^Line /gm)!.length;
    expect(failed).toBeGreaterThanOrEqual(200);
    expect(failed).toBeLessThan(400);
    expect(stderr).toMatch(
      /holdpoint: The quota of 1 human loops .* Stopped: \d+ started, \d+ failed \(lines .* … \d+\); run the same command again/,
    );
    expect(code).toBe(2);
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
    ['--file FILE --patience x', 1, "--patience takes a whole number from 1 to 1,000,000, not 'x'."],
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
