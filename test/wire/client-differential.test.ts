// boto3 and our client lead two fresh servers through the same life of a flow, and see the same.
import { type OperationName, Session } from '@holdpoint/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { untilStatus } from '../testing/human-loops.ts';
import { type Oracle, startOracle } from '../testing/oracle.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';
import { type AwsClient, ourFailure, pythonName, serviceOf, theirFailure } from '../testing/two-clients.ts';

const described = describeWith('Python with boto3');
const arn = (resource: string): string => `arn:aws:sagemaker:us-east-1:000000000000:${resource}`;
const flowArn = arn('flow-definition/flow');
const uiArn = arn('human-task-ui/ui');

const page = '<crowd-form><p>{{ task.input.text }}</p><input name="note"></crowd-form>';
const flow = (FlowDefinitionName: string, more: object = {}) => ({
  FlowDefinitionName,
  HumanLoopConfig: {
    WorkteamArn: arn('workteam/private-crowd/reviewers'),
    HumanTaskUiArn: uiArn,
    TaskTitle: 'Mood "é" 漢',
    TaskDescription: 'Choose the mood',
    TaskCount: 1,
    TaskKeywords: ['mood'],
    ...more,
  },
  OutputConfig: { S3OutputPath: 's3://holdpoint/outputs' },
  RoleArn: 'arn:aws:iam::000000000000:role/any',
});
const start = (HumanLoopName: string, InputContent = '{"text": "é 😀"}') => ({
  HumanLoopName,
  FlowDefinitionArn: flowArn,
  HumanLoopInput: { InputContent },
});
const loopNames = Array.from({ length: 8 }, (_, index) => `loop-${index}`);

type Step = readonly [operation: OperationName, input: object, code?: string];

/** Until a loop is being stopped. */
const life: readonly Step[] = [
  ['DescribeHumanTaskUi', { HumanTaskUiName: 'ui' }, 'ResourceNotFound'],
  ['CreateHumanTaskUi', { HumanTaskUiName: 'ui', UiTemplate: { Content: page }, Tags: [{ Key: 'a', Value: 'b' }] }],
  ['CreateHumanTaskUi', { HumanTaskUiName: 'ui', UiTemplate: { Content: page } }, 'ResourceInUse'],
  ['CreateHumanTaskUi', { HumanTaskUiName: 'Bad_Name', UiTemplate: { Content: '{% if' } }, 'ValidationException'],
  ['DescribeHumanTaskUi', { HumanTaskUiName: 'ui' }],
  [
    'RenderUiTemplate',
    { UiTemplate: { Content: page }, Task: { Input: '{"text": "<é>"}' }, RoleArn: flow('x').RoleArn },
  ],
  ['RenderUiTemplate', { UiTemplate: { Content: '{{ x' }, Task: { Input: '{}' }, RoleArn: flow('x').RoleArn }],
  ['ListWorkteams', {}],
  ['DescribeWorkteam', { WorkteamName: 'reviewers' }],
  ['DescribeWorkteam', { WorkteamName: 'nobody' }, 'ValidationException'],
  ['DescribeWorkforce', { WorkforceName: 'default' }],
  ['ListWorkforces', { SortBy: 'Name' }],
  ['ListSubscribedWorkteams', {}],
  ['CreateFlowDefinition', flow('flow')],
  ['CreateFlowDefinition', flow('flow'), 'ResourceInUse'],
  ['CreateFlowDefinition', flow('wrong', { TaskCount: 7, TaskKeywords: ['a', 'a b!'] }), 'ValidationException'],
  ['CreateFlowDefinition', flow('lost', { HumanTaskUiArn: arn('human-task-ui/nope') }), 'ValidationException'],
  ...['a', 'b', 'c', 'd', 'e', 'f'].map((name): Step => ['CreateFlowDefinition', flow(name)]),
  ['DescribeFlowDefinition', { FlowDefinitionName: 'flow' }],
  ['DescribeFlowDefinition', { FlowDefinitionName: 'nope' }, 'ResourceNotFound'],
  [
    'AddTags',
    {
      ResourceArn: flowArn,
      Tags: [
        { Key: 'Team', Value: 'é x' },
        { Key: 'b', Value: '' },
      ],
    },
  ],
  ['AddTags', { ResourceArn: flowArn, Tags: [{ Key: 'holdpoint:nope', Value: '1' }] }, 'ValidationException'],
  ['ListTags', { ResourceArn: flowArn }],
  ['DeleteTags', { ResourceArn: flowArn, TagKeys: ['b', 'nope'] }],
  ['ListTags', { ResourceArn: flowArn, MaxResults: 50 }],
  ['ListTags', { ResourceArn: arn('flow-definition/nope') }, 'ValidationException'],
  ...loopNames.map((name): Step => ['StartHumanLoop', start(name)]),
  ['StartHumanLoop', start('loop-0')],
  ['StartHumanLoop', start('loop-0', '{"text": "other"}'), 'ConflictException'],
  ['StartHumanLoop', start('not-json', '{'), 'ValidationException'],
  ['StartHumanLoop', start('Bad_Name'), 'ValidationException'],
  ['StartHumanLoop', { ...start('lost'), FlowDefinitionArn: arn('flow-definition/nope') }, 'ValidationException'],
  ['DescribeHumanLoop', { HumanLoopName: 'loop-0' }],
  ['DescribeHumanLoop', { HumanLoopName: 'nope' }, 'ResourceNotFoundException'],
  ['DescribeHumanLoop', { HumanLoopName: 'a b/é' }, 'ValidationException'],
  ['ListHumanLoops', { FlowDefinitionArn: flowArn, MaxResults: 3, SortOrder: 'Ascending' }],
  [
    'ListHumanLoops',
    { FlowDefinitionArn: flowArn, CreationTimeAfter: '2020-02-24', CreationTimeBefore: 1_582_545_600 },
  ],
  ['ListHumanLoops', { FlowDefinitionArn: flowArn, CreationTimeAfter: new Date('2020-02-24T00:00:00.123Z') }],
  ['ListHumanLoops', { FlowDefinitionArn: flowArn, NextToken: 'a+b/c= d' }, 'ValidationException'],
  ['ListHumanLoops', { FlowDefinitionArn: arn('flow-definition/nope') }, 'ResourceNotFoundException'],
  ['ListHumanLoops', { FlowDefinitionArn: flowArn, SortOrder: 'Sideways' }, 'ValidationException'],
  ['ListHumanLoops', { FlowDefinitionArn: flowArn, MaxResults: 101 }, 'ValidationException'],
  ['StopHumanLoop', { HumanLoopName: 'nope' }, 'ResourceNotFoundException'],
  ['StopHumanLoop', { HumanLoopName: 'loop-1' }],
];
/** After it has stopped. */
const afterlife: readonly Step[] = [
  ['StopHumanLoop', { HumanLoopName: 'loop-1' }, 'ValidationException'],
  ['DescribeHumanLoop', { HumanLoopName: 'loop-1' }],
  ['DeleteHumanLoop', { HumanLoopName: 'loop-0' }, 'ValidationException'],
  ['DeleteHumanLoop', { HumanLoopName: 'loop-1' }],
  ['DeleteHumanLoop', { HumanLoopName: 'loop-1' }, 'ResourceNotFoundException'],
  ['DeleteHumanTaskUi', { HumanTaskUiName: 'nope' }, 'ResourceNotFound'],
  ['DeleteWorkteam', { WorkteamName: 'nope' }, 'ValidationException'],
];
const lists: readonly Step[] = [
  ['ListHumanLoops', { FlowDefinitionArn: flowArn }],
  ['ListHumanLoops', { FlowDefinitionArn: flowArn, SortOrder: 'Ascending' }],
  ['ListFlowDefinitions', { SortOrder: 'Descending' }],
  ['ListHumanTaskUis', {}],
  ['ListWorkteams', {}],
];

