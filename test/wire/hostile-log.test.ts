// What nobody may read in a log: everything that was ever secret or anybody's content, searched for in all that the server
// process wrote while a whole review, and every kind of failure, went through it at the most talkative level.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { flowDefinitionArn, type OperationInput, presignUrl, workteamArn } from '@holdpoint/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCredentials } from '../testing/credentials.ts';
import { createHostileClient, type HostileClient, hashing } from '../testing/hostile-client.ts';
import { sendBytes } from '../testing/raw-http.ts';
import { temporaryFolder } from '../testing/test-server.ts';

const region = 'us-east-1';
const accountId = '000000000000';
const own = { region, accountId };

let data: string;
let child: ChildProcess;
let port: number;
let client: HostileClient;
let written = '';
/** What must not be found, by what it is. */
const planted = new Map<string, string>();
const receiver = createServer((_, response) => response.writeHead(500).end(plant('answer of a webhook')));

/** A text that occurs nowhere else. */
function plant(what: string): string {
  const marker = `marker${randomUUID().replaceAll('-', '')}`;
  planted.set(`${what} ${planted.size}`, marker);
  return marker;
}

function secret(what: string, value: string): string {
  expect(value.length).toBeGreaterThan(15);
  planted.set(`${what} ${planted.size}`, value);
  return value;
}

