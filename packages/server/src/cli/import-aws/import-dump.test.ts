import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type Client, createClient } from '@holdpoint/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { createLog } from '../../log.ts';
import { type Server, startServer } from '../../main.ts';
import { rootCredentials } from '../connect.ts';
import { openObjects } from '../objects.ts';
import { run } from '../program.ts';
import {
  arnAtAws,
  conditions,
  type Files,
  flow,
  imagePage,
  invoicePage,
  sampleFiles,
  team,
  template,
  ui,
  writeDump,
} from './testing/sample-dump.ts';

interface Stage {
  readonly data: string;
  readonly client: Client;
  readonly objects: ReturnType<typeof openObjects>;
  close(): Promise<void>;
}

/** Each test starts a server, on a machine that may have other things to do. */
const patient = { timeout: 60_000 };
let dump: string;

beforeEach(async () => {
  dump = await mkdtemp(join(tmpdir(), 'holdpoint-dump-'));
});
afterEach(() => rm(dump, { recursive: true, force: true }));

async function openStage(): Promise<Stage> {
  const data = await mkdtemp(join(tmpdir(), 'holdpoint-import-'));
  const server: Server = await startServer(readConfig({ data, port: 0 }, {}), { log: createLog('silent') });
  const { endpointUrl, region } = server;
  const credentials = rootCredentials(server.files.credentialsFile);
  const client = createClient({ endpointUrl, region, credentials, ignoreConfiguration: true });
  return {
    data,
    client,
    objects: openObjects({ endpointUrl, region, credentials: client.credentials }),
    async close() {
      client.close();
      await server.close();
      await rm(data, { recursive: true });
    },
  };
}

async function importDump({ data }: Stage, files: Files, args: readonly string[]) {
  await writeDump(dump, files);
  const written = { stdout: '', stderr: '' };
  const code = await run(['import-aws', '--data', data, '--from-directory', dump, ...args], {
    input: Readable.from([]),
    output: { write: (part) => (written.stdout += part) },
    errors: { write: (part) => (written.stderr += part) },
    environment: {},
  });
  return { ...written, code };
}

const arnHere = (resource: string): string => `arn:aws:sagemaker:us-east-1:000000000000:${resource}`;
/** `ACTION KIND NAME`, as plans list them. */
const step = (action: string, kind: string, name: string): RegExp => new RegExp(`^${action} +${kind} +${name}$`, 'm');

const uses = (humanTaskUi: string, workteam = arnAtAws('workteam/private-crowd/moderators')) => ({
  HumanTaskUiArn: arnAtAws(`human-task-ui/${humanTaskUi}`),
  WorkteamArn: workteam,
});

