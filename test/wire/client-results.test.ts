// Our client reads answers as boto3 does.
import { type Operation, operations } from '@holdpoint/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyAnswer } from '../testing/any-answer.ts';
import { fullCalls } from '../testing/client-calls.ts';
import type { ScriptedAnswer } from '../testing/scripted-server.ts';
import { describeWith } from '../testing/tools.ts';
import { type Call, keyPair, type Outcome, serviceOf, useTwoClients } from '../testing/two-clients.ts';

const described = describeWith('Python with boto3');
const describeLoop: Call = { operation: 'DescribeHumanLoop', input: { HumanLoopName: 'a' } };
const describeUi: Call = { operation: 'DescribeHumanTaskUi', input: { HumanTaskUiName: 'a' } };
const loops: Call = { operation: 'ListHumanLoops', input: { FlowDefinitionArn: 'a' } };
const json = (value: unknown, more: ScriptedAnswer = {}): ScriptedAnswer => ({ body: JSON.stringify(value), ...more });

const answers: Readonly<Record<string, readonly [Call, ScriptedAnswer]>> = {
  'an empty body': [describeLoop, { body: '' }],
  'an empty body of JSON 1.1': [describeUi, { body: '' }],
  'an empty object': [describeLoop, { body: '{}' }],
  'status 204': [{ operation: 'DeleteHumanLoop', input: { HumanLoopName: 'a' } }, { status: 204 }],
  'status 202': [describeUi, json({ HumanTaskUiName: 'a' }, { status: 202 })],
  'white space': [describeLoop, { body: ' {\r\n\t"HumanLoopName" : "a" } ' }],
  'null for everything': [
    describeLoop,
    json({ CreationTime: null, FailureReason: null, HumanLoopOutput: null, HumanLoopName: null }),
  ],
  'null within': [describeLoop, json({ HumanLoopOutput: { OutputS3Uri: null } })],
  'unknown members': [describeLoop, json({ Unknown: { a: [1, null] }, humanLoopName: 'a', HumanLoopOutput: { a: 1 } })],
  'names of Object.prototype': [describeLoop, { body: '{"__proto__": {"HumanLoopName": "b"}, "constructor": 1}' }],
  'a word that is not in the model': [describeLoop, json({ HumanLoopStatus: 'Sleeping' })],
  'lone surrogates': [describeLoop, { body: '{"FailureReason": "\\ud83d \\ude00\\ud83d"}' }],
  'an operation without an output': [{ operation: 'StopHumanLoop', input: { HumanLoopName: 'a' } }, json({ a: 1 })],
  'an empty list': [loops, json({ HumanLoopSummaries: [] })],
  'an empty token': [loops, json({ HumanLoopSummaries: [{}], NextToken: '' })],
  'a request id': [describeLoop, json({}, { headers: { 'X-Amzn-RequestId': 'id-1', 'X-Other': 'a, b' } })],
  'a request id of JSON 1.1': [describeUi, json({}, { headers: { 'x-amzn-requestid': 'id-1' } })],
  'the older name of the request id': [describeLoop, json({}, { headers: { 'x-amz-request-id': 'id-1' } })],
  'both request ids': [describeLoop, json({}, { headers: { 'x-amz-request-id': 'id-1', 'x-amzn-requestid': 'id-2' } })],
  'another content type': [describeLoop, json({ HumanLoopName: 'a' }, { headers: { 'content-type': 'text/plain' } })],
};

const moments: readonly unknown[] = [
  0,
  1_582_545_600,
  1_582_545_600.001,
  1_582_545_600.999,
  -0.001,
  -86_400.5,
  253_402_300_799.999,
  1.582545600123e9,
  4.004,
  1_582_545_600.1234,
  1_582_545_600.1239,
  -1.0006,
  '2020-02-24T12:00:00Z',
  '2020-02-24T12:00:00.001Z',
  '2020-02-24T12:00:00.9Z',
  '2020-02-24T12:00:00.120+00:00',
  '2020-02-24T14:00:00+0200',
  'Mon, 24 Feb 2020 12:00:00 GMT',
];

/** A Date has no microseconds: of texts they are cut, while Python has them. */
const finerMoments: readonly unknown[] = [
  '2020-02-24T12:00:00.123456Z',
  '2020-02-24T12:00:00.999999Z',
  '2020-02-24T12:00:00.123456789Z',
];

