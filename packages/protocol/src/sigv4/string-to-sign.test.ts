import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeHashing as hashing } from '../testing/node-hashing.ts';
import { signingKey } from './signing-key.ts';
import { chunkStringToSign, parseAmzDate, toHex, trailerStringToSign } from './string-to-sign.ts';
import { stringToSignV2 } from './string-to-sign-v2.ts';

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const amzDate = '20130524T000000Z';
const scope = { date: '20130524', region: 'us-east-1', service: 's3' };
const key = signingKey(hashing, secret, scope.date, scope.region, scope.service);
const sign = (text: string): string => toHex(hashing.hmac(key, text));

it('signs the chunks of S3’s documented example, each after the one before', () => {
  let signature = '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9';
  const signatures = [65_536, 1024, 0].map((length) => {
    signature = sign(chunkStringToSign(amzDate, scope, signature, hashing.sha256Hex('a'.repeat(length))));
    return signature;
  });
  expect(signatures).toEqual([
    'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
    '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
    'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
  ]);
});

it('signs the trailer of S3’s documented example', () => {
  const trailerHash = hashing.sha256Hex('x-amz-checksum-crc32c:sOO8/Q==\n');
  const previous = '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992';
  expect(sign(trailerStringToSign(amzDate, scope, previous, trailerHash))).toBe(
    'd81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435',
  );
});

it.each([
  ['20150830T123600Z', '2015-08-30T12:36:00.000Z'],
  ['20150230T123600Z', undefined],
  ['20151301T123600Z', undefined],
  ['20150830T243600Z', undefined],
  ['2015-08-30T12:36:00Z', undefined],
  ['20150830T123600', undefined],
  ['', undefined],
])('parseAmzDate %j', (text, expected) => expect(parseAmzDate(text)?.toISOString()).toBe(expected));

describe('stringToSignV2', () => {
  const base = {
    method: 'GET',
    path: '/bucket/key',
    query: '',
    headers: [] as [string, string][],
    expires: 1_141_889_120,
  };

  it('is S3’s documented example', () => {
    const text = stringToSignV2({ ...base, path: '/johnsmith/photos/puppy.jpg', expires: '1175139620' });
    const signature = createHmac('sha1', secret).update(text).digest('base64');
    expect(signature).toBe('NpgCjnDzrM+WFzoENXmpNDUsSn8=');
  });

  // URLs that boto3 presigned with Signature Version 2.
  it.each([
    [
      'GET',
      '/bucket/a%20b/%C3%A9.txt?response-content-type=text%2Fplain%3B%20charset%3Dutf-8&versionId=v1&AWSAccessKeyId=AKIDEXAMPLE&Signature=lpjjWa86iRXZGp9u7ij2G5kf%2BrU%3D&Expires=1582545660',
    ],
    [
      'PUT',
      '/bucket/k?AWSAccessKeyId=AKIDEXAMPLE&Signature=zmX5xXNKDaJi9VroHw32dyRZPtQ%3D&content-type=text%2Fplain&x-amz-acl=private&x-amz-meta-b=2&x-amz-meta-a=1&Expires=1582545660',
    ],
    [
      'PUT',
      '/bucket/k?uploadId=u%2F1&partNumber=3&AWSAccessKeyId=AKIDEXAMPLE&Signature=hWPbDrdQmkCevqQnOxzZ0%2F8yE1w%3D&Expires=1582545660',
    ],
    [
      'HEAD',
      '/bucket/it%27s%20%281%29%2B.txt?AWSAccessKeyId=AKIDEXAMPLE&Signature=AstzYz2SGpbs6aJPfexB1DSLymI%3D&Expires=1582545660',
    ],
    [
      'GET',
      '/bucket/k?AWSAccessKeyId=AKIDEXAMPLE&Signature=1ehC2DJJp0VcYslK0Ws41emRFcw%3D&x-amz-security-token=tok%2F%2B%3D&Expires=1582545660',
    ],
    [
      'GET',
      '/bucket/k?response-content-disposition=attachment%3B%20filename%3D%22%C3%A9%2B%C3%BC.txt%22&AWSAccessKeyId=AKIDEXAMPLE&Signature=DQt07ZuHlMlEnBqhIDdxVlfyU9E%3D&Expires=1582545660',
    ],
  ])('%s %s', (method, url) => {
    const [path = '', query = ''] = url.split('?');
    const sent = new URLSearchParams(query);
    const text = stringToSignV2({ method, path, query, headers: [], expires: sent.get('Expires') ?? '' });
    const signature = createHmac('sha1', 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY')
      .update(text, 'latin1')
      .digest('base64');
    expect(signature).toBe(sent.get('Signature'));
  });

  it.each([
    ['parameters that sign', { query: 'AWSAccessKeyId=A&Signature=x&Expires=1' }, 'GET\n\n\n1141889120\n/bucket/key'],
    [
      'sub-resources, sorted and decoded',
      { query: 'uploadId=a%2Fb&response-content-type=text%2Fplain&partNumber=2&other=1' },
      'GET\n\n\n1141889120\n/bucket/key?partNumber=2&response-content-type=text/plain&uploadId=a/b',
    ],
    ['one without a value', { query: 'uploads' }, 'GET\n\n\n1141889120\n/bucket/key?uploads'],
    [
      'headers',
      {
        method: 'PUT',
        headers: [
          ['X-Amz-Meta-B', ' 2 '],
          ['Content-Type', 'text/plain'],
          ['x-amz-meta-a', '1'],
          ['x-amz-meta-b', '3'],
          ['Content-MD5', 'm=='],
          ['Host', 'h'],
        ] as [string, string][],
      },
      'PUT\nm==\ntext/plain\n1141889120\nx-amz-meta-a:1\nx-amz-meta-b:2,3\n/bucket/key',
    ],
    [
      'headers in the query',
      {
        method: 'PUT',
        query: 'content-type=text%2Fplain&x-amz-security-token=a%2Bb',
        headers: [['x-amz-acl', 'private']] as [string, string][],
      },
      'PUT\n\ntext/plain\n1141889120\nx-amz-acl:private\nx-amz-security-token:a+b\n/bucket/key',
    ],
  ])('%s', (_, change, expected) => expect(stringToSignV2({ ...base, ...change })).toBe(expected));
});
