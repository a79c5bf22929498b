// What our client throws, and how often it asks before, is what boto3 does in its default mode of retries.
import { operations } from '@holdpoint/protocol';
import { describe, expect, it } from 'vitest';
import { deafUrl, type ScriptedAnswer } from '../testing/scripted-server.ts';
import { describeWith } from '../testing/tools.ts';
import { type Call, moment, type Outcome, useTwoClients } from '../testing/two-clients.ts';

const described = describeWith('Python with boto3');
const rest: Call = { operation: 'DescribeHumanLoop', input: { HumanLoopName: 'a' } };
const post: Call = { operation: 'StopHumanLoop', input: { HumanLoopName: 'a' } };
const json11: Call = { operation: 'DescribeHumanTaskUi', input: { HumanTaskUiName: 'a' } };
const protocols = { 'REST-JSON': rest, 'JSON 1.1': json11 };

const json = (value: unknown): string => JSON.stringify(value);
const conflict = 'ConflictException';
const inHeader = (errortype: string, body: string): ScriptedAnswer => ({
  headers: { 'x-amzn-ErrorType': errortype },
  body,
});
const inBody = (members: object): ScriptedAnswer => ({ body: json({ message: 'm', ...members }) });

/** The places and forms of an error's name that both protocols share. */
const names: Readonly<Record<string, ScriptedAnswer>> = {
  'in __type': inBody({ __type: conflict }),
  'in __type with a namespace': inBody({ __type: `com.amazon.coral.service#${conflict}` }),
  'in __type with two namespaces': inBody({ __type: `a#b#${conflict}` }),
  'in __type and code': inBody({ __type: conflict, code: conflict }),
  'that no model has': inBody({ __type: 'hasOwnProperty' }),
  nowhere: inBody({}),
};
const restNames: Readonly<Record<string, ScriptedAnswer>> = {
  'in the header': inHeader(conflict, '{"Message": "m"}'),
  'in the header with a URI': inHeader(`${conflict}:http://internal.amazon.com/x/`, '{"message": "m"}'),
  'in header and body': inHeader(
    conflict,
    json({ __type: 'ResourceInUse', code: 'ResourceLimitExceeded', message: 'm' }),
  ),
  'in code': inBody({ code: conflict }),
  'in Code': inBody({ Code: conflict }),
  'in code, another in __type': inBody({ __type: 'ValidationException', code: conflict }),
};
/** What botocore understands since 2023, Debian 12's not yet. */
const namesWithUris: Readonly<Record<string, readonly [Call, ScriptedAnswer]>> = {
  'in __type with a URI': [rest, inBody({ __type: `${conflict}:http://internal.amazon.com/coral/` })],
  'in __type with namespace and URI': [rest, inBody({ __type: `a.b#${conflict}:http://x/y#z` })],
  'in __type with a URI in JSON 1.1': [json11, inBody({ __type: `${conflict}:http://internal.amazon.com/coral/` })],
  'in __type with namespace and URI in JSON 1.1': [json11, inBody({ __type: `a.b#${conflict}:http://x/y#z` })],
  'in the header with namespace and URI': [rest, inHeader(`a.b#${conflict}:http://x/`, '{"message": "m"}')],
  'in code with namespace and URI': [rest, inBody({ code: `a.b#${conflict}:http://x/` })],
};

const messages: Readonly<Record<string, ScriptedAnswer>> = {
  'in message': { body: json({ __type: conflict, message: 'é 😀 "x"\n' }) },
  'in Message': { body: json({ __type: conflict, Message: 'm' }) },
  'in both': { body: json({ __type: conflict, Message: 'M', message: 'm' }) },
  'that is empty': { body: json({ __type: conflict, message: '' }) },
  'of three kilobytes': { body: json({ __type: conflict, message: 'Long. '.repeat(500) }) },
  'of a body that is text': { body: 'upstream connect error or disconnect/reset before headers\n' },
  'of a body that is cut': { body: '{"__type": "Conf' },
};

// 304 has no body, so that no error can stand in it.
const statuses = [
  ...[301, 302, 307, 308, 400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 415, 418, 429, 499],
  ...[500, 501, 502, 503, 504, 505, 507, 509, 511, 520, 599],
];
const codes = [
  'ValidationException',
  'ResourceNotFoundException',
  'ConflictException',
  'ThrottlingException',
  'ServiceQuotaExceededException',
  'InternalServerException',
  'ResourceNotFound',
  'ResourceInUse',
  'ResourceLimitExceeded',
  'Throttling',
  'ThrottledException',
  'RequestThrottledException',
  'ProvisionedThroughputExceededException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'RequestTimeout',
  'RequestTimeoutException',
  'PriorRequestNotComplete',
  'SlowDown',
  'AccessDeniedException',
  'UnrecognizedClientException',
  'ExpiredTokenException',
];