beforeAll(async () => {
  data = await temporaryFolder();
  receiver.listen(0, '127.0.0.1');
  const entry = join(import.meta.dirname, '../../packages/server/src/cli/main.ts');
  const flags = ['--data', data, '--port', '0', '--log-level', 'trace', '--allow-private-targets'];
  child = spawn(process.execPath, [...process.execArgv, entry, 'serve', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (text: string) => {
      written += text;
    });
  while (!written.includes('Holdpoint is serving')) {
    if (child.exitCode !== null) throw new Error(written);
    await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')]);
  }
  const { url } = JSON.parse(await readFile(join(data, 'server.json'), 'utf8')) as { url: string };
  port = Number(new URL(url).port);
  const credentials = readCredentials(await readFile(join(data, 'aws/credentials'), 'utf8'));
  client = createHostileClient({ port, region }, credentials);
  secret('secret key of the root', credentials.secretAccessKey);
});

afterAll(async () => {
  client?.hangUp();
  receiver.close();
  child?.kill('SIGKILL');
  await rm(data, { recursive: true, force: true });
});

const portalHeaders = { 'content-type': 'application/json', 'x-holdpoint-request': 'portal' };

async function portal(method: string, path: string, body?: unknown, cookie = '') {
  const headers = Object.entries({ ...portalHeaders, cookie });
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
  const answer = await client.send({ method, path, body: text }, [['host', client.host], ...headers]);
  const setCookie = String(answer.headers['set-cookie'] ?? '').split(';')[0]!;
  return { ...answer, cookie: setCookie };
}

const tokenOf = (url: string): string => secret('one-time link', new URL(url).hash.slice(1));

async function createFlow(name: string, Content: string): Promise<void> {
  const { HumanTaskUiArn } = await client.call('CreateHumanTaskUi', { HumanTaskUiName: name, UiTemplate: { Content } });
  await client.call('CreateFlowDefinition', {
    FlowDefinitionName: name,
    HumanLoopConfig: {
      WorkteamArn: workteamArn(own, 'reviewers'),
      HumanTaskUiArn,
      TaskTitle: name,
      TaskDescription: name,
      TaskCount: 1,
    },
    OutputConfig: { S3OutputPath: 's3://holdpoint/out' },
    RoleArn: 'arn:aws:iam::000000000000:role/any',
  });
}

const startLoop = (flow: string, HumanLoopName: string, input: object) =>
  client.call('StartHumanLoop', {
    HumanLoopName,
    FlowDefinitionArn: flowDefinitionArn(own, flow),
    HumanLoopInput: { InputContent: JSON.stringify(input) },
  } satisfies OperationInput<'StartHumanLoop'>);

const untilStatus = (HumanLoopName: string, status: string) =>
  expect
    .poll(async () => (await client.call('DescribeHumanLoop', { HumanLoopName })).HumanLoopStatus, { timeout: 15_000 })
    .toBe(status);

it('goes through a whole review', async () => {
  for (const address of [
    `http://127.0.0.1:9/${plant('path of a webhook')}?key=${plant('query of a webhook')}`,
    `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/${plant('path of a webhook')}`,
  ]) {
    const { EventTargetId, Secret } = await client.call('CreateEventTarget', { Url: address });
    secret('webhook secret', Secret!.replace('whsec_', ''));
    await client.call('TestEventTarget', { EventTargetId });
  }
  secret('secret key', (await client.call('CreateAccessKey', { Description: 'made' })).SecretAccessKey);
  await client.call('ImportAccessKey', { AccessKeyId: 'AKIAIMPORTED', SecretAccessKey: plant('imported secret key') });

  const password = plant('password');
  await client.call('CreateWorker', {
    Email: 'ada@example.com',
    Name: 'Ada',
    Workteams: ['reviewers'],
    Password: password,
  });
  const { SetPasswordUrl } = await client.call('CreateWorker', {
    Email: 'bob@example.com',
    Name: 'Bob',
    Workteams: ['reviewers'],
  });
  const set = await portal('POST', '/portal/api/set-password', {
    token: tokenOf(SetPasswordUrl!),
    password: plant('password'),
  });
  secret('cookie', set.cookie.split('=')[1]!);
  const { Url } = await client.call('CreateSignInLink', { Email: 'bob@example.com', Purpose: 'SignIn' });
  const token = tokenOf(Url);
  secret('cookie', (await portal('POST', '/portal/api/use-link', { token })).cookie.split('=')[1]!);
  expect((await portal('POST', '/portal/api/use-link', { token })).status).toBe(400);
  expect(
    (await portal('POST', '/portal/api/sign-in', { email: 'ada@example.com', password: plant('wrong password') }))
      .status,
  ).toBe(401);

  await createFlow(
    'review',
    `<p>${plant('template')} {{ task.input.text }}</p><crowd-form><input name="note"></crowd-form>`,
  );
  await createFlow('broken', `{{ task.input.text | ${plant('filter')} }}{{ ${plant('variable')}.x }}`);
  await createFlow(
    'endless',
    `${plant('template')}{% for a in (1..999999) %}{% for b in (1..999999) %}{% endfor %}{% endfor %}`,
  );
  await startLoop('review', 'review', { text: plant('input') });
  await startLoop('broken', 'broken', { text: plant('input') });
  await startLoop('endless', 'endless', { text: plant('input') });
  await untilStatus('broken', 'Failed');
  await untilStatus('endless', 'Failed');

  const { cookie } = await portal('POST', '/portal/api/sign-in', { email: 'ada@example.com', password });
  secret('cookie', cookie.split('=')[1]!);
  const next = async () =>
    JSON.parse((await portal('POST', '/portal/api/tasks/next', {}, cookie)).body) as { assignmentId: string | null };
  let assignmentId: string | null = null;
  await expect.poll(async () => (assignmentId = (await next()).assignmentId), { timeout: 10_000 }).not.toBeNull();
  const address = `/portal/api/assignments/${assignmentId}`;
  expect((await portal('GET', `/portal/frame/${assignmentId}`, undefined, cookie)).body).toContain('crowd-form');
  for (const bad of [
    `{"answerContent":"${plant('answer')}"}`,
    `{"answerContent":{"a":${plant('answer')}`,
    `[["${plant('answer')}"]]`,
  ])
    expect((await portal('POST', `${address}/submit`, bad, cookie)).status).toBe(400);
  const submitted = await portal('POST', `${address}/submit`, { answerContent: { note: plant('answer') } }, cookie);
  expect(submitted.status).toBe(200);
  await untilStatus('review', 'Completed');
  await portal('POST', '/portal/api/sign-out', {}, cookie);
});

it('hands out and takes back links to the output', async () => {
  const { HumanLoopOutput } = await client.call('DescribeHumanLoop', { HumanLoopName: 'review' });
  const path = HumanLoopOutput!.OutputS3Uri.replace('s3:/', '');
  const options = {
    method: 'GET',
    url: `http://${client.host}${path}`,
    credentials: client.credentials,
    region,
    service: 's3',
    s3: true,
  };
  const open = async (url: string): Promise<number> => {
    const { pathname, search } = new URL(url);
    return (await client.send({ method: 'GET', path: pathname, query: search.slice(1) }, [['host', client.host]]))
      .status;
  };
  const good = presignUrl(hashing, { ...options, now: new Date(), expiresIn: 60 });
  const old = presignUrl(hashing, { ...options, now: new Date(Date.now() - 3_600_000), expiresIn: 60 });
  for (const url of [good, old]) secret('signature', new URL(url).searchParams.get('X-Amz-Signature')!);
  expect(await open(good)).toBe(200);
  expect(await open(old)).toBe(403);
  expect(await open(`${good}&more=${plant('parameter')}`)).toBe(403);
  const expires = Math.floor(Date.now() / 1000) + 60;
  const text = `GET\n\n\n${expires}\n${path}`;
  const v2 = secret('signature', createHmac('sha1', client.credentials.secretAccessKey).update(text).digest('base64'));
  const query = (signature: string): string =>
    `AWSAccessKeyId=${client.credentials.accessKeyId}&Expires=${expires}&Signature=${encodeURIComponent(signature)}`;
  expect(await open(`http://${client.host}${path}?${query(v2)}`)).toBe(200);
  expect(await open(`http://${client.host}${path}?${query(plant('signature'))}`)).toBe(403);
});

it('meets every kind of bad request', async () => {
  const target = (name: string, body: string) =>
    ({
      method: 'POST',
      path: '/',
      headers: [
        ['content-type', 'application/x-amz-json-1.1'],
        ['x-amz-target', name],
      ],
      body,
    }) as const;
  const bodies = (what: string) => [
    `{"HumanTaskUiName":"${plant(what)}`,
    `{"HumanTaskUiName":{"${plant(what)}":1},"UiTemplate":{"Content":"x"}}`,
    `{"HumanTaskUiName":"UPPER ${plant(what)}","UiTemplate":{"Content":"${plant(what)}"}}`,
    `{"${plant(what)}":1}`,
    `\xff${plant(what)}`,
  ];
  for (const body of bodies('body')) {
    const request = target('SageMaker.CreateHumanTaskUi', body);
    expect((await client.send(request)).status).toBe(400);
    const signed = client.sign(request);
    secret('signature', /Signature=(\w+)/.exec(Object.fromEntries(signed).authorization!)![1]!);
    expect((await client.send({ ...request, body: `${body} ` }, signed)).status).toBe(400);
  }
  const describe = { method: 'GET', path: `/human-loops/${plant('path')}`, query: `x=${plant('query')}` };
  expect((await client.send(describe)).status).toBe(404);
  const address = `/${plant('path')}?token=${plant('query')}`;
  const plain = (line: string, ...headers: string[]): string =>
    [`${line} HTTP/1.1`, `Host: ${client.host}`, 'Connection: close', ...headers, '', ''].join('\r\n');
  await sendBytes(
    port,
    plain(`GET ${address}`, `Authorization: Bearer ${plant('header')}`, `Cookie: ${plant('cookie')}`),
  );
  await sendBytes(port, plain(`GET ${address}\0`));
  await sendBytes(port, plain(`BREW ${address}`));
  await sendBytes(port, plain('GET /', `X-Long: ${plant('header')}${'a'.repeat(40_000)}`));
  const half = client.bytes(target('SageMaker.CreateHumanTaskUi', `{"HumanTaskUiName":"${plant('body')}"}`));
  await sendBytes(port, half.subarray(0, -3), { hangUp: true });

  const s3 = (
    method: string,
    path: string,
    more: { query?: string; body?: string; headers?: [string, string][] } = {},
  ) => {
    const request = { method, path, ...more };
    return client.send(request, client.sign(request, { service: 's3' }));
  };
  await s3('PUT', `/holdpoint/${plant('key')}`, {
    body: plant('object'),
    headers: [['x-amz-meta-a', plant('metadata')]],
  });
  await s3('PUT', '/holdpoint/x', { body: plant('object'), headers: [['content-md5', 'AAAAAAAAAAAAAAAAAAAAAA==']] });
  await s3('POST', '/holdpoint', { query: 'delete', body: `<Delete><${plant('document')}` });
  await s3('GET', `/${plant('bucket')}/x`, { query: `uploadId=${plant('upload')}` });
  await portal('POST', '/portal/api/sign-in', `{"email":"${plant('body')}`);
  await portal('POST', `/portal/api/tasks/${plant('id')}/accept`, {}, `holdpoint=${plant('cookie')}`);
  await client.call('DeleteHumanLoop', { HumanLoopName: 'review' });
});

it('and writes none of it down', async () => {
  await expect
    .poll(() => written.match(/event not delivered/g)?.length ?? 0, { timeout: 10_000 })
    .toBeGreaterThanOrEqual(2);
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code, written).toBe(0);
  const found = [...planted].filter(([, marker]) => written.includes(marker)).map(([what]) => what);
  expect(found, written).toEqual([]);
  expect(planted.size).toBeGreaterThan(50);
  // Nothing of all this was a fault of the server's.
  expect(written.split('\n').filter((line) => line.startsWith('{"level":50'))).toEqual([]);
});
