// A second opinion: the AWS SDK for JavaScript reads the same answers as our client does.
import * as controlPlane from '@aws-sdk/client-sagemaker';
import * as runtime from '@aws-sdk/client-sagemaker-a2i-runtime';
import { operations } from '@holdpoint/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fullAnswer } from '../testing/any-answer.ts';
import { fullCalls } from '../testing/client-calls.ts';
import type { ScriptedAnswer } from '../testing/scripted-server.ts';
import { type Call, keyPair, serviceOf, useOurClient } from '../testing/two-clients.ts';

const json = (value: unknown, more: ScriptedAnswer = {}): ScriptedAnswer => ({ body: JSON.stringify(value), ...more });
const describeLoop: Call = { operation: 'DescribeHumanLoop', input: { HumanLoopName: 'a' } };
const describeUi: Call = { operation: 'DescribeHumanTaskUi', input: { HumanTaskUiName: 'a' } };
const loops: Call = { operation: 'ListHumanLoops', input: { FlowDefinitionArn: 'a' } };
const id = { headers: { 'x-amzn-RequestId': 'id-1' } };

const answers: Readonly<Record<string, readonly [Call, ScriptedAnswer]>> = {
  'an empty body': [describeLoop, { body: '' }],
  'an empty body of JSON 1.1': [describeUi, { body: '' }],
  'an empty object': [describeLoop, json({}, id)],
  'null members': [
    describeLoop,
    json({ CreationTime: null, FailureReason: null, HumanLoopOutput: { OutputS3Uri: null } }),
  ],
  'unknown members': [describeLoop, json({ Unknown: 1, HumanLoopName: 'a' }, id)],
  'a word that is not in the model': [describeLoop, json({ HumanLoopStatus: 'Sleeping' })],
  'null items': [loops, json({ HumanLoopSummaries: [null, { HumanLoopName: 'a' }] })],
  'a moment without a fraction': [describeLoop, json({ CreationTime: '2020-02-24T12:00:00Z' })],
  'a moment with microseconds': [describeLoop, json({ CreationTime: '2020-02-24T12:00:00.123456Z' })],
  'a moment with an offset': [describeLoop, json({ CreationTime: '2020-02-24T14:00:00+02:00' })],
  'a number of seconds': [describeUi, json({ CreationTime: 1_582_545_600 })],
  'a number of seconds with a fraction': [describeUi, json({ CreationTime: 1_582_545_600.5 })],
  'the other request id': [describeLoop, json({}, { headers: { 'x-amz-request-id': 'id-1' } })],
};
const conflict = 'ConflictException';
const named = (members: object, more: ScriptedAnswer = {}): ScriptedAnswer =>
  json({ message: 'm', ...members }, { status: 409, ...more });
const errors: Readonly<Record<string, ScriptedAnswer>> = {
  'a name in the header': {
    status: 409,
    headers: { 'x-amzn-ErrorType': conflict, ...id.headers },
    body: '{"Message": "m"}',
  },
  'a name with namespace and URI in the header': named(
    {},
    { headers: { 'x-amzn-ErrorType': `a.b#${conflict}:http://x/` } },
  ),
  'a name in __type': named({ __type: conflict, message: 'é 😀' }, id),
  'a name with a namespace in __type': named({ __type: `com.amazon#${conflict}` }),
  'a name with a URI in __type': named({ __type: `${conflict}:http://internal.amazon.com/` }),
  'a name in code': named({ code: conflict }),
  'one name in code, another in __type': named({ code: conflict, __type: 'ResourceNotFound' }),
  'one name in the header, another in the body': named(
    { __type: 'ResourceNotFound' },
    { headers: { 'x-amzn-errortype': conflict } },
  ),
  'a name that no model has': named({ __type: 'AccessDeniedException' }, { status: 403 }),
  'two messages': named({ __type: conflict, Message: 'M' }),
  'no message': json({ __type: conflict }, { status: 409 }),
};

interface Difference {
  readonly what: string;
  readonly why: string;
  readonly call: Call;
  readonly answer: ScriptedAnswer;
  readonly ours: object;
}

