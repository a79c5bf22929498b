import { execFileSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { lstat, mkdir, readFile, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { presignUrl } from '@holdpoint/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { objectsOf } from '../loop/read-output.ts';
import { type LoopStage, openLoopStage } from '../loop/testing/loop-stage.ts';

let stage: LoopStage;
beforeEach(async () => {
  stage = await openLoopStage();
});
afterEach(() => {
  vi.unstubAllEnvs();
  return stage.close();
});

const exported = (...args: readonly string[]) => stage.holdpoint('export', ...args);
const objects = () => objectsOf({ client: stage.client, signal: new AbortController().signal });
const outputUri = async (HumanLoopName: string) =>
  (await stage.client.call('DescribeHumanLoop', { HumanLoopName })).HumanLoopOutput!.OutputS3Uri;

async function removeObject(uri: string) {
  const { credentials, meta } = stage.client;
  const url = presignUrl(
    {
      sha256Hex: (data) => createHash('sha256').update(data).digest('hex'),
      hmac: (key, data) => createHmac('sha256', key).update(data).digest(),
    },
    {
      method: 'DELETE',
      url: `${meta.endpointUrl}/${uri.slice('s3://'.length)}`,
      credentials: await credentials(),
      region: meta.regionName,
      service: 's3',
      now: new Date(),
      expiresIn: 60,
      s3: true,
    },
  );
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(204);
}

const makePipe = (path: string) => execFileSync('env', ['mkfifo', path]);

/** Has loops answered by so many workers. */
async function answered(flow: string, inputs: readonly unknown[], rules: readonly unknown[], workers = 1) {
  await stage.makeFlow(flow, workers);
  await stage.startLoops(flow, ...inputs);
  const file = await stage.write('rules.json', JSON.stringify(rules));
  const args = ['--rules', file, '--flow', flow, '--workers', String(workers), '--until-empty'];
  expect((await stage.holdpoint('simulate', ...args)).code).toBe(0);
  expect((await stage.holdpoint('loop', 'watch', '--flow', flow)).code).toBe(0);
}

/** Without what differs from run to run. */
const plain = (text: string): string =>
  text
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'TIME')
    .replaceAll(/\b[0-9a-f]{16}\b/g, 'WORKER')
    .replaceAll(/TIME,TIME,[\d.]+/g, 'TIME,TIME,SECONDS');

const head =
  'humanLoopName,humanLoopStatus,creationTime,flowDefinitionArn,workerId,acceptanceTime,submissionTime,timeSpentInSeconds';
const arn = 'arn:aws:sagemaker:us-east-1:000000000000:flow-definition/mood';
const row = (loop: string, rest: string): string => `${loop},Completed,TIME,${arn},WORKER,TIME,TIME,SECONDS${rest}\r\n`;

describe('JSON Lines', () => {
  it('have each loop in order, as its output was written', async () => {
    const inputs = Array.from({ length: 40 }, (_, index) => ({ text: index }));
    await answered('mood', inputs, [{ answer: { a: '{{ input.text }}' }, seconds: 0 }]);
    const { stdout, stderr, code } = await exported('mood');
    const lines = stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).humanLoopName)).toEqual(inputs.map((_, index) => `mood-${index + 1}`));
    const written = (await objects().read(await outputUri('mood-7'))).toString();
    expect(lines[6]!.replace(/"creationTime":"[^"]+"/, '"creationTime":"TIME"')).toBe(
      `{"humanLoopStatus":"Completed","creationTime":"TIME",${written.slice(1)}`,
    );
    expect(JSON.parse(lines[6]!).humanAnswers[0].answerContent).toEqual({ a: 6 });
    expect([stderr, code]).toEqual(['40 answers of 40 human loops.\n', 0]);
    expect((await exported('mood', '--before', '1d')).stdout).toBe('');
    expect((await exported('mood', '--after', '1d', '--status', 'Stopped')).stdout).toBe('');
  });

  it('have loops without an output where they are asked for', async () => {
    await stage.makeFlow('mood');
    await stage.startLoops('mood', { text: 1 }, {}, { text: 3 });
    await stage.holdpoint('loop', 'watch', 'mood-2');
    await stage.holdpoint('loop', 'stop', 'mood-3');
    const lines = (await exported('mood', '--status', 'InProgress', '--status', 'Failed', '--status', 'Stopped'))
      .stdout;
    expect(
      lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      {
        humanLoopName: 'mood-1',
        humanLoopStatus: 'InProgress',
        creationTime: expect.any(String),
        flowDefinitionArn: arn,
      },
      {
        humanLoopName: 'mood-2',
        humanLoopStatus: 'Failed',
        creationTime: expect.any(String),
        flowDefinitionArn: arn,
        failureReason: expect.stringMatching(/^Task failed to render/),
      },
      expect.objectContaining({ humanLoopName: 'mood-3', humanLoopStatus: 'Stopped', humanAnswers: [] }),
    ]);
    const inputs = (
      await exported('mood', '--status', 'InProgress', '--status', 'Failed', '--status', 'Stopped', '--with-input')
    ).stdout;
    expect(
      [...inputs.matchAll(/"humanLoopName":"(.*?)".*?"inputContent":(\{.*?\})/g)].map(([, ...found]) => found),
    ).toEqual([
      ['mood-1', '{"text":1}'],
      ['mood-2', '{}'],
      ['mood-3', '{"text":3}'],
    ]);
    expect(
      inputs
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).inputContent),
    ).toEqual([{ text: 1 }, {}, { text: 3 }]);
  });
});