describe('a dump is taken over', patient, () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.close());

  it('with everything in it, under the account of the server; a second time there is nothing to do', async () => {
    const first = await importDump(stage, sampleFiles, ['--yes']);
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toContain('Created 8 of 8 resources.');
    expect(first.stdout).toMatch(
      new RegExp(`^Flow definitions are here now:(\n  .*)*\n  ${arnHere('flow-definition/invoices')}$`, 'm'),
    );
    const described = await stage.client.call('DescribeFlowDefinition', { FlowDefinitionName: 'invoices' });
    expect(described).toMatchObject({
      RoleArn: 'arn:aws:iam::000000000000:role/service-role/ReviewRole',
      OutputConfig: { S3OutputPath: 's3://acme-invoices/a2i/', KmsKeyId: 'alias/invoices' },
      HumanLoopRequestSource: { AwsManagedHumanLoopRequestSource: 'AWS/Textract/AnalyzeDocument/Forms/V1' },
      HumanLoopActivationConfig: { HumanLoopActivationConditionsConfig: { HumanLoopActivationConditions: conditions } },
      HumanLoopConfig: {
        WorkteamArn: arnHere('workteam/private-crowd/invoice-team'),
        HumanTaskUiArn: arnHere('human-task-ui/invoice-page'),
        TaskTitle: 'Check invoices',
        TaskTimeLimitInSeconds: 3600,
      },
    });
    const tags = async (resource: string) =>
      (await stage.client.call('ListTags', { ResourceArn: arnHere(resource) })).Tags;
    expect(await tags('flow-definition/invoices')).toEqual([{ Key: 'stage', Value: 'prod' }]);
    expect(await tags('human-task-ui/invoice-page')).toEqual([{ Key: 'stage', Value: 'prod' }]);
    expect(await tags('workteam/private-crowd/invoice-team')).toEqual([{ Key: 'cost-center', Value: '42' }]);
    const { UiTemplate } = await stage.client.call('DescribeHumanTaskUi', { HumanTaskUiName: 'invoice-page' });
    expect(await (await fetch(UiTemplate.Url!)).text()).toBe(invoicePage);
    expect(await stage.objects.hasBucket('acme-images')).toBe(true);

    const second = await importDump(stage, sampleFiles, []);
    expect([second.code, second.stderr]).toEqual([0, '']);
    expect(second.stdout).toContain('0 to create, 7 here already.\nNothing was changed.');
  });

  it('is compared by what it means: defaults, white space and the order of members make no difference', async () => {
    await importDump(stage, sampleFiles, ['--yes']);
    const spelledOut = JSON.stringify(JSON.parse(conditions), null, 2);
    const again = flow(
      'invoices',
      {
        HumanLoopRequestSource: { AwsManagedHumanLoopRequestSource: 'AWS/Textract/AnalyzeDocument/Forms/V1' },
        HumanLoopActivationConfig: {
          HumanLoopActivationConditionsConfig: { HumanLoopActivationConditions: spelledOut },
        },
        OutputConfig: { KmsKeyId: 'alias/invoices', S3OutputPath: 's3://acme-invoices/a2i/' },
      },
      { TaskTimeLimitInSeconds: undefined, TaskAvailabilityLifetimeInSeconds: undefined },
    );
    const same = await importDump(stage, { ...sampleFiles, 'invoices.json': again }, ['--yes']);
    expect([same.code, same.stdout]).toEqual([
      0,
      expect.stringMatching(step('is here', 'flow-definition', 'invoices')),
    ]);
    const other = await importDump(
      stage,
      { ...sampleFiles, 'invoices.json': flow('invoices', {}, { TaskTitle: 'Other' }) },
      ['--yes'],
    );
    expect(other.stdout).toMatch(step('differs', 'flow-definition', 'invoices'));
    expect(other.stdout).toContain('HumanLoopConfig.TaskTitle is "Check invoices" here and "Other" at AWS');
    expect([other.code, other.stderr]).toEqual([
      2,
      'holdpoint: 1 of 7 could not be taken over; the reasons stand above.\n',
    ]);
    const found = await stage.client.call('DescribeFlowDefinition', { FlowDefinitionName: 'invoices' });
    expect(found.HumanLoopConfig?.TaskTitle).toBe('Check invoices');
  });

  it('goes on after a failure: what is missing is made, what somebody made differently is left', async () => {
    await importDump(stage, sampleFiles, ['--yes', '--flows', 'images']);
    await stage.client.call('CreateHumanTaskUi', {
      HumanTaskUiName: 'invoice-page',
      UiTemplate: { Content: 'another' },
    });
    const { stdout, stderr, code } = await importDump(stage, sampleFiles, ['--yes']);
    expect(stdout).toMatch(step('is here', 'flow-definition', 'images'));
    expect(stdout).toMatch(step('differs', 'human-task-ui', 'invoice-page'));
    expect(stdout).toMatch(step('cannot move', 'flow-definition', 'invoices'));
    expect(stdout).toContain(
      'flow-definition invoices: It needs the human-task-ui invoice-page, which cannot be taken over.',
    );
    expect(stdout).toContain('Created 1 of 1 resource.');
    expect([code, stderr]).toEqual([2, 'holdpoint: 2 of 7 could not be taken over; the reasons stand above.\n']);
    const again = await importDump(
      stage,
      { ...sampleFiles, 'm.json5': '{ humanTaskUis: { "invoice-page": "invoice-page-2" } }' },
      ['--yes', '--mapping', join(dump, 'm.json5')],
    );
    expect(again).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/create +human-task-ui +invoice-page +as invoice-page-2/),
    });
  });

  it('copies past outputs once, under their keys, and leaves what is there', async () => {
    const key = (flowName: string, loop: string) => `${flowName}/2023/05/06/07/08/09/${loop}/output.json`;
    const files = {
      ...sampleFiles,
      [`outputs/acme-invoices/a2i/${key('invoices', 'loop-a')}`]: '{"humanLoopName":"loop-a"}',
      [`outputs/acme-invoices/a2i/${key('invoices', 'loop-b')}`]: '{"humanLoopName":"loop-b"}',
      [`outputs/acme-invoices/a2i/${key('invoices', 'loop')}`]: '{"humanLoopName":"loop"}',
      'outputs/acme-invoices/a2i/invoices/notes.json': '{}',
      [`outputs/acme-images/${key('images', 'loop-c')}`]: '{"humanLoopName":"loop-c"}',
      'mapping.json5': '{ buckets: { "acme-images": "s3://archive/images" } }',
    };
    const args = ['--yes', '--outputs', '--mapping', join(dump, 'mapping.json5')];
    const first = await importDump(stage, files, args);
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toContain('Copied 4 past outputs of 2 flow definitions; 0 were here already.');
    const there: string[] = [];
    for (const bucket of ['acme-invoices', 'archive'])
      for await (const uri of stage.objects.list(`s3://${bucket}/`)) there.push(uri);
    expect(there).toEqual([
      `s3://acme-invoices/a2i/${key('invoices', 'loop-a')}`,
      `s3://acme-invoices/a2i/${key('invoices', 'loop-b')}`,
      `s3://acme-invoices/a2i/${key('invoices', 'loop')}`,
      `s3://archive/images/${key('images', 'loop-c')}`,
    ]);
    await stage.objects.write(
      `s3://acme-invoices/a2i/${key('invoices', 'loop-b')}`,
      'changed here',
      'application/json',
    );
    const more = { ...files, [`outputs/acme-images/${key('images', 'loop-0')}`]: '{}' };
    const second = await importDump(stage, more, args);
    expect(second.stdout).toContain('Copied 1 past output of 2 flow definitions; 3 were here already.');
    expect(second.stdout).toContain(
      'loop-b/output.json is here with another content (12 bytes, 26 at AWS) and was left as it is.',
    );
    expect([second.code, second.stderr]).toEqual([
      2,
      'holdpoint: 1 failure; the same command tries again what failed.\n',
    ]);
    expect((await stage.objects.read(`s3://acme-invoices/a2i/${key('invoices', 'loop-b')}`)).toString()).toBe(
      'changed here',
    );
  });

  it('takes no object of the same length for the same', async () => {
    const output = 'a2i/invoices/2023/05/06/07/08/09/loop/output.json';
    const files = { ...sampleFiles, [`outputs/acme-invoices/${output}`]: '{"answer":1}' };
    await stage.objects.createBucket('acme-invoices');
    await stage.objects.write(`s3://acme-invoices/${output}`, '{"answer":2}', 'application/json');
    const { stdout, stderr, code } = await importDump(stage, files, ['--yes', '--outputs']);
    expect(stdout).toContain('Copied 0 past outputs of 2 flow definitions; 0 were here already.');
    expect(stdout).toContain(`${output} is here with another content and was left as it is.`);
    expect([code, stderr]).toEqual([2, 'holdpoint: 1 failure; the same command tries again what failed.\n']);
    expect(`${await stage.objects.read(`s3://acme-invoices/${output}`)}`).toBe('{"answer":2}');
  });

  const vendor = 'arn:aws:sagemaker:eu-central-1:999900001111:workteam/vendor-crowd/acme';
  const lists = { FlowDefinitionSummaries: [{ FlowDefinitionName: 'invoices' }, { FlowDefinitionName: 'images' }] };
  const withImages = (...more: object[]) => ({ FlowDefinitionSummaries: [...lists.FlowDefinitionSummaries, ...more] });
  /** What ordinary old accounts hold beside what works, with what is left out of it, one line each. */
  const remains: readonly (readonly [title: string, files: Files, mapping: object, rows: readonly string[]])[] = [
    [
      'a Failed flow whose page is gone',
      { 'old.json': flow('old', { FlowDefinitionStatus: 'Failed' }, uses('gone')) },
      {},
      ['flow-definition old: It is Failed at AWS.', 'human-task-ui gone: Only old uses it, which is left out.'],
    ],
    [
      'the same, with the page in the mapping',
      { 'old.json': flow('old', { FlowDefinitionStatus: 'Failed' }, uses('gone')) },
      { humanTaskUis: { gone: null } },
      ['human-task-ui gone: The mapping leaves it out.'],
    ],
    [
      'a flow whose vendor is not wanted, with a page and a bucket of its own',
      {
        'vendor.json': flow('vendor', { OutputConfig: { S3OutputPath: 's3://portal' } }, uses('label-page', vendor)),
        'label-page.json': ui('label-page', imagePage),
        'outputs/portal/vendor/x/output.json': '{}',
      },
      { workteams: { 'vendor-crowd/acme': null } },
      [
        'workteam vendor-crowd/acme: The mapping leaves it out.',
        'flow-definition vendor: The mapping leaves out the workteam vendor-crowd/acme, which it needs.',
        'human-task-ui label-page: Only vendor uses it, which is left out.',
      ],
    ],
    [
      'flows whose page is not wanted, and their team',
      Object.fromEntries(
        ['a', 'b', 'c', 'd'].map((name) => [`${name}.json`, flow(name, {}, uses('gone', vendor))] as const),
      ),
      { humanTaskUis: { gone: null } },
      [
        'flow-definition d: The mapping leaves out the human task UI gone, which it needs.',
        'workteam vendor-crowd/acme: Only a, b, c and 1 more use it, which are left out.',
      ],
    ],
    [
      'a page that is being deleted, without its text',
      {
        'uis.json': [
          ui('invoice-page', invoicePage),
          ui('image-page', imagePage),
          { ...ui('going', 'text'), HumanTaskUiStatus: 'Deleting' },
        ],
      },
      {},
      ['human-task-ui going: It is being deleted at AWS.'],
    ],
    [
      'flows that are listed only',
      {
        'flows.json': withImages(
          { FlowDefinitionName: 'unread' },
          { FlowDefinitionArn: arnAtAws('flow-definition/broken'), FlowDefinitionStatus: 'Failed' },
        ),
        'ui-list.json': { HumanTaskUiSummaries: [{ HumanTaskUiName: 'lost-page' }] },
      },
      { flowDefinitions: { unread: null }, humanTaskUis: { 'lost-page': null } },
      [
        'flow-definition unread: The mapping leaves it out.',
        'flow-definition broken: It is Failed at AWS.',
        'human-task-ui lost-page: The mapping leaves it out.',
      ],
    ],
  ];
  it.each(remains)('and ends with 0 beside %s', async (_title, more, mapping, rows) => {
    const files = { ...sampleFiles, ...more, 'mapping.json': mapping };
    const args = ['--yes', '--outputs', '--mapping', join(dump, 'mapping.json')];
    const { stdout, stderr, code } = await importDump(stage, files, args);
    for (const row of rows) {
      const [, kind = '', name = ''] = /^(\S+) (\S+):/.exec(row)!;
      expect(stdout).toMatch(step('left out', kind, name));
      expect(stdout).toContain(`  - ${row}`);
    }
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Created 8 of 8 resources.');
    expect(stdout).not.toContain('Could not be read');
    const mapped = await importDump(stage, files, ['--mapping', args[3]!, '--write-mapping', join(dump, 'new.json5')]);
    expect(mapped).toMatchObject({ code: 0, stderr: '' });
  });

  it('takes crowds for private workteams where the mapping says so', async () => {
    const publicArn = 'arn:aws:sagemaker:eu-central-1:394669845002:workteam/public-crowd/default';
    const vendorArn = 'arn:aws:sagemaker:eu-central-1:999900001111:workteam/vendor-crowd/acme-labels';
    const price = { PublicWorkforceTaskPrice: { AmountInUsd: { Dollars: 0, Cents: 3, TenthFractionsOfACent: 6 } } };
    const files = {
      ...sampleFiles,
      'invoices.json': flow('invoices', {}, { WorkteamArn: publicArn, ...price }),
      'images.json': flow('images', {}, { WorkteamArn: vendorArn }),
    };
    const plain = await importDump(stage, files, ['--dry-run']);
    expect(plain.stdout).toMatch(step('cannot move', 'workteam', 'public-crowd/default'));
    expect(plain.stdout).toContain(
      'workteam vendor-crowd/acme-labels: Vendors are reached through AWS only; name a private workteam',
    );
    expect(plain.stdout).toMatch(step('cannot move', 'flow-definition', 'images'));
    const mapping = { workteams: { 'public-crowd/default': 'reviewers', [vendorArn]: 'labels', moderators: null } };
    const mapped = await importDump(stage, { ...files, 'mapping.json': mapping }, [
      '--yes',
      '--mapping',
      join(dump, 'mapping.json'),
    ]);
    expect([mapped.code, mapped.stderr]).toEqual([0, '']);
    expect(mapped.stdout).toMatch(/^left out +workteam +moderators$/m);
    expect(mapped.stdout).toContain('The price is kept, but nobody is paid here: invoices.');
    const teamOf = async (FlowDefinitionName: string) =>
      (await stage.client.call('DescribeFlowDefinition', { FlowDefinitionName })).HumanLoopConfig?.WorkteamArn;
    expect(await teamOf('invoices')).toBe(arnHere('workteam/private-crowd/reviewers'));
    expect(await teamOf('images')).toBe(arnHere('workteam/private-crowd/labels'));
    const made = await stage.client.call('CreateWorker', { Email: 'ada@example.com', Workteams: ['labels'] });
    expect(made.Worker.Workteams).toEqual(['labels']);
  });

  it('makes the workforce where there is none, and says what to do about one that signs in elsewhere', async () => {
    const { client } = stage;
    await client.call('DeleteWorkteam', { WorkteamName: 'reviewers' });
    await client.call('DeleteWorkforce', { WorkforceName: 'default' });
    const endpoint = (path: string) => `https://id.example.com/${path}`;
    const oidc = {
      WorkforceName: 'acme',
      WorkforceArn: arnAtAws('workforce/acme'),
      OidcConfig: {
        ClientId: 'x',
        Issuer: endpoint(''),
        AuthorizationEndpoint: endpoint('a'),
        TokenEndpoint: endpoint('t'),
        UserInfoEndpoint: endpoint('u'),
        LogoutEndpoint: endpoint('l'),
        JwksUri: endpoint('j'),
      },
    };
    const refused = await importDump(stage, { ...sampleFiles, 'workforces.json': { Workforce: oidc } }, ['--yes']);
    expect(refused.code).toBe(2);
    expect(refused.stdout).toContain('workforce acme: AWS does not tell the client secret of its identity provider');
    expect(refused.stdout).toContain('(not tried): It needs the workforce acme.');
    const made = await importDump(stage, sampleFiles, ['--yes']);
    expect([made.code, made.stderr]).toEqual([0, '']);
    expect((await client.call('ListWorkforces', {})).Workforces).toMatchObject([
      { WorkforceName: 'acme', SourceIpConfig: { Cidrs: ['198.51.100.0/24'] } },
    ]);
  });
});

