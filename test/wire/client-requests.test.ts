// Our client's requests are boto3's, byte for byte, signature included.
import { type OperationName, operations } from '@holdpoint/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullCalls, newerCalls, oddTexts } from '../testing/client-calls.ts';
import type { KnownMembers } from '../testing/oracle.ts';
import { describeWith } from '../testing/tools.ts';
import { type Call, type ClientChoices, keyPair, serviceOf, useTwoClients } from '../testing/two-clients.ts';
import { validInput } from '../testing/valid-input.ts';

const described = describeWith('Python with boto3');
const FlowDefinitionArn = 'arn:aws:sagemaker:us-east-1:123456789012:flow-definition/fd-1';
const awsOperations = Object.values(operations).filter(({ service }) => service !== 'holdpoint');

const clientOf = (name: OperationName) => ({ service: serviceOf(name), region: 'us-east-1', ...keyPair });

/** The same input with the members of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, item]) => [name, reversed(item)]),
  );
}

const start = (InputContent: string): Call => ({
  operation: 'StartHumanLoop',
  input: { HumanLoopName: 'loop-1', FlowDefinitionArn, HumanLoopInput: { InputContent } },
});
const list = (more: object): Call => ({ operation: 'ListHumanLoops', input: { FlowDefinitionArn, ...more } });
const flows = (input: object): Call => ({ operation: 'ListFlowDefinitions', input });

/** Texts in all the places where texts travel. */
const textCalls = Object.entries(oddTexts).flatMap(([what, text]) => [
  { place: 'a body', what, call: start(text) },
  { place: 'a path', what, call: { operation: 'DescribeHumanLoop', input: { HumanLoopName: text } } as Call },
  { place: 'a query', what, call: list({ NextToken: text }) },
  {
    place: 'a body of JSON 1.1',
    what,
    call: { operation: 'RenderUiTemplate', input: { Task: { Input: `  ${text}` }, RoleArn: text.padEnd(40) } } as Call,
  },
]);

const lone = ['\ud83d', '\ude00', 'a\ude00\ud83db', '\ud83d\ud83d\ude00'];

const paths = ['.', '..', 'a/..', '../..', 'a//b', '/', ' ', '%2F', '%', 'a.', '~', 'stop', 'loop-1/'];

const moments: readonly unknown[] = [
  new Date('2020-02-24T12:00:00Z'),
  new Date('1969-12-31T23:59:59Z'),
  new Date('1000-01-01T00:00:00Z'),
  new Date('9999-12-31T23:59:59Z'),
  '2020-02-24',
  '2020-02-24T12:00:00',
  '2020-02-24T12:00',
  '2020-02-24 12:00:00Z',
  '2020-02-24t12:00:00z',
  '2020-02-24T12:00:00+02:00',
  '2020-02-24T12:00:00-0330',
  '2020-02-29T23:59:59Z',
  'Mon, 24 Feb 2020 12:00:00 GMT',
  0,
  1_582_545_600,
  -1,
];

const momentsWithFraction: readonly unknown[] = [
  new Date('2020-02-24T12:00:00.001Z'),
  new Date('2020-02-24T12:00:00.250Z'),
  new Date('1969-12-31T23:59:59.999Z'),
  '2020-02-24T12:00:00.5Z',
  '2020-02-24T12:00:00.120+02:00',
  1_582_545_600.25,
  -0.5,
];

const clients: Readonly<Record<string, ClientChoices>> = {
  'another region': { region: 'eu-central-1' },
  'a region of China': { region: 'cn-north-1' },
  'a region that AWS does not have': { region: 'local' },
  'a session token': { sessionToken: 'tok/+= with  spaces' },
  'a long session token': { sessionToken: 'IQoJb3JpZ2luX2VjE'.repeat(60) },
  'an empty session token': { sessionToken: '' },
  'a secret that is not ASCII': { secretAccessKey: 'geheimnis-ß-😀' },
  'an endpoint with a slash': { endpointUrl: '/' },
  'an endpoint with a path': { endpointUrl: '/review' },
  'an endpoint with a path and a slash': { endpointUrl: '/review/' },
  'an endpoint with a longer path': { endpointUrl: '/a%20b/c//d' },
};

interface Difference {
  readonly what: string;
  readonly why: string;
  readonly call: Call;
  /** What our request has; without it our client refuses the call. */
  readonly ours?: object;
}

