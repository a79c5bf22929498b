// Templates and inputs that want everything the machine has: each costs its own loop, and nobody else's.
import { flowDefinitionArn, workteamArn } from '@holdpoint/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { errorsIn, type HostileServer, startHostileServer } from '../testing/hostile-server.ts';

const bombs: readonly (readonly [name: string, template: string, input?: unknown])[] = [
  [
    'endless',
    '{% for a in (1..100000) %}{% for b in (1..100000) %}{% for c in (1..100000) %}{% endfor %}{% endfor %}{% endfor %}',
  ],
  ['range', '{% for a in (1..99999999999) %}x{% endfor %}'],
  ['doubling', `{% assign a = "aaaaaaaaaa" %}${'{% assign a = a | append: a %}'.repeat(60)}{{ a }}`],
  [
    'captures',
    `{% capture a %}${'x'.repeat(1000)}{% endcapture %}${'{% capture a %}{{ a }}{{ a }}{% endcapture %}'.repeat(40)}{{ a }}`,
  ],
  [
    'replace',
    `{% assign a = task.input.text %}${'{% assign a = a | replace: "a", "aaaaaaaaaa" %}'.repeat(20)}{{ a }}`,
    { text: 'a'.repeat(100) },
  ],
  [
    'split',
    '{% assign a = task.input.text | split: "" %}{% for b in a %}{% for c in a %}{% for d in a %}{{ d }}{% endfor %}{% endfor %}{% endfor %}',
    { text: 'a'.repeat(100_000) },
  ],
  [
    'deep',
    `${'{% if true %}'.repeat(5000)}x${'{% endif %}'.repeat(5000)}{% for a in (1..999999) %}{% for b in (1..999999) %}{% endfor %}{% endfor %}`,
  ],
  ['table', '{% tablerow a in (1..9999999) cols:1 %}{{ a }}{% endtablerow %}'],
  ['itself', '{% render "itself" %}'],
  ['file', '{% include "/etc/passwd" %}'],
  ['open', '{% for a in b %}'],
  ['unknown', '{{ task.input.text | nothing }}', { text: 'x' }],
  ['undefined', '{{ task.input.missing }}'],
  ['prototype', '{{ task.input.constructor.constructor }}{{ task.input.__proto__.polluted }}'],
  [
    'round',
    '{% assign x = 1 | times: 1e308 | times: 1e308 %}{{ x | ceil | date: "%9999999999d" }}{{ "now" | date: "%99999999N" }}{{ missing.a.b }}',
  ],
]; // prettier-ignore

const honest = ['one', 'two', 'three', 'four', 'five'];

let server: HostileServer;
beforeAll(async () => {
  server = await startHostileServer({ renderSeconds: 1 });
});
afterAll(() => server?.close());

async function createFlow(name: string, Content: string): Promise<void> {
  const { HumanTaskUiArn } = await server.call('CreateHumanTaskUi', { HumanTaskUiName: name, UiTemplate: { Content } });
  await server.call('CreateFlowDefinition', {
    FlowDefinitionName: name,
    HumanLoopConfig: {
      WorkteamArn: workteamArn(server, 'reviewers'),
      HumanTaskUiArn,
      TaskTitle: name,
      TaskDescription: name,
      TaskCount: 1,
    },
    OutputConfig: { S3OutputPath: 's3://holdpoint/out' },
    RoleArn: 'arn:aws:iam::000000000000:role/any',
  });
}

const start = (flow: string, name: string, input: unknown) =>
  server.call('StartHumanLoop', {
    HumanLoopName: name,
    FlowDefinitionArn: flowDefinitionArn(server, flow),
    HumanLoopInput: { InputContent: JSON.stringify(input) },
  });

const describeLoop = (HumanLoopName: string) => server.call('DescribeHumanLoop', { HumanLoopName });

it('every bomb fails its own loop, and honest loops are offered meanwhile', async () => {
  await createFlow('honest', '<p>{{ task.input.text }}</p>');
  for (const [name, template] of bombs) await createFlow(name, template);
  await Promise.all(bombs.map(([name, , input = {}]) => start(name, name, input)));
  await Promise.all(honest.map((name) => start('honest', name, { text: name })));

  await server.call('CreateWorker', {
    Email: 'ada@example.com',
    Name: 'Ada',
    Workteams: ['reviewers'],
    Password: 'a long enough password',
  });
  const { Url } = await server.call('CreateSignInLink', { Email: 'ada@example.com', Purpose: 'SignIn' });
  const headers = { 'content-type': 'application/json', 'x-holdpoint-request': 'portal' };
  const token = JSON.stringify({ token: new URL(Url).hash.slice(1) });
  const signedIn = await fetch(`${server.endpointUrl}/portal/api/use-link`, { method: 'POST', headers, body: token });
  const cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!;
  const offered = async (): Promise<string[]> => {
    const reply = await fetch(`${server.endpointUrl}/portal/api/tasks?limit=100`, { headers: { cookie } });
    const { tasks } = (await reply.json()) as { tasks: { humanLoopName: string }[] };
    return tasks.map(({ humanLoopName }) => humanLoopName).sort();
  };
  await expect.poll(offered, { timeout: 20_000 }).toEqual([...honest].sort());

  // While the bombs are still burning, and after: whoever asks is answered.
  expect(await (await fetch(`${server.endpointUrl}/healthz`)).text()).toBe('ok');
  const failed = async (): Promise<unknown[]> => {
    const described = await Promise.all(bombs.map(([name]) => describeLoop(name)));
    return described
      .filter(({ HumanLoopStatus }) => HumanLoopStatus !== 'Failed')
      .map(({ HumanLoopName }) => HumanLoopName);
  };
  await expect.poll(failed, { timeout: 40_000, interval: 200 }).toEqual([]);
  for (const [name] of bombs) {
    const { FailureCode, FailureReason } = await describeLoop(name);
    expect([name, FailureCode]).toEqual([name, 'ValidationError']);
    expect(FailureReason!.length).toBeGreaterThan(0);
    expect(FailureReason!.length).toBeLessThanOrEqual(1024);
  }
  expect(await offered()).toEqual([...honest].sort());
  expect(errorsIn(server)).toEqual([]);
});

it('a preview of a bomb is answered with what is wrong', async () => {
  const { Errors } = await server.call('RenderUiTemplate', {
    UiTemplate: { Content: bombs[0]![1] },
    Task: { Input: '{}' },
    RoleArn: 'arn:aws:iam::000000000000:role/any',
  });
  expect(Errors.length).toBeGreaterThan(0);
});

it('the largest input is taken, and one character more is not', async () => {
  const limit = 3_145_728;
  await createFlow('large', '<p>{{ task.input.size }}</p>');
  const content = (characters: number): string => {
    const empty = JSON.stringify({ size: 1, text: '' });
    return JSON.stringify({ size: 1, text: '\u{1f600}'.repeat(characters - empty.length) });
  };
  const startLarge = (name: string, InputContent: string) =>
    server.call('StartHumanLoop', {
      HumanLoopName: name,
      FlowDefinitionArn: flowDefinitionArn(server, 'large'),
      HumanLoopInput: { InputContent },
    });
  await expect(startLarge('too-large', content(limit + 1))).rejects.toThrow(
    'Member must have length less than or equal to 3145728',
  );
  await startLarge('large', content(limit));
  expect(await describeLoop('large')).toMatchObject({ HumanLoopStatus: 'InProgress' });
  await expect(describeLoop('too-large')).rejects.toThrow('does not exist');
});
