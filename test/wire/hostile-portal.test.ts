// The portal's API as another site, a worker with a debugger or a broken program would use it.
import { type OperationOutput, workteamArn } from '@holdpoint/protocol';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { errorsIn, type HostileServer, startHostileServer } from '../testing/hostile-server.ts';
import { type RawAnswer, sendBytes } from '../testing/raw-http.ts';

const password = 'a long enough password';
const uuid = '00000000-0000-4000-8000-000000000000';
const answerLimitBytes = 200_000;

let server: HostileServer;
let cookies: Record<'ada' | 'bob', string>;
let assignmentId: string;

const portal = { 'content-type': 'application/json', 'x-holdpoint-request': 'portal' };

/** Node's own HTTP, since fetch tidies paths up. */
function ask(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body: string | Uint8Array = '',
): Promise<RawAnswer> {
  return server.send({ method, path, body }, [['host', server.host], ...Object.entries(headers)]);
}

const post = (path: string, body: unknown, cookie = cookies.ada): Promise<RawAnswer> =>
  ask('POST', path, { ...portal, cookie }, JSON.stringify(body));

const codeOf = ({ body }: RawAnswer): string => (JSON.parse(body) as { error: { code: string } }).error.code;

async function signIn(email: string): Promise<string> {
  const answer = await ask('POST', '/portal/api/sign-in', portal, JSON.stringify({ email, password }));
  expect(answer.status).toBe(200);
  return String(answer.headers['set-cookie']).split(';')[0]!;
}

beforeAll(async () => {
  server = await startHostileServer({ answerLimitBytes });
  for (const name of ['ada', 'bob'])
    await server.call('CreateWorker', {
      Email: `${name}@example.com`,
      Name: name,
      Workteams: ['reviewers'],
      Password: password,
    });
  const Content = '<crowd-form><p>{{ task.input.text }}</p><input name="note"></crowd-form>';
  const { HumanTaskUiArn } = await server.call('CreateHumanTaskUi', {
    HumanTaskUiName: 'flow',
    UiTemplate: { Content },
  });
  const { FlowDefinitionArn } = await server.call('CreateFlowDefinition', {
    FlowDefinitionName: 'flow',
    HumanLoopConfig: {
      WorkteamArn: workteamArn(server, 'reviewers'),
      HumanTaskUiArn,
      TaskTitle: 'T',
      TaskDescription: 'D',
      TaskCount: 1,
    },
    OutputConfig: { S3OutputPath: 's3://holdpoint/out' },
    RoleArn: 'arn:aws:iam::000000000000:role/any',
  });
  const input = { InputContent: JSON.stringify({ text: '<script>alert(1)</script>' }) };
  for (const HumanLoopName of ['mine', 'other'])
    await server.call('StartHumanLoop', { HumanLoopName, FlowDefinitionArn, HumanLoopInput: input });
  cookies = { ada: await signIn('ada@example.com'), bob: await signIn('bob@example.com') };
  await vi.waitFor(async () => {
    const { body } = await ask('GET', '/portal/api/tasks', { cookie: cookies.ada });
    expect(JSON.parse(body)).toMatchObject({ total: 2 });
  }, 10_000);
  assignmentId = (JSON.parse((await post('/portal/api/tasks/next', {})).body) as { assignmentId: string }).assignmentId;
});
afterAll(() => server?.close());

const anybody = ['sign-in', 'use-link', 'set-password', 'sign-out'].map((name) => `/portal/api/${name}`);
const actions = ['submit', 'undo', 'draft', 'extend', 'release', 'decline', 'stop', 'resume'];
const changes = (id: string): string[] => [
  '/portal/api/tasks/next',
  `/portal/api/tasks/${id}/accept`,
  ...actions.map((action) => `/portal/api/assignments/${id}/${action}`),
];
const reads = (id: string): string[] => [
  '/portal/api/session',
  '/portal/api/queue',
  '/portal/api/tasks',
  `/portal/api/assignments/${id}`,
  `/portal/api/assignments/${id}/draft`,
  '/portal/api/answers',
  `/portal/api/answers/${id}`,
];

