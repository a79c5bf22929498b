// The console's way to the operations: who may go it, and what the API answers there.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let operator: string;
let worker: string;

beforeAll(async () => {
  server = await startTestServer();
  await server.hire('ada@example.com');
  await server.hire('olga@example.com');
  await server.client.call('SetWorkerRole', { Email: 'olga@example.com', Role: 'Operator' });
  [worker, operator] = await Promise.all([signIn('ada@example.com'), signIn('olga@example.com')]);
}, 60_000);
afterAll(() => server?.close());

const own = { 'content-type': 'application/json', 'x-holdpoint-request': 'portal' };

async function post(path: string, body: object, headers: Record<string, string>, method = 'POST') {
  const response = await fetch(`${server.endpointUrl}${path}`, {
    method,
    headers,
    ...(method === 'POST' && { body: JSON.stringify(body) }),
  });
  const json = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, json };
}

async function signIn(email: string): Promise<string> {
  const { headers } = await post('/portal/api/sign-in', { email, password }, own);
  return headers.get('set-cookie')!.split(';')[0]!;
}

const call = (name: string, input: object, cookie: string, headers: Record<string, string> = own) =>
  post(`/console/api/${name}`, input, { ...headers, cookie });

describe('the console', () => {
  it('O1 calls any operation as programs do', async () => {
    const { status, json, headers } = await call('ListWorkteams', { MaxResults: 10 }, operator);
    expect(status).toBe(200);
    expect(json).toMatchObject({ Workteams: [{ WorkteamName: 'reviewers' }] });
    expect(headers.get('access-control-allow-origin')).toBeNull();
    const started = await call('DescribeHumanLoop', { HumanLoopName: 'nothing-here' }, operator);
    expect(started.json).toMatchObject({ __type: expect.stringContaining('ResourceNotFoundException') });
  });

  it.each([
    ['nobody', 'MissingAuthenticationTokenException', () => call('ListWorkers', {}, '')],
    ['a worker who is no operator', 'AccessDeniedException', () => call('ListWorkers', {}, worker)],
    [
      'a page of another site',
      'AccessDeniedException',
      () => call('ListWorkers', {}, operator, { ...own, origin: 'https://evil.example' }),
    ],
    ['a form', 'AccessDeniedException', () => call('ListWorkers', {}, operator, { 'content-type': 'text/plain' })],
    ['what is no operation', 'UnknownOperationException', () => call('constructor', {}, operator)],
    ['an input that does not fit', 'ValidationException', () => call('DescribeHumanLoop', {}, operator)],
  ])('O3 refuses %s', async (_, code, ask) => {
    const { status, json } = await ask();
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(String(json.__type)).toContain(code);
  });

  it('O3 the only operator cannot stop being one there, and programs can end it', async () => {
    const own = { Email: 'olga@example.com', Role: 'Worker' };
    const { json } = await call('SetWorkerRole', own, operator);
    expect(json).toMatchObject({ __type: expect.stringContaining('ResourceInUse') });
    await call('SetWorkerRole', { Email: 'ada@example.com', Role: 'Operator' }, operator);
    expect((await call('ListWorkers', {}, worker)).status).toBe(200);
    expect((await call('SetWorkerRole', own, operator)).status).toBe(200);
    expect((await call('ListWorkers', {}, operator)).json.__type).toContain('AccessDeniedException');
    await server.client.call('SetWorkerRole', { Email: 'ada@example.com', Role: 'Worker' });
    expect((await call('ListWorkers', {}, worker)).json.__type).toContain('AccessDeniedException');
  });
});
