// The command line of the checkout, called as its users call it: by ./holdpoint and through npm, from wherever they are.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quoted } from '../packages/server/src/cli/next-command.ts';
import { readConfig } from '../packages/server/src/config.ts';
import { createLog } from '../packages/server/src/log.ts';
import { startServer } from '../packages/server/src/main.ts';
import { root } from './root.mjs';

const script = quoted(join(root, 'holdpoint'));
/** Milliseconds: what is outdated is built first. */
const patience = 120_000;

interface Result {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Runs a line in a shell as its user would have it, without what this run of the tests has from npm. */
function shell(line: string, cwd: string): Promise<Result> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$|HOLDPOINT_|AWS_)/i.test(name));
  const options = { cwd, env: { ...Object.fromEntries(kept), npm_config_loglevel: 'silent' } };
  return new Promise((resolve) => {
    execFile('sh', ['-c', line], options, (error, stdout, stderr) =>
      resolve({ stdout, stderr, code: error ? Number(error.code) : 0 }),
    );
  });
}

describe.skipIf(process.platform === 'win32')('the command line of a checkout', { timeout: patience }, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'holdpoint-launch-')));
    const server = await startServer(readConfig({ data: join(folder, 'data'), port: 0 }, {}), {
      log: createLog('silent', { write() {} }),
    });
    await server.close();
    await mkdir(join(folder, 'linked here'));
    await symlink(join(root, 'holdpoint'), join(folder, 'linked here/holdpoint'));
    await shell(`${script} --version`, folder);
  }, patience);
  afterAll(() => rm(folder, { recursive: true }));

  const calls = [
    { how: 'by its absolute path', command: () => script },
    { how: 'by a relative path', command: () => quoted(join(relative(folder, root), 'holdpoint')) },
    { how: 'by a link', command: () => "'./linked here/holdpoint'" },
    { how: 'through npm', command: () => 'npm run holdpoint --', inRoot: true },
    { how: 'as ./holdpoint', command: () => './holdpoint', inRoot: true },
  ];

  it.each(calls)('$how: what it says to type next works', async ({ command, inRoot }) => {
    const cwd = inRoot ? root : folder;
    const { stderr, stdout, code } = await shell(`${command()} help loop begin`, cwd);
    expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
    const [, next = ''] = /; "(.*)" lists/.exec(stderr) ?? [];
    expect(next).toBe(`${command()} help loop`);
    expect(await shell(next, cwd)).toMatchObject({ stdout: expect.stringContaining('Usage: holdpoint loop'), code: 0 });
  });

  it.each([
    ...calls.filter(({ inRoot }) => !inRoot),
    { how: 'through npm', command: () => `npm --prefix ${quoted(root)} run holdpoint --` },
  ])('$how: a relative path is the caller’s, and standard output the command’s alone', async ({ command }) => {
    const { stdout, code } = await shell(`${command()} workteam list --data data --json`, folder);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ Workteams: [{ WorkteamName: 'reviewers' }] });
  });

  it('hands on arguments as they are, and the exit code', async () => {
    const name = '  $HOME "it\'s" * ';
    const { stderr, code } = await shell(`${script} help ${quoted(name)}`, folder);
    expect({ stderr, code }).toEqual({ stderr: expect.stringContaining(`"holdpoint ${name}"`), code: 1 });
    expect(await shell(`${script} flow show none --data data`, folder)).toMatchObject({ stdout: '', code: 2 });
  });
});
