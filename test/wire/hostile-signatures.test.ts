// Signatures that are missing, broken, old, borrowed or for somebody else: refused in the services' own words.
import { formatAmzDate, presignUrl } from '@holdpoint/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf } from '../testing/api-answer.ts';
import { type Headers, type HostileRequest, hashing } from '../testing/hostile-client.ts';
import { errorsIn, type HostileServer, startHostileServer } from '../testing/hostile-server.ts';

const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);
const rest: HostileRequest = { method: 'GET', path: '/human-loops/none' };
const json: HostileRequest = {
  method: 'POST',
  path: '/',
  headers: [
    ['content-type', 'application/x-amz-json-1.1'],
    ['x-amz-target', 'SageMaker.ListFlowDefinitions'],
  ],
  body: '{}',
}; // prettier-ignore

let server: HostileServer;
beforeAll(async () => {
  server = await startHostileServer();
});
afterAll(() => server?.close());

const replace = (headers: Headers, name: string, change: (value: string) => string): Headers =>
  headers.map(([each, value]) => [each, each === name ? change(value) : value]);

const authorization = (change: (value: string) => string) => (headers: Headers) =>
  replace(headers, 'authorization', change);

describe('header signatures', () => {
  type Case = readonly [name: string, headers: (request: HostileRequest) => Headers, type: string, message: RegExp];
  const signed = (change: (headers: Headers) => Headers) => (request: HostileRequest) => change(server.sign(request));
  const missing = 'MissingAuthenticationTokenException';
  const incomplete = 'IncompleteSignatureException';
  const invalid = 'InvalidSignatureException';
  const unrecognized = 'UnrecognizedClientException';

  const cases: readonly Case[] = [
    [
      'none',
      (request) => [['host', server.host], ...(request.headers ?? [])],
      missing,
      /^Request is missing Authentication Token$/,
    ],
    ['an empty one', signed(authorization(() => '')), missing, /missing/],
    ['basic', signed(authorization(() => 'Basic dXNlcjpwYXNz')), missing, /missing/],
    ['a bearer token', signed(authorization(() => 'Bearer x')), missing, /missing/],
    [
      'another algorithm',
      signed(authorization((value) => value.replace('HMAC-SHA256', 'HMAC-MD5'))),
      incomplete,
      /algorithm/,
    ],
    [
      'no credential',
      signed(authorization((value) => value.replace(/Credential=[^,]+, /, ''))),
      incomplete,
      /requires 'Credential'/,
    ],
    [
      'no signature',
      signed(authorization((value) => value.replace(/, Signature=.*/, ''))),
      incomplete,
      /requires 'Signature'/,
    ],
    [
      'no list of headers',
      signed(authorization((value) => value.replace(/SignedHeaders=[^,]+, /, ''))),
      incomplete,
      /requires 'SignedHeaders'/,
    ],
    ['four parts', signed(authorization((value) => value.replace('/aws4_request', ''))), incomplete, /exactly 5/],
    [
      'six parts',
      signed(authorization((value) => value.replace('/aws4_request', '/x/aws4_request'))),
      incomplete,
      /exactly 5/,
    ],
    [
      '32 KiB of parts',
      signed(authorization((value) => value.replace('Credential=', `Credential=${'/'.repeat(20_000)}`))),
      incomplete,
      /exactly 5/,
    ],
    ['no date', signed((headers) => headers.filter(([name]) => name !== 'x-amz-date')), incomplete, /Date/],
    ['a date in words', signed((headers) => replace(headers, 'x-amz-date', () => 'yesterday')), incomplete, /ISO-8601/],
    [
      'the 31st of February',
      signed((headers) => replace(headers, 'x-amz-date', () => '20260231T000000Z')),
      incomplete,
      /ISO-8601/,
    ],
    ['16 minutes late', (request) => server.sign(request, { now: minutes(-16) }), invalid, /^Signature expired: /],
    [
      '16 minutes early',
      (request) => server.sign(request, { now: minutes(16) }),
      invalid,
      /^Signature not yet current: /,
    ],
    [
      'an unknown key',
      (request) => server.sign(request, { credentials: { ...server.credentials, accessKeyId: 'AKIANOBODY' } }),
      unrecognized,
      /security token/,
    ],
    [
      'the name of a prototype as key',
      (request) => server.sign(request, { credentials: { ...server.credentials, accessKeyId: '__proto__' } }),
      unrecognized,
      /security token/,
    ],
    [
      'another secret',
      (request) => server.sign(request, { credentials: { ...server.credentials, secretAccessKey: 'guessed' } }),
      invalid,
      /does not match/,
    ],
    [
      'a session token',
      (request) => server.sign(request, { credentials: { ...server.credentials, sessionToken: 'token' } }),
      unrecognized,
      /security token/,
    ],
    [
      'a session token added later',
      signed((headers) => [...headers, ['x-amz-security-token', 'token']]),
      unrecognized,
      /security token/,
    ],
    [
      'another region',
      (request) => server.sign(request, { region: 'eu-west-3' }),
      invalid,
      /valid region, not 'eu-west-3'.*--region/,
    ],
    [
      'another terminator',
      signed(authorization((value) => value.replace('aws4_request', 'aws5_request'))),
      invalid,
      /valid terminator/,
    ],
    [
      'another day in the scope',
      signed(authorization((value) => value.replace(/\/\d{8}\//, '/20200101/'))),
      invalid,
      /Date in Credential scope/,
    ],
    [
      'the name of the service in capitals',
      signed(authorization((value) => value.replace('/sagemaker/', '/SageMaker/'))),
      invalid,
      /correct service: 'sagemaker'/,
    ],
    ['host left out', signed(authorization((value) => value.replace(/host;/, ''))), invalid, /'Host' must be/],
    [
      'headers out of order',
      signed(
        authorization((value) =>
          value.replace(
            /SignedHeaders=([^,]+)/,
            (_, names: string) => `SignedHeaders=${names.split(';').reverse().join(';')}`,
          ),
        ),
      ),
      incomplete,
      /sorted/,
    ],
    [
      'a header named that is not there',
      signed(authorization((value) => value.replace('SignedHeaders=', 'SignedHeaders=a;'))),
      invalid,
      /does not match/,
    ],
    [
      'an unsigned header of AWS',
      signed((headers) => [...headers, ['x-amz-meta', '1']]),
      invalid,
      /must be a 'SignedHeader'/,
    ],
    [
      'a flipped byte',
      signed(authorization((value) => value.replace(/.$/, (last) => (last === '0' ? '1' : '0')))),
      invalid,
      /does not match/,
    ],
    ['a short signature', signed(authorization((value) => value.slice(0, -1))), invalid, /does not match/],
    [
      'a signature in capitals',
      signed(
        authorization((value) =>
          value.replace(/Signature=.*/, (part) => part.toUpperCase().replace('SIGNATURE', 'Signature')),
        ),
      ),
      invalid,
      /does not match/,
    ],
    [
      'a streaming body',
      (request) =>
        server.sign({
          ...request,
          headers: [...(request.headers ?? []), ['x-amz-content-sha256', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER']],
        }),
      invalid,
      /x-amz-content-sha256/,
    ],
    [
      'an unsigned body',
      (request) =>
        server.sign({
          ...request,
          headers: [...(request.headers ?? []), ['x-amz-content-sha256', 'UNSIGNED-PAYLOAD']],
        }),
      invalid,
      /x-amz-content-sha256/,
    ],
    ['another body', (request) => server.sign({ ...request, body: '{"MaxResults":1}' }), invalid, /does not match/],
    [
      'another host',
      (request) => replace(server.sign(request), 'host', () => 'other.example'),
      invalid,
      /does not match/,
    ],
    ['another path', (request) => server.sign({ ...request, path: `${request.path}x` }), invalid, /does not match/],
    ['another method', (request) => server.sign({ ...request, method: 'DELETE' }), invalid, /does not match/],
  ]; // prettier-ignore

  const services = [
    ['REST-JSON', rest, 403],
    ['JSON 1.1', json, 400],
  ] as const; // prettier-ignore
  for (const [protocol, request, status] of services)
    it.each(cases)(`${protocol}: %s`, async (_, headers, type, message) => {
      const answer = await server.send(request, headers(request));
      expect(faultsOf(answer)).toEqual([]);
      expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([status, type]);
      expect((JSON.parse(answer.body) as { message: string }).message).toMatch(message);
    });

  it('another service is named, with where to send its requests', async () => {
    const answer = await server.send(json, server.sign(json, { service: 'dynamodb' }));
    expect(faultsOf(answer)).toEqual([]);
    expect(answer.body).toContain('AWS_ENDPOINT_URL_DYNAMODB');
  });

  it('the skew that is allowed is', async () => {
    for (const now of [minutes(-14), minutes(14)])
      expect((await server.send(json, server.sign(json, { now }))).status).toBe(200);
  });

  it('a signature for one body, path or target does for no other', async () => {
    const headers = replace(server.sign(json), 'x-amz-target', () => 'SageMaker.ListWorkteams');
    expect(await server.send(json, headers)).toMatchObject({
      status: 400,
      headers: { 'x-amzn-errortype': 'InvalidSignatureException' },
    });
  });
});

describe('presigned URLs', () => {
  const presigned = (options: Partial<Parameters<typeof presignUrl>[1]> = {}): URL =>
    new URL(
      presignUrl(hashing, {
        method: 'GET',
        url: `http://${server.host}/human-loops/none`,
        credentials: server.credentials,
        region: server.region,
        service: 'sagemaker',
        now: new Date(),
        expiresIn: 60,
        ...options,
      }),
    );
  const edited = (edit: (query: string) => string, options?: Parameters<typeof presigned>[0]) => () => {
    const url = presigned(options);
    return { path: url.pathname, query: edit(url.search.slice(1)) };
  };
  const same = (query: string): string => query;
  const stale = { now: minutes(-20), expiresIn: 60 };

  type Case = readonly [name: string, address: () => { path: string; query: string }, type: string, message: RegExp];
  it.each<Case>([
    ['over', edited(same, stale), 'InvalidSignatureException', /^Signature expired: /],
    [
      'over, with a longer life written in',
      edited((query) => query.replace('Expires=60', 'Expires=6000'), stale),
      'InvalidSignatureException',
      /does not match/,
    ],
    ['not yet', edited(same, { now: minutes(20) }), 'InvalidSignatureException', /^Signature not yet current: /],
    ['for ever', edited(same, { expiresIn: 604_801 }), 'IncompleteSignatureException', /604800/],
    ['for no time', edited(same, { expiresIn: 0 }), 'IncompleteSignatureException', /604800/],
    [
      'for a moment of text',
      edited((query) => query.replace('Expires=60', 'Expires=1e3')),
      'IncompleteSignatureException',
      /Expires/,
    ],
    [
      'without end',
      edited((query) => query.replace(/&X-Amz-Expires=\d+/, '')),
      'IncompleteSignatureException',
      /X-Amz-Expires/,
    ],
    [
      'without date',
      edited((query) => query.replace(/&X-Amz-Date=[^&]+/, '')),
      'IncompleteSignatureException',
      /X-Amz-Date/,
    ],
    [
      'without signature',
      edited((query) => query.replace(/&X-Amz-Signature=[^&]+/, '')),
      'IncompleteSignatureException',
      /X-Amz-Signature/,
    ],
    [
      'with two dates',
      edited((query) => `${query}&X-Amz-Date=${formatAmzDate(new Date())}`),
      'IncompleteSignatureException',
      /twice/,
    ],
    ['with one parameter more', edited((query) => `${query}&a=b`), 'InvalidSignatureException', /does not match/],
    [
      'with a flipped byte',
      edited((query) => query.replace(/.$/, (last) => (last === '0' ? '1' : '0'))),
      'InvalidSignatureException',
      /does not match/,
    ],
    ['with a broken percent sign', edited((query) => `${query}&a=%`), 'InvalidSignatureException', /does not match/],
    [
      'with a token',
      edited((query) => `${query}&X-Amz-Security-Token=x`),
      'UnrecognizedClientException',
      /security token/,
    ],
    [
      'of an unknown key',
      edited((query) => query.replace(/Credential=[^%]+/, 'Credential=AKIANOBODY')),
      'UnrecognizedClientException',
      /security token/,
    ],
    ['for another region', edited(same, { region: 'eu-west-3' }), 'InvalidSignatureException', /valid region/],
  ])('%s', async (_, address, type, message) => {
    const answer = await server.send({ method: 'GET', ...address() }, [['host', server.host]]);
    expect(faultsOf(answer)).toEqual([]);
    expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([403, type]);
    expect((JSON.parse(answer.body) as { message: string }).message).toMatch(message);
  });

  it('a signature in both places is refused', async () => {
    const { search } = presigned();
    const request = { ...rest, query: search.slice(1) };
    const answer = await server.send(request, server.sign(request));
    expect(answer).toMatchObject({ status: 403, headers: { 'x-amzn-errortype': 'InvalidSignatureException' } });
    expect(answer.body).toContain('Found both');
  });

  it('one that is good gets what it asks for', async () => {
    const { pathname, search } = presigned();
    const answer = await server.send({ method: 'GET', path: pathname, query: search.slice(1) }, [
      ['host', server.host],
    ]);
    expect(answer).toMatchObject({ status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' } });
  });
});

it('nothing went wrong inside', () => expect(errorsIn(server)).toEqual([]));
