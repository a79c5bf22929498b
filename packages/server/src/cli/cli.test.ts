import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createClient } from '@holdpoint/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { type Server, startServer } from '../main.ts';
import { answerWith, openReceiver } from '../testing/receiver.ts';
import { tlsCertificate, tlsKey } from '../testing/tls.ts';
import { run } from './program.ts';

const entry = fileURLToPath(new URL('./main.ts', import.meta.url));
const bin = fileURLToPath(new URL('../../bin/holdpoint.mjs', import.meta.url));
let folder: string;
let data: string;
let server: Server | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-cli-'));
  data = join(folder, 'data');
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await rm(folder, { recursive: true });
});

/** Runs a command as a process of its own, in the test's folder. */
async function node(args: readonly string[], input = '', environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [...process.execArgv, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment },
  });
  child.stdin.end(input);
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { stdout, stderr, code };
}

/** Runs a command in this process. */
async function holdpoint(args: string, input = '', environment: NodeJS.ProcessEnv = {}) {
  const written = { stdout: '', stderr: '' };
  const code = await run(args.split(' '), {
    input: Readable.from([input]),
    output: { write: (part) => (written.stdout += part) },
    errors: { write: (part) => (written.stderr += part) },
    environment,
  });
  return { ...written, code };
}

/** What a command says that works on the directory itself. */
const alone = () =>
  `No server runs on ${data}: the command works on the directory itself, and a server can start there when it has ended.\n`;

/** The answer of a command that has to succeed. */
async function json(args: string, input = '') {
  const { stdout, stderr, code } = await holdpoint(`${args} --json --data ${data}`, input);
  expect([code, stderr]).toEqual([0, server === undefined ? alone() : '']);
  return JSON.parse(stdout);
}

/** The root key of the server that runs. */
async function keyPair() {
  const file = await readFile(server!.files.credentialsFile, 'utf8');
  const value = (name: string): string => new RegExp(`^${name} *= *(\\S+)$`, 'm').exec(file)?.[1] ?? '';
  return { accessKeyId: value('aws_access_key_id'), secretAccessKey: value('aws_secret_access_key') };
}

const start = async (settings: Record<string, unknown> = {}): Promise<Server> => {
  const log = createLog('silent');
  server = await startServer(readConfig({ data, port: 0, undoSeconds: 0, ...settings }, {}), { log });
  return server;
};

describe('a process', () => {
  it.each(['--help', 'completion bash', 'key list --data DATA', 'no such command'])(
    'whose reader has gone ends as ever: %s',
    async (words) => {
      const args = words.split(' ').map((word) => (word === 'DATA' ? data : word));
      const { code } = await node([entry, ...args]);
      const child = spawn(process.execPath, [...process.execArgv, entry, ...args], { env: { PATH: process.env.PATH } });
      child.stdout.destroy();
      const errors: string[] = [];
      child.stderr.setEncoding('utf8').on('data', (part: string) => errors.push(part));
      expect(await once(child, 'close')).toEqual([code, null]);
      expect(errors.join('')).not.toContain('EPIPE');
    },
  );
});

describe('a process that is told whom to trust', () => {
  it('by AWS_CA_BUNDLE trusts it in all that it does', async () => {
    const [tlsCert, tlsKeyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    await Promise.all([writeFile(tlsCert, tlsCertificate), writeFile(tlsKeyFile, tlsKey)]);
    await writeFile(join(folder, 'a.html'), '<crowd-form><crowd-input name="a"></crowd-input></crowd-form>');
    const { port, files } = await start({ tlsCert, tlsKey: tlsKeyFile });
    const way = ['--endpoint-url', `https://localhost:${port}`];
    const environment = {
      AWS_SHARED_CREDENTIALS_FILE: files.credentialsFile,
      AWS_CONFIG_FILE: files.configFile,
      AWS_CA_BUNDLE: tlsCert,
    };
    const call = (command: string, input = '') => node([entry, ...command.split(' '), ...way], input, environment);
    // Makes the bucket by S3, speaks to the portal, and reads the output by S3.
    expect(await call('flow create trusted --template a.html')).toMatchObject({ code: 0 });
    expect(await call('loop start trusted --input {} --name one')).toMatchObject({ code: 0, stderr: '' });
    const simulate = 'simulate --flow trusted --workers 1 --speed 0 --count 1 --rules -';
    expect(await call(simulate, '[{"answer": {"a": "x"}}]')).toMatchObject({ code: 0 });
    expect(await call('export trusted')).toMatchObject({ code: 0, stdout: expect.stringContaining('"one"') });
    const missing = await node([entry, 'key', 'list', ...way], '', { ...environment, AWS_CA_BUNDLE: '/none.pem' });
    expect(missing).toMatchObject({
      code: 1,
      stderr: 'holdpoint: AWS_CA_BUNDLE /none.pem cannot be read (ENOENT).\n',
    });
    const noBundle = await node([entry, 'key', 'list', ...way], '', { ...environment, AWS_CA_BUNDLE: tlsKeyFile });
    expect(noBundle).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/must hold certificates in PEM form\.\n$/),
    });
  }, 60_000);
});

