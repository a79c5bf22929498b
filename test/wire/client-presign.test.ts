// Our presigned URLs are boto3's, character for character.
import { createA2IRuntimeClient, type HttpRequest } from '@holdpoint/client';
import { describe, expect, it } from 'vitest';
import { fullCalls, newerCalls, oddTexts } from '../testing/client-calls.ts';
import { describeWith } from '../testing/tools.ts';
import {
  type Call,
  type ClientChoices,
  keyPair,
  moment,
  ourFailure,
  pythonName,
  theirFailure,
  useTwoClients,
} from '../testing/two-clients.ts';

const described = describeWith('Python with boto3');
const FlowDefinitionArn = 'arn:aws:sagemaker:us-east-1:123456789012:flow-definition/fd-1';
const describeLoop: Call = { operation: 'DescribeHumanLoop', input: { HumanLoopName: 'loop-1' } };
const stopLoop: Call = { operation: 'StopHumanLoop', input: { HumanLoopName: 'loop-1' } };
const deleteLoop: Call = { operation: 'DeleteHumanLoop', input: { HumanLoopName: 'loop-1' } };
const listUis: Call = { operation: 'ListHumanTaskUis', input: { MaxResults: 5, SortOrder: 'Ascending' } };
const tags = (...Tags: unknown[]): Call => ({ operation: 'AddTags', input: { ResourceArn: 'arn', Tags } });
const list = (more: object): Call => ({ operation: 'ListHumanLoops', input: { FlowDefinitionArn, ...more } });

interface Options {
  readonly expiresIn?: number;
  readonly httpMethod?: string;
}

/** What Python's `str` writes in its own way where a value is within another. */
const nestedTexts: Readonly<Record<string, string>> = {
  ...oddTexts,
  'a single quote': `it's`,
  'a double quote': `say "x"`,
  'both quotes': `it's "x" \\`,
  'Latin-1': Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join(''),
  'general punctuation': Array.from({ length: 112 }, (_, code) => String.fromCharCode(0x2000 + code)).join(''),
  'lone surrogates': '\ud83d \ude00',
  'private and no characters': '\ue000\uffff\u{f0000}\u{1ffff}',
};

const clients: Readonly<Record<string, ClientChoices>> = {
  'a session token': { sessionToken: 'tok/+= é' },
  'another region': { region: 'ap-northeast-3' },
  China: { region: 'cn-northwest-1' },
  'an endpoint with a port': { endpointUrl: 'http://127.0.0.1:7800' },
  'an endpoint with a path': { endpointUrl: 'https://example.com/review' },
  'an endpoint with a path and a slash': { endpointUrl: 'https://example.com:8443/a%20b/' },
  'an endpoint with two slashes': { endpointUrl: 'https://example.com/a//b' },
  'an endpoint over IPv6': { endpointUrl: 'http://[::1]:7800' },
};

const A = FlowDefinitionArn;
const aws = 'a2i-runtime.sagemaker.us-east-1.amazonaws.com';
/** Appendix A of the protocol's specification, made with botocore 1.29.27. */
const goldenUrls: readonly (readonly [string, Call, Options, ClientChoices, headers: string, signature: string])[] = [
  [
    'V1',
    describeLoop,
    { expiresIn: 3600 },
    {},
    'host',
    '0011ab414fc09d9fea2db5d1878f710373961273f60ffd6e872831629ccbf18e',
  ],
  [
    'V2',
    {
      operation: 'ListHumanLoops',
      input: { FlowDefinitionArn: A, CreationTimeAfter: '2020-02-24', MaxResults: 5, NextToken: 'a+b/c= d' },
    },
    { expiresIn: 60 },
    {},
    'host',
    '7ab5d2767079359da2522e6888375ea6b6c56240fde0fb606c3df53d9b1b62de',
  ],
  [
    'V3',
    stopLoop,
    { expiresIn: 60 },
    {},
    'content-type;host',
    'd056466c209604e400f07762a86da8d604b1cc514e17cd6d3cdb12ed7de22113',
  ],
  [
    'V4',
    deleteLoop,
    { expiresIn: 60 },
    { sessionToken: 'tok/+=' },
    'host',
    '8a9a560481584c5b1c73b8f63cb53e6e48df5cc7ef14a5a650ef00daed405bef',
  ],
];
const goldenHeaders: readonly (readonly [
  string,
  Call,
  ClientChoices,
  target: string,
  headers: string,
  signature: string,
])[] = [
  [
    'H1',
    describeLoop,
    {},
    '/human-loops/loop-1',
    'host;x-amz-date',
    '4e72f840bcaadcf7f40c6b7f125c5831939615dd3aa4468e6e25a1965cf6b07f',
  ],
  [
    'H2',
    list({ SortOrder: 'Ascending', MaxResults: 5 }),
    {},
    `/human-loops?FlowDefinitionArn=${encodeURIComponent(A)}&SortOrder=Ascending&MaxResults=5`,
    'host;x-amz-date',
    'ad88cc1a21ab087abe959a17a46ca246ab2ed24e056f7a40a45242cacb19fd7e',
  ],
  [
    'H3',
    {
      operation: 'StartHumanLoop',
      input: { HumanLoopName: 'loop-1', FlowDefinitionArn: A, HumanLoopInput: { InputContent: '{"a":"é"}' } },
    },
    { sessionToken: 'tok/+=' },
    '/human-loops',
    'content-type;host;x-amz-date;x-amz-security-token',
    '95f1eba1ad95e0c5736731220ecc40b517f78434d1273a2739f6f77196951fe4',
  ],
  [
    'H4',
    { operation: 'DescribeHumanLoop', input: { HumanLoopName: 'a b/é' } },
    {},
    '/human-loops/a%20b%2F%C3%A9',
    'host;x-amz-date',
    'bdd5a7edc5a2a355081b922ea9a7d69e06e01ed1cecc1c1ab6e51a5d28e9e476',
  ],
];