/** Where our client writes something else on purpose. */
const differences: readonly Difference[] = [
  {
    what: 'milliseconds in a body',
    why: 'botocore drops the fraction of a second there; what the program says counts.',
    call: flows({ CreationTimeAfter: new Date('2020-02-24T12:00:00.250Z') }),
    ours: { body: '{"CreationTimeAfter": 1582545600.25}' },
  },
  {
    what: 'microseconds in a text',
    why: 'A Date has milliseconds.',
    call: list({ CreationTimeAfter: '2020-02-24T12:00:00.123456Z' }),
    ours: { target: expect.stringContaining('CreationTimeAfter=2020-02-24T12%3A00%3A00.123000Z') },
  },
  ...lone.map((text) => ({
    what: `a lone surrogate in a query, ${JSON.stringify(text)}`,
    why: 'Python cannot encode it and fails with UnicodeEncodeError; URLs of the web have U+FFFD there.',
    call: list({ NextToken: text }),
    ours: { target: expect.stringContaining('%EF%BF%BD') },
  })),
  {
    what: 'a year before 1000',
    why: "Python's strftime writes it with three digits, which RFC 3339 does not know.",
    call: list({ CreationTimeAfter: new Date('0999-01-01T00:00:00Z') }),
    ours: { target: expect.stringContaining('CreationTimeAfter=0999-01-01T00%3A00%3A00Z') },
  },
  {
    what: 'a number of more than 32 bits',
    why: 'The service has 32 bits for it, and would refuse the call.',
    call: list({ MaxResults: 2 ** 31 }),
  },
  {
    what: 'a boolean for a number',
    why: 'In Python True is an int.',
    call: list({ MaxResults: true }),
  },
  ...['24 Feb 2020', '20200224', '2020-02-24T12', 'Feb 2020', '1582545600'].map((text) => ({
    what: `the date text ${text}`,
    why: 'dateutil guesses; we read RFC 3339 and HTTP dates, and refuse what could mean something else.',
    call: list({ CreationTimeAfter: text }),
  })),
];

described('requests of valid calls', () => {
  const two = useTwoClients();

  async function same(call: Call): Promise<void> {
    const ours = await two.ours(call, { body: '{}' });
    expect(ours.error).toBeUndefined();
    expect(ours.requests).toHaveLength(1);
    expect(ours.requests[0]?.headers.authorization).toMatch(/Signature=[0-9a-f]{64}$/);
    expect(ours).toEqual(await two.theirs(call, { body: '{}' }));
  }

  it('has a full call of every operation', () => {
    expect(new Set(fullCalls.map(({ operation }) => operation))).toEqual(
      new Set(awsOperations.map(({ name }) => name)),
    );
  });
  it.each(fullCalls)('$operation', same);
  it.each(fullCalls)('$operation, members in another order', (call) => same({ ...call, input: reversed(call.input) }));
  it.each(textCalls)('$what in $place', ({ call }) => same(call));
  it.each(lone)('a lone surrogate in a body: %j', (text) => same(start(text)));
  it.each(paths)('a path of odd segments: %j', (HumanLoopName) =>
    same({ operation: 'StopHumanLoop', input: { HumanLoopName } }),
  );
  it.each(paths)('a label of odd segments: %j', (HumanLoopName) =>
    same({ operation: 'DeleteHumanLoop', input: { HumanLoopName } }),
  );
  it.each(moments)('the moment %j', async (moment) => {
    await same(list({ CreationTimeAfter: moment }));
    await same(flows({ CreationTimeBefore: moment }));
  });
  it.each(momentsWithFraction)('the moment %j', (moment) => same(list({ CreationTimeAfter: moment })));
  it.each([1, 99, 2 ** 31 - 1])('the number %d', async (MaxResults) => {
    await same(list({ MaxResults }));
    await same(flows({ MaxResults }));
  });
  it.each(Object.entries(clients))('%s', async (_, client) => {
    await same({ ...start('é'), client });
    await same({ ...list({ NextToken: 'a b' }), client });
    await same({ ...flows({ MaxResults: 5 }), client });
  });

  it('any call', async () => {
    const known = new Map<OperationName, KnownMembers>();
    for (const { name } of awsOperations) known.set(name, await two.oracle.members(clientOf(name), name, 'input'));
    const anyCall = fc
      .constantFrom(...awsOperations)
      .chain(({ name, input }) =>
        validInput(input, known.get(name)!).map((value) => ({ operation: name, input: value })),
      );
    await fc.assert(fc.asyncProperty(anyCall, same), { seed: 20_200_224, numRuns: 300 });
  });

  describe('with members that newer models have', () => {
    it.each(newerCalls)('$operation $member', async ({ member, unknownAs, ...call }) => {
      if (member in (await two.oracle.members(clientOf(call.operation), call.operation, 'input'))) return same(call);
      // Debian 12's boto3 does not know it: nothing is sent that could be compared, so its refusal is what is pinned here.
      const theirs = await two.theirs(call);
      expect(theirs.error).toMatchObject({ text: expect.stringContaining(`"${unknownAs}"`) });
      expect((await two.ours(call, { body: '{}' })).requests).toHaveLength(1);
    });
  });

  describe('that differ on purpose', () => {
    it.each(differences)('$what: $why', async ({ call, ours: expected }) => {
      const ours = await two.ours(call, { body: '{}' });
      const theirs = await two.theirs(call, { body: '{}' });
      if (expected === undefined) {
        expect(ours).toMatchObject({ requests: [], error: { name: 'ParamValidationError' } });
        expect(theirs.requests).toHaveLength(1);
      } else {
        expect(ours.requests).toMatchObject([expected]);
        expect(theirs.requests).not.toEqual(ours.requests);
      }
    });
  });
});
