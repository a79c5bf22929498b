import { describe, expect, it } from 'vitest';
import { type ClientOptions, createA2IRuntimeClient, SdkError, ServiceError, WaiterError } from './index.ts';
import { flowDefinitionArn, testOptions } from './testing/options.ts';
import { json, type Scripted, scriptedTransport } from './testing/scripted-transport.ts';

const output = { humanLoopName: 'a', humanAnswers: [{ answerContent: { mood: 'größe 🙂' } }], inputContent: {} };

const described = (OutputS3Uri?: string, HumanLoopStatus = 'Completed') =>
  json({
    HumanLoopName: 'a',
    HumanLoopStatus,
    FlowDefinitionArn: flowDefinitionArn,
    CreationTime: 0,
    ...(OutputS3Uri !== undefined && { HumanLoopOutput: { OutputS3Uri } }),
  });

const xml = (status: number, code: string, message: string): Scripted => ({
  status,
  headers: { 'x-amz-request-id': 'r-1' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
});

function open(script: readonly Scripted[], options: ClientOptions = {}) {
  const waits: number[] = [];
  const transport = scriptedTransport(...script);
  const client = createA2IRuntimeClient(testOptions({ transport, ...options }, waits));
  return { client, transport, waits };
}

const holdpoint = 'http://127.0.0.1:7800';
const plain = 's3://bucket/out/a/output.json';

describe('waitForAnswer', () => {
  const aws = 'amazonaws.com';
  it.each<readonly [options: ClientOptions, uri: string, url: string]>([
    // Holdpoint: the listener that has the API has the buckets.
    [{ endpointUrl: holdpoint }, plain, `${holdpoint}/bucket/out/a/output.json`],
    [{ endpointUrl: `${holdpoint}/base/` }, plain, `${holdpoint}/base/bucket/out/a/output.json`],
    [{ endpointUrl: holdpoint }, 's3://my.bucket/a', `${holdpoint}/my.bucket/a`],
    [
      { endpointUrl: holdpoint },
      's3://bucket/a b/ü+é=?#.json',
      `${holdpoint}/bucket/a%20b/%C3%BC%2B%C3%A9%3D%3F%23.json`,
    ],
    // AWS: the bucket stands in the host, unless its certificate would not fit.
    [{}, plain, `https://bucket.s3.eu-central-1.${aws}/out/a/output.json`],
    [{ region: 'cn-north-1' }, plain, `https://bucket.s3.cn-north-1.${aws}.cn/out/a/output.json`],
    [{}, 's3://my.bucket/a', `https://s3.eu-central-1.${aws}/my.bucket/a`],
    [{}, 's3://bucket/a b/漢.json', `https://bucket.s3.eu-central-1.${aws}/a%20b/%E6%BC%A2.json`],
    [{}, `https://bucket.s3.eu-central-1.${aws}/out/a`, `https://bucket.s3.eu-central-1.${aws}/out/a`],
    // An endpoint of AWS has no buckets.
    [
      { endpointUrl: `https://vpce-1.a2i-runtime.sagemaker.eu-central-1.vpce.${aws}` },
      plain,
      `https://bucket.s3.eu-central-1.${aws}/out/a/output.json`,
    ],
    // What is configured for a service, and for objects.
    [{ ...environment({ AWS_ENDPOINT_URL: holdpoint }) }, plain, `${holdpoint}/bucket/out/a/output.json`],
    [
      { ...environment({ AWS_ENDPOINT_URL_SAGEMAKER_A2I_RUNTIME: holdpoint }) },
      plain,
      `${holdpoint}/bucket/out/a/output.json`,
    ],
    [
      { ...environment({ AWS_ENDPOINT_URL_SAGEMAKER_A2I_RUNTIME: holdpoint, AWS_ENDPOINT_URL_S3: 'http://s3.test' }) },
      plain,
      'http://s3.test/bucket/out/a/output.json',
    ],
    [
      { ...environment({ AWS_ENDPOINT_URL_S3: 'http://s3.test' }), endpointUrl: holdpoint },
      plain,
      `${holdpoint}/bucket/out/a/output.json`,
    ],
    [
      { ...environment({ AWS_ENDPOINT_URL_S3: `https://s3.dualstack.eu-central-1.${aws}` }) },
      plain,
      `https://s3.dualstack.eu-central-1.${aws}/bucket/out/a/output.json`,
    ],
  ])('with %j reads %s from %s', async (options, uri, url) => {
    const { client, transport } = open([described(uri), { body: JSON.stringify(output) }], options);
    expect(await client.waitForAnswer('a')).toEqual(output);
    const [, read] = transport.requests;
    expect(read).toMatchObject({ method: 'GET', url, body: '' });
    expect(read!.headers.authorization).toMatch(
      /\/s3\/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date,/,
    );
  });

  it('waits first', async () => {
    const script = [described(undefined, 'InProgress'), described(plain), { body: JSON.stringify(output) }];
    const { client, transport, waits } = open(script, { endpointUrl: holdpoint });
    expect(await client.waitForAnswer('a', { delay: 3 })).toEqual(output);
    expect(transport.requests.map(({ headers }) => headers.prefer)).toEqual(['wait=20', 'wait=20', undefined]);
    expect(waits).toEqual([3000]);
  });

  it.each(['Failed', 'Stopped', 'Stopping'])('fails when the loop is %s', async (status) => {
    const { client } = open([described(undefined, status)], { endpointUrl: holdpoint });
    await expect(client.waitForAnswer('a')).rejects.toBeInstanceOf(WaiterError);
  });

  it.each([
    [404, 'NoSuchKey', 'The specified key does not exist.'],
    [404, 'NoSuchBucket', 'The specified bucket does not exist'],
    [403, 'AccessDenied', 'Access Denied'],
    [301, 'PermanentRedirect', 'The bucket must be addressed elsewhere.'],
  ])('tells what the object store answered: %s %s', async (status, code, message) => {
    const { client, transport } = open([described(plain), xml(status, code, message)], { endpointUrl: holdpoint });
    const read = client.waitForAnswer('a');
    await expect(read).rejects.toBeInstanceOf(ServiceError);
    await expect(read).rejects.toMatchObject({
      name: code,
      code,
      message,
      statusCode: status,
      requestId: 'r-1',
      operationName: 'GetObject',
      retryable: false,
    });
    expect(transport.requests).toHaveLength(2);
  });

  it('tells of an answer without a body', async () => {
    const { client } = open([described(plain), { status: 403, body: '' }], { endpointUrl: holdpoint });
    await expect(client.waitForAnswer('a')).rejects.toMatchObject({ code: '403', message: 'UnknownError' });
  });

  it('tries again what is busy', async () => {
    const busy = xml(503, 'SlowDown', 'Please reduce your request rate.');
    const script = [described(plain), busy, busy, { body: JSON.stringify(output) }];
    const { client, waits } = open(script, { endpointUrl: holdpoint });
    expect(await client.waitForAnswer('a')).toEqual(output);
    expect(waits).toHaveLength(2);
  });

  it.each<readonly [uri: string | undefined, body: string]>([
    [plain, 'not JSON'],
    [plain, ''],
    ['https://example.com/output.json', ''],
    [undefined, ''],
  ])('says in a sentence that %s has no output: %j', async (uri, body) => {
    const { client } = open([described(uri), { body }], { endpointUrl: holdpoint });
    const read = client.waitForAnswer('a');
    await expect(read).rejects.toBeInstanceOf(SdkError);
    await expect(read).rejects.toThrow(`There is no output of a human loop at "${uri ?? ''}".`);
  });

  it('ends when it is aborted while it reads', async () => {
    const abort = new AbortController();
    const reading: Scripted = (_request, signal) => {
      abort.abort(new Error('stop'));
      return signal?.reason;
    };
    const { client } = open([described(plain), reading], { endpointUrl: holdpoint });
    await expect(client.waitForAnswer('a', { signal: abort.signal })).rejects.toThrow('stop');
  });
});

function environment(variables: Record<string, string>): ClientOptions {
  const files = { AWS_CONFIG_FILE: '/nonexistent', AWS_SHARED_CREDENTIALS_FILE: '/nonexistent' };
  return { ignoreConfiguration: false, environment: { ...files, ...variables } };
}
