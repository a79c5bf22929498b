// Calls that botocore refuses before it sends them are refused by our client in the same sentences.
import { describe, expect, it } from 'vitest';
import { describeWith } from '../testing/tools.ts';
import { type Call, keyPair, useTwoClients } from '../testing/two-clients.ts';

const described = describeWith('Python with boto3');

/** Python's names of types of values, and ours. */
const typeNames: Readonly<Record<string, string>> = {
  "<class 'str'>": 'string',
  "<class 'int'>": 'number',
  "<class 'float'>": 'number',
  "<class 'bool'>": 'boolean',
  "<class 'NoneType'>": 'null',
  "<class 'list'>": 'Array',
  "<class 'dict'>": 'Object',
  "<class 'datetime.datetime'>": 'Date',
  "<class 'bytes'>": 'Uint8Array',
};

/** Python's lists of the types that are allowed, and ours. */
const allowedTypes: Readonly<Record<string, string>> = {
  "<class 'str'>": 'string',
  "<class 'int'>": 'integer',
  "<class 'dict'>": 'object',
  "<class 'list'>, <class 'tuple'>": 'Array',
  "<class 'datetime.datetime'>, timestamp-string": 'Date, timestamp-string',
};

/** How Python writes the values of this file, and how we do. */
const values: Readonly<Record<string, string>> = {
  None: 'null',
  True: 'true',
  nan: 'NaN',
  "['x']": '["x"]',
  "{'a': 1}": '{"a":1}',
  '2020-02-24 12:00:00+00:00': '"2020-02-24T12:00:00.000Z"',
  "b'abc'": '{"0":97,"1":98,"2":99}',
};

/** A report of botocore in TypeScript's words. */
const inOurWords = (report: string): string =>
  report
    .split('\n')
    .map((line) => {
      const parts = /^(Invalid type for parameter .+?, value: )(.*), type: (<.+?>), valid types: (.*)$/.exec(line);
      if (parts === null) return line;
      const [, start, value = '', type = '', allowed = ''] = parts;
      return `${start}${values[value] ?? value}, type: ${typeNames[type]}, valid types: ${allowedTypes[allowed]}`;
    })
    .join('\n');

const FlowDefinitionArn = 'arn:aws:sagemaker:us-east-1:123456789012:flow-definition/fd-1';
const start = (more: object): Call => ({
  operation: 'StartHumanLoop',
  input: { HumanLoopName: 'loop-1', FlowDefinitionArn, HumanLoopInput: { InputContent: '{}' }, ...more },
});
const list = (more: object): Call => ({ operation: 'ListHumanLoops', input: { FlowDefinitionArn, ...more } });
const tag = (...Tags: unknown[]): Call => ({ operation: 'AddTags', input: { ResourceArn: 'arn', Tags } });
const team = (...MemberDefinitions: unknown[]): Call => ({
  operation: 'CreateWorkteam',
  input: { WorkteamName: 'a', Description: 'b', MemberDefinitions },
});
const flow = (HumanLoopConfig: object): Call => ({
  operation: 'CreateFlowDefinition',
  input: {
    FlowDefinitionName: 'flow',
    HumanLoopConfig: {
      WorkteamArn: 'a',
      HumanTaskUiArn: 'b',
      TaskTitle: 'c',
      TaskDescription: 'd',
      TaskCount: 1,
      ...HumanLoopConfig,
    },
    OutputConfig: { S3OutputPath: 's3://a' },
    RoleArn: 'arn:aws:iam::123456789012:role/any',
  },
});

const noon = new Date('2020-02-24T12:00:00Z');
const bytes = new Uint8Array([97, 98, 99]);
const wrong: Readonly<Record<string, readonly [(value: unknown) => Call, readonly unknown[]]>> = {
  'a text': [(HumanLoopName) => start({ HumanLoopName }), [3, 1.5, true, null, [], ['x'], {}, { a: 1 }, noon, bytes]],
  'a whole number': [
    (MaxResults) => list({ MaxResults }),
    [1.5, Number.NaN, 'x', '5', '', null, [], ['x'], {}, { a: 1 }, noon, bytes],
  ],
  'an object': [(HumanLoopInput) => start({ HumanLoopInput }), [3, 1.5, true, 'x', '', null, [], ['x'], noon, bytes]],
  'a list': [
    (ContentClassifiers) => start({ DataAttributes: { ContentClassifiers } }),
    [3, 1.5, true, 'x', '', null, {}, { a: 1 }, noon, bytes],
  ],
  'a moment': [
    (CreationTimeAfter) => list({ CreationTimeAfter }),
    ['zzz', '', '2020-13-01', '2020-02-30T00:00:00Z', Number.NaN, 1_582_545_600_000, null, [], ['x'], {}, { a: 1 }],
  ],
};
const wrongTypes = Object.entries(wrong).flatMap(([what, [call, given]]) =>
  given.map((value) => ({ what, value, call: call(value) })),
);