const fault = { status: 500, body: json({ message: 'm' }) };
const throttled = { status: 400, body: json({ __type: 'ThrottlingException', message: 'm' }) };
const done = { body: '{}' };
const long = json({ Unknown: 'x'.repeat(1000) });
/** What happens one after the other, and how many requests arrive. */
const histories: Readonly<Record<string, readonly [requests: number, ...ScriptedAnswer[]]>> = {
  'a fault for ever': [5, fault],
  'one fault': [2, fault, done],
  'four faults': [5, fault, fault, fault, fault, done],
  'five faults': [5, fault, fault, fault, fault, fault, done],
  'throttling for ever': [5, throttled],
  'one throttling': [2, throttled, done],
  'connections that close': [5, { broken: 'before' }],
  'one connection that closes': [2, { broken: 'before' }, done],
  'all sorts of failures': [5, fault, { broken: 'before' }, throttled, { status: 429, body: '{}' }, done],
  'a fault, then a refusal': [2, fault, { status: 400, body: json({ __type: conflict, message: 'm' }) }],
  'a fault, then nothing': [5, fault, { broken: 'before' }],
  'a refusal': [1, { status: 404, body: json({ __type: 'ResourceNotFound', message: 'm' }) }],
};

interface Difference {
  readonly what: string;
  readonly why: string;
  readonly call: Call;
  readonly answers: readonly ScriptedAnswer[];
  readonly ours: object;
}
const unnamed = (answer: ScriptedAnswer, call = json11): Pick<Difference, 'call' | 'answers'> => ({
  call,
  answers: [{ status: 400, ...answer }],
});

/** Where our client fails otherwise on purpose. */
const differences: readonly Difference[] = [
  ...[inHeader(conflict, '{"message": "m"}'), inBody({ code: conflict }), inBody({ Code: conflict })].map((answer) => ({
    what: `a name in JSON 1.1 outside __type, ${json(answer)}`,
    why: 'boto3 says 400; the SDK for JavaScript finds the name there, and it says more.',
    ...unnamed(answer),
    ours: { error: { code: conflict, modelled: true, message: 'm' } },
  })),
  ...[inBody({ __type: '' }), inBody({ __type: null }), inBody({ __type: ` ${conflict}` })].map((answer) => ({
    what: `an odd name, ${answer.body}`,
    why: 'boto3 hands it on as the code; empty or with spaces nothing could be done with it.',
    ...unnamed(answer, rest),
    ours: { error: { code: answer.body?.includes(conflict) ? conflict : '400' } },
  })),
  ...['', '{}', '[1]', '"x"', '3', json({ message: null }), json({ message: 4 })].map((body) => ({
    what: `no message, ${json(body)}`,
    why: 'boto3 has an empty text, or fails itself; an Error of JavaScript with nothing to print helps nobody.',
    ...unnamed({ body }),
    ours: { error: { code: '400', message: 'UnknownError' } },
  })),
  {
    what: 'a null beside a message',
    why: 'boto3 has None for the message; null members count as absent.',
    ...unnamed({ body: '{"message": null, "Message": "m"}' }),
    ours: { error: { message: 'm' } },
  },
  ...[400, 404, 500, 502, 503].map((status) => ({
    what: `a page with status ${status}`,
    why: 'boto3 has the page or the name of the status for the message.',
    call: rest,
    answers: [{ status, body: '<html><body><h1>Something</h1></body></html>' }],
    ours: { error: { code: String(status), message: 'UnknownError', statusCode: status } },
  })),
  {
    what: 'a server fault without a body',
    why: 'The same.',
    call: json11,
    answers: [{ status: 503 }],
    ours: { error: { code: '503', message: 'UnknownError', statusCode: 503 } },
  },
  {
    what: 'the older name of the request id',
    why: 'boto3 does not look for it in errors; it is as useful there.',
    ...unnamed({ headers: { 'x-amz-request-id': 'id-1' }, body: json({ message: 'm' }) }),
    ours: { error: { requestId: 'id-1' } },
  },
  {
    what: 'status 300',
    why: 'boto3 has a ClientError without code, message or status, since it reads errors from 301 on only.',
    call: rest,
    answers: [{ status: 300, body: json({ __type: conflict, message: 'm' }) }],
    ours: { error: { code: conflict, statusCode: 300 } },
  },
  ...['InvalidSignatureException', 'SignatureDoesNotMatch', 'RequestExpired'].map((__type) => ({
    what: `${__type} of a service whose clock is an hour ahead`,
    why: 'boto3 never corrects its clock.',
    call: rest,
    answers: [
      {
        status: 403,
        headers: { date: new Date(moment + 3_600_000).toUTCString() },
        body: json({ __type, message: 'Signature expired' }),
      },
      done,
    ],
    ours: {
      requests: [
        { headers: { 'x-amz-date': '20200224T120000Z' } },
        { headers: { 'x-amz-date': '20200224T130000Z', authorization: expect.stringContaining('/20200224/') } },
      ],
      result: expect.anything(),
    },
  })),
];

