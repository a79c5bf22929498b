import { createHmac } from 'node:crypto';
import { presignUrl, signRequest } from '@holdpoint/protocol';
import { describe, expect, it } from 'vitest';
import type { AccessKey } from '../domain/rows.ts';
import { receivedRequest } from '../testing/received-request.ts';
import { createAccessKeys } from './access-keys.ts';
import { createAuthenticator } from './authenticate.ts';
import type { SignedService } from './authentication.ts';
import { hashing } from './hashing.ts';

const accessKeyId = 'AKIDEXAMPLE';
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const at = new Date('2020-02-24T12:00:00Z');
const host = 'a2i-runtime.sagemaker.us-east-1.amazonaws.com';
const region = 'us-east-1';

function accessKey(id: string, secret: string, kind: AccessKey['kind']): AccessKey {
  return { accessKeyId: id, secretAccessKey: secret, kind, description: '', createdAt: 0, version: 1 };
}

const rows = new Map(
  [
    accessKey(accessKeyId, secretAccessKey, 'user'),
    accessKey('ROOT', 'root-secret', 'root'),
    accessKey('INTERNAL', 'internal-secret', 'internal'),
  ].map((row) => [row.accessKeyId, row]),
);
const accessKeys = createAccessKeys({ accessKey: async (id) => rows.get(id) });
const authenticator = createAuthenticator({ accessKeys, region, accountId: '123456789012' });

type Request = Parameters<typeof receivedRequest>[0] & { readonly body?: string };

async function verify(request: Request, service: SignedService = 'sagemaker') {
  const pending = await authenticator.begin(receivedRequest({ at, ...request }), service);
  return pending.finish(service === 's3' ? undefined : hashing.sha256Hex(request.body ?? ''));
}

async function nameOfRefusal(request: Request, service?: SignedService): Promise<string> {
  const error = await verify(request, service).then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  return error ? `${error.name}: ${error.message}` : 'verified';
}

const scope = `20200224/${region}/sagemaker/aws4_request`;
const amzDate = '20200224T120000Z';
const flow = 'arn%3Aaws%3Asagemaker%3Aus-east-1%3A123456789012%3Aflow-definition%2Ffd-1';

function golden(signature: string, signedHeaders = 'host;x-amz-date', headers: Record<string, string> = {}) {
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  return { Host: host, 'X-Amz-Date': amzDate, ...headers, Authorization: authorization };
}

function goldenQuery(signature: string, expires: number, signedHeaders = 'host') {
  const credential = `${accessKeyId}/${scope}`.replaceAll('/', '%2F');
  return `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}&X-Amz-Date=${amzDate}&X-Amz-Expires=${expires}&X-Amz-SignedHeaders=${signedHeaders}&X-Amz-Signature=${signature}`;
}

describe('requests that botocore signed', () => {
  it.each<[string, Request]>([
    [
      'describe',
      {
        target: '/human-loops/loop-1',
        headers: golden('4e72f840bcaadcf7f40c6b7f125c5831939615dd3aa4468e6e25a1965cf6b07f'),
      },
    ],
    [
      'list',
      {
        target: `/human-loops?FlowDefinitionArn=${flow}&SortOrder=Ascending&MaxResults=5`,
        headers: golden('ad88cc1a21ab087abe959a17a46ca246ab2ed24e056f7a40a45242cacb19fd7e'),
      },
    ],
    [
      'an escaped path',
      {
        target: '/human-loops/a%20b%2F%C3%A9',
        headers: golden('bdd5a7edc5a2a355081b922ea9a7d69e06e01ed1cecc1c1ab6e51a5d28e9e476'),
      },
    ],
    [
      'a presigned describe',
      {
        target: `/human-loops/loop-1?${goldenQuery('0011ab414fc09d9fea2db5d1878f710373961273f60ffd6e872831629ccbf18e', 3600)}`,
        headers: { Host: host },
      },
    ],
    [
      'a presigned list',
      {
        target: `/human-loops?FlowDefinitionArn=${flow}&CreationTimeAfter=2020-02-24T00%3A00%3A00Z&MaxResults=5&NextToken=a%2Bb%2Fc%3D%20d&${goldenQuery('7ab5d2767079359da2522e6888375ea6b6c56240fde0fb606c3df53d9b1b62de', 60)}`,
        headers: { Host: host },
      },
    ],
    [
      'a presigned stop',
      {
        method: 'POST',
        target: `/human-loops/stop?HumanLoopName=loop-1&${goldenQuery('d056466c209604e400f07762a86da8d604b1cc514e17cd6d3cdb12ed7de22113', 60, 'content-type%3Bhost')}`,
        headers: { Host: host, 'Content-Type': 'application/json' },
      },
    ],
  ])('verifies %s', async (_, request) => {
    const { caller } = await verify(request);
    const arn = `arn:aws:iam::123456789012:user/${accessKeyId}`;
    expect(caller).toEqual({ accessKeyId, kind: 'user', arn, description: '' });
  });

  it.each<[string, Request]>([
    [
      'a start',
      {
        method: 'POST',
        target: '/human-loops',
        headers: golden(
          '95f1eba1ad95e0c5736731220ecc40b517f78434d1273a2739f6f77196951fe4',
          'content-type;host;x-amz-date;x-amz-security-token',
          { 'Content-Type': 'application/json', 'X-Amz-Security-Token': 'tok/+=' },
        ),
      },
    ],
    [
      'a presigned delete',
      {
        method: 'DELETE',
        target: `/human-loops/loop-1?${goldenQuery('8a9a560481584c5b1c73b8f63cb53e6e48df5cc7ef14a5a650ef00daed405bef', 60)}&X-Amz-Security-Token=tok%2F%2B%3D`,
        headers: { Host: host },
      },
    ],
  ])('refuses the session token of %s: no key here has one', async (_, request) => {
    expect(await nameOfRefusal(request)).toBe(
      'UnrecognizedClientException: The security token included in the request is invalid.',
    );
  });
});

