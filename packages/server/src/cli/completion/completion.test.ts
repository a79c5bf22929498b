import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandServer, startCommandServer } from '../../testing/command-server.ts';
import { runCommand } from '../../testing/run-command.ts';

const [bash, fish] = ['bash', 'fish'].map((shell) => {
  if (spawnSync(shell, ['--version']).status === 0) return shell;
  process.stderr.write(`\nSKIPPED: This machine has no ${shell}, so its completion cannot be tried.\n`);
  return '';
}) as [string, string];

describe.skipIf(!bash)('in bash', () => {
  let folder: string;
  let script: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdpoint-completion-'));
    ({ stdout: script } = await runCommand(['completion', 'bash']));
    await writeFile(join(folder, 'a page.html'), '');
    await writeFile(join(folder, 'input.json'), '');
    // Stands for the command; it prints the names that it was asked for, and with which options.
    await writeFile(join(folder, 'holdpoint'), '#!/bin/sh\necho "one"; echo "two"; echo "$*" > asked\n');
    await chmod(join(folder, 'holdpoint'), 0o755);
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** What is offered for words as bash splits them; the last one is being typed. */
  const complete = (...words: string[]): string[] => completeFor('./holdpoint', words);

  function completeFor(command: string, words: readonly string[]): string[] {
    const program = `${script}
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _holdpoint
      for word in "\${COMPREPLY[@]}"; do printf '%s\\n' "$word"; done`;
    const { stdout, stderr } = spawnSync(bash, ['--norc', '-c', program, 'bash', command, ...words], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: folder },
    });
    expect(stderr).toBe('');
    return stdout.split('\n').slice(0, -1);
  }

  it.each([
    [['wor'], ['worker', 'workteam', 'workforce']],
    [
      ['flow', ''],
      ['create', 'list', 'show', 'agreement', 'evaluate', 'delete', 'help'],
    ],
    [['flow', 'create', '--time'], ['--time-limit']],
    [
      ['flow', 'create', '--task-count', ''],
      ['1', '2', '3'],
    ],
    [
      ['flow', 'create', '--task-count', '=', ''],
      ['1', '2', '3'],
    ],
    [
      ['flow', 'create', '--task-count', '='],
      ['1', '2', '3'],
    ],
    [['flow', 'create', 'x', '--output', 's3', ':', '//a/b', '--tem'], ['--template']],
    [['flow', 'create', '--template', 'a'], ['a page.html']],
    [['template', 'check', 'a page.html', 'i'], ['input.json']],
    [['serve', '--tls-cert', 'in'], ['input.json']],
    [
      ['worker', 'link', '--purpose', 's'],
      ['set-password', 'sign-in'],
    ],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['help', 'fl'], ['flow']],
    [
      ['help', 'loop', 'st'],
      ['start', 'stop'],
    ],
    [['help', 'loop', 'start', ''], []],
    [['flow', 'help', 's'], ['show']],
    [
      ['event-target', 'add', '--status', ''],
      ['Completed', 'Failed', 'Stopped'],
    ],
    [
      ['export', 'mood', '--status', 'Stop'],
      ['Stopping', 'Stopped'],
    ],
    [
      ['serve', '--log-level', ''],
      ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
    ],
    // It has no value, so that a file is what follows.
    [['template', 'preview', '--no-open', 'a'], ['a page.html']],
    [['--no-such-option', 'flow', 'sh'], ['show']],
    [['flow', 'create', ''], []],
    [['flow', 'create', '--title', ''], []],
    [['nothing', ''], []],
    [['__'], []],
  ])('%j offers %j', (words, offered) => {
    expect(complete(...words)).toEqual(offered);
  });

  it.each([
    [['flow', 'show', ''], '__complete flows'],
    [['flow', 'show', '--data', 'd', '--json', ''], '__complete flows --data d'],
    [['flow', 'create', 'x', '--workteam', ''], '__complete workteams'],
    [['worker', 'disable', '--endpoint-url', 'http', ':', '//h', ''], '__complete workers --endpoint-url http://h'],
    [['worker', 'workteams', ''], '__complete workers'],
    [['worker', 'workteams', 'ada@example.com', 'first', ''], '__complete workteams'],
    [['template', 'delete', ''], '__complete templates'],
    [['key', 'revoke', ''], '__complete keys'],
    [['event-target', 'test', ''], '__complete event-targets'],
  ])('%j asks for names', (words, asked) => {
    expect(complete(...words)).toEqual(['one', 'two']);
    expect(spawnSync('cat', ['asked'], { cwd: folder, encoding: 'utf8' }).stdout.trim()).toBe(asked);
    expect(complete(...words.slice(0, -1), 't')).toEqual(['two']);
  });

  it('asks the program that is called, wherever it is', () => {
    for (const command of ['./holdpoint', `../${basename(folder)}/holdpoint`, join(folder, 'holdpoint'), '~/holdpoint'])
      expect(completeFor(command, ['flow', 'show', 't']), command).toEqual(['two']);
  });
});