/** Without what is another on each server: moments, addresses, ids, tokens of pages, signed URLs. */
function masked(value: unknown): unknown {
  if (value instanceof Date) return Math.abs(value.getTime() - Date.now()) < 600_000 ? 'a moment ago' : value;
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value === 'string')
    return value
      .replace(/(localhost|127\.0\.0\.1):\d+/g, 'HOST')
      .replace(/\/\d{4}(\/\d\d){5}\//, '/TIME/')
      .replace(/\?Expires=\d+&Signature=[0-9a-f]+/, '?SIGNED')
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      /^(NextToken|RequestId|requestId)$/.test(name) ? typeof item : masked(item),
    ]),
  );
}

described('two servers', () => {
  const stage = {} as { oracle: Oracle; servers: { ours: TestServer; theirs: TestServer } };
  beforeAll(async () => {
    stage.oracle = startOracle(Date.now);
    stage.servers = { ours: await startTestServer(), theirs: await startTestServer() };
  });
  afterAll(async () => {
    await stage.oracle?.close();
    await stage.servers?.ours.close();
    await stage.servers?.theirs.close();
  });

  const settingsOf = ({ endpointUrl, region, credentials }: TestServer) => ({ endpointUrl, region, ...credentials });
  function clientOf(operation: OperationName, now = Date.now): AwsClient {
    const { endpointUrl, region, ...credentials } = settingsOf(stage.servers.ours);
    const session = new Session({ endpointUrl, region, credentials, ignoreConfiguration: true, now });
    return session.createClient(serviceOf(operation)) as AwsClient;
  }
  const theirClient = (operation: OperationName) => ({
    service: serviceOf(operation),
    ...settingsOf(stage.servers.theirs),
  });

  async function ours([operation, input]: Step): Promise<unknown> {
    const client = clientOf(operation);
    try {
      const result = await client.call(operation as never, input as never);
      const { HTTPStatusCode, RequestId, RetryAttempts } = (result as { ResponseMetadata: Record<string, unknown> })
        .ResponseMetadata;
      return { ...(result as object), ResponseMetadata: { HTTPStatusCode, RequestId, RetryAttempts } };
    } catch (error) {
      return ourFailure(error, client.exceptions);
    } finally {
      client.close();
    }
  }
  async function theirs([operation, input]: Step): Promise<unknown> {
    const { result, error } = await stage.oracle.call(theirClient(operation), pythonName(operation), input);
    if (error) return theirFailure(error);
    const { HTTPStatusCode, RequestId, RetryAttempts } = result!.ResponseMetadata as Record<string, unknown>;
    return { ...result, ResponseMetadata: { HTTPStatusCode, RequestId, RetryAttempts } };
  }

  async function same(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      const seen = await ours(step);
      expect([step, (seen as { code?: string }).code]).toEqual([step, step[2]]);
      expect([step, masked(seen)]).toEqual([step, masked(await theirs(step))]);
    }
  }

  it('see the same in every step', async () => {
    await same(life);
    for (const server of Object.values(stage.servers)) await untilStatus(server, 'loop-1', 'Stopped');
    await same(afterlife);
  });

  it.each([1, 2, 3, 7])('list the same in pages of %d', async (PageSize) => {
    for (const [operation, params] of lists) {
      const input = { ...params, PaginationConfig: { PageSize } };
      const client = clientOf(operation);
      const pages: unknown[] = [];
      for await (const found of client.getPaginator(pythonName(operation)).paginate(input as never)) pages.push(found);
      client.close();
      const reply = await stage.oracle.paginate(theirClient(operation), pythonName(operation), input);
      expect(masked(pages)).toEqual(masked(reply.result?.pages));
      if (operation === 'ListHumanLoops') expect(pages).toHaveLength(Math.ceil(7 / PageSize));
    }
  });

  it('delete the same', () => same([['DeleteFlowDefinition', { FlowDefinitionName: 'f' }]]));

  describe('presigned URLs of ours', () => {
    const json = (response: Response): Promise<Record<string, unknown>> => response.json() as never;
    const describeUrl = (now = Date.now(), expiresIn = 60): Promise<string> =>
      clientOf('DescribeHumanLoop', () => now).generatePresignedUrl('describe_human_loop', {
        params: { HumanLoopName: 'loop-2' },
        expiresIn,
      });

    it('describe and list', async () => {
      const described = await fetch(await describeUrl());
      expect(described.status).toBe(200);
      expect(await json(described)).toMatchObject({ HumanLoopName: 'loop-2', HumanLoopStatus: 'InProgress' });
      const params = {
        FlowDefinitionArn: flowArn,
        MaxResults: 2,
        SortOrder: 'Ascending',
        CreationTimeAfter: '2020-02-24',
      };
      const listed = await fetch(await clientOf('ListHumanLoops').generatePresignedUrl('listHumanLoops', { params }));
      expect(listed.status).toBe(200);
      expect((await json(listed)).HumanLoopSummaries).toHaveLength(2);
    });

    it('delete', async () => {
      await ours(['StartHumanLoop', start('gone')]);
      await ours(['StopHumanLoop', { HumanLoopName: 'gone' }]);
      await untilStatus(stage.servers.ours, 'gone', 'Stopped');
      const url = await clientOf('DeleteHumanLoop').generatePresignedUrl('delete_human_loop', {
        params: { HumanLoopName: 'gone' },
      });
      expect((await fetch(url)).status).toBe(403);
      expect((await fetch(url, { method: 'DELETE' })).status).toBe(200);
      expect(await ours(['DescribeHumanLoop', { HumanLoopName: 'gone' }])).toMatchObject({
        code: 'ResourceNotFoundException',
      });
    });

    it('are refused when their time is over or has not come', async () => {
      const now = Date.now();
      expect((await fetch(await describeUrl(now - 50_000))).status).toBe(200);
      const over = await fetch(await describeUrl(now - 61_000));
      expect(over.status).toBe(403);
      expect(over.headers.get('x-amzn-errortype')).toBe('InvalidSignatureException');
      expect((await json(over)).message).toMatch(/expired/i);
      expect((await fetch(await describeUrl(now + 3_600_000))).status).toBe(403);
    });

    it('are refused when one byte of them is another', async () => {
      const url = await describeUrl();
      const start = url.indexOf('/', 'http://'.length) + 1;
      const refused = new Set<number>();
      for (let index = start; index < url.length; index++) {
        const other = /[0-8a-yA-Y]/.test(url[index]!) ? String.fromCharCode(url.charCodeAt(index) + 1) : 'a';
        const { status } = await fetch(`${url.slice(0, index)}${other}${url.slice(index + 1)}`);
        refused.add(status);
        expect([index, url.slice(0, index), status]).not.toEqual([index, url.slice(0, index), 200]);
      }
      // Without a path of this API or without one of its parameters it is no request that could be signed.
      for (const status of refused) expect([400, 403, 404]).toContain(status);
    });

    it('of calls with a body are good for nothing, as in boto3', async () => {
      const url = await clientOf('StopHumanLoop').generatePresignedUrl('stop_human_loop', {
        params: { HumanLoopName: 'loop-2' },
      });
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(url, { method: 'POST', headers });
      expect(answer.status).toBe(400);
      expect(answer.headers.get('x-amzn-errortype')).toBe('ValidationException');
      expect((await fetch(url, { method: 'POST' })).status).toBe(403);
    });
  });
});
