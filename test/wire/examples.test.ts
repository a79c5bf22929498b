// What the README and examples/ promise, run as they are printed; the answers come from a reviewer at a browser.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { untilStatus } from '../testing/human-loops.ts';
import { type LineProcess, startLineProcess } from '../testing/line-process.ts';
import { useChromium } from '../testing/reviewer.ts';
import { startTestServer, type TestServer, temporaryFolder } from '../testing/test-server.ts';
import { describeWith, pythonPath } from '../testing/tools.ts';

const root = join(import.meta.dirname, '../..');
const email = 'ada@example.com';

/** The code blocks of the README in one language, in order. */
async function readmeBlocks(language: string): Promise<string[]> {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  return [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, name, code]) =>
    name === language ? [code!] : [],
  );
}

describeWith('Python with boto3', 'Chromium')('the first human loop', () => {
  const { signIn } = useChromium();
  let folder: string;
  let server: TestServer;

  beforeAll(async () => {
    // The README's paths begin at the folder where the server was started.
    folder = await temporaryFolder();
    server = await startTestServer({ data: join(folder, 'data') });
    await server.hire(email);
  });
  afterAll(async () => {
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function answer(title: string): Promise<void> {
    const reviewer = await signIn(server, email);
    await reviewer.start(title);
    await reviewer.task.getByText('Positive', { exact: true }).click();
    await reviewer.submit();
    // A page that stays open goes on with the next task by itself.
    await reviewer.page.close();
  }

  it('runs as the README prints it', async () => {
    const [export_ = ''] = (await readmeBlocks('sh')).filter((block) => block.startsWith('export AWS_'));
    const [start = '', read = ''] = await readmeBlocks('python');
    expect(start.trim().split('\n').length, 'lines of the first loop').toBeLessThanOrEqual(13);
    // The interpreter waits between the two blocks, as a person does.
    const program = `${start}\nprint('started', flush=True)\ninput()\n${read}`;
    const { AWS_SHARED_CREDENTIALS_FILE: _1, AWS_CONFIG_FILE: _2, ...environment } = server.environment;
    const shell = `cd "$1"\n${export_}\nexec "$2" -c "$3"`;
    const python = startLineProcess('bash', ['-c', shell, 'bash', folder, pythonPath, program], environment);
    const description = await python.next();
    expect(description).toContain("'HumanLoopStatus': 'InProgress'");
    expect(description).toContain(`https://localhost:${server.port}`);
    expect(await python.next()).toBe('started');
    await answer('Mood');
    await untilStatus(server, 'first', 'Completed');
    python.send('');
    expect(await python.next()).toContain("'answerContent': {'mood': {'label': 'Positive'}}");
    await python.end();
  });

  it('goes on in TypeScript as the README prints it', async () => {
    const [block = ''] = await readmeBlocks('ts');
    const program = `${block}\nconsole.log(JSON.stringify(humanAnswers.map(({ answerContent }) => answerContent)));`;
    const args = [...process.execArgv, '--input-type=module-typescript', '--eval', program];
    const node = startLineProcess(process.execPath, args, server.environment, root);
    await answer('Mood');
    expect(await node.next()).toBe('[{"mood":{"label":"Positive"}}]');
    await node.end();
  });

  const programs: readonly (readonly [name: string, start: (file: string) => LineProcess])[] = [
    ['boto3/first_loop.py', (file) => startLineProcess(pythonPath, [file, 'So good'], server.environment)],
    ['javascript/first-loop.mjs', (file) => startLineProcess(process.execPath, [file, 'So good'], server.environment)],
    [
      'typescript/first-loop.ts',
      (file) => startLineProcess(process.execPath, [...process.execArgv, file, 'So good'], server.environment),
    ],
  ];
  it.each(programs)('examples/%s waits for the answer and prints it, also the second time', async (name, start) => {
    for (const _time of ['first', 'second']) {
      const program = start(join(root, 'examples', name));
      expect(await program.next()).toMatch(/^Started first-loop-.* Answer it at localhost:\d+\/portal …$/);
      await answer('Mood of a text');
      // Our client waits for the answer itself.
      if (!name.endsWith('.ts')) expect(await program.next()).toBe('The loop is Completed. ');
      expect(JSON.parse(await program.next())).toEqual({ mood: { label: 'Positive' } });
      await program.end();
    }
  });
});

describe('examples/webhook/receiver.mjs', () => {
  const secret = `whsec_${Buffer.from('a secret of a few bytes').toString('base64')}`;
  const event = JSON.stringify({ detail: { humanLoopName: 'loop-1', humanLoopStatus: 'Completed' } });
  let child: ChildProcess;

  afterEach(() => void child?.kill());

  it('takes what is signed with its secret, once, and refuses everything else', async () => {
    child = spawn(process.execPath, [join(root, 'examples/webhook/receiver.mjs')], {
      env: { ...process.env, WEBHOOK_SECRET: secret, PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    const url = /http:\S+/.exec((await lines.next()).value as string)![0];
    const post = async (body: string, { id = 'msg_1', date = new Date(), key = secret, signed = body } = {}) => {
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(date.getTime() / 1000)),
        'webhook-signature': new Webhook(key).sign(id, date, signed),
      };
      return (await fetch(url, { method: 'POST', headers, body })).status;
    };
    expect(await post(event)).toBe(204);
    expect((await lines.next()).value).toBe('loop-1: Completed');
    expect(await post(event, { signed: `${event} ` })).toBe(400);
    expect(await post(event, { key: `whsec_${Buffer.from('another').toString('base64')}` })).toBe(400);
    expect(await post(event, { date: new Date(Date.now() - 3_600_000) })).toBe(400);
    expect((await fetch(url, { method: 'POST', body: event })).status).toBe(400);
    // The same delivery again is taken and not told twice.
    expect(await post(event)).toBe(204);
    const other = JSON.stringify({ detail: { humanLoopName: 'loop-2', humanLoopStatus: 'Failed' } });
    expect(await post(other, { id: 'msg_2' })).toBe(204);
    expect((await lines.next()).value).toBe('loop-2: Failed');
  });
});
