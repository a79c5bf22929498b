// Generated requests at every operation: whatever comes, the answer is one that the service's clients understand.

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { flowDefinitionArn, humanTaskUiArn, type Operation, workforceArn, workteamArn } from '@holdpoint/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyOperation, faultsOf } from '../testing/api-answer.ts';
import type { Headers, HostileRequest } from '../testing/hostile-client.ts';
import { hostileRequest } from '../testing/hostile-input.ts';
import { errorsIn, type HostileServer, startHostileServer } from '../testing/hostile-server.ts';
import type { RawAnswer } from '../testing/raw-http.ts';

/** Another seed or more runs find other requests; what fails prints the seed that repeats it. */
const settings = {
  seed: Number(process.env.HOLDPOINT_TEST_SEED ?? 20_260_101),
  numRuns: Number(process.env.HOLDPOINT_TEST_RUNS ?? 120),
};

/** Texts under which something may be found, by member. */
type Known = Record<string, readonly string[]>;

function knownIn(server: HostileServer): Known {
  const names = ['sample', 'other', 'missing', 'x', 'a1-b2'];
  const arns = (make: (settings: HostileServer, name: string) => string): string[] => [
    ...names.map((name) => make(server, name)),
    make({ ...server, region: 'eu-west-1' }, 'sample'),
    make({ ...server, accountId: '999999999999' }, 'sample'),
    make(server, '__proto__'),
  ];
  const uis = arns(humanTaskUiArn);
  const flows = arns(flowDefinitionArn);
  const teams = [...arns(workteamArn), ...Array<string>(8).fill(workteamArn(server, 'reviewers'))];
  const templates = [
    '<p>{{ task.input.text }}</p>',
    '{% for',
    '{{ x | none }}',
    '{% include "a" %}',
    '<crowd-form></crowd-form>',
  ];
  const inputs = ['{}', '{"text":"x"}', 'no JSON', '{"__proto__":1}', '[1]', '"x"', '{"a":1,"a":2}', '1e999'];
  const endpoint = ['https://idp.example.invalid/x', 'https://\u{1f600}'];
  return {
    FlowDefinitionName: names,
    FlowDefinitionArn: flows,
    HumanTaskUiName: names,
    HumanTaskUiArn: uis,
    HumanLoopName: [...names, 'Loop'],
    WorkteamName: [...names, 'reviewers'],
    Workteams: [...names, 'reviewers'],
    WorkteamArn: teams,
    WorkforceName: ['default', ...names],
    ResourceArn: [...uis, ...flows, ...teams, workforceArn(server, 'default')],
    UserPool: [`${server.region}_Holdpoint`, 'us-east-1_Other'],
    ClientId: ['holdpoint', 'other'],
    UserGroup: ['reviewers', 'group'],
    RoleArn: ['arn:aws:iam::000000000000:role/any'],
    S3OutputPath: [
      's3://holdpoint/out',
      's3://missing/out',
      'https://s3.amazonaws.com/holdpoint/x',
      's3://../x',
      's3://holdpoint//',
    ],
    Content: templates,
    InputContent: inputs,
    Input: inputs,
    HumanLoopActivationConditions: [
      ...Array<string>(4).fill(
        '{"Conditions":[{"ConditionType":"holdpoint:MissingValue","ConditionParameters":{"Expression":"text"}}]}',
      ),
      ...Array<string>(4).fill(
        '{"Conditions":[{"ConditionType":"Sampling","ConditionParameters":{"RandomSamplingPercentage":50}}]}',
      ),
      '{"Conditions":[]}',
      'no JSON',
      '{"__proto__":[]}',
    ],
    Email: ['ada@example.com', 'ADA@example.com', 'none@example.com', 'ſ@example.com'],
    Password: ['short', 'a long enough password'],
    AccessKeyId: [server.credentials.accessKeyId, 'AKIAOTHER', 'AKIAMISSING'],
    // Nothing answers there, and nothing has to be looked up.
    Url: [
      ...Array<string>(5).fill('http://localhost:9/hook'),
      'https://[::1]:9/',
      'http://user:pass@127.0.0.1/',
      'http://127.0.0.1:99999/',
      'http://a b/',
    ],
    Cidrs: ['10.0.0.0/8', '::1/128', '1:1:1:1:1:1:1:1:1:1:1:1', '300.0.0.1/8', '10.0.0.0/33'],
    NextToken: [
      '',
      'hp1.',
      'hp1.0.a',
      'hp1.zzzzzzzzzzzzzzzzzz.a',
      'hp1.-1.a',
      'hp1.k1.a.b.c',
      '___',
      'bm9uZQ==',
      'hp1.1e9.__proto__',
      `hp1.1.${'a'.repeat(8000)}`,
    ],
    Key: [
      'a',
      'b',
      'é',
      'k:v',
      'aws:reserved',
      'holdpoint:priority',
      ...Array.from({ length: 20 }, (_, index) => `key-${index}`),
    ],
    ExpectedAnswer: ['{"note":"x"}', '[]', '{}'],
    Issuer: endpoint,
    JwksUri: endpoint,
  };
}

