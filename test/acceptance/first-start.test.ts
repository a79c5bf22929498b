// What a data directory is given at its first start, and what a start on it later keeps.
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../packages/server/src/config.ts';
import { startServer } from '../../packages/server/src/main.ts';
import { type Boto3, failureOf } from '../testing/boto3.ts';
import { useBoto3 } from '../testing/boto3-stage.ts';
import { createFlow, describeLoop, startLoop } from '../testing/human-loops.ts';
import { startTestServer, temporaryFolder } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

describe('a data directory', () => {
  let data: string;

  beforeEach(async () => {
    data = await temporaryFolder();
    return () => rm(data, { recursive: true });
  });

  test('gets credentials and configuration that only its owner can read', async () => {
    const server = await startTestServer({ data });
    const { credentialsFile, configFile } = server.files;
    expect([credentialsFile, configFile]).toEqual([join(data, 'aws/credentials'), join(data, 'aws/config')]);
    expect(await Promise.all([credentialsFile, configFile].map(modeOf))).toEqual(['600', '600']);
    expect(server.credentials.accessKeyId).toMatch(/^AKIA[A-Z0-9]{16}$/);
    const lines = (await readFile(configFile, 'utf8')).split('\n');
    // Settings of a service are indented: at the margin, the endpoint would be every service's.
    expect(lines.filter((line) => line.startsWith('endpoint_url'))).toEqual([]);
    const services = ['sagemaker', 'sagemaker_a2i_runtime', 's3', 'sts'];
    expect(lines).toEqual(
      expect.arrayContaining([
        '[default]',
        'region = us-east-1',
        'services = holdpoint',
        '[services holdpoint]',
        ...services.map((name) => `${name} =`),
      ]),
    );
    expect(lines.filter((line) => line === `  endpoint_url = ${server.endpointUrl}`)).toHaveLength(services.length);
    expect(JSON.parse(await readFile(join(data, 'server.json'), 'utf8'))).toMatchObject({
      url: server.endpointUrl,
      pid: process.pid,
    });
    await server.close();
    await expect(stat(join(data, 'server.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('serves one server at a time', async () => {
    const server = await startTestServer({ data });
    await expect(startServer(readConfig({ data, port: 0 }, {}))).rejects.toThrow(
      /^Another Holdpoint server is using the data directory .* Stop it, or choose another with --data\.$/,
    );
    // The one that serves was not disturbed.
    expect((await server.client.call('ListWorkteams', {})).Workteams).toHaveLength(1);
    await server.close();
  });

  test('keeps everything, keys included, and fixes account and region', async () => {
    const settings = { accountId: '123456789012', region: 'eu-central-1' };
    const first = await startTestServer({ data, config: settings });
    const flow = await createFlow(first, 'kept');
    expect(flow.arn).toBe('arn:aws:sagemaker:eu-central-1:123456789012:flow-definition/kept');
    await startLoop(first, flow, 'kept');
    await first.close();

    const second = await startTestServer({ data });
    expect(second.credentials).toEqual(first.credentials);
    expect([second.region, second.accountId]).toEqual(['eu-central-1', '123456789012']);
    expect(await describeLoop(second, 'kept')).toMatchObject({
      HumanLoopStatus: 'InProgress',
      FlowDefinitionArn: flow.arn,
    });
    await second.close();

    const start = (config: object) => startServer(readConfig({ data, port: 0, ...config }, {}));
    await expect(start({ region: 'us-east-1' })).rejects.toThrow(
      /^--region us-east-1 differs from eu-central-1, which was fixed at the first start/,
    );
    await expect(start({ accountId: '000000000000' })).rejects.toThrow(
      /^--account-id 000000000000 differs from 123456789012/,
    );
  });
});

describeWith('Python with boto3')('a program that brings its own session', () => {
  const stage = useBoto3();
  const listLoops = (boto3: Boto3) => {
    const FlowDefinitionArn = 'arn:aws:sagemaker:us-east-1:000000000000:flow-definition/none';
    return boto3.call('sagemaker-a2i-runtime', 'list_human_loops', { FlowDefinitionArn });
  };

  test('the two files suffice for all four services', async () => {
    const { boto3 } = stage;
    expect(await boto3.call('sts', 'get_caller_identity')).toMatchObject({
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:root',
    });
    expect(await boto3.call('s3', 'list_buckets')).toMatchObject({ Buckets: [{ Name: 'holdpoint' }] });
    expect(await boto3.call('sagemaker', 'list_workforces')).toMatchObject({
      Workforces: [{ WorkforceName: 'default' }],
    });
    expect(await boto3.call('sagemaker', 'list_workteams')).toMatchObject({
      Workteams: [{ WorkteamName: 'reviewers' }],
    });
    expect(await failureOf(listLoops(boto3))).toMatchObject({ code: 'ResourceNotFoundException' });
  });

  test('a key pair that the program has already is taken over and can be revoked', async () => {
    const { client } = stage.server;
    const pair = { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', SecretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
    const boto3 = stage.boto3.under({
      AWS_ACCESS_KEY_ID: pair.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: pair.SecretAccessKey,
    });
    expect(await failureOf(listLoops(boto3))).toMatchObject({ code: 'UnrecognizedClientException', status: 403 });
    await client.call('ImportAccessKey', { ...pair, Description: 'the program’s own' });
    expect(await failureOf(listLoops(boto3))).toMatchObject({ code: 'ResourceNotFoundException' });
    expect(await boto3.call('s3', 'list_buckets')).toMatchObject({ Buckets: [{ Name: 'holdpoint' }] });
    expect(await boto3.call('sts', 'get_caller_identity')).toMatchObject({
      Arn: `arn:aws:iam::000000000000:user/${pair.AccessKeyId}`,
    });
    await client.call('RevokeAccessKey', { AccessKeyId: pair.AccessKeyId });
    expect(await failureOf(listLoops(boto3))).toMatchObject({ code: 'UnrecognizedClientException' });
  });

  test('a new key pair works too', async () => {
    const created = await stage.server.client.call('CreateAccessKey', { Description: 'new' });
    const boto3 = stage.boto3.under({
      AWS_ACCESS_KEY_ID: created.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: created.SecretAccessKey,
    });
    expect(await failureOf(listLoops(boto3))).toMatchObject({ code: 'ResourceNotFoundException' });
  });

  test.each([
    { what: 'a wrong secret', secret: 'wrong', code: 'InvalidSignatureException' },
    { what: 'temporary credentials', id: 'ASIAIOSFODNN7EXAMPLE', token: 'token', code: 'UnrecognizedClientException' },
    { what: 'a session token beside a key of ours', token: 'token', code: 'UnrecognizedClientException' },
  ])('$what: refused with 403', async ({ id, secret, token, code }) => {
    const { accessKeyId, secretAccessKey } = stage.server.credentials;
    const boto3 = stage.boto3.under({
      AWS_ACCESS_KEY_ID: id ?? accessKeyId,
      AWS_SECRET_ACCESS_KEY: secret ?? secretAccessKey,
      ...(token && { AWS_SESSION_TOKEN: token }),
    });
    expect(await failureOf(listLoops(boto3))).toMatchObject({ code, status: 403 });
  });

  test('another region is refused with a sentence that names the setting; objects do not mind', async () => {
    const boto3 = stage.boto3.under({ AWS_DEFAULT_REGION: 'eu-west-3' });
    const { message } = await failureOf(boto3.call('sagemaker', 'list_workteams'));
    for (const part of ['eu-west-3', 'us-east-1', '--region']) expect(message).toContain(part);
    expect(await boto3.call('s3', 'list_buckets')).toMatchObject({ Buckets: [{ Name: 'holdpoint' }] });
    expect(await boto3.call('sts', 'get_caller_identity')).toMatchObject({ Account: '000000000000' });
  });

  test.each([
    { service: 'dynamodb', method: 'list_tables', variable: 'AWS_ENDPOINT_URL_DYNAMODB' },
    { service: 'ssm', method: 'describe_parameters', variable: 'AWS_ENDPOINT_URL_SSM' },
    { service: 'iam', method: 'list_users', variable: 'AWS_ENDPOINT_URL_IAM' },
  ] as const)(
    '$service, sent here by a bare endpoint, is told how to go elsewhere',
    async ({ service, method, variable }) => {
      const boto3 = stage.boto3.under({ AWS_ENDPOINT_URL: stage.server.endpointUrl });
      expect(await failureOf(boto3.call(service, method))).toMatchObject({
        code: 'UnknownOperationException',
        message: expect.stringMatching(new RegExp(`'${service}'.*${variable}`)),
      });
    },
  );
});