interface Difference {
  readonly what: string;
  readonly why: string;
  readonly call: Call;
  readonly answer: ScriptedAnswer;
  readonly ours: object;
}

const bad = (message: string) => ({ error: { code: 'SerializationException', message, statusCode: 200 } });

/** Where our client reads an answer otherwise on purpose. */
const differences: readonly Difference[] = [
  {
    what: 'a body that is not JSON',
    why: 'boto3 gives a result without members; whoever goes on with it fails later, elsewhere.',
    call: describeLoop,
    answer: { body: '<html>' },
    ours: bad('The body is not valid JSON.'),
  },
  {
    what: 'a cut body',
    why: 'The same.',
    call: loops,
    answer: { body: '{"HumanLoopSummaries": [' },
    ours: { error: { code: 'SerializationException' } },
  },
  {
    what: 'a list where an object is expected',
    why: 'boto3 fails with an AttributeError of its own.',
    call: describeLoop,
    answer: { body: '[]' },
    ours: bad('Expected an object as the body, found a list.'),
  },
  {
    what: 'a number where a text is expected',
    why: 'boto3 hands on whatever came; our types say what an output has.',
    call: describeLoop,
    answer: json({ HumanLoopName: 3 }),
    ours: bad("Expected a string at 'HumanLoopName', found a number."),
  },
  {
    what: 'null items of a list',
    why: 'boto3 keeps None among the items; a list of ours has what its type says.',
    call: loops,
    answer: json({ HumanLoopSummaries: [null, { HumanLoopName: 'a' }, null] }),
    ours: { result: { HumanLoopSummaries: [{ HumanLoopName: 'a' }] } },
  },
  {
    what: 'the older name of the request id in JSON 1.1',
    why: 'boto3 looks for it in REST answers only; it is as useful here.',
    call: describeUi,
    answer: json({}, { headers: { 'x-amz-request-id': 'id-1' } }),
    ours: { result: { ResponseMetadata: { RequestId: 'id-1' } } },
  },
];

described('answers', () => {
  const two = useTwoClients();

  /** The result that both have. */
  async function common(call: Call, answer: ScriptedAnswer): Promise<unknown> {
    const ours = await two.ours(call, answer);
    expect(ours.error).toBeUndefined();
    expect(ours).toEqual(await two.theirs(call, answer));
    return ours.result;
  }
  const same = async (call: Call, answer: ScriptedAnswer): Promise<void> => void (await common(call, answer));

  it.each(Object.entries(answers))('%s', (_, [call, answer]) => same(call, answer));

  it.each(moments)('the moment %j', async (moment) => {
    const inBoth = json({ CreationTime: moment });
    expect(await common(describeLoop, inBoth)).toMatchObject({ CreationTime: expect.any(Date) });
    expect(await common(describeUi, inBoth)).toMatchObject({ CreationTime: expect.any(Date) });
  });

  it.each(finerMoments)('the moment %j, to the millisecond', async (moment) => {
    const answer = json({ CreationTime: moment });
    const timeOf = ({ result }: Outcome): number => (result as { CreationTime: Date }).CreationTime.getTime();
    for (const call of [describeLoop, describeUi]) {
      const ours = timeOf(await two.ours(call, answer));
      expect(Math.abs(ours - timeOf(await two.theirs(call, answer)))).toBeLessThanOrEqual(1);
    }
  });

  it.each(Object.values(operations as Record<string, Operation>).filter(({ service }) => service !== 'holdpoint'))(
    'any answer of $name',
    async ({ name, output }) => {
      const call = fullCalls.find(({ operation }) => operation === name)!;
      const client = { service: serviceOf(call.operation), region: 'us-east-1', ...keyPair };
      const answer = anyAnswer(output, await two.oracle.members(client, name, 'output'));
      await fc.assert(
        fc.asyncProperty(answer, (value) => same(call, json(value))),
        { seed: 20_200_224, numRuns: 10 },
      );
    },
  );

  describe('that differ on purpose', () => {
    it.each(differences)('$what: $why', async ({ call, answer, ours: expected }) => {
      const ours = await two.ours(call, answer);
      expect(ours).toMatchObject(expected);
      expect(await two.theirs(call, answer)).not.toEqual(ours);
    });
  });
});