/** Makes sure that there is something to be found, whatever the operations before deleted. */
async function furnish(server: HostileServer, known: Known): Promise<void> {
  const { EventTargetId } = await server.call('CreateEventTarget', { Url: 'http://localhost:9/hook' });
  known.EventTargetId = [EventTargetId, 'missing'];
  const attempt = (made: Promise<unknown>): Promise<unknown> => made.catch(() => undefined);
  const HumanTaskUiArn = humanTaskUiArn(server, 'sample');
  await attempt(server.call('CreateWorker', { Email: 'ada@example.com', Name: 'Ada', Workteams: ['reviewers'] }));
  await attempt(
    server.call('CreateHumanTaskUi', {
      HumanTaskUiName: 'sample',
      UiTemplate: { Content: '<p>{{ task.input.text }}</p>' },
    }),
  );
  await attempt(
    server.call('CreateFlowDefinition', {
      FlowDefinitionName: 'sample',
      HumanLoopConfig: {
        WorkteamArn: workteamArn(server, 'reviewers'),
        HumanTaskUiArn,
        TaskTitle: 'T',
        TaskDescription: 'D',
        TaskCount: 1,
      },
      OutputConfig: { S3OutputPath: 's3://holdpoint/out' },
      HumanLoopActivationConfig: {
        HumanLoopActivationConditionsConfig: {
          HumanLoopActivationConditions: '{"Conditions":[{"ConditionType":"holdpoint:Always"}]}',
        },
      },
      RoleArn: 'arn:aws:iam::000000000000:role/any',
    }),
  );
  const FlowDefinitionArn = flowDefinitionArn(server, 'sample');
  await attempt(
    server.call('StartHumanLoop', {
      HumanLoopName: 'sample',
      FlowDefinitionArn,
      HumanLoopInput: { InputContent: '{"text":"x"}' },
    }),
  );
  const gold = { FlowDefinitionName: 'sample', InputContent: '{"text":"x"}', ExpectedAnswer: '{"note":"x"}' };
  const made = await server.call('CreateGoldItem', gold).catch(() => undefined);
  known.GoldItemId = [...(made ? [made.GoldItemId] : []), 'missing'];
}

/** Signed where it can be: a query or path whose percent signs cannot be read has no canonical form. */
function signed(server: HostileServer, request: HostileRequest): Headers {
  try {
    return server.sign(request);
  } catch {
    return [...server.sign({ ...request, path: '/', query: '' })];
  }
}

const show = ({ method, path, query, body }: HostileRequest): string =>
  `${method} ${path}?${query ?? ''} ${Buffer.from(body ?? '')
    .toString('utf8')
    .slice(0, 3000)}`;

describe('generated requests', () => {
  let server: HostileServer;
  let known: Known;
  const outcomes = new Map<string, number>();

  beforeAll(async () => {
    server = await startHostileServer();
    known = knownIn(server);
  });
  afterAll(() => server?.close());

  it.each(everyOperation.map((operation) => [operation.name, operation] as const))('%s', async (name, operation) => {
    await furnish(server, known);
    let succeeded = 0;
    await fc.assert(
      fc.asyncProperty(hostileRequest(operation, known), async (request) => {
        const answer = await server.send(request, signed(server, request));
        if (answer.status === 200) succeeded += 1;
        expect(faultsOf(answer, operation), `${show(request)}\n${answer.body.slice(0, 500)}`).toEqual([]);
      }),
      settings,
    );
    outcomes.set(name, succeeded);
  });

  it('some of them were good enough to reach every handler', () => {
    // There are no vendors to subscribe to, no place for a second workforce, and the one there is has a team.
    const never = ['DescribeSubscribedWorkteam', 'CreateWorkforce', 'DeleteWorkforce'];
    const unreached = [...outcomes].filter(([name, succeeded]) => succeeded === 0 && !never.includes(name));
    expect(unreached).toEqual([]);
  });

  it('nothing went wrong inside, and the server still works', async () => {
    expect(errorsIn(server)).toEqual([]);
    expect(await server.send({ method: 'GET', path: '/readyz' }, [['host', server.host]])).toMatchObject({
      status: 200,
    });
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe('a refused request', () => {
  const changing = everyOperation.filter(
    ({ name }) => !/^(Describe|List|Get|Search|Preview|Render|Check|Test)/.test(name),
  );
  let server: HostileServer;
  let known: Known;
  let database: DatabaseSync;
  const tested = new Set<string>();

  beforeAll(async () => {
    server = await startHostileServer();
    known = knownIn(server);
    database = new DatabaseSync(join(server.data, 'holdpoint.db'), { readOnly: true });
  });
  afterAll(async () => {
    database?.close();
    await server?.close();
  });

  /** Every row but those that jobs change by themselves. */
  function rows(): string {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all() as {
      name: string;
    }[];
    const kept = tables.filter(
      ({ name }) => !['event_deliveries', 'human_loop_events', 'jobs', 'statistics'].includes(name),
    );
    return JSON.stringify(kept.map(({ name }) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]));
  }

  /** Waits until nothing is under way but deliveries and what waits for people. */
  async function quiet(): Promise<void> {
    const kinds = ['purge-human-loops', 'purge-activities', 'count-statistics', 'send-event'];
    const waiting = `('${[...kinds, 'expire-human-loop', 'expire-assignment'].join("', '")}')`;
    const under = database.prepare(`SELECT count(*) AS count FROM jobs WHERE kind NOT IN ${waiting}`);
    await expect.poll(() => under.get()?.count, { timeout: 10_000, interval: 5 }).toBe(0);
  }

  it.each(changing.map((operation) => [operation.name, operation] as const))(
    '%s leaves everything as it was',
    async (_, operation: Operation) => {
      await furnish(server, known);
      let refused = 0;
      await quiet();
      let before = rows();
      await fc.assert(
        fc.asyncProperty(hostileRequest(operation, known), async (request) => {
          const answer: RawAnswer = await server.send(request, signed(server, request));
          if (answer.status === 200) {
            await quiet();
            before = rows();
            return;
          }
          refused += 1;
          expect(rows() === before, show(request)).toBe(true);
        }),
        { ...settings, numRuns: settings.numRuns / 4 },
      );
      if (refused > 0) tested.add(operation.name);
    },
  );

  it('was among those of nearly every operation', () => expect(tested.size).toBeGreaterThan(changing.length * 0.9));
});
