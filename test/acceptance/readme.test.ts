// README.md, followed by a new user: its commands in processes of their own, its Python as it stands there.
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LineProcess, startLineProcess } from '../testing/line-process.ts';
import { useChromium } from '../testing/reviewer.ts';
import { password, programEnvironment, temporaryFolder } from '../testing/test-server.ts';
import { describeWith, pythonPath } from '../testing/tools.ts';

const readme = fileURLToPath(new URL('../../README.md', import.meta.url));
const commandLine = [
  ...process.execArgv,
  fileURLToPath(new URL('../../packages/server/src/cli/main.ts', import.meta.url)),
];

describeWith('Python with boto3', 'Chromium')('README.md', () => {
  const chromium = useChromium();
  let folder: string;
  let data: string;
  let server: LineProcess | undefined;

  beforeEach(async () => {
    folder = await temporaryFolder();
    data = join(folder, 'data');
  });
  afterEach(async () => {
    server?.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  const serve = () =>
    startLineProcess(process.execPath, [...commandLine, 'serve', '--data', data, '--port', '0'], process.env, folder);
  const holdpoint = (...args: string[]) =>
    promisify(execFile)(process.execPath, [...commandLine, ...args, '--data', data], { cwd: folder });

  /** Lines up to the one that matches, whose first group is returned. */
  async function readUntil(process: LineProcess, pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(await process.next());
      if (found) return found[1] ?? '';
    }
  }

  async function pythonOfReadme(): Promise<string[]> {
    const text = await readFile(readme, 'utf8');
    return [...text.matchAll(/^```python\n(.*?)^```$/gms)].map((match) => match[1]!);
  }

  test('the first human loop runs as it is written there', async () => {
    server = serve();
    const portal = await readUntil(server, /^ *Portal +(http\S+)$/);
    const credentialsFile = await readUntil(server, /export AWS_SHARED_CREDENTIALS_FILE=(\S+)$/);
    const configFile = await readUntil(server, /export AWS_CONFIG_FILE=(\S+)$/);
    const environment = programEnvironment({ files: { credentialsFile, configFile } });

    const [starting, reading] = await pythonOfReadme();
    const program = join(folder, 'first.py');
    await writeFile(program, `${starting}\nprint('waiting')\ninput()\n${reading}`);
    const python = startLineProcess(pythonPath, [program], environment, folder);
    expect(await python.next()).toMatch(/'HumanLoopStatus': 'InProgress'.* https:\/\/localhost:\d+$/);
    expect(await python.next()).toBe('waiting');

    const { stdout } = await holdpoint(
      'worker',
      'add',
      '--email',
      'ada@example.com',
      '--name',
      'Ada',
      '--workteam',
      'reviewers',
    );
    const page = await chromium.openPage();
    await page.goto(/^http\S+$/m.exec(stdout)![0]);
    await page.getByLabel('New password', { exact: true }).fill(password);
    await page.getByLabel('Repeat new password').fill(password);
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
    const ada = await chromium.signIn({ url: portal.replace(/\/portal$/, '') }, 'ada@example.com', { goesOn: true });
    await ada.start('Mood');
    await ada.task.getByText('I love it', { exact: true }).waitFor();
    await ada.task.getByRole('radio', { name: 'Positive' }).check();
    await ada.submit();
    await ada.page.getByText('No more tasks are waiting').waitFor();

    python.send('');
    expect(await python.next()).toMatch(/^\[\{.*'answerContent': \{'mood': \{'label': 'Positive'\}\}/);
    await python.end();
  });

  test('Ctrl-C ends the server in order; a second one on its folder is refused before', async () => {
    server = serve();
    await readUntil(server, /Endpoint +(http\S+)/);
    await expect(serve().end()).rejects.toThrow(/holdpoint: Another Holdpoint server is using the data directory/);
    server.kill('SIGINT');
    await server.end();
    server = serve();
    await readUntil(server, /Endpoint +(http\S+)/);
  });
});