/** Where our client reads an answer as boto3 does, not as this SDK does. */
const differences: readonly Difference[] = [
  {
    what: 'an unknown member of a member',
    why: 'The SDK hands it on, though not in the outermost structure.',
    call: describeLoop,
    answer: json({ HumanLoopOutput: { OutputS3Uri: 's3://a/b', Other: 1 } }),
    ours: { result: { HumanLoopOutput: { OutputS3Uri: 's3://a/b' } } },
  },
  ...[named({}, { status: 400 }), { status: 404 }].map((answer) => ({
    what: `an error of JSON 1.1 without a name, ${JSON.stringify(answer)}`,
    why: 'The SDK calls it Unknown; the status says more.',
    call: describeUi,
    answer,
    ours: { error: { code: String(answer.status) } },
  })),
  {
    what: 'an error of a gateway in plain text',
    why: 'In the SDK it is a SyntaxError of JSON.parse.',
    call: describeLoop,
    answer: { status: 404, body: 'no route' },
    ours: { error: { code: '404', message: 'no route' } },
  },
];

interface Output {
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };
}
interface Sdk {
  send(command: unknown): Promise<Output>;
  destroy(): void;
}

describe('the AWS SDK for JavaScript', () => {
  const our = useOurClient();
  const clients = {} as Record<'sagemaker' | 'sagemaker-a2i-runtime', Sdk>;
  beforeAll(() => {
    const settings = { endpoint: our.server.url, region: 'us-east-1', credentials: keyPair, maxAttempts: 1 };
    clients.sagemaker = new controlPlane.SageMakerClient(settings) as unknown as Sdk;
    clients['sagemaker-a2i-runtime'] = new runtime.SageMakerA2IRuntimeClient(settings) as unknown as Sdk;
  });
  afterAll(() => {
    for (const client of Object.values(clients)) client.destroy();
  });

  /** What the SDK makes of an answer, in the form of `ours`. */
  async function theirs({ operation, input }: Call, answer: ScriptedAnswer): Promise<unknown> {
    our.server.play(answer);
    const service = serviceOf(operation);
    const commands: Readonly<Record<string, unknown>> = service === 'sagemaker' ? controlPlane : runtime;
    const Command = commands[`${operation}Command`] as new (input: unknown) => object;
    try {
      const { $metadata, ...result } = await clients[service].send(new Command(input));
      const { httpStatusCode, requestId } = $metadata;
      return { result: withoutObjects(result), metadata: { httpStatusCode, requestId } };
    } catch (error) {
      const { name: code, message, $metadata } = error as Error & Pick<Output, '$metadata'>;
      return { error: { code, message, statusCode: $metadata.httpStatusCode, requestId: $metadata.requestId } };
    }
  }

  async function ours(call: Call, answer: ScriptedAnswer): Promise<unknown> {
    const outcome = await our.ours(call, answer);
    if (outcome.error !== undefined) {
      const { code, message, statusCode, requestId } = outcome.error as Record<string, unknown>;
      return { error: { code, message, statusCode, requestId } };
    }
    const { ResponseMetadata, ...result } = outcome.result as { ResponseMetadata: Record<string, unknown> };
    const { HTTPStatusCode: httpStatusCode, RequestId: requestId } = ResponseMetadata;
    return { result, metadata: { httpStatusCode, requestId } };
  }

  async function same(call: Call, answer: ScriptedAnswer): Promise<void> {
    expect(await ours(call, answer)).toEqual(await theirs(call, answer));
  }

  it.each(Object.entries(answers))('%s', (_, [call, answer]) => same(call, answer));
  it.each(fullCalls)('$operation', (call) => same(call, json(fullAnswer(operations[call.operation].output))));
  it.each(Object.entries(errors))('%s', async (_, answer) => {
    await same(describeLoop, answer);
    await same(describeUi, answer);
  });
  it.each(differences)('differs on purpose in $what: $why', async ({ call, answer, ours: expected }) => {
    const found = await ours(call, answer);
    expect(found).toMatchObject(expected);
    expect(await theirs(call, answer)).not.toEqual(found);
  });
});

/** Texts that hold JSON are objects of the SDK's own. */
function withoutObjects(value: unknown): unknown {
  if (value instanceof String) return String(value);
  if (Array.isArray(value)) return value.map(withoutObjects);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutObjects(item)]));
}