const refused: Readonly<Record<string, Call>> = {
  'everything is missing': { operation: 'StartHumanLoop', input: {} },
  'one is missing': {
    operation: 'StartHumanLoop',
    input: { HumanLoopName: 'a', HumanLoopInput: { InputContent: '{}' } },
  },
  'a nested one is missing': start({ HumanLoopInput: {} }),
  'a list is missing': start({ DataAttributes: {} }),
  'one of a list item is missing': tag({ Key: 'a' }, { Value: 'b' }, {}),
  'one is unknown': start({ Foo: 1 }),
  'several are unknown': list({ zzz: 1, HumanLoopName: 'a', aaa: null }),
  'a nested one is unknown': start({ HumanLoopInput: { InputContent: '{}', inputContent: '{}' } }),
  'one of a list item is unknown': tag({ Key: 'a', Value: 'b', key: 'a' }),
  'names of Object.prototype are unknown': start({ constructor: 1, toString: 2, ['__proto__']: 3 }),
  'an empty text': start({ HumanLoopName: '' }),
  'a text of one character beyond the basic plane': {
    operation: 'RenderUiTemplate',
    input: { Task: { Input: '😀' }, RoleArn: '😀'.repeat(19) },
  },
  'a text of lone surrogates': {
    operation: 'RenderUiTemplate',
    input: { Task: { Input: '\ud83d' }, RoleArn: '\ude00\ud83d' },
  },
  'a number that is too small': list({ MaxResults: 0 }),
  'a negative number': list({ MaxResults: -1 }),
  'another least number': { operation: 'ListTags', input: { ResourceArn: 'a', MaxResults: 49 } },
  'a list that is too short': team(),
  'nested lists that are too short': flow({ TaskKeywords: [] }),
  'a list of keys that is too short': { operation: 'DeleteTags', input: { ResourceArn: 'a', TagKeys: [] } },
  'nested numbers that are too small': flow({
    TaskCount: 0,
    TaskTimeLimitInSeconds: 29,
    TaskAvailabilityLifetimeInSeconds: 0,
    PublicWorkforceTaskPrice: { AmountInUsd: { Dollars: -1, Cents: -5, TenthFractionsOfACent: -1 } },
  }),
  'wrong types of list items': start({ DataAttributes: { ContentClassifiers: ['x', 3, null, ['x']] } }),
  'wrong items of a list of objects': tag('x', null, 3, { Key: 3, Value: null }),
  'deep in lists': team(
    { OidcMemberDefinition: { Groups: ['', 3, 'x'] } },
    { CognitoMemberDefinition: { UserPool: '', UserGroup: 3 } },
    'x',
  ),
  'everything at once': {
    operation: 'CreateFlowDefinition',
    input: {
      Tags: [{ Key: '', Other: 1 }, 'x'],
      Unknown: 1,
      OutputConfig: { KmsKeyId: 3 },
      HumanLoopConfig: {
        TaskKeywords: ['', 3],
        TaskCount: 1.5,
        PublicWorkforceTaskPrice: { AmountInUsd: { Dollar: 1 } },
      },
      HumanLoopActivationConfig: {},
      FlowDefinitionName: '',
    },
  },
};

described('calls that are refused before they are sent', () => {
  const two = useTwoClients();

  async function same(call: Call): Promise<void> {
    const ours = await two.ours(call);
    const theirs = await two.theirs(call);
    const { name, text } = theirs.error as { name: string; text: string };
    expect(name).toBe('ParamValidationError');
    expect(ours).toEqual({ ...theirs, requests: [], error: { name, text: inOurWords(text) } });
  }

  it.each(wrongTypes)('$value for $what', ({ call }) => same(call));
  it.each(Object.entries(refused))('%s', (_, call) => same(call));

  it('wrong values of a map', async () => {
    const call: Call = {
      operation: 'UpdateWorkforce',
      input: { WorkforceName: 'a', OidcConfig: { Scope: 3, AuthenticationRequestExtraParams: { 'a b': 3, '': null } } },
    };
    const client = { service: 'sagemaker', region: 'us-east-1', ...keyPair } as const;
    if ('OidcConfig.Scope' in (await two.oracle.members(client, 'UpdateWorkforce', 'input'))) return same(call);
    // Debian 12's boto3 has no map in any input: it takes both members for unknown ones.
    const { error } = await two.theirs(call);
    expect(error).toMatchObject({
      text: expect.stringContaining('Unknown parameter in OidcConfig: "AuthenticationRequestExtraParams"'),
    });
    expect((await two.ours(call)).error).toMatchObject({
      text: expect.stringContaining(
        'Invalid type for parameter OidcConfig.AuthenticationRequestExtraParams.a b, value: 3, type: number, valid types: string',
      ),
    });
  });

  describe('that differ on purpose', () => {
    it('a flow definition needs its HumanLoopConfig: nothing can be reviewed without it', async () => {
      const call: Call = {
        operation: 'CreateFlowDefinition',
        input: {
          FlowDefinitionName: 'flow',
          OutputConfig: { S3OutputPath: 's3://a' },
          RoleArn: 'arn:aws:iam::123456789012:role/any',
        },
      };
      const client = { service: 'sagemaker', region: 'us-east-1', ...keyPair } as const;
      const { HumanLoopConfig: required } = await two.oracle.members(client, 'CreateFlowDefinition', 'input');
      // Models before 2024 require it too.
      if (required) return same(call);
      expect((await two.theirs(call)).requests).toHaveLength(1);
      expect((await two.ours(call)).error).toEqual({
        name: 'ParamValidationError',
        text: 'Parameter validation failed:\nMissing required parameter in input: "HumanLoopConfig"',
      });
    });

    it('a long value is cut: messages end in logs, which should not hold what is under review', async () => {
      const call = start({ HumanLoopInput: 'x'.repeat(1000) });
      expect((await two.theirs(call)).error).toMatchObject({ text: expect.stringContaining('x'.repeat(1000)) });
      expect((await two.ours(call)).error).toMatchObject({
        text: expect.stringContaining(`value: ${'x'.repeat(256)}…, type: string, valid types: object`),
      });
    });

    it('a boolean is no moment: in Python True is 1', async () => {
      const call = list({ CreationTimeAfter: true });
      expect((await two.theirs(call)).requests).toHaveLength(1);
      expect((await two.ours(call)).error).toEqual({
        name: 'ParamValidationError',
        text: 'Parameter validation failed:\nInvalid type for parameter CreationTimeAfter, value: true, type: boolean, valid types: Date, timestamp-string',
      });
    });
  });
});