describe('the golden vectors', () => {
  const settings = ({ sessionToken }: ClientChoices) => ({
    region: 'us-east-1',
    credentials: { ...keyPair, sessionToken },
    ignoreConfiguration: true,
    now: () => moment,
  });

  it.each(goldenUrls)('%s', async (_, { operation, input: params }, options, choices, headers, signature) => {
    const client = createA2IRuntimeClient(settings(choices));
    const url = new URL(await client.generatePresignedUrl(pythonName(operation), { params, ...options }));
    expect(url.host).toBe(aws);
    expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe(headers);
    expect(url.searchParams.get('X-Amz-Signature')).toBe(signature);
  });

  it.each(goldenHeaders)('%s', async (_, { operation, input }, choices, target, headers, signature) => {
    const sent: HttpRequest[] = [];
    const transport = {
      send: async (request: HttpRequest) => {
        sent.push(request);
        return { status: 200, headers: {}, body: '{}' };
      },
      close() {},
    };
    await createA2IRuntimeClient({ ...settings(choices), transport }).call(
      operation as 'StartHumanLoop',
      input as never,
    );
    expect(sent).toHaveLength(1);
    expect(sent[0]?.url).toBe(`https://${aws}${target}`);
    expect(sent[0]?.headers.authorization).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20200224/us-east-1/sagemaker/aws4_request, SignedHeaders=${headers}, Signature=${signature}`,
    );
  });

  it('the body of H3', async () => {
    const [, { input }] = goldenHeaders[2]!;
    const bodies: string[] = [];
    const transport = {
      send: async ({ body }: HttpRequest) => {
        bodies.push(body);
        return { status: 200, headers: {}, body: '{}' };
      },
      close() {},
    };
    await createA2IRuntimeClient({ ...settings({}), transport }).startHumanLoop(input as never);
    expect(bodies).toEqual([
      String.raw`{"HumanLoopName": "loop-1", "FlowDefinitionArn": "arn:aws:sagemaker:us-east-1:123456789012:flow-definition/fd-1", "HumanLoopInput": {"InputContent": "{\"a\":\"\u00e9\"}"}}`,
    ]);
  });
});

described('presigned URLs', () => {
  const two = useTwoClients();
  const atAws = { endpointUrl: undefined };

  /** AWS's endpoint unless the call names one. */
  const choicesOf = ({ client = {} }: Call): ClientChoices => ({ ...atAws, ...client });

  async function ours({ operation, input: params, ...call }: Call, options: Options = {}): Promise<unknown> {
    const client = two.client({ operation, client: choicesOf({ operation, ...call }) });
    return client.generatePresignedUrl(pythonName(operation), { params, ...options }).then(
      (url) => ({ url }),
      (error: unknown) => ({ error: ourFailure(error, client.exceptions) }),
    );
  }
  async function theirs(call: Call, options?: Options): Promise<unknown> {
    const choices = two.choices({ ...call, client: choicesOf(call) });
    const { result, error } = await two.oracle.presign(choices, pythonName(call.operation), call.input, options);
    return error ? { error: theirFailure(error) } : { url: result };
  }
  async function same(call: Call, options?: Options): Promise<void> {
    const found = await ours(call, options);
    expect(found).toMatchObject({ url: expect.stringMatching(/&X-Amz-Signature=[0-9a-f]{64}$/) });
    expect(found).toEqual(await theirs(call, options));
  }

  it.each(goldenUrls)('boto3 still makes %s', async (_, call, options, client, headers, signature) => {
    expect(await theirs({ ...call, client }, options)).toEqual({
      url: expect.stringContaining(`X-Amz-SignedHeaders=${encodeURIComponent(headers)}`),
    });
    expect(await theirs({ ...call, client }, options)).toEqual({
      url: expect.stringContaining(`Signature=${signature}`),
    });
  });
  it.each(fullCalls)('$operation', (call) => same(call));
  it.each(Object.entries(nestedTexts))('%s within another value', (_, text) =>
    same(tags({ Key: text || 'a', Value: text }, { Value: '', Key: 'b' })),
  );
  it.each(Object.entries(oddTexts))('%s in the query, in the path and from a body', async (_, text) => {
    await same(list({ NextToken: text }));
    await same({ operation: 'DescribeHumanLoop', input: { HumanLoopName: text } });
    await same({ operation: 'StopHumanLoop', input: { HumanLoopName: text } });
    await same({ operation: 'DeleteTags', input: { ResourceArn: text, TagKeys: [text, 'a', text] } });
  });
  it.each(['a.', '../..', 'a//b', '%2e', 'stop', ' '])('the label %j', async (HumanLoopName) => {
    await same({ operation: 'DescribeHumanLoop', input: { HumanLoopName } });
    await same({
      operation: 'DeleteHumanLoop',
      input: { HumanLoopName },
      client: { endpointUrl: 'http://localhost/a/b' },
    });
  });
  it.each([1, 60, 3600, 604_800])('for %d seconds', async (expiresIn) => {
    for (const call of [describeLoop, stopLoop, listUis]) await same(call, { expiresIn });
  });
  it.each(['GET', 'HEAD', 'DELETE', 'PUT', 'POST', 'OPTIONS', 'get'])('for the method %s', async (httpMethod) => {
    for (const call of [describeLoop, stopLoop, listUis]) await same(call, { httpMethod });
  });
  it.each(Object.entries(clients))('%s', async (_, client) => {
    for (const call of [describeLoop, list({ NextToken: 'a b' }), stopLoop, deleteLoop, listUis])
      await same({ ...call, client });
  });
  it.each([{}, { Foo: 1 }, { HumanLoopName: '' }])('refuses the parameters %j', async (input) => {
    for (const { operation } of [describeLoop, stopLoop]) {
      const found = await ours({ operation, input });
      expect(found).toMatchObject({ error: { name: 'ParamValidationError' } });
      expect(found).toEqual(await theirs({ operation, input }));
    }
  });
  it.each(['nope', 'DescribeHumanLoop', 'list_tags', ''])('refuses the method %j', async (name) => {
    const { error } = await two.oracle.presign(two.choices(describeLoop), name, {});
    await expect(two.client(describeLoop).generatePresignedUrl(name)).rejects.toMatchObject({
      name: error?.type,
      message: error?.text,
    });
  });
  it.each(newerCalls)('$operation $member, where the model has it', async ({ member, ...call }) => {
    const known = await two.oracle.members(two.choices(call), call.operation, 'input');
    if (member in known) return same(call);
    expect(await theirs(call)).toMatchObject({ error: { name: 'ParamValidationError' } });
    expect(await ours(call)).toMatchObject({ url: expect.any(String) });
  });

  describe('that differ on purpose', () => {
    it.each([0, -1, 604_801, 1.5, Number.NaN])('for %d seconds: no service takes such a URL', async (expiresIn) => {
      expect(await theirs(describeLoop, { expiresIn })).toMatchObject({ url: expect.any(String) });
      expect(await ours(describeLoop, { expiresIn })).toMatchObject({ error: { name: 'ParamValidationError' } });
    });
    it('an empty session token is none', async () => {
      const call = { ...describeLoop, client: { sessionToken: '' } };
      expect(await theirs(call)).toMatchObject({ url: expect.stringContaining('X-Amz-Security-Token=') });
      expect(await ours(call)).toEqual(await ours(describeLoop));
    });
    it.each(['https://EXAMPLE.com', 'https://example.com:443'])(
      '%s is written as URLs are compared',
      async (endpointUrl) => {
        const call = { ...describeLoop, client: { endpointUrl } };
        const { url } = (await ours(call)) as { url: string };
        expect(url).toContain('https://example.com/human-loops/loop-1?');
        expect(await theirs(call)).toEqual({ url: url.replace('https://example.com', endpointUrl) });
      },
    );
    it.each(['.', '..'])(
      'the label %s: whatever fetches the URL takes it away before it sends, as we do',
      async (HumanLoopName) => {
        const call: Call = { operation: 'DescribeHumanLoop', input: { HumanLoopName } };
        expect(await theirs(call)).toMatchObject({ url: expect.stringContaining(`/human-loops/${HumanLoopName}?`) });
        const { url } = (await ours(call)) as { url: string };
        expect(new URL(url).href).toBe(url);
      },
    );
    it('milliseconds in a body are kept', async () => {
      const call: Call = { operation: 'ListHumanTaskUis', input: { CreationTimeAfter: new Date(moment + 250) } };
      expect(await theirs(call)).toMatchObject({ url: expect.stringContaining('CreationTimeAfter=1582545600&') });
      expect(await ours(call)).toMatchObject({ url: expect.stringContaining('CreationTimeAfter=1582545600.25&') });
    });
  });
});
