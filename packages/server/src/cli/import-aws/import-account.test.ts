// A second server, in another account and region, is the AWS of these tests.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type Client, createClient } from '@holdpoint/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { createLog } from '../../log.ts';
import { type Server, startServer } from '../../main.ts';
import { rootCredentials } from '../connect.ts';
import { openObjects } from '../objects.ts';
import { run } from '../program.ts';
import { awsError, type Fault, openFaultyProxy } from './testing/faulty-proxy.ts';
import { accountId, arnAtAws, imagePage, invoicePage, region } from './testing/sample-dump.ts';

const guide = fileURLToPath(new URL('../../../../../docs/migrate-from-a2i.md', import.meta.url));
/** Each test starts a server, on a machine that may have other things to do. */
const patient = { timeout: 60_000 };
let folder: string;
let aws: Server;
let proxy: Awaited<ReturnType<typeof openFaultyProxy>>;
let environment: NodeJS.ProcessEnv;

const serve = (data: string, settings: Record<string, unknown> = {}): Promise<Server> =>
  startServer(readConfig({ data, port: 0, ...settings }, {}), { log: createLog('silent') });

function clientOf({ endpointUrl, region, files }: Server): Client {
  const credentials = rootCredentials(files.credentialsFile);
  return createClient({ endpointUrl, region, credentials, ignoreConfiguration: true });
}

const objectsOf = (client: Client) =>
  openObjects({
    endpointUrl: client.meta.endpointUrl,
    region: client.meta.regionName,
    credentials: client.credentials,
  });

const outputKey = (index: number): string => `a2i/invoices/2023/05/06/07/08/0${index}/past-${index}/output.json`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-account-'));
  aws = await serve(join(folder, 'aws'), { region, accountId });
  proxy = await openFaultyProxy(aws.port);
  environment = {
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_MAX_ATTEMPTS: '2',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const { accessKeyId, secretAccessKey } = rootCredentials(aws.files.credentialsFile);
  const services = ['sagemaker', 'sagemaker_a2i_runtime', 's3'].map(
    (name) => `${name} =\n  endpoint_url = ${proxy.url}`,
  );
  await writeFile(
    environment.AWS_CONFIG_FILE!,
    `[profile production]\nregion = ${region}\nservices = aws\n[services aws]\n${services.join('\n')}\n[profile placeless]\n`,
  );
  const keys = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  await writeFile(environment.AWS_SHARED_CREDENTIALS_FILE!, `[production]\n${keys}[placeless]\n${keys}[empty]\n`);
  const client = clientOf(aws);
  await furnish(client);
  client.close();
});
afterAll(async () => {
  await proxy?.close();
  await aws?.close();
  await rm(folder, { recursive: true });
});

async function furnish(client: Client): Promise<void> {
  await client.call('CreateWorkteam', {
    WorkteamName: 'invoice-team',
    Description: 'Invoices',
    MemberDefinitions: [
      { CognitoMemberDefinition: { UserPool: 'eu-central-1_a', UserGroup: 'invoices', ClientId: 'c' } },
    ],
  });
  for (const [name, Content] of [
    ['invoice-page', invoicePage],
    ['image-page', imagePage],
    ['unused', invoicePage],
  ] as const)
    await client.call('CreateHumanTaskUi', {
      HumanTaskUiName: name,
      UiTemplate: { Content },
      Tags: [{ Key: 'page', Value: name }],
    });
  for (const [name, page] of [
    ['invoices', 'invoice-page'],
    ['images', 'image-page'],
  ] as const)
    await client.call('CreateFlowDefinition', {
      FlowDefinitionName: name,
      HumanLoopConfig: {
        WorkteamArn: arnAtAws('workteam/private-crowd/invoice-team'),
        HumanTaskUiArn: arnAtAws(`human-task-ui/${page}`),
        TaskTitle: name,
        TaskDescription: 'Look',
        TaskCount: 1,
      },
      OutputConfig: { S3OutputPath: 's3://acme-invoices/a2i' },
      RoleArn: `arn:aws:iam::${accountId}:role/ReviewRole`,
      Tags: [{ Key: 'stage', Value: 'prod' }],
    });
  for (const name of ['one', 'two'])
    await client.call('StartHumanLoop', {
      HumanLoopName: name,
      FlowDefinitionArn: arnAtAws('flow-definition/invoices'),
      HumanLoopInput: { InputContent: '{"text":"x"}' },
    });
  const objects = objectsOf(client);
  await objects.createBucket('acme-invoices');
  for (const index of [1, 2, 3])
    await objects.write(
      `s3://acme-invoices/${outputKey(index)}`,
      `{"humanLoopName":"past-${index}"}`,
      'application/json',
    );
}

