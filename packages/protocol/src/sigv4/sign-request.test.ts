import { describe, expect, it } from 'vitest';
import { nodeHashing as hashing } from '../testing/node-hashing.ts';
import { presignUrl, signRequest } from './sign-request.ts';
import { emptyHash } from './string-to-sign.ts';

// Signatures that botocore made at this moment with these keys.
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const withToken = { ...credentials, sessionToken: 'tok/+=' };
const options = { region: 'us-east-1', service: 'sagemaker', now: new Date('2020-02-24T12:00:00Z') };
const host = 'a2i-runtime.sagemaker.us-east-1.amazonaws.com';
const arn = 'arn%3Aaws%3Asagemaker%3Aus-east-1%3A123456789012%3Aflow-definition%2Ffd-1';
const startBody =
  '{"HumanLoopName": "loop-1", "FlowDefinitionArn": "arn:aws:sagemaker:us-east-1:123456789012:flow-definition/fd-1", "HumanLoopInput": {"InputContent": "{\\"a\\":\\"\\u00e9\\"}"}}';

describe('signRequest', () => {
  it.each([
    {
      call: 'describe',
      request: { method: 'GET', rawPath: '/human-loops/loop-1', rawQuery: '' },
      signedHeaders: 'host;x-amz-date',
      signature: '4e72f840bcaadcf7f40c6b7f125c5831939615dd3aa4468e6e25a1965cf6b07f',
    },
    {
      call: 'list',
      request: {
        method: 'GET',
        rawPath: '/human-loops',
        rawQuery: `SortOrder=Ascending&MaxResults=5&FlowDefinitionArn=${arn}`,
      },
      signedHeaders: 'host;x-amz-date',
      signature: 'ad88cc1a21ab087abe959a17a46ca246ab2ed24e056f7a40a45242cacb19fd7e',
    },
    {
      call: 'start with a session token',
      request: { method: 'POST', rawPath: '/human-loops', rawQuery: '' },
      body: startBody,
      signedHeaders: 'content-type;host;x-amz-date;x-amz-security-token',
      signature: '95f1eba1ad95e0c5736731220ecc40b517f78434d1273a2739f6f77196951fe4',
    },
    {
      call: 'a name with escapes',
      request: { method: 'GET', rawPath: '/human-loops/a%20b%2F%C3%A9', rawQuery: '' },
      signedHeaders: 'host;x-amz-date',
      signature: 'bdd5a7edc5a2a355081b922ea9a7d69e06e01ed1cecc1c1ab6e51a5d28e9e476',
    },
  ])('$call', ({ request, body, signedHeaders, signature }) => {
    const headers: [string, string][] = [['Host', host]];
    if (body !== undefined) headers.push(['Content-Type', 'application/json']);
    const payloadHash = hashing.sha256Hex(body ?? '');
    const signed = signRequest(
      hashing,
      { ...request, headers, payloadHash },
      body === undefined ? credentials : withToken,
      options,
    );
    expect(signed.authorization).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20200224/us-east-1/sagemaker/aws4_request, SignedHeaders=${signedHeaders}, Signature=${signature}`,
    );
    expect(signed['x-amz-date']).toBe('20200224T120000Z');
    expect(signed['x-amz-security-token']).toBe(body === undefined ? undefined : 'tok/+=');
  });

  it('replaces headers of an earlier attempt and leaves out those that change on the way', () => {
    const request = { method: 'GET', rawPath: '/', rawQuery: '', payloadHash: emptyHash };
    const fresh = signRequest(hashing, { ...request, headers: [['host', host]] }, credentials, options);
    const again = signRequest(
      hashing,
      {
        ...request,
        headers: [
          ['host', host],
          ['X-Amz-Date', 'old'],
          ['Authorization', 'old'],
          ['User-Agent', 'x'],
        ],
      },
      credentials,
      options,
    );
    expect(again).toEqual(fresh);
  });
});

describe('presignUrl', () => {
  const presign = (method: string, path: string, expiresIn: number, more: object = {}) =>
    presignUrl(hashing, { method, url: `https://${host}${path}`, credentials, ...options, expiresIn, ...more });

  it.each([
    [
      'describe',
      presign('GET', '/human-loops/loop-1', 3600),
      '0011ab414fc09d9fea2db5d1878f710373961273f60ffd6e872831629ccbf18e',
    ],
    [
      'list',
      presign(
        'GET',
        `/human-loops?FlowDefinitionArn=${arn}&CreationTimeAfter=2020-02-24T00%3A00%3A00Z&MaxResults=5&NextToken=a%2Bb%2Fc%3D%20d`,
        60,
      ),
      '7ab5d2767079359da2522e6888375ea6b6c56240fde0fb606c3df53d9b1b62de',
    ],
    [
      'stop',
      presign('POST', '/human-loops/stop?HumanLoopName=loop-1', 60, {
        headers: [['Content-Type', 'application/json']],
      }),
      'd056466c209604e400f07762a86da8d604b1cc514e17cd6d3cdb12ed7de22113',
    ],
    [
      'delete with a session token',
      presign('DELETE', '/human-loops/loop-1', 60, { credentials: withToken }),
      '8a9a560481584c5b1c73b8f63cb53e6e48df5cc7ef14a5a650ef00daed405bef',
    ],
  ])('%s', (_, url, signature) => expect(new URL(url).searchParams.get('X-Amz-Signature')).toBe(signature));

  it('is S3’s documented example in S3’s form', () => {
    const url = presignUrl(hashing, {
      method: 'GET',
      url: 'https://examplebucket.s3.amazonaws.com/test.txt',
      credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
      region: 'us-east-1',
      service: 's3',
      now: new Date('2013-05-24T00:00:00Z'),
      expiresIn: 86_400,
      s3: true,
    });
    expect(url.split('Signature=')[1]).toBe('aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404');
  });
});
