// The activity log: what callers, operators and workers change is in it, written with the change.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../packages/server/src/testing/run-command.ts';
import { eventually } from '../testing/eventually.ts';
import { createFlow, startLoop, untilStatus } from '../testing/human-loops.ts';
import { password, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
const own = { 'content-type': 'application/json', 'x-holdpoint-request': 'portal' };
const ada = 'ada@example.com';
const olga = 'olga@example.com';

beforeAll(async () => {
  server = await startTestServer();
  await server.hire(ada);
  await server.hire(olga);
  await server.client.call('SetWorkerRole', { Email: olga, Role: 'Operator' });
}, 60_000);
afterAll(() => server?.close());

async function post(path: string, body: object, cookie = '') {
  const response = await fetch(`${server.endpointUrl}${path}`, {
    method: 'POST',
    headers: { ...own, cookie },
    body: JSON.stringify(body),
  });
  const json = (await response.json()) as Record<string, string>;
  return { status: response.status, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '', json };
}

const signIn = async (email: string, word = password) =>
  (await post('/portal/api/sign-in', { email, password: word })).cookie;

type Wanted = Parameters<typeof server.client.call<'ListActivities'>>[1];
const activities = async (wanted: Wanted = {}) =>
  (await server.client.call('ListActivities', { MaxResults: 100, ...wanted })).Activities;
const told = async (wanted: Wanted) =>
  (await activities(wanted)).map(({ ActorName, Action, ResourceName }) => `${ActorName}: ${Action} ${ResourceName}`);

describe('the activity log', () => {
  it('O5 has who changed what, when and from where: a caller, an operator, a worker', { timeout: 60_000 }, async () => {
    const began = Date.now();
    const flow = await createFlow(server, 'logged');
    await startLoop(server, flow, 'logged-loop');
    await startLoop(server, flow, 'logged-loop');
    const cookie = await signIn(ada);
    let id: string | null | undefined;
    await eventually(async () => {
      id ??= (await post('/portal/api/tasks/next', {}, cookie)).json.assignmentId;
      return typeof id;
    }).toBe('string');
    expect(
      (await post(`/portal/api/assignments/${id}/draft`, { draft: { version: 1, controls: {} } }, cookie)).status,
    ).toBe(200);
    await post(`/portal/api/assignments/${id}/submit`, { answerContent: { note: 'secret' } }, cookie);
    await untilStatus(server, 'logged-loop', 'Completed');
    const operator = await signIn(olga);
    const loop = await activities({ ResourceType: 'human-loop', ResourceName: 'logged-loop' });
    expect(loop.map(({ Action }) => Action)).toEqual(['submit', 'accept', 'StartHumanLoop']);
    const [submitted, , started] = loop;
    const { Workers } = await server.client.call('ListWorkers', {});
    const { WorkerId } = Workers.find(({ Email }) => Email === ada)!;
    expect(submitted).toMatchObject({
      ActorKind: 'Worker',
      ActorId: WorkerId,
      ActorName: ada,
      ClientAddress: '127.0.0.1',
    });
    expect(submitted!.RequestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(started).toMatchObject({ ActorKind: 'Caller', ActorId: server.credentials.accessKeyId, ActorName: 'root' });
    for (const { Time } of loop) expect(Time.getTime()).toBeGreaterThanOrEqual(began - 1);
    expect(JSON.stringify(await activities())).not.toContain('secret');

    await post('/console/api/AddTags', { ResourceArn: flow.arn, Tags: [{ Key: 'team', Value: 'x' }] }, operator);
    const [tagged] = await activities({ Actor: olga, Action: 'AddTags' });
    expect(tagged).toMatchObject({
      ActorKind: 'Operator',
      ActorName: olga,
      ResourceType: 'flow-definition',
      ResourceName: 'logged',
    });
    expect(JSON.parse(tagged!.Details!)).toEqual({ ResourceArn: flow.arn, Tags: [{ Key: 'team', Value: 'x' }] });
  });

  it('O5 has sign-ins, refused ones, sign-outs and links; no password is in it', { timeout: 60_000 }, async () => {
    await signIn(ada, 'not her password');
    await signIn('my password in the wrong field', 'x');
    await post('/portal/api/use-link', { token: 'x'.repeat(43) });
    const { Url } = await server.client.call('CreateSignInLink', { Email: ada, Purpose: 'SignIn' });
    const { cookie } = await post('/portal/api/use-link', { token: Url.split('#')[1] });
    await post('/portal/api/sign-out', {}, cookie);
    const found = await activities({ ResourceType: 'worker', MaxResults: 4 });
    expect(found.map(({ ActorName, Action }) => [ActorName, Action])).toEqual([
      [ada, 'sign-out'],
      [ada, 'use-link'],
      ['root', 'CreateSignInLink'],
      [ada, 'sign-in-refused'],
    ]);
    const refused = await activities({ Action: 'sign-in-refused', MaxResults: 3 });
    expect(refused.map(({ ActorName, Details }) => [ActorName, Details])).toEqual([
      [undefined, '{"reason":"link-invalid"}'],
      [undefined, '{"reason":"wrong-credentials"}'],
      [ada, '{"reason":"wrong-credentials"}'],
    ]);
    const { AccessKeyId, SecretAccessKey } = await server.client.call('CreateAccessKey', {
      Description: 'of a program',
    });
    await server.client.call('CreateWorker', { Email: 'pat@example.com', Password: password });
    const all = JSON.stringify(await activities({ MaxResults: 1000 }));
    for (const secret of [password, 'not her password', 'my password', SecretAccessKey, Url.split('#')[1]!])
      expect(all).not.toContain(secret);
    expect(all).toContain(AccessKeyId);
  });

  it('O5 has nothing of reads, of refused calls and of calls that change nothing', async () => {
    const before = await activities();
    await server.client.call('ListWorkteams', {});
    await expect(server.client.call('DisableWorker', { Email: 'nobody@example.com' })).rejects.toThrow(
      'nobody@example.com',
    );
    await expect(server.client.call('CreateWorker', { Email: ada })).rejects.toThrow('already exists');
    expect(await activities()).toEqual(before);
  });

  it('O5 is filtered and read page by page, and refuses what fits no filter', async () => {
    const seen: string[] = [];
    for (let NextToken: string | undefined; ; ) {
      const page = await server.client.call('ListActivities', { MaxResults: 3, NextToken });
      seen.push(...page.Activities.map(({ ActivityId }) => ActivityId));
      NextToken = page.NextToken;
      if (NextToken === undefined) break;
    }
    expect(seen).toEqual((await activities({ MaxResults: 1000 })).map(({ ActivityId }) => ActivityId));
    expect(seen).toEqual(seen.toSorted().reverse());
    expect(await told({ ExcludeHumanLoops: true, Action: 'SetWorkerRole' })).toEqual([`root: SetWorkerRole ${olga}`]);
    const [newest] = await activities();
    expect(await activities({ TimeAfter: new Date(newest!.Time.getTime() + 1000) })).toEqual([]);
    await expect(server.client.call('ListActivities', { ResourceName: 'x' })).rejects.toThrow(
      'ResourceName needs ResourceType',
    );
    await expect(server.client.call('ListActivities', { NextToken: 'x' })).rejects.toThrow('Invalid NextToken.');
  });

  it('O5 is shown by the command line', async () => {
    const at = ['--data', server.data] as const;
    const list = await runCommand(['activity', '--resource', 'access-key', ...at]);
    expect(list.stdout).toMatch(
      /^TIME +WHO +FROM +ACTION +ON +DETAILS\n\S+ \S+Z +AKIA\w+ caller +\S+ +CreateAccessKey +access-key\/AKIA/,
    );
    const json = await runCommand(['activity', '--action', 'sign-in-refused', '--limit', '1', '--json', ...at]);
    expect(JSON.parse(json.stdout)).toMatchObject({ Action: 'sign-in-refused', Details: { reason: 'link-invalid' } });
    expect((await runCommand(['activity', '--resource', 'A b', ...at])).stderr).toContain('--resource takes a type');
  });
});