let here: Server;
beforeEach(async () => {
  here = await serve(join(folder, 'here'));
  proxy.play();
});
afterEach(async () => {
  await here.close();
  await rm(join(folder, 'here'), { recursive: true });
});

async function importAws(args: string, more: NodeJS.ProcessEnv = {}) {
  const written = { stdout: '', stderr: '' };
  const code = await run(['import-aws', '--data', join(folder, 'here'), ...args.split(' ')], {
    input: Readable.from([]),
    output: { write: (part) => (written.stdout += part) },
    errors: { write: (part) => (written.stderr += part) },
    environment: { ...environment, ...more },
  });
  return { ...written, code };
}

describe('an account', patient, () => {
  it('is taken over with its outputs, and is only read', async () => {
    const { stdout, stderr, code } = await importAws('--aws-profile production --outputs --yes', {
      AWS_ENDPOINT_URL: here.endpointUrl,
      AWS_ENDPOINT_URL_SAGEMAKER: here.endpointUrl,
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('From  profile production, eu-central-1');
    expect(stdout).toContain('Human loops in flight stay at AWS and are answered there: invoices (2).');
    expect(stdout).toContain('Copied 3 past outputs of 2 flow definitions; 0 were here already.');
    const client = clientOf(here);
    const { FlowDefinitionSummaries } = await client.call('ListFlowDefinitions', {});
    expect(FlowDefinitionSummaries.map(({ FlowDefinitionName }) => FlowDefinitionName).sort()).toEqual([
      'images',
      'invoices',
    ]);
    const { HumanTaskUiSummaries } = await client.call('ListHumanTaskUis', {});
    expect(HumanTaskUiSummaries).toHaveLength(3);
    const { Tags } = await client.call('ListTags', {
      ResourceArn: 'arn:aws:sagemaker:us-east-1:000000000000:human-task-ui/unused',
    });
    expect(Tags).toEqual([{ Key: 'page', Value: 'unused' }]);
    expect((await objectsOf(client).read(`s3://acme-invoices/${outputKey(2)}`)).toString()).toBe(
      '{"humanLoopName":"past-2"}',
    );
    client.close();

    const policy = /^```json\n(\{[\s\S]*?"sagemaker:[\s\S]*?)^```$/m.exec(await readFile(guide, 'utf8'))![1]!;
    const allowed = JSON.parse(policy).Statement.flatMap(({ Action }: { Action: string[] }) =>
      Action.map((action) => action.split(':')[1]),
    );
    const called = [
      ...new Set(
        proxy.passed.map(
          ({ name }) =>
            ({ 'GET /human-loops': 'ListHumanLoops', 'GET /acme-invoices/': 'ListBucket' })[name] ??
            name.replace(/^GET \/acme-invoices\/a2i\/.*/, 'GetObject'),
        ),
      ),
    ];
    expect(called.sort(), 'what the guide lets a policy allow').toEqual(allowed.sort());

    const again = await importAws('--aws-profile production --yes --outputs');
    expect(again.stdout).toContain('Copied 0 past outputs of 2 flow definitions; 3 were here already.');
    expect(again.code).toBe(0);
  });

  it('is taken over in part with --flows', async () => {
    const { stdout, code } = await importAws(
      '--aws-region eu-central-1 --aws-profile production --flows images --yes --json',
    );
    expect(code).toBe(0);
    const { result } = JSON.parse(stdout);
    expect(result.steps.map(({ kind, source }: { kind: string; source: string }) => `${kind} ${source}`)).toEqual([
      'bucket acme-invoices',
      'workteam invoice-team',
      'human-task-ui image-page',
      'flow-definition images',
    ]);
    expect(result.steps[3]).toMatchObject({
      status: 'created',
      arn: 'arn:aws:sagemaker:us-east-1:000000000000:flow-definition/images',
    });
    const missing = await importAws('--aws-profile production --flows images,nope');
    expect(missing).toMatchObject({
      code: 1,
      stderr: 'holdpoint: There is no flow definition nope at AWS (profile production, eu-central-1).\n',
    });
  });

  it('whose template is not what AWS tells is taken over with a word on it', async () => {
    const client = clientOf(aws);
    const described = await client.call('DescribeHumanTaskUi', { HumanTaskUiName: 'unused' });
    client.close();
    const other = {
      ...described,
      CreationTime: 1,
      UiTemplate: { ...described.UiTemplate, ContentSha256: 'f'.repeat(64) },
    };
    proxy.play(({ name, body }) =>
      name === 'DescribeHumanTaskUi' && body.includes('unused')
        ? { status: 200, body: JSON.stringify(other) }
        : undefined,
    );
    const { stdout, code } = await importAws('--aws-profile production --dry-run');
    expect([code, stdout]).toEqual([0, expect.stringContaining('behind the link of unused has another checksum')]);
  });

  it('whose outputs have ETags that are no checksums is compared by content', async () => {
    expect((await importAws('--aws-profile production --yes --outputs')).code).toBe(0);
    const client = clientOf(here);
    await objectsOf(client).write(
      `s3://acme-invoices/${outputKey(2)}`,
      '{"humanLoopName":"past-X"}',
      'application/json',
    );
    client.close();
    const contents = [1, 2, 3].map(
      (index) =>
        `<Contents><Key>${outputKey(index)}</Key><Size>26</Size><ETag>&quot;${`${index}`.repeat(32)}${index === 1 ? '' : '-1'}&quot;</ETag></Contents>`,
    );
    proxy.play(({ name }) =>
      name === 'GET /acme-invoices/'
        ? { status: 200, body: `<ListBucketResult>${contents.join('')}</ListBucketResult>` }
        : undefined,
    );
    const { stdout, code } = await importAws('--aws-profile production --yes --outputs --flows invoices');
    expect(stdout).toContain('Copied 0 past outputs of 1 flow definition; 2 were here already.');
    expect(stdout).toContain(`s3://acme-invoices/${outputKey(2)} is here with another content and was left`);
    expect(code).toBe(2);
  });

  it('that throttles is asked again', async () => {
    const throttled = new Set<string>();
    proxy.play(({ name, body }) => {
      if (throttled.has(name + body) || name !== 'DescribeFlowDefinition') return undefined;
      throttled.add(name + body);
      return awsError('ThrottlingException', 'Rate exceeded');
    });
    const { stdout, code } = await importAws('--aws-profile production --dry-run');
    expect([code, throttled.size]).toEqual([0, 2]);
    expect(stdout).toContain('7 to create');
  });
});

const denied =
  (name: string, inBody = ''): Fault =>
  (request) =>
    request.name === name && request.body.includes(inBody)
      ? awsError('AccessDeniedException', `User: me is not authorized to perform: sagemaker:${name}`)
      : undefined;

describe('what goes wrong at AWS', patient, () => {
  it('costs nothing where it is about what is left out', async () => {
    const gone = denied('DescribeHumanTaskUi', 'image-page');
    const failed: Fault = ({ name, body }) =>
      name === 'DescribeFlowDefinition' && body.includes('images')
        ? {
            status: 200,
            body: JSON.stringify({
              FlowDefinitionArn: arnAtAws('flow-definition/images'),
              FlowDefinitionName: 'images',
              FlowDefinitionStatus: 'Failed',
              CreationTime: 1,
              HumanLoopConfig: {
                WorkteamArn: arnAtAws('workteam/private-crowd/invoice-team'),
                HumanTaskUiArn: arnAtAws('human-task-ui/image-page'),
                TaskTitle: 'images',
                TaskDescription: 'Look',
                TaskCount: 1,
              },
              OutputConfig: { S3OutputPath: 's3://acme-invoices/a2i' },
              RoleArn: `arn:aws:iam::${accountId}:role/ReviewRole`,
            }),
          }
        : undefined;
    const unlisted: Fault = ({ name, body }) =>
      name === 'ListTags' && body.includes('flow-definition/images')
        ? awsError('AccessDeniedException', 'No.')
        : undefined;
    proxy.play((request) => gone(request) ?? failed(request) ?? unlisted(request));
    const { stdout, stderr, code } = await importAws('--aws-profile production --yes');
    expect(stdout).toMatch(/^left out +human-task-ui +image-page$/m);
    expect([code, stderr]).toEqual([0, '']);
  });

  const parts: readonly (readonly [title: string, fault: Fault, told: string, plan: RegExp])[] = [
    [
      'tags that may not be read',
      denied('ListTags'),
      'The tags of arn:aws:sagemaker:eu-central-1:111122223333:flow-definition/invoices could not be read: User: me is not authorized to perform: sagemaker:ListTags.',
      /^7 to create/m,
    ],
    [
      'a human task UI that may not be read',
      denied('DescribeHumanTaskUi', 'image-page'),
      'The human task UI image-page could not be read: User: me',
      /^cannot move +flow-definition +images$/m,
    ],
    [
      'a flow definition that may not be read',
      denied('DescribeFlowDefinition', 'images'),
      'The flow definition images could not be read: User: me',
      /^cannot move +flow-definition +images$/m,
    ],
    [
      'workteams that may not be read',
      denied('ListWorkteams'),
      'The list of workteams could not be read: User: me',
      /^cannot move +workteam +invoice-team$/m,
    ],
    [
      'loops that may not be counted',
      ({ name }) =>
        name === 'GET /human-loops'
          ? { status: 403, body: '{"__type":"AccessDeniedException","message":"not you"}' }
          : undefined,
      'The human loops of invoices could not be read: not you.',
      /^7 to create/m,
    ],
    [
      'a link to a template that has ended',
      ({ name, body }) =>
        name === 'DescribeHumanTaskUi' && body.includes('image-page')
          ? {
              status: 200,
              body: JSON.stringify({
                HumanTaskUiArn: arnAtAws('human-task-ui/image-page'),
                HumanTaskUiName: 'image-page',
                CreationTime: 1,
                UiTemplate: { Url: `${proxy.url}/nothing` },
              }),
            }
          : undefined,
      'The template of image-page could not be read: The link to its text answered 40',
      /^cannot move +human-task-ui +image-page$/m,
    ],
  ];
  it.each(parts)('%s: the rest goes on', async (_title, fault, told, plan) => {
    proxy.play(fault);
    const { stdout, stderr, code } = await importAws('--aws-profile production --dry-run');
    expect(stdout).toContain(told);
    expect(stdout).toMatch(plan);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^holdpoint: Not everything could be read: \d problems?, as told above\.\n$/),
    ]);
  });

  const all =
    (name: string): Fault =>
    () =>
      awsError(name, 'No.');
  const ends: readonly (readonly [title: string, args: string, fault: Fault, code: number, sentence: RegExp])[] = [
    [
      'expired credentials',
      '--aws-profile production',
      all('ExpiredTokenException'),
      2,
      /The AWS credentials have expired; get new ones/,
    ],
    [
      'an unknown key',
      '--aws-profile production',
      all('UnrecognizedClientException'),
      2,
      /AWS does not know the access key or its session token/,
    ],
    [
      'no rights at all',
      '--aws-profile production',
      all('AccessDeniedException'),
      2,
      /The list of flow definitions could not be read: No\. The list of human task UIs/,
    ],
    [
      'no credentials',
      '--aws-profile empty --aws-region eu-central-1',
      all('x'),
      1,
      /There are no usable AWS credentials .*--aws-profile/,
    ],
    ['no region', '--aws-profile placeless', all('x'), 1, /No region of AWS is named: give --aws-region\./],
    [
      'a region that is none',
      '--aws-profile placeless --aws-region eu.central',
      all('x'),
      1,
      /Give a region such as eu-central-1/,
    ],
    [
      'no such profile',
      '--aws-profile nope',
      all('x'),
      1,
      /The config profile \(nope\) could not be found in .*config;/,
    ],
    ['nothing named', '--dry-run', all('x'), 1, /Name what to read/],
  ];
  it.each(ends)('%s: one sentence, and nothing is changed', async (_title, args, fault, code, sentence) => {
    proxy.play(fault);
    const result = await importAws(`${args} --yes`);
    expect(result).toEqual({ code, stdout: '', stderr: expect.stringMatching(sentence) });
    expect(result.stderr).toMatch(/^holdpoint: .*\n$/);
  });

  it('an address where nobody answers', async () => {
    const gone = await openFaultyProxy(1);
    await gone.close();
    const config = join(folder, 'gone');
    await writeFile(config, `[profile production]\nregion = ${region}\nendpoint_url = ${gone.url}\n`);
    const { code, stderr } = await importAws('--aws-profile production', {
      AWS_CONFIG_FILE: config,
      AWS_MAX_ATTEMPTS: '1',
    });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(
        /^holdpoint: AWS cannot be reached at http:\/\/127\.0\.0\.1:\d+: .*ECONNREFUSED.*--from-directory\.\n$/,
      ),
    ]);
  });
});

describe('the server itself', patient, () => {
  it('is never read as AWS, by its own files or through another address', async () => {
    const own = { AWS_CONFIG_FILE: here.files.configFile, AWS_SHARED_CREDENTIALS_FILE: here.files.credentialsFile };
    const sentence =
      /^holdpoint: The AWS settings lead to http:.*, the server that is written to; name a profile of AWS with --aws-profile/;
    expect(await importAws('--aws-region us-east-1 --yes', own)).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(sentence),
    });
    const detour = await openFaultyProxy(here.port);
    try {
      const config = join(folder, 'detour');
      await writeFile(config, `[default]\nregion = us-east-1\nendpoint_url = ${detour.url}\n`);
      expect(await importAws('--aws-region us-east-1 --yes', { ...own, AWS_CONFIG_FILE: config })).toEqual({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(sentence),
      });
    } finally {
      await detour.close();
    }
  });
});