describe('CSV', () => {
  it('has a line for each answer and a column for each member, quoted and harmless', async () => {
    const temporary = join(stage.folder, 'temporary');
    await mkdir(temporary);
    vi.stubEnv('TMPDIR', temporary);
    const rules = [
      {
        when: { input: { text: 1 } },
        answer: { mood: { label: 'a,"b"\r\nc' }, n: -5, list: [1, { x: 2 }], none: null },
        seconds: 0,
      },
      {
        when: { input: { text: 2 } },
        answer: { sum: '=1+1', plus: '+1', minus: '-1', at: '@x', tab: '\tx', safe: '1=1', semi: 'a;b', mid: 'a\tb' },
        seconds: 0,
      },
      { answer: { 'a.b': true, a: { b: 'é' }, empty: {} }, seconds: 0 },
    ];
    await answered('mood', [{ text: 1 }, { text: 2 }, { text: 3 }], rules, 2);
    const { stdout, code } = await exported('mood', '--format', 'csv');
    const [first, second, third] = [
      row('mood-1', `,"[1,{""x"":2}]","a,""b""\r\nc",-5,,,,,,,,,,,,`),
      row('mood-2', `,,,,,'@x,"a\tb",'-1,'+1,1=1,"a;b",'=1+1,"'\tx",,,`),
      row('mood-3', ',,,,,,,,,,,,,é,true,{}'),
    ];
    const columns = 'list mood.label n none at mid minus plus safe semi sum tab a.b a\\.b empty'
      .split(' ')
      .map((name) => `answerContent.${name}`);
    expect(plain(stdout)).toBe(`${head},${columns.join(',')}\r\n${first}${first}${second}${second}${third}${third}`);
    expect(code).toBe(0);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('has the input before the answers, where it is asked for', async () => {
    await answered(
      'mood',
      [{ text: 1, more: { a: ';' } }, { text: '=2' }],
      [
        { when: { input: { text: 1 } }, answer: { a: 'x' }, seconds: 0 },
        { answer: { b: 'y' }, seconds: 0 },
      ],
    );
    const { stdout } = await exported('mood', '--format', 'csv', '--with-input');
    expect(plain(stdout)).toBe(
      `${head},input.more.a,input.text,answerContent.a,answerContent.b\r\n${row('mood-1', ',";",1,x,')}${row('mood-2', ",,'=2,,y")}`,
    );
    expect((await exported('mood', '--format', 'csv')).stdout).not.toContain('input.');
  });

  it('of no answers has its head', async () => {
    await stage.makeFlow('mood');
    expect((await exported('mood', '--format', 'csv')).stdout).toBe(`${head}\r\n`);
  });
});

describe('a file', () => {
  it('is there when it is complete, and replaces another', async () => {
    await answered('mood', [{ text: 1 }], [{ answer: { a: 1 }, seconds: 0 }]);
    const file = await stage.write('out.jsonl', 'before');
    const { stdout, stderr, code } = await exported('mood', '--output', file, '--json');
    expect(JSON.parse(stdout)).toEqual({ loops: 1, answers: 1, unreadable: 0, file });
    expect([stderr, code]).toEqual(['', 0]);
    expect(JSON.parse(readFileSync(file, 'utf8')).humanLoopName).toBe('mood-1');
    expect(readdirSync(stage.folder).filter((name) => name.includes('.part'))).toEqual([]);
    expect((await exported('mood', '--output', file)).stdout).toBe(`1 answer of 1 human loop in ${file}.\n`);
  });

  it.each(['linked.jsonl', 'not-yet.jsonl'])('is written where a link leads: %s', async (name) => {
    await answered('mood', [{ text: 1 }], [{ answer: { a: 1 }, seconds: 0 }]);
    await stage.write('linked.jsonl', 'before');
    await mkdir(join(stage.folder, 'links'));
    const link = join(stage.folder, 'links', 'out');
    await symlink(`../${name}`, link);
    expect(await exported('mood', '--output', link)).toMatchObject({ code: 0 });
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(stage.folder, name), 'utf8')).toContain('"mood-1"');
    expect(readdirSync(join(stage.folder, 'links'))).toEqual(['out']);
  });

  it.skipIf(process.platform === 'win32')(
    'may be a named pipe, which stays one; nothing else that is no file is replaced',
    async () => {
      await answered('mood', [{ text: 1 }], [{ answer: { a: 'x'.repeat(300_000) }, seconds: 0 }]);
      const pipe = join(stage.folder, 'pipe');
      makePipe(pipe);
      const [{ code }, read] = await Promise.all([exported('mood', '--output', pipe), readFile(pipe, 'utf8')]);
      expect([code, JSON.parse(read).humanLoopName]).toEqual([0, 'mood-1']);
      expect((await lstat(pipe)).isFIFO()).toBe(true);
      const socket = join(stage.folder, 'socket');
      const server = createServer().listen(socket);
      await once(server, 'listening');
      // Nothing can be written to it, as to a device that refuses: it is not replaced either.
      expect(await exported('mood', '--output', socket)).toMatchObject({ stdout: '', code: 1 });
      expect((await lstat(socket)).isSocket()).toBe(true);
      await new Promise((resolve) => server.close(resolve));
      expect(readdirSync(stage.folder).sort()).toEqual(['data', 'pipe', 'rules.json']);
    },
  );

  it.skipIf(process.platform === 'win32')('that is a pipe which nobody reads can be given up', async () => {
    await stage.makeFlow('mood');
    const pipe = join(stage.folder, 'pipe');
    makePipe(pipe);
    const running = stage.process(['export', 'mood', '--output', pipe]);
    await running.said(`Waiting until somebody reads ${pipe}.\n`);
    running.kill('SIGINT');
    expect(await running.ran).toMatchObject({
      stdout: '',
      stderr: expect.stringMatching(/\.\nholdpoint: Interrupted\.\n$/),
      code: 130,
    });
  });

  it('stays as it was when nothing came of it', async () => {
    const file = await stage.write('out.jsonl', 'before');
    expect(await exported('none', '--output', file)).toMatchObject({ code: 2 });
    expect(readFileSync(file, 'utf8')).toBe('before');
    expect(readdirSync(stage.folder).sort()).toEqual(['data', 'out.jsonl']);
  });
});