describe('a plan', patient, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());
  const planOf = (files: Files, ...args: string[]) =>
    importDump(stage, { ...sampleFiles, ...files }, ['--dry-run', ...args]);

  const told: readonly (readonly [title: string, files: Files, sentences: readonly (string | RegExp)[]])[] = [
    [
      'what is kept without effect',
      {},
      [
        'The KMS key is kept, and outputs are encrypted with it where objects are in S3: invoices.',
        'calls that come through this server: set --textract-endpoint or --rekognition-endpoint: invoices.',
        'Activation conditions are kept; what they say of a response, holdpoint flow evaluate tells: invoices.',
        'IP restrictions apply to the portal here too; behind a proxy the server has to be told with --trusted-proxy: acme.',
        'Tags of AWS itself cannot be set: invoices (aws:cloudformation:stack-name).',
        'ARNs change from account 111122223333, eu-central-1 to account 000000000000, us-east-1. A new data directory keeps the ARNs of AWS: start it with --account-id 111122223333 --region eu-central-1.',
        'Tags are not in the dump for images, image-page and moderators',
        '8 to create, 1 here already.',
      ],
    ],
    [
      'loops in flight',
      {
        'loops.json': {
          HumanLoopSummaries: [
            {
              HumanLoopName: 'a',
              HumanLoopStatus: 'InProgress',
              FlowDefinitionArn: arnAtAws('flow-definition/images'),
            },
            { HumanLoopName: 'b', HumanLoopStatus: 'Completed', FlowDefinitionArn: arnAtAws('flow-definition/images') },
          ],
        },
      },
      ['Human loops in flight stay at AWS and are answered there: images (1).'],
    ],
    [
      'people, with lines that invite them',
      {
        'users-invoices.json': {
          Users: [
            {
              Username: 'u1',
              Attributes: [
                { Name: 'email', Value: 'ada@example.com' },
                { Name: 'given_name', Value: 'Ada' },
                { Name: 'family_name', Value: "O'Neill" },
              ],
              Enabled: true,
            },
            { Username: 'u2', Attributes: [{ Name: 'email', Value: 'gone@example.com' }], Enabled: false },
          ],
        },
        'night.json': {
          GroupName: 'night-mods',
          Users: [
            { Username: 'bob@example.com' },
            { Username: 'u1', Attributes: [{ Name: 'email', Value: 'Ada@Example.com' }] },
          ],
        },
      },
      [
        /^ {2}holdpoint worker add --email [Aa]da@[Ee]xample\.com --name 'Ada O'\\''Neill' --workteam invoice-team --workteam moderators --data \S+$/m,
        /^ {2}holdpoint worker add --email bob@example\.com --workteam moderators --data /m,
      ],
    ],
    [
      'more than fifty tags',
      {
        'tags-flow-definition-images.json': {
          Tags: Array.from({ length: 52 }, (_, index) => ({ Key: `k${index}`, Value: 'v' })),
        },
      },
      ['A resource has at most 50 tags; the rest is left out: images (k50, k51).'],
    ],
    [
      'templates that name AWS',
      { 'image-page.liquid.html': template('https://pictures.s3.amazonaws.com/x.png') },
      [
        'The template names places at AWS (s3://… or amazonaws.com), which are not changed: image-page.',
        'image-page.liquid.html is not byte for byte the template of image-page that AWS has; it is taken as it is.',
      ],
    ],
    [
      'a sign-in that stays behind',
      {
        'workforces.json': {
          Workforces: [
            {
              WorkforceName: 'acme',
              WorkforceArn: arnAtAws('workforce/acme'),
              OidcConfig: { ClientId: 'x' },
              WorkforceVpcConfig: { VpcId: 'vpc-1', SecurityGroupIds: ['sg-1'], Subnets: ['subnet-1'] },
            },
          ],
        },
      },
      ['Sign-in through the identity provider is not taken over', 'VPC settings are not applied here'],
    ],
    [
      'workteam settings',
      {
        'workteams.json': {
          Workteams: [
            team('invoice-team', ['invoices'], {
              NotificationConfiguration: { NotificationTopicArn: 'arn:aws:sns:eu-central-1:111122223333:tasks' },
              WorkerAccessConfiguration: { S3Presign: { IamPolicyConstraints: { SourceIp: 'Enabled' } } },
            }),
            team('moderators', ['mods']),
          ],
        },
      },
      [
        'Nothing is sent to the SNS topic: invoice-team.',
        'The worker access configuration is kept, but not applied: invoice-team.',
      ],
    ],
    [
      'flows that are not Active',
      { 'images.json': flow('images', { FlowDefinitionStatus: 'Failed' }) },
      [step('left out', 'flow-definition', 'images'), 'It is Failed at AWS.'],
    ],
    [
      'templates that are too long',
      { 'image-page.liquid.html': 'x'.repeat(128_001) },
      [
        step('cannot move', 'human-task-ui', 'image-page'),
        'Its template has 128,001 characters; at most 128,000 are allowed.',
        step('cannot move', 'flow-definition', 'images'),
      ],
    ],
    [
      'values that are not allowed',
      { 'images.json': flow('images', {}, { TaskCount: 5 }) },
      ["flow-definition images: humanLoopConfig.taskCount '5' must have value less than or equal to 3."],
    ],
    [
      'buckets that cannot be here',
      { 'images.json': flow('images', { OutputConfig: { S3OutputPath: 's3://portal/x' } }) },
      [
        'Its S3OutputPath s3://portal/x cannot be used: The name \'portal\' is reserved: this server uses the path /portal itself. Name another place in the mapping: buckets["portal"].',
      ],
    ],
    [
      'names that collide',
      {
        'other.json': flow('images', {
          FlowDefinitionArn: 'arn:aws:sagemaker:eu-west-1:111122223333:flow-definition/images',
        }),
      },
      [
        step('cannot move', 'flow-definition', 'images'),
        'More than one would be called images here; give one of them another name in the mapping.',
      ],
    ],
    [
      'teams of the same name with other groups',
      {
        'workteams.json': {
          Workteams: [team('reviewers', ['secret']), team('invoice-team', ['invoices']), team('moderators', ['mods'])],
        },
      },
      [step('differs', 'workteam', 'reviewers'), 'workteam reviewers: Groups is "reviewers" here and "secret" at AWS'],
    ],
    [
      'files of the CLI in other forms',
      {
        'invoices.json': Buffer.from(`\ufeff${JSON.stringify(flow('invoices'))}`, 'utf16le'),
        'images.json': undefined,
        'uis.json': `${JSON.stringify(ui('invoice-page', invoicePage), null, 4)}\n${JSON.stringify(ui('image-page', imagePage))}\n`,
        'deep/er/anything.json': [flow('images')],
      },
      [
        step('create', 'flow-definition', 'invoices'),
        step('create', 'flow-definition', 'images'),
        step('create', 'human-task-ui', 'image-page'),
      ],
    ],
    [
      'files of something else',
      { 'package.json': { name: 'x' } },
      ['package.json holds something else and was left out.'],
    ],
    [
      'tags of nobody',
      { 'tags.json': { Tags: [] } },
      ['tags.json holds tags, but not whose: name it tags-flow-definition-NAME.json'],
    ],
  ];
  it.each(told)('tells %s', async (_title, files, sentences) => {
    const { stdout, stderr, code } = await planOf(files);
    expect([code, stderr]).toEqual([0, '']);
    for (const sentence of sentences) expect(stdout).toMatch(sentence);
  });

  const halves: readonly (readonly [title: string, files: Files, sentence: string])[] = [
    [
      'a description',
      { 'images.json': undefined },
      'The flow definition images is listed, but its description is missing: aws sagemaker describe-flow-definition --flow-definition-name images > ',
    ],
    [
      'a template',
      { 'image-page.liquid.html': undefined },
      'The template of the human task UI image-page is missing: save it as ',
    ],
    [
      'a human task UI',
      { 'uis.json': ui('invoice-page', invoicePage) },
      'The description of the human task UI image-page is missing: aws sagemaker describe-human-task-ui',
    ],
    [
      'the end of a file',
      { 'images.json': '{"FlowDefinitionName": "images",' },
      'images.json cannot be read: its JSON breaks off (is it complete?).',
    ],
    [
      'all of a file',
      { 'images.json': '' },
      'images.json cannot be read: it is empty (did the command that made it fail?).',
    ],
    [
      'JSON',
      { 'images.json': 'FLOWDEFINITION\timages' },
      'images.json cannot be read: it is not JSON (the aws CLI writes JSON with --output json).',
    ],
  ];
  it.each(halves)('goes on where %s is missing, and ends with 2', async (_title, files, sentence) => {
    const { stdout, stderr, code } = await planOf(files);
    expect(stdout).toContain(sentence);
    expect(stdout).toMatch(step('create', 'flow-definition', 'invoices'));
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^holdpoint: Not everything could be read: \d problems?, as told above\.\n$/),
    ]);
  });

  const wrong: readonly (readonly [args: string, files: Files, sentence: string | RegExp])[] = [
    ['--flows nope', {}, /^holdpoint: There is no description of a flow definition nope in /],
    ['--flows ,', {}, 'holdpoint: --flows names no flow definition; separate several by commas.\n'],
    ['--aws-region eu-central-1', {}, /it is one or the other/],
    ['--mapping DUMP/none.json', {}, /none\.json: there is no such file\./],
    [
      '--mapping DUMP/m.json',
      { 'm.json': '{' },
      /m\.json: it is neither JSON nor JSON5 \(invalid end of input at 1:2\)\./,
    ],
    ['--mapping DUMP/m.json', { 'm.json': '[]' }, /m\.json: an object is expected\./],
    [
      '--mapping DUMP/m.json',
      { 'm.json': { bucket: {} } },
      /there is no section "bucket"; the sections are roles, buckets, workteams, humanTaskUis, flowDefinitions\./,
    ],
    ['--mapping DUMP/m.json', { 'm.json': { buckets: { a: null } } }, /buckets\["a"\] has to be a text\./],
    ['--mapping DUMP/m.json', { 'm.json': { buckets: { a: 's3://portal/x' } } }, /The name 'portal' is reserved/],
    [
      '--mapping DUMP/m.json',
      { 'm.json': { workteams: { a: 'no blanks' } } },
      /workteams\["a"\] is "no blanks": that is not allowed here/,
    ],
    [
      '--mapping DUMP/m.json',
      { 'm.json': { roles: { a: 'role' } } },
      /roles\["a"\] is "role": that is not allowed here/,
    ],
  ];
  it.each(wrong)('is refused: %s %j', async (args, files, sentence) => {
    const { stdout, stderr, code } = await planOf(files, ...args.replace('DUMP', dump).split(' '));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(sentence);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  it('needs a dump', async () => {
    for (const [files, sentence] of [
      [{}, /There are no JSON files of the aws CLI in /],
      [{ 'x.json': { a: 1 } }, /No file in .* is an answer of "aws sagemaker" that is needed here/],
    ] as const) {
      const { stderr, code } = await importDump(stage, files, ['--dry-run']);
      expect([code, stderr]).toEqual([1, expect.stringMatching(sentence)]);
    }
    await rm(dump, { recursive: true });
    const written = { stderr: '' };
    const code = await run(['import-aws', '--data', stage.data, '--from-directory', dump], {
      input: Readable.from([]),
      output: { write: () => {} },
      errors: { write: (part) => (written.stderr += part) },
      environment: {},
    });
    expect([code, written.stderr]).toEqual([1, `holdpoint: There is no folder ${dump}.\n`]);
  });

  it('changes nothing without --yes where nobody can be asked', async () => {
    const { stdout, stderr, code } = await importDump(stage, sampleFiles, []);
    expect(stdout).toContain('8 to create');
    expect([code, stderr]).toEqual([1, expect.stringContaining('give --yes')]);
    expect((await stage.client.call('ListFlowDefinitions', {})).FlowDefinitionSummaries).toEqual([]);
  });

  it('counts what is listed and could not be described', async () => {
    const files = {
      'images.json': undefined,
      'ui-list.json': { HumanTaskUiSummaries: [{ HumanTaskUiArn: arnAtAws('human-task-ui/lost-page') }] },
    };
    const { stdout, code } = await planOf(files, '--json');
    const { plan } = JSON.parse(stdout);
    expect(code).toBe(2);
    expect(plan.problems).toHaveLength(2);
    expect(plan.steps).toContainEqual({
      kind: 'flow-definition',
      source: 'images',
      target: 'images',
      action: 'blocked',
      reason: 'Its description could not be read.',
    });
    expect(plan.steps).toContainEqual(
      expect.objectContaining({ kind: 'human-task-ui', source: 'lost-page', action: 'blocked' }),
    );
    const text = await planOf(files);
    expect(text.stdout).toContain('2 that cannot move.');
  });

  it('keeps what a name in the mapping asks for, also where only a flow that is left out uses it', async () => {
    const images = flow('images', { FlowDefinitionStatus: 'Failed' }, uses('image-page'));
    const files = { 'images.json': images, 'm.json': {} };
    const plain = await planOf(files, '--mapping', join(dump, 'm.json'));
    expect(plain.stdout).toMatch(step('left out', 'human-task-ui', 'image-page'));
    const named = { humanTaskUis: { 'image-page': 'image-page' }, workteams: { moderators: 'night' } };
    const kept = await planOf({ ...files, 'm.json': named }, '--mapping', join(dump, 'm.json'));
    expect(kept.stdout).toMatch(step('create', 'human-task-ui', 'image-page'));
    expect(kept.stdout).toMatch(/^create +workteam +moderators +as night$/m);
  });

  it('is JSON with --json, and nothing else is on standard output', async () => {
    const { stdout, code } = await planOf({}, '--json');
    const { plan } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(plan.steps).toContainEqual({
      kind: 'flow-definition',
      source: 'images',
      target: 'images',
      action: 'create',
    });
  });

  it('can be written down as a mapping, which changes nothing until it is edited', async () => {
    const file = join(dump, 'mapping.json5');
    const vendor = flow(
      'labels',
      {},
      { WorkteamArn: 'arn:aws:sagemaker:eu-central-1:999900001111:workteam/vendor-crowd/acme' },
    );
    const { code, stdout } = await planOf({ 'labels.json': vendor }, '--write-mapping', file);
    expect([code, stdout]).toEqual([0, `Wrote ${file}. Edit it, then run this again with --mapping ${file}.\n`]);
    const text = await readFile(file, 'utf8');
    expect(text).toContain('// "vendor-crowd/acme": "NAME",');
    expect(text).toContain('// "acme-invoices": "acme-invoices",');
    const again = await planOf({}, '--write-mapping', file);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('is there already; it is left as it is.') });
    const without = await planOf({});
    expect(await planOf({}, '--mapping', file)).toEqual(without);
    const edited = text.replace('// "vendor-crowd/acme": "NAME"', '"vendor-crowd/acme": null');
    const used = await planOf({ 'edited.json5': edited }, '--mapping', join(dump, 'edited.json5'));
    expect(used.stdout).toMatch(step('left out', 'workteam', 'vendor-crowd/acme'));
    const unused = await planOf(
      { 'labels.json': undefined, 'm.json': { buckets: { nothing: 'something' } } },
      '--mapping',
      join(dump, 'm.json'),
    );
    expect(unused.stdout).toContain('The mapping names what is not among what was read: buckets["nothing"].');
  });
});