/** A refusal as the portal's pages read it. */
function expectRefusal(answer: RawAnswer, ...statuses: number[]): void {
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(answer.headers['cache-control']).toContain('no-store');
  const { code, message } = (JSON.parse(answer.body) as { error: { code: string; message: string } }).error;
  expect(code).toMatch(/^[a-z-]+$/);
  expect(code).not.toBe('internal');
  expect(message.length).toBeGreaterThan(5);
  expect(statuses).toContain(answer.status);
}

describe('requests of other sites', () => {
  type Case = readonly [name: string, headers: () => Record<string, string>];
  const cases: readonly Case[] = [
    ['without the header', () => ({ 'content-type': 'application/json' })],
    ['with another header', () => ({ ...portal, 'x-holdpoint-request': 'other' })],
    ['from a sandbox', () => ({ ...portal, origin: 'null' })],
    ['from another site', () => ({ ...portal, origin: 'https://other.example' })],
    ['from another port', () => ({ ...portal, origin: 'http://127.0.0.1:1' })],
    ['from the same host over https', () => ({ ...portal, origin: `https://${server.host}` })],
    ['from a look-alike', () => ({ ...portal, origin: `http://${server.host}.other.example` })],
    ['as a form', () => ({ ...portal, 'content-type': 'text/plain' })],
    [
      'with a form’s type',
      () => ({ ...portal, 'content-type': 'application/x-www-form-urlencoded; a=application/json' }),
    ],
  ];
  it.each(cases)('%s are refused', async (_, headers) => {
    for (const path of [...anybody, ...changes(assignmentId)]) {
      const answer = await ask(
        'POST',
        path,
        { ...headers(), cookie: cookies.ada },
        '{"answerContent":{"note":"forged"},"email":"a@b","password":"x","token":"x"}',
      );
      expectRefusal(answer, 400, 403, 415);
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      expect(answer.headers).not.toHaveProperty('set-cookie');
    }
  });

  it('left everything as it was', async () => {
    const { body } = await ask('GET', `/portal/api/assignments/${assignmentId}`, { cookie: cookies.ada });
    expect(JSON.parse(body)).toMatchObject({ status: 'open' });
  });
});

describe('without a session', () => {
  it.each([
    ['no cookie', {}],
    ['an empty one', { cookie: 'holdpoint=' }],
    ['a made-up one', { cookie: `holdpoint=${'A'.repeat(43)}` }],
    ['a huge one', { cookie: `holdpoint=${'A'.repeat(20_000)}` }],
    ['a prototype', { cookie: 'holdpoint=__proto__; __proto__=x' }],
    ['no pairs', { cookie: ';;;===;\x80\xff' }],
  ])('%s', async (_, headers) => {
    for (const path of changes(uuid)) expectRefusal(await ask('POST', path, { ...portal, ...headers }, '{}'), 401);
    for (const path of reads(uuid)) expectRefusal(await ask('GET', path, headers), 401);
    expect((await ask('GET', '/portal/events', headers)).status).toBe(401);
    expect((await ask('GET', `/portal/frame/${uuid}`, headers)).status).toBe(401);
  });
});