it.skipIf(!fish)('fish offers commands, choices and names, however the program is called', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdpoint-completion-'));
  try {
    const { stdout: script } = await runCommand(['completion', 'fish']);
    await writeFile(join(folder, 'holdpoint.fish'), script);
    await writeFile(join(folder, 'holdpoint'), '#!/bin/sh\necho "one"; echo "two"\n');
    await chmod(join(folder, 'holdpoint'), 0o755);
    for (const [line, offered] of [
      ['holdpoint flow cr', ['create']],
      ['./holdpoint flow cr', ['create']],
      ['~/holdpoint help loop st', ['start', 'stop']],
      ['./holdpoint flow create --task-count ', ['1', '2', '3']],
      ['./holdpoint event-target add --status ', ['Completed', 'Failed', 'Stopped']],
      ['./holdpoint flow show ', ['one', 'two']],
      ['~/holdpoint flow delete --no-wait ', ['one', 'two']],
    ] as const) {
      const program = `source holdpoint.fish; complete --do-complete '${line}'`;
      const { stdout, stderr } = spawnSync(fish, ['--no-config', '-c', program], {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: process.env.PATH, HOME: folder, XDG_CONFIG_HOME: folder },
      });
      expect(stderr).toBe('');
      const words = stdout.split('\n').slice(0, -1);
      expect(
        words.map((each) => each.split('\t')[0]),
        line,
      ).toEqual(offered);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

it.each(['bash', 'zsh', 'fish'])(
  'the script for %s knows every command and option that the help shows',
  async (shell) => {
    const { stdout, code } = await runCommand(['completion', shell]);
    expect(code).toBe(0);
    for (const word of [
      'event-target',
      'workteams',
      'replace-template',
      'request-source',
      'clock-skew-seconds',
      'doctor',
    ])
      expect(stdout).toContain(word);
    expect(stdout).not.toContain("'__complete'");
    expect(stdout).not.toContain('undefined');
  },
);

it('tells how it is installed', async () => {
  const { stdout } = await runCommand(['completion', '--help']);
  for (const part of ['~/.bashrc', 'fpath', '~/.config/fish/completions/holdpoint.fish'])
    expect(stdout).toContain(part);
  expect(await runCommand(['completion', 'tcsh'])).toMatchObject({ code: 1, stdout: '' });
});

describe('names', () => {
  let stage: CommandServer;
  beforeAll(async () => {
    stage = await startCommandServer();
    await stage.write('a.html', '<crowd-form>{{ task.input.text }}</crowd-form>');
    await stage.json('flow create first --template a.html');
    await stage.json('worker add --email ada@example.com');
    await stage.json('worker add --email $(touch+x)@example.com');
    const { FlowDefinitionArn } = await stage.client.call('DescribeFlowDefinition', { FlowDefinitionName: 'first' });
    const HumanLoopInput = { InputContent: '{"text":"x"}' };
    await stage.client.call('StartHumanLoop', { HumanLoopName: 'loop-1', FlowDefinitionArn, HumanLoopInput });
  });
  afterAll(() => stage?.close());

  it.each([
    ['flows', 'first\n'],
    ['loops', 'loop-1\n'],
    ['templates', 'first\n'],
    ['workteams', 'reviewers\n'],
    // One that a shell would have to quote is left out.
    ['workers', 'ada@example.com\n'],
    ['event-targets', ''],
    ['nonsense', ''],
    ['constructor', ''],
  ])('of %s come from the server that runs', async (kind, names) => {
    expect(await stage.run(`__complete ${kind}`)).toEqual({ stdout: names, stderr: '', code: 0 });
  });

  it('are none where no server runs, or it cannot be reached or is not ours', async () => {
    const none = { stdout: '', stderr: '', code: 0 };
    for (const args of [
      ['--data', join(stage.data, 'nowhere')],
      ['--endpoint-url', 'http://127.0.0.1:1', '--region', 'us-east-1'],
      ['--endpoint-url', stage.server.endpointUrl, '--region', 'us-east-1'],
      ['--profile', 'nobody'],
      ['--endpoint-url', 'nonsense'],
    ])
      expect(await runCommand(['__complete', 'flows', ...args], { environment: { HOME: stage.data } })).toEqual(none);
  });

  it('are none when no answer comes within a second', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
      const environment = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_REGION: 'us-east-1' };
      const begun = performance.now();
      const result = await runCommand(['__complete', 'flows', '--endpoint-url', url], { environment });
      expect(result).toEqual({ stdout: '', stderr: '', code: 0 });
      expect(performance.now() - begun).toBeLessThan(5000);
    } finally {
      silent.closeAllConnections();
      await new Promise((resolve) => silent.close(resolve));
    }
  });
});
