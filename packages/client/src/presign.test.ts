import { describe, expect, it } from 'vitest';
import {
  type ClientOptions,
  createA2IRuntimeClient,
  createSageMakerClient,
  ParamValidationError,
  type PresignedUrlOptions,
} from './index.ts';
import { flowDefinitionArn, testOptions } from './testing/options.ts';
import { scriptedTransport } from './testing/scripted-transport.ts';

const options = (more: ClientOptions = {}) =>
  testOptions({
    endpointUrl: 'https://a2i.test:8443',
    now: () => Date.UTC(2020, 1, 24, 12),
    transport: scriptedTransport(new Error('a URL needs no request')),
    ...more,
  });

const params = { HumanLoopName: 'loop-1' };

async function queryOf(method: string, presigned: PresignedUrlOptions, more: ClientOptions = {}) {
  const url = new URL(await createA2IRuntimeClient(options(more)).generatePresignedUrl(method, presigned));
  return { url, query: Object.fromEntries(url.searchParams) };
}

describe('generatePresignedUrl', () => {
  it('signs for an hour unless it is told otherwise', async () => {
    const { url, query } = await queryOf('describe_human_loop', { params });
    expect(`${url.origin}${url.pathname}`).toBe('https://a2i.test:8443/human-loops/loop-1');
    expect(query).toEqual({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIAHPTEST/20200224/eu-central-1/sagemaker/aws4_request',
      'X-Amz-Date': '20200224T120000Z',
      'X-Amz-Expires': '3600',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each([1, 60, 604_800])('takes %s seconds', async (expiresIn) => {
    const { query } = await queryOf('describeHumanLoop', { params, expiresIn });
    expect(query['X-Amz-Expires']).toBe(String(expiresIn));
  });

  it.each([0, -1, 1.5, 604_801, Number.NaN, Number.POSITIVE_INFINITY, '60', null])(
    'refuses %s seconds',
    async (given) => {
      const signed = queryOf('describeHumanLoop', { params, expiresIn: given as number });
      await expect(signed).rejects.toBeInstanceOf(ParamValidationError);
      await expect(signed).rejects.toThrow(
        `Invalid value for parameter expiresIn, value: ${given}, valid values: 1 to 604800`,
      );
    },
  );

  it('signs for another method', async () => {
    const [get, head] = await Promise.all(
      [undefined, 'HEAD'].map((httpMethod) => queryOf('describeHumanLoop', { params, httpMethod })),
    );
    expect(head!.query['X-Amz-Signature']).not.toBe(get!.query['X-Amz-Signature']);
    expect({ ...head!.query, 'X-Amz-Signature': '' }).toEqual({ ...get!.query, 'X-Amz-Signature': '' });
  });

  it('has the token of temporary credentials', async () => {
    const credentials = { accessKeyId: 'AKIAHPTEST', secretAccessKey: 'x', sessionToken: 'tok/+=' };
    const { query } = await queryOf('describeHumanLoop', { params }, { credentials });
    expect(query['X-Amz-Security-Token']).toBe('tok/+=');
  });

  it('moves a body into the query, as boto3 does', async () => {
    const { query } = await queryOf('startHumanLoop', {
      params: { ...params, FlowDefinitionArn: flowDefinitionArn, HumanLoopInput: { InputContent: '{}' } },
    });
    expect(query).toMatchObject({
      ...params,
      FlowDefinitionArn: flowDefinitionArn,
      HumanLoopInput: "{'InputContent': '{}'}",
      'X-Amz-SignedHeaders': 'content-type;host',
    });
  });

  it('signs the target of the control plane', async () => {
    const url = await createSageMakerClient(options()).generatePresignedUrl('list_workteams', {
      params: { MaxResults: 3 },
    });
    const query = Object.fromEntries(new URL(url).searchParams);
    expect(query).toMatchObject({ MaxResults: '3', 'X-Amz-SignedHeaders': 'content-type;host;x-amz-target' });
  });

  it.each<readonly [method: string, given: PresignedUrlOptions, message: string]>([
    ['nope', {}, 'Client does not have method: nope'],
    ['DescribeHumanLoop', { params }, 'Client does not have method: DescribeHumanLoop'],
    ['describeHumanLoop', {}, 'Missing required parameter in input: "HumanLoopName"'],
    ['describeHumanLoop', { params: null }, 'Invalid type for parameter input, value: null, type: null'],
    ['describeHumanLoop', { params: { ...params, More: 1 } }, 'Unknown parameter in input: "More"'],
  ])('refuses %s with %j', async (method, given, message) => {
    await expect(queryOf(method, given)).rejects.toThrow(message);
  });

  it('needs credentials', async () => {
    const signed = queryOf('describeHumanLoop', { params }, { credentials: undefined });
    await expect(signed).rejects.toMatchObject({
      name: 'NoCredentialsError',
      message: 'Unable to locate credentials',
    });
  });
});