describe('with a session', () => {
  const ids = [
    uuid,
    uuid.toUpperCase().replace(/0/g, 'F'),
    'x',
    '..',
    '%2e%2e',
    '%00',
    '%',
    '%ff',
    '__proto__',
    'null',
    "'",
    '1 OR 1=1',
    'a'.repeat(64),
    'a'.repeat(65),
    'a'.repeat(5000),
  ];
  it.each(ids.map((id) => [id.slice(0, 70), id.replaceAll(' ', '%20')] as const))('the id %s', async (_, id) => {
    for (const path of changes(id).slice(1)) expectRefusal(await post(path, { answerContent: {} }), 400, 404, 410);
    expectRefusal(await ask('GET', `/portal/api/assignments/${id}`, { cookie: cookies.ada }), 400, 404);
    const frame = await ask('GET', `/portal/frame/${id}`, { cookie: cookies.ada });
    expect([400, 404]).toContain(frame.status);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '1',
    '{}{}',
    '\ufeff{}',
    Buffer.from([0x7b, 0xff, 0x7d]),
    `${'['.repeat(20_000)}`,
    '{"__proto__":null}',
  ])('the body %.20s', async (body) => {
    for (const path of [...anybody.slice(0, 3), `/portal/api/assignments/${assignmentId}/submit`])
      expectRefusal(await ask('POST', path, { ...portal, cookie: cookies.ada }, body), 400, 401);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=-1',
    'limit=1e2',
    'limit=NaN',
    'limit=%',
    'cursor=x',
    'cursor=bnVsbA',
    'cursor=WzEsMl0',
    `cursor=${'A'.repeat(9000)}`,
    'cursor=%ff',
    'sort=x',
    'sort=due&cursor=WzEsMl0',
    `text=${'x'.repeat(201)}`,
    'keyword=%00%ff&text=%',
  ])('the list with %s', async (query) => {
    const answer = await server.send({ method: 'GET', path: '/portal/api/tasks', query }, [
      ['host', server.host],
      ['cookie', cookies.ada],
    ]);
    if (answer.status !== 200) expectRefusal(answer, 400);
    else expect(query).toMatch(/%$/);
  });

  it.each([
    ['sign-in', { email: 1, password }],
    ['sign-in', { email: ['ada@example.com'], password }],
    ['sign-in', { email: 'ada@example.com', password: { length: 30 } }],
    ['sign-in', { email: 'a'.repeat(300), password }],
    ['sign-in', { email: 'ada@example.com', password: 'x'.repeat(2001) }],
    ['sign-in', { email: '__proto__', password }],
    ['sign-in', { email: 'ada@example.com\0', password }],
    ['use-link', { token: 'x'.repeat(201) }],
    ['use-link', { token: '__proto__' }],
    ['use-link', { token: null }],
    ['set-password', { token: 'x', password }],
    ['set-password', { token: {}, password: [] }],
  ])('%s with %j', async (name, body) => {
    expectRefusal(await post(`/portal/api/${name}`, body), 400, 401);
  }); // prettier-ignore

  it.each(['PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'])('%s is no method of these addresses', async (method) => {
    for (const path of [...anybody, ...changes(assignmentId), ...reads(assignmentId)])
      expectRefusal(await ask(method, path, { ...portal, cookie: cookies.ada }), 405);
  });

  it.each([
    '/portal/api',
    '/portal/api/',
    '/portal/api/none',
    '/portal/api/sign-in/x',
    '/portal/api/../api/session',
    '/portal/frame',
    '/portal/events/x',
  ])('%s is nothing', async (path) => {
    expect((await ask('GET', path, { cookie: cookies.ada })).status).toBe(404);
  });
});