describe('outputs that cannot be read', () => {
  it('are told of by name, and the rest goes on', async () => {
    await answered('mood', [{ text: 1 }, { text: 2 }, { text: 3 }], [{ answer: { a: 1 }, seconds: 0 }]);
    const [first, second] = [await outputUri('mood-1'), await outputUri('mood-2')];
    await objects().write(first, '{"not":"an output"}', 'application/json');
    await removeObject(second);
    const file = join(stage.folder, 'out.jsonl');
    const { stderr, code } = await exported('mood', '--output', file);
    expect(stderr).toBe(
      `${first} is not the output of a human loop.\nReading ${second} failed: The specified key does not exist.\nholdpoint: 2 outputs could not be read; the rest is there.\n`,
    );
    expect(code).toBe(2);
    expect(JSON.parse(readFileSync(file, 'utf8')).humanLoopName).toBe('mood-3');
  });
});

describe('outputs from elsewhere', () => {
  const write = (key: string, document: unknown) =>
    objects().write(
      `s3://holdpoint/${key}`,
      typeof document === 'string' ? document : JSON.stringify(document),
      'application/json',
    );
  const output = (humanLoopName: string, flow = 'mood') => ({
    flowDefinitionArn: `arn:aws:sagemaker:eu-west-1:123456789012:flow-definition/${flow}`,
    humanAnswers: [],
    humanLoopName,
    inputContent: {},
  });

  it('are read from their place, of all flows or of one', async () => {
    await write('old/mood/2024/01/02/03/04/05/b/output.json', output('b'));
    await write(
      'old/mood/2025/01/02/03/04/05/c/output.json',
      '{\n  "humanLoopName": "c",\n  "n": 12345678901234567890,\n  "humanAnswers": []\n}\n',
    );
    await write('old/other/2024/01/02/03/04/05/d/output.json', output('d', 'other'));
    await write('old/a/output.json', output('a'));
    await write('old/a/output.json.bak', '{');
    await write('old/x/output.json', '[]');
    const from = ['--from', 's3://holdpoint/old'];
    const { stdout, stderr, code } = await exported(...from);
    expect(stdout.split('\n')).toEqual([
      JSON.stringify(output('a')),
      `{"creationTime":"2024-01-02T03:04:05.000Z",${JSON.stringify(output('b')).slice(1)}`,
      '{"creationTime":"2025-01-02T03:04:05.000Z","humanLoopName": "c","n": 12345678901234567890,"humanAnswers": []}',
      `{"creationTime":"2024-01-02T03:04:05.000Z",${JSON.stringify(output('d', 'other')).slice(1)}`,
      '',
    ]);
    expect(stderr).toBe(
      's3://holdpoint/old/x/output.json is not the output of a human loop.\n0 answers of 4 human loops.\nholdpoint: 1 output could not be read; the rest is there.\n',
    );
    expect(code).toBe(2);
    const names = async (...args: readonly string[]) =>
      [...(await exported(...args, ...from)).stdout.matchAll(/"humanLoopName": ?"(.)"/g)]
        .map(([, name]) => name)
        .join('');
    expect(await names('other')).toBe('d');
    expect(await names('arn:aws:sagemaker:eu-west-1:123456789012:flow-definition/mood')).toBe('ab');
    expect(await names('--after', '2025-01-01')).toBe('c');
    expect(await names('--before', '2025-01-01')).toBe('bd');
  });

  it('of a bucket that is not there are a failure', async () => {
    expect(await exported('--from', 's3://none/x')).toMatchObject({
      stdout: '',
      code: 2,
      stderr: expect.stringContaining('s3://none/'),
    });
  });
});