described('errors and retries', () => {
  const two = useTwoClients();

  /** The outcome that both have. */
  async function common(call: Call, ...answers: readonly ScriptedAnswer[]): Promise<Outcome> {
    const ours = await two.ours(call, ...answers);
    expect(ours).toEqual(await two.theirs(call, ...answers));
    return ours;
  }
  const same = async (call: Call, ...answers: readonly ScriptedAnswer[]): Promise<void> =>
    void (await common(call, ...answers));

  describe.each(Object.entries(protocols))('%s', (_, call) => {
    it.each(Object.entries(names))('a name %s', (_, answer) => same(call, { status: 400, ...answer }));
    it.each(Object.entries(messages))('a message %s', (_, answer) => same(call, { status: 400, ...answer }));
    it.each(Object.entries(messages))('a message %s of a server fault', (_, answer) =>
      same(call, { status: 501, ...answer }),
    );
    it.each(statuses)('status %d', (status) =>
      same(call, { status, headers: { 'x-amzn-requestid': 'id-1' }, body: json({ __type: 'Other', message: 'm' }) }),
    );
    it.each(codes)('%s', async (__type) => {
      const body = json({ __type, message: 'm' });
      await same(call, { status: 400, body });
      await same(call, { status: 403, body });
      await same(call, { status: 500, body });
    });
    it.each(Object.entries(histories))('%s', async (_, [requests, ...answers]) => {
      expect((await common(call, ...answers)).requests).toHaveLength(requests);
    });
    it('an answer that stops in the middle', async () => {
      const ours = await two.ours(call, { broken: 'within', body: long });
      const theirs = await two.theirs(call, { broken: 'within', body: long });
      if ('error' in theirs) expect(ours).toEqual(theirs);
      // urllib3 before 2.0 takes what has come for the whole: this boto3 has a result without members.
      else expect((await two.oracle.about()).urllib3).toMatch(/^1\./);
      expect(ours.requests).toHaveLength(5);
      expect(ours.error).toMatchObject({ name: 'ConnectionClosedError' });
    });
    it('nobody at the other end', async () => {
      const ours = await common({ ...call, client: { endpointUrl: await deafUrl() } });
      expect(ours).toMatchObject({ waits: 4, error: { name: 'EndpointConnectionError' } });
    });
  });

  it.each(Object.entries(restNames))('REST-JSON: a name %s', (_, answer) => same(rest, { status: 400, ...answer }));
  it.each(Object.entries(namesWithUris))('a name %s', async (_, [call, answer]) => {
    if ((await two.oracle.about()).cutsUris) return same(call, { status: 400, ...answer });
    const ours = await two.ours(call, { status: 400, ...answer });
    expect(ours.error).toMatchObject({ code: conflict, modelled: true, message: 'm' });
    expect((await two.theirs(call, { status: 400, ...answer })).error).not.toMatchObject({ code: conflict });
  });
  it.each(Object.entries(histories))('a call that changes something: %s', (_, [, ...answers]) =>
    same(post, ...answers),
  );

  describe('that differ on purpose', () => {
    it.each(differences)('$what: $why', async ({ call, answers, ours: expected }) => {
      const ours = await two.ours(call, ...answers);
      expect(ours).toMatchObject(expected);
      expect(await two.theirs(call, ...answers)).not.toEqual(ours);
    });

    it.each([
      { requests: 1, answer: { broken: 'before' } as const },
      { requests: 1, answer: fault },
      { requests: 1, answer: { ...fault, status: 502 } },
      { requests: 1, answer: { ...fault, status: 504 } },
      { requests: 2, answer: { ...fault, status: 503 } },
      { requests: 2, answer: throttled },
    ])('a call that makes something twice is repeated only when it was not carried out: $answer', async (row) => {
      const { requests, answer } = row;
      // What boto3 does with all its calls, of which none makes something twice.
      expect((await two.theirs(post, answer, done)).requests).toHaveLength(2);
      expect(operations.CreateEventTarget.creates).toBe(true);
      const ours = await two.ours(
        { operation: 'CreateEventTarget', input: { Url: 'https://example.com' } },
        answer,
        done,
      );
      expect(ours.requests).toHaveLength(requests);
    });

    it('a service that says when it wants to be asked again is listened to', async () => {
      const busy = { status: 429, headers: { 'retry-after': '7' }, body: json({ message: 'm' }) };
      await two.ours(rest, busy, done);
      expect(two.waited).toEqual([7000]);
      await two.theirs(rest, busy, done);
      expect(two.waited).toHaveLength(1);
      expect(two.waited[0]).toBeLessThanOrEqual(1000);
    });
  });
});