describe('answers', () => {
  const submit = (answer: string | Uint8Array, cookie = cookies.ada): Promise<RawAnswer> =>
    ask('POST', `/portal/api/assignments/${assignmentId}/submit`, { ...portal, cookie }, answer);
  const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;

  it.each([
    ['none', '{}'],
    ['null', '{"answerContent":null}'],
    ['a list', '{"answerContent":[]}'],
    ['a text', '{"answerContent":"{}"}'],
    ['an inherited one', '{"__proto__":{"answerContent":{}}}'],
    ['5000 levels', `{"answerContent":${deep}}`],
  ])('%s is no answer', async (_, body) => expectRefusal(await submit(body), 400));

  it('one that is too large is refused, and so is one that says so', async () => {
    const large = `{"answerContent":{"a":"${'a'.repeat(answerLimitBytes)}"}}`;
    const answer = await submit(large);
    expectRefusal(answer, 413);
    expect(codeOf(answer)).toBe('answer-too-large');
    const head = `POST /portal/api/assignments/${assignmentId}/submit HTTP/1.1\r\nHost: ${server.host}\r\nX-Holdpoint-Request: portal\r\nContent-Type: application/json\r\n`;
    const [declared] = await sendBytes(
      server.port,
      `${head}Cookie: ${cookies.ada}\r\nContent-Length: 99999999999\r\n\r\n`,
    );
    expect(declared).toMatchObject({ status: 413 });
    const [unsigned] = await sendBytes(server.port, `${head}Content-Length: 99999999999\r\n\r\n`);
    expect(unsigned).toMatchObject({ status: 401 });
  });

  it('what is no answer may be 64 KiB at most', async () => {
    const padding = 'a'.repeat(70_000);
    for (const path of anybody.slice(0, 3)) expectRefusal(await post(path, { padding }), 413);
  });

  it('nobody answers for somebody else', async () => {
    expectRefusal(await submit('{"answerContent":{"note":"theirs"}}', cookies.bob), 403, 404);
    expectRefusal(await post(`/portal/api/assignments/${assignmentId}/release`, {}, cookies.bob), 403, 404);
    expect([403, 404]).toContain((await ask('GET', `/portal/frame/${assignmentId}`, { cookie: cookies.bob })).status);
  });

  it('the task’s page is sandboxed wherever it is opened, and holds its input as text', async () => {
    const frame = await ask('GET', `/portal/frame/${assignmentId}`, { cookie: cookies.ada });
    expect(frame).toMatchObject({
      status: 200,
      headers: { 'content-type': expect.stringMatching(/^text\/html/), 'x-content-type-options': 'nosniff' },
    });
    const policy = frame.headers['content-security-policy']!;
    const sandbox = /(?:^|;)\s*sandbox([^;]*)/.exec(policy)?.[1];
    expect(sandbox).toMatch(/allow-scripts/);
    expect(sandbox).not.toMatch(/allow-same-origin|allow-top-navigation(?!-)/);
    expect(frame.body).toContain('&lt;script&gt;alert(1)');
    expect(frame.body).not.toContain('<script>alert(1)');
    expect(frame.headers).not.toHaveProperty('access-control-allow-origin');
    expect(frame.headers).not.toHaveProperty('set-cookie');
    // Refusals are pages too.
    const refused = await ask('GET', `/portal/frame/${uuid}`, { cookie: cookies.ada });
    expect(refused.headers['content-security-policy']).toMatch(/sandbox/);
  });

  it('the portal’s own pages run nothing but the portal', async () => {
    for (const path of [
      '/portal',
      '/portal/sign-in',
      '/portal/%3Cscript%3E',
      '/portal/work/<svg onload=x>'.replace(/[<> ]/g, encodeURIComponent),
    ]) {
      const page = await ask('GET', path);
      const policy = page.headers['content-security-policy']!;
      expect(policy).toMatch(/script-src [^;]*\/assets\/portal\//);
      expect(policy).not.toMatch(/script-src[^;]*('self'|'unsafe-)/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(page.body).not.toMatch(/<svg|%3Cscript/i);
    }
  });

  it('keys that mean something to JavaScript are kept as they were given', async () => {
    const answerContent =
      '{"__proto__":{"polluted":true},"constructor":"c","toString":1,"2":"b","10":"a","":"empty","a":1,"a":2}';
    expect(await submit(`{"answerContent":${answerContent}}`)).toMatchObject({ status: 200 });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const describeLoops = async (): Promise<OperationOutput<'DescribeHumanLoop'>[]> =>
      Promise.all(['mine', 'other'].map((HumanLoopName) => server.call('DescribeHumanLoop', { HumanLoopName })));
    const completed = async () =>
      (await describeLoops()).find(({ HumanLoopStatus }) => HumanLoopStatus === 'Completed');
    await expect.poll(completed, { timeout: 10_000 }).toBeDefined();
    const path = (await completed())!.HumanLoopOutput!.OutputS3Uri.replace('s3:/', '');
    const request = { method: 'GET', path };
    const { body } = await server.send(request, server.sign(request, { service: 's3' }));
    expect(body).toContain(
      '"answerContent":{"":"empty","10":"a","2":"b","__proto__":{"polluted":true},"a":2,"constructor":"c","toString":1}',
    );
  });
});

it('guessing passwords comes to an end, for the guesser only', async () => {
  const guess = (email: string, tried: string) =>
    ask('POST', '/portal/api/sign-in', portal, JSON.stringify({ email, password: tried }));
  const codes: string[] = [];
  for (let count = 0; count < 12; count += 1) codes.push(codeOf(await guess('none@example.com', 'wrong password')));
  expect(codes[0]).toBe('wrong-credentials');
  expect(codes.at(-1)).toBe('too-many-attempts');
  expect((await guess('bob@example.com', password)).status).toBe(200);
});

it('nothing went wrong inside', () => expect(errorsIn(server)).toEqual([]));