describe('a command with a server of its own', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('leaves nothing of it behind at %s', async (signal) => {
    const page = join(folder, 'page.html');
    await writeFile(page, '<crowd-form></crowd-form>');
    const temporary = join(folder, 'tmp');
    await mkdir(temporary);
    const env = { PATH: process.env.PATH, TMPDIR: temporary };
    const child = spawn(process.execPath, [...process.execArgv, entry, 'template', 'check', page], {
      cwd: folder,
      env,
    });
    await expect.poll(() => readdir(temporary), { timeout: 10_000, interval: 5 }).toHaveLength(1);
    child.kill(signal);
    expect(await once(child, 'close')).toEqual([130, null]);
    expect(await readdir(temporary)).toEqual([]);
  });
});

/** A data directory whose server has ended. */
async function install(settings: Record<string, unknown> = {}): Promise<void> {
  await start(settings);
  await server!.close();
  server = undefined;
}

describe('commands without a server', () => {
  beforeEach(() => install());

  it('work on the data directory', async () => {
    const made = await json('key create --description pipeline');
    expect((await json('key list')).AccessKeys).toMatchObject([
      { Kind: 'root' },
      { AccessKeyId: made.AccessKeyId, Kind: 'user', Description: 'pipeline' },
    ]);
    const { endpointUrl, region } = await start();
    const credentials = { accessKeyId: made.AccessKeyId, secretAccessKey: made.SecretAccessKey };
    expect(await createClient({ endpointUrl, region, credentials }).call('ListWorkers', {})).toEqual({ Workers: [] });
  });

  it('make links that lead to where the server will be', async () => {
    const { SetPasswordUrl } = await json('worker add --email ada@example.com');
    expect(SetPasswordUrl).toMatch(/^http:\/\/localhost:\d+\/portal\/link#/);
    await install({ publicUrl: 'https://there.example.com' });
    const there = await json('worker link ada@example.com --purpose sign-in');
    expect(there.Url).toMatch(/^https:\/\/there\.example\.com\/portal\/link#/);
    await writeFile(join(data, 'config.json'), JSON.stringify({ publicUrl: 'https://review.example.com' }));
    const { Url } = await json('worker link ada@example.com --purpose sign-in');
    expect(Url).toMatch(/^https:\/\/review\.example\.com\/portal\/link#/);
  });

  it('end by themselves, and read what they are given', async () => {
    const args = ['key', 'import', '--access-key-id', 'AKIAMINE', '--secret-stdin', '--data', data];
    expect(await node([entry, ...args], 'secret\n')).toEqual({
      stdout: 'Requests signed with AKIAMINE are taken now.\n',
      stderr: alone(),
      code: 0,
    });
  });

  it('ignore what a killed server left', async () => {
    await writeFile(join(data, 'server.json'), JSON.stringify({ url: 'http://127.0.0.1:1', pid: 1 }));
    expect((await json('key list')).AccessKeys).toHaveLength(1);
  });

  it('are not led to another server by what a killed server left', async () => {
    const other = await startServer(readConfig({ data: join(folder, 'other'), port: 0 }, {}), {
      log: createLog('silent'),
    });
    try {
      const file = { url: other.endpointUrl, pid: 1, instance: 'killed' };
      await writeFile(join(data, 'server.json'), JSON.stringify(file));
      expect((await json('key list')).AccessKeys).toHaveLength(1);
    } finally {
      await other.close();
    }
  });

  it('make no second installation where the data directory was forgotten', async () => {
    const elsewhere = join(folder, 'elsewhere');
    await rename(data, elsewhere);
    expect(await node([entry, 'worker', 'list'])).toEqual({
      stdout: '',
      stderr:
        'holdpoint: No server is named and there is no Holdpoint data in ./data; name a data directory with --data or a server with --endpoint-url.\n',
      code: 1,
    });
    const { code } = await holdpoint('worker list', '', { HOLDPOINT_DATA: elsewhere });
    expect(code).toBe(0);
  });

  it.each(['worker list', 'key create', 'flow list', 'template check page.html'])(
    'make none where its name was mistyped: %s',
    async (command) => {
      const mistyped = join(folder, 'mistyped');
      expect(await holdpoint(`${command} --data ${mistyped}`)).toEqual({
        stdout: '',
        stderr: `holdpoint: There is no Holdpoint data in ${mistyped}: start a server there first with "holdpoint serve --data ${mistyped}", or name another directory.\n`,
        code: 1,
      });
      expect(existsSync(mistyped)).toBe(false);
    },
  );
});

describe('commands with a server', () => {
  it('reach it', async () => {
    const { url } = await start();
    const { SetPasswordUrl } = await json('worker add --email ada@example.com --name Ada --workteam reviewers');
    expect(SetPasswordUrl.startsWith(`${url}/portal/link#`)).toBe(true);
    expect(await json('worker add --email bob@example.com --password-stdin', 'correct horse battery\n')).toEqual({
      Worker: expect.objectContaining({ Email: 'bob@example.com', Workteams: ['reviewers'] }),
    });
    expect((await json('worker disable ada@example.com')).Worker.Status).toBe('Disabled');
    expect((await json('worker enable ada@example.com')).Worker.Status).toBe('Active');
    expect((await json('worker workteams Ada@example.com')).Worker.Workteams).toEqual(['reviewers']);
    expect((await json('worker workteams ada@example.com --none')).Worker.Workteams).toEqual([]);
    expect((await json('worker workteams ada@example.com')).Worker.Workteams).toEqual([]);
    expect((await json('worker workteams ada@example.com reviewers')).Worker.Workteams).toEqual(['reviewers']);
    const both = await holdpoint(`worker workteams ada@example.com reviewers --none --data ${data}`);
    expect([both.code, both.stderr]).toEqual([1, 'holdpoint: Give either names of workteams or --none.\n']);
    const { stdout } = await holdpoint(`worker list --data ${data}`);
    expect(stdout).toMatch(
      /^EMAIL +NAME +STATUS +WORKTEAMS +ROLE +CREATED\nada@example\.com +Ada +Active +reviewers +Worker +2/,
    );
  });

  it('import and revoke keys, with effect at once', async () => {
    const { endpointUrl, region } = await start();
    const credentials = { accessKeyId: 'AKIAMINE', secretAccessKey: 'se/cr+et' };
    const client = createClient({ endpointUrl, region, credentials });
    await json('key import --access-key-id AKIAMINE --secret-stdin', 'se/cr+et\n');
    expect(await client.call('ListWorkers', {})).toEqual({ Workers: [] });
    await json('key revoke AKIAMINE');
    await expect(client.call('ListWorkers', {})).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    const again = await holdpoint(`key revoke AKIAMINE --data ${data}`);
    expect(again).toEqual({ stdout: '', stderr: 'holdpoint: There is no access key with the id AKIAMINE.\n', code: 2 });
  });

  it('manage buses, topics and queues, and events to them that were given up', async () => {
    await start({ allowPrivateTargets: true });
    const receiver = await openReceiver(answerWith(413));
    const endpoint = `http://127.0.0.1:${receiver.port}`;
    const keys = { AWS_ACCESS_KEY_ID: 'AKIAEVENTS', AWS_SECRET_ACCESS_KEY: 'secret' };
    const before = Object.keys(keys).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, keys);
    try {
      const add = 'event-target add --service-region eu-west-1';
      const queue = `${endpoint}/1/reviews`;
      const { EventTargetId: id } = await json(`${add} --sqs ${queue} --kind object-created`);
      const added = await holdpoint(`${add} --eventbridge default --source mine --data ${data}`);
      expect(added.stdout).toMatch(/^Event target {2}\S+\n\nRequests are signed with the server's own AWS credentials/);
      await json(`event-target add --sns arn:aws:sns:eu-west-1:111122223333:t --service-endpoint ${endpoint}`);
      const { stdout } = await holdpoint(`event-target list --data ${data}`);
      expect(stdout).toMatch(new RegExp(`${id} +object-created +SQS +${queue} +all`));
      expect(stdout).toMatch(/human-loop +EventBridge +default +all/);
      expect(stdout).toMatch(/human-loop +SNS +arn:aws:sns:eu-west-1:111122223333:t +all/);
      expect(await holdpoint(`event-target test ${id} --data ${data}`)).toEqual({
        stdout: 'The sample event was not taken by the SQS queue.\n',
        stderr: 'holdpoint: That was no answer of SQS: its status was 413.\n',
        code: 2,
      });
      const credentials = await keyPair();
      const s3 = new S3Client({ endpoint: server!.endpointUrl, region: server!.region, credentials });
      for (const Key of ['a b', 'c']) await s3.send(new PutObjectCommand({ Bucket: 'holdpoint', Key, Body: 'x' }));
      s3.destroy();
      const failed = async () => (await json('event-target list')).EventTargets[0].FailedDeliveries;
      await expect.poll(failed, { timeout: 15_000 }).toBe(2);
      const { DeadLetters } = await json(`event-target dead-letters ${id}`);
      const shown = await holdpoint(`event-target dead-letters ${id} --data ${data}`);
      expect(shown.stdout).toMatch(/ {2}1 +s3:\/\/holdpoint\/a\+b +That was no answer of SQS/);
      expect((await holdpoint(`event-target remove ${id} --data ${data}`)).stderr).toMatch(
        /has 2 dead letters: replay/,
      );
      const [first, second] = DeadLetters.map(({ DeliveryId }: { DeliveryId: string }) => DeliveryId);
      expect(await json(`event-target replay ${id} ${first}`)).toEqual({ Replayed: 1 });
      expect(await json(`event-target discard ${id} ${second}`)).toEqual({ Deleted: 1 });
      await expect.poll(failed, { timeout: 15_000 }).toBe(1);
      await json(`event-target remove ${id} --force`);
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      await receiver.close();
    }
  });

  it('manage event targets', async () => {
    await start({ allowPrivateTargets: true });
    const receiver = await openReceiver(answerWith(204));
    try {
      const url = `http://127.0.0.1:${receiver.port}/`;
      const { EventTargetId: id } = await json(`event-target add --url ${url} --status Completed --status Failed`);
      const { stdout } = await holdpoint(`event-target list --data ${data}`);
      expect(stdout).toContain(`${id}  human-loop  webhook  ${url}  Completed,Failed  0        0`);
      expect(await json(`event-target test ${id}`)).toEqual({ Service: 'webhook', StatusCode: 204 });
      expect(receiver.received).toHaveLength(1);
      expect(await json(`event-target replay ${id}`)).toEqual({ Replayed: 0 });
      await receiver.close();
      expect(await holdpoint(`event-target test ${id} --data ${data}`)).toEqual({
        stdout: 'The sample event was not taken by the webhook.\n',
        stderr: 'holdpoint: The connection was refused. (ECONNREFUSED)\n',
        code: 2,
      });
      expect(await json(`event-target dead-letters ${id}`)).toEqual({ DeadLetters: [] });
      expect(await json(`event-target discard ${id}`)).toEqual({ Deleted: 0 });
      await json(`event-target remove ${id}`);
      expect(await json('event-target list')).toEqual({ EventTargets: [] });
    } finally {
      await receiver.close();
    }
  });

  it('take no password in its address, and do not print it', async () => {
    const { endpointUrl } = await start();
    const url = endpointUrl.replace('//', '//ada:pa55@');
    const { stdout, stderr, code } = await holdpoint(`key list --endpoint-url ${url}`);
    expect([stdout, code]).toEqual(['', 1]);
    expect(stderr).toMatch(/^holdpoint: There is a user name or a password in --endpoint-url/);
    expect(stderr).not.toContain('pa55');
  });

  it('say so when it runs but cannot be reached', async () => {
    await start();
    await writeFile(join(data, 'server.json'), JSON.stringify({ url: 'http://127.0.0.1:1', pid: 1 }));
    const { stderr, code } = await holdpoint(`key list --data ${data}`);
    expect(stderr).toMatch(/^holdpoint: The server of .* runs, but does not answer at http:\/\/127\.0\.0\.1:1: .*\n$/);
    expect(code).toBe(2);
  });
});

describe('serve', () => {
  it('says which port is taken, and what to do', async () => {
    const { port } = await start();
    const { stderr, code } = await holdpoint(`serve --port ${port} --data ${join(folder, 'other')}`);
    expect(stderr).toBe(
      `holdpoint: Port ${port} of 127.0.0.1 is taken by another program: choose another with --port, or stop that program.\n`,
    );
    expect(code).toBe(2);
    // Nothing is fixed by a start that failed.
    const other = readConfig({ data: join(folder, 'other'), port: 0, accountId: '111122223333' }, {});
    const started = await startServer(other, { log: createLog('silent') });
    expect(started.accountId).toBe('111122223333');
    await started.close();
  });

  it('ends at once when it is told to stop while it waits for its database', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    const connected = once(silent, 'connection');
    await once(silent, 'listening');
    const child = spawn(process.execPath, [...process.execArgv, entry, 'serve', '--port', '0', '--data', data], {
      env: {
        PATH: process.env.PATH,
        HOLDPOINT_DATABASE_URL: `postgres://a@127.0.0.1:${(silent.address() as AddressInfo).port}/x`,
      },
    });
    await connected;
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([143, null]);
    silent.close();
  });

  it('says that a host is none of this machine', async () => {
    const { stderr, code } = await holdpoint(`serve --host 192.0.2.1 --port 0 --data ${data}`);
    expect([stderr, code]).toEqual([
      'holdpoint: This machine has no address 192.0.2.1: choose one of its own with --host.\n',
      2,
    ]);
  });
});

describe('wrong use', () => {
  it.each([
    ['nothing', 1, /holdpoint: unknown command 'nothing'/],
    ['key revoke', 1, /missing required argument 'access-key-id'/],
    ['key import --access-key-id X', 1, /required option '--secret-stdin' not specified/],
    ['key import --access-key-id XXX --secret-stdin --data DATA', 1, /expected on standard input/],
    ['worker add', 1, /required option '--email <ADDRESS>' not specified/],
    ['worker add --email ada@example.com --workteam none --data DATA', 2, /There is no workteam named none\./],
    ['event-target add --url https://example.com --kind other', 1, /Allowed choices are human-loop, object-created/],
    ['event-target add --url https://example.com --status Done', 1, /Allowed choices are Completed, Failed, Stopped/],
    ['serve --port x --data DATA', 1, /--port must be a number/],
  ])('%s', async (args, code, sentence) => {
    if (args.includes('DATA')) await start();
    const result = await holdpoint(args.replace('DATA', data));
    expect(result).toEqual({ stdout: '', stderr: expect.stringMatching(sentence), code });
    expect(result.stderr).toMatch(/^holdpoint: .*\n$/);
  });

  it('help and version are no errors', async () => {
    const help = await holdpoint('--help');
    expect(help).toMatchObject({ stderr: '', code: 0 });
    for (const part of ['serve', 'key', 'worker', 'event-target', 'Examples:']) expect(help.stdout).toContain(part);
    expect(await node([entry, '--version'])).toEqual({
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
      code: 0,
    });
  });

  it('an old Node gets one sentence', async () => {
    const older = "data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '20.20.2' })";
    expect(await node(['--import', older, bin, 'serve'])).toEqual({
      stdout: '',
      stderr: 'holdpoint: Node 22.16 or newer is needed, and this is Node 20.20.2.\n',
      code: 1,
    });
  });
});