describe('a reader who has seen enough', () => {
  it('ends it quietly', async () => {
    await stage.makeFlow('mood');
    await stage.startLoops('mood', ...Array.from({ length: 30 }, () => ({ text: 'x'.repeat(20_000) })));
    for (let number = 1; number <= 30; number++)
      await stage.client.call('StopHumanLoop', { HumanLoopName: `mood-${number}` });
    const { ran, closeOutput } = stage.process(['export', 'mood']);
    await closeOutput();
    expect(await ran).toMatchObject({ stderr: '', code: 0 });
  });
});

describe('wrong use', () => {
  it.each([
    ['', 'Name a flow, or a place in a bucket with --from.'],
    ['mood --json', '--json prints a summary, and standard output has the answers: give --output too.'],
    ['mood --status Done', "--status takes one of InProgress, Failed, Completed, Stopped, Stopping, not 'Done'."],
    ['--from s3://a/b --status Failed', '--status does not go with --from: an output does not tell it.'],
    ['--from folder', "--from takes s3://BUCKET/PREFIX, not 'folder'."],
    ['mood --after x', '--after takes a moment such as'],
    ['mood --output /none/x', '/none/x cannot be written: there is no such folder.'],
    ['mood --output .', '. cannot be written: it is a folder.'],
  ])('%s', async (args, sentence) => {
    const ran = await exported(...args.split(' ').filter(Boolean));
    expect(ran).toEqual({ stdout: '', stderr: expect.stringContaining(`holdpoint: ${sentence}`), code: 1 });
    expect(existsSync('/none')).toBe(false);
  });
});