const good = golden('4e72f840bcaadcf7f40c6b7f125c5831939615dd3aa4468e6e25a1965cf6b07f');
const target = '/human-loops/loop-1';
const authorization = good.Authorization;
const v1 = goldenQuery('0011ab414fc09d9fea2db5d1878f710373961273f60ffd6e872831629ccbf18e', 3600);
const withAuthorization = (text: string): Request => ({ target, headers: { ...good, Authorization: text } });

describe('refusals', () => {
  it.each<[string, Request, string]>([
    ['no signature', { target }, 'MissingAuthenticationTokenException: Request is missing Authentication Token'],
    ['another scheme', withAuthorization('Bearer x'), 'MissingAuthenticationTokenException: '],
    ['an empty header', withAuthorization(''), 'MissingAuthenticationTokenException: '],
    [
      'both forms',
      { target: `${target}?${v1}`, headers: good },
      "InvalidSignatureException: Found both 'X-Amz-Algorithm'",
    ],
    [
      'two Authorization headers',
      { target, headers: [...Object.entries(good), ['authorization', authorization]] },
      "InvalidSignatureException: Found more than one 'Authorization'",
    ],
    [
      'no credential',
      withAuthorization('AWS4-HMAC-SHA256 SignedHeaders=host, Signature=00'),
      "IncompleteSignatureException: Authorization header requires 'Credential' parameter.",
    ],
    [
      'a credential of four parts',
      withAuthorization(authorization.replace('/aws4_request', '')),
      'IncompleteSignatureException: Credential must have exactly 5',
    ],
    [
      'another algorithm',
      withAuthorization(authorization.replace('HMAC', 'ECDSA-P256')),
      "IncompleteSignatureException: Unsupported AWS 'algorithm'",
    ],
    [
      'no date',
      { target, headers: { Host: host, Authorization: authorization } },
      'IncompleteSignatureException: Authorization header requires existence',
    ],
    [
      'a bad date',
      { target, headers: { ...good, 'X-Amz-Date': '2020-02-24' } },
      "IncompleteSignatureException: Date must be in ISO-8601 'basic format'. Got '2020-02-24'.",
    ],
    [
      'an old request',
      { target, headers: good, at: new Date('2020-02-24T12:15:01Z') },
      'InvalidSignatureException: Signature expired: 20200224T120000Z is now earlier than 20200224T120001Z (20200224T121501Z - 15 min.)',
    ],
    [
      'an early request',
      { target, headers: good, at: new Date('2020-02-24T11:44:59Z') },
      'InvalidSignatureException: Signature not yet current: 20200224T120000Z is still later than 20200224T115959Z (20200224T114459Z + 15 min.)',
    ],
    [
      'an expired URL',
      { target: `${target}?${v1}`, headers: { Host: host }, at: new Date('2020-02-24T13:00:01Z') },
      'InvalidSignatureException: Signature expired: 20200224T130000Z is now earlier than 20200224T130001Z',
    ],
    [
      'a URL of the future',
      { target: `${target}?${v1}`, headers: { Host: host }, at: new Date('2020-02-24T11:00:00Z') },
      'InvalidSignatureException: Signature not yet current',
    ],
    [
      'a URL that never expires',
      { target: `${target}?${v1.replace('3600', '604801')}`, headers: { Host: host } },
      'IncompleteSignatureException: X-Amz-Expires must be',
    ],
    [
      'a URL without an expiry',
      { target: `${target}?${v1.replace('&X-Amz-Expires=3600', '')}`, headers: { Host: host } },
      "IncompleteSignatureException: AWS query-string parameters must include 'X-Amz-Expires'.",
    ],
    [
      'a URL with two dates',
      { target: `${target}?${v1}&X-Amz-Date=${amzDate}`, headers: { Host: host } },
      'IncompleteSignatureException: ',
    ],
    [
      'an unsigned host',
      withAuthorization(authorization.replace('host;', '')),
      "InvalidSignatureException: 'Host' must be a 'SignedHeader'",
    ],
    [
      'an unsigned date',
      withAuthorization(authorization.replace(';x-amz-date', '')),
      "InvalidSignatureException: 'X-Amz-Date' or 'Date' must be",
    ],
    [
      'an unsigned target',
      { target: '/', headers: { ...good, 'X-Amz-Target': 'SageMaker.DeleteFlowDefinition' } },
      "InvalidSignatureException: 'x-amz-target' must be",
    ],
    [
      'an unsigned content type',
      { target, headers: { ...good, 'Content-Type': 'application/json' } },
      "InvalidSignatureException: 'content-type' must be",
    ],
    [
      'unsorted names',
      withAuthorization(authorization.replace('host;x-amz-date', 'x-amz-date;host')),
      "IncompleteSignatureException: 'SignedHeaders' must be",
    ],
    [
      'another region',
      withAuthorization(authorization.replace(region, 'eu-west-1')),
      "InvalidSignatureException: Credential should be scoped to a valid region, not 'eu-west-1'.",
    ],
    [
      'another service',
      withAuthorization(authorization.replace('/sagemaker/', '/textract/')),
      "InvalidSignatureException: Credential should be scoped to correct service: 'sagemaker'.",
    ],
    [
      'another terminator',
      withAuthorization(authorization.replace('aws4_request', 'aws5_request')),
      'InvalidSignatureException: Credential should be scoped with a valid terminator',
    ],
    [
      'another day',
      withAuthorization(authorization.replace('20200224/', '20200225/')),
      'InvalidSignatureException: Date in Credential scope does not match',
    ],
    [
      'an unknown key',
      withAuthorization(authorization.replace(accessKeyId, 'AKIDUNKNOWN')),
      'UnrecognizedClientException: The security token included',
    ],
    [
      'a hostile key id',
      withAuthorization(authorization.replace(accessKeyId, `${'A'.repeat(4000)}`)),
      'UnrecognizedClientException: ',
    ],
    [
      'a key that only signs links',
      withAuthorization(authorization.replace(accessKeyId, 'INTERNAL')),
      'UnrecognizedClientException: ',
    ],
    [
      'a wrong signature',
      withAuthorization(authorization.replace('Signature=4', 'Signature=5')),
      'InvalidSignatureException: The request signature we calculated',
    ],
    [
      'a signature that is no hash',
      withAuthorization(authorization.replace(/Signature=.*/, 'Signature=zz')),
      'InvalidSignatureException: The request signature we calculated',
    ],
    [
      'an upper-case signature',
      withAuthorization(authorization.replace(/Signature=.*/, (all) => all.toUpperCase())),
      'IncompleteSignatureException: ',
    ],
    [
      'another body',
      { target, headers: good, body: ' ' },
      'InvalidSignatureException: The request signature we calculated',
    ],
    [
      'an unsigned body',
      {
        target,
        headers: {
          ...golden('00', 'host;x-amz-content-sha256;x-amz-date'),
          'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
        },
      },
      'InvalidSignatureException: x-amz-content-sha256 must be',
    ],
  ])('%s', async (_, request, expected) => {
    expect((await nameOfRefusal(request)).slice(0, expected.length)).toBe(expected);
  });

  it('names the setting when the region is another', async () => {
    expect(await nameOfRefusal(withAuthorization(authorization.replace(region, 'eu-west-1')))).toContain('--region');
  });

  it('speaks the language of the service', async () => {
    const old = new Date('2021-01-01T00:00:00Z');
    const signed = (service: string) => ({
      target: '/',
      headers: {
        host,
        ...signRequest(
          hashing,
          { method: 'GET', rawPath: '/', rawQuery: '', headers: [['host', host]], payloadHash: hashing.sha256Hex('') },
          { accessKeyId: 'NOBODY', secretAccessKey: 'x' },
          { service, region, now: at, s3: service === 's3' },
        ),
      },
    });
    expect(await nameOfRefusal(signed('s3'), 's3')).toMatch(/^InvalidAccessKeyId: /);
    expect(await nameOfRefusal(signed('sts'), 'sts')).toMatch(/^InvalidClientTokenId: /);
    expect(await nameOfRefusal({ ...signed('s3'), at: old }, 's3')).toMatch(/^RequestTimeTooSkewed: /);
    expect(await nameOfRefusal({ ...signed('sts'), at: old }, 'sts')).toMatch(
      /^SignatureDoesNotMatch: Signature expired/,
    );
    expect(await nameOfRefusal(signed('s3'), 'sts')).toMatch(/^SignatureDoesNotMatch: .*'sts'/);
  });
});

describe('objects', () => {
  const presigned = (id: string, secret: string, method: string, s3Region = 'eu-central-1') => {
    const url = presignUrl(hashing, {
      method,
      url: 'http://127.0.0.1:7800/bucket/a%20key',
      credentials: { accessKeyId: id, secretAccessKey: secret },
      region: s3Region,
      service: 's3',
      now: at,
      expiresIn: 60,
      s3: true,
    });
    return { method, target: url.slice('http://127.0.0.1:7800'.length), headers: { Host: '127.0.0.1:7800' } };
  };

  it('may be read by a link that an internal key signed, in any region, and not written', async () => {
    const read = await verify(presigned('INTERNAL', 'internal-secret', 'GET'), 's3');
    expect(read).toMatchObject({ form: 'query', region: 'eu-central-1', payload: { kind: 'unsigned' } });
    expect(await nameOfRefusal(presigned('INTERNAL', 'internal-secret', 'PUT'), 's3')).toMatch(/^InvalidAccessKeyId: /);
    expect(await nameOfRefusal(presigned('ROOT', 'root-secret', 'PUT'), 's3')).toBe('verified');
  });

  const v2 = (method: string, expires: number, changes: { query?: string; signature?: string } = {}): Request => {
    const text = `${method}\n\n\n${expires}\n/bucket/a%20key`;
    const signature = changes.signature ?? createHmac('sha1', secretAccessKey).update(text).digest('base64');
    const query = `AWSAccessKeyId=${accessKeyId}&Signature=${encodeURIComponent(signature)}&Expires=${expires}`;
    return { method, target: `/bucket/a%20key?${query}${changes.query ?? ''}`, headers: { Host: host } };
  };
  const soon = at.getTime() / 1000 + 60;

  it.each<[string, Request, string]>([
    ['GET', v2('GET', soon), 'verified'],
    ['HEAD', v2('HEAD', soon), 'verified'],
    ['PUT', v2('PUT', soon), 'verified'],
    ['DELETE', v2('DELETE', soon), 'AuthorizationHeaderMalformed: Signature Version 2'],
    ['expired', v2('GET', soon - 61), 'AccessDenied: Request has expired'],
    ['wrong signature', v2('GET', soon, { signature: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' }), 'SignatureDoesNotMatch: '],
    ['an added sub-resource', v2('GET', soon, { query: '&tagging' }), 'SignatureDoesNotMatch: '],
    ['an added override', v2('GET', soon, { query: '&response-content-type=text/html' }), 'SignatureDoesNotMatch: '],
    ['twice the same', v2('GET', soon, { query: `&Expires=${soon}` }), 'AuthorizationHeaderMalformed: '],
    ['a token', v2('GET', soon, { query: '&x-amz-security-token=t' }), 'InvalidToken: '],
    ['both forms', { ...v2('GET', soon), headers: good }, 'InvalidArgument: Only one auth mechanism'],
  ])('by Signature Version 2: %s', async (_, request, expected) => {
    expect((await nameOfRefusal(request, 's3')).slice(0, expected.length)).toBe(expected);
  });

  it('by Signature Version 2 only for s3', async () => {
    expect(await nameOfRefusal(v2('GET', soon))).toMatch(/^MissingAuthenticationTokenException: /);
  });
});

describe('access keys', () => {
  it('are forgotten at once, also while they are being read', async () => {
    const reads: ((row: AccessKey | undefined) => void)[] = [];
    const keys = createAccessKeys({ accessKey: () => new Promise((resolve) => reads.push(resolve)) });
    const row = accessKey('A', 'secret', 'user');
    const first = keys.find('A');
    keys.forget('A');
    reads[0]?.(row);
    expect(await first).toBe(row);
    expect(keys.cached('A')).toBeUndefined();
    const second = keys.find('A');
    reads[1]?.(row);
    await second;
    expect(keys.cached('A')).toBe(row);
    keys.forget('A');
    expect(keys.cached('A')).toBeUndefined();
  });

  it('are read again after a second, since another node may have changed them', async () => {
    let now = 0;
    let row: AccessKey | undefined = accessKey('A', 'secret', 'user');
    const keys = createAccessKeys({ accessKey: async () => row }, () => now);
    await keys.find('A');
    row = undefined;
    now = 999;
    expect(await keys.find('A')).toBeDefined();
    now = 1000;
    expect(keys.cached('A')).toBeUndefined();
    expect(await keys.find('A')).toBeUndefined();
  });
});
