import { describe, expect, it } from 'vitest';
import { parseAuthorization, parsePresignedQuery, scopeProblems } from './parse-signature.ts';

const credential = 'AK/20200224/us-east-1/sagemaker/aws4_request';
const signature = 'a'.repeat(64);
const parsed = {
  accessKeyId: 'AK',
  date: '20200224',
  region: 'us-east-1',
  service: 'sagemaker',
  terminator: 'aws4_request',
  signedHeaders: ['host', 'x-amz-date'],
  signature,
};

describe('parseAuthorization', () => {
  it.each([
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
    `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=host;x-amz-date,Signature=${signature}`,
    `AWS4-HMAC-SHA256  Signature=${signature} , SignedHeaders=host;x-amz-date , Credential=${credential}`,
  ])('reads %s', (header) => expect(parseAuthorization(header)).toEqual(parsed));

  it.each([
    [undefined, 'MissingAuthenticationTokenException', 'Request is missing Authentication Token'],
    ['', 'MissingAuthenticationTokenException', 'Request is missing Authentication Token'],
    ['Bearer abc', 'MissingAuthenticationTokenException', 'Request is missing Authentication Token'],
    ['AWS AK:sig', 'MissingAuthenticationTokenException', 'Request is missing Authentication Token'],
    [
      'AWS4-ECDSA-P256-SHA256 Credential=x',
      'IncompleteSignatureException',
      "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'.",
    ],
    [
      'AWS4-HMAC-SHA256',
      'IncompleteSignatureException',
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256",
    ],
    [
      `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host`,
      'IncompleteSignatureException',
      `Authorization header requires 'Signature' parameter. Authorization=AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host`,
    ],
    [
      'AWS4-HMAC-SHA256 Credential=AK/a/b, SignedHeaders=host, Signature=x',
      'IncompleteSignatureException',
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AK/a/b'",
    ],
    [
      'AWS4-HMAC-SHA256 Credential=/a/b/c/d, SignedHeaders=host, Signature=x',
      'IncompleteSignatureException',
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '/a/b/c/d'",
    ],
  ])('refuses %j', (header, name, message) => {
    expect(() => parseAuthorization(header)).toThrow(expect.objectContaining({ name, message }));
  });

  it('repeats no more than the beginning of a long header', () => {
    expect(() => parseAuthorization(`AWS4-HMAC-SHA256 ${'x'.repeat(100_000)}`)).toThrow(/^.{0,500}$/);
  });
});

describe('parsePresignedQuery', () => {
  const query = (change: Readonly<Record<string, string | undefined>> = {}): string =>
    Object.entries({
      Algorithm: 'AWS4-HMAC-SHA256',
      Credential: encodeURIComponent(credential),
      Date: '20200224T120000Z',
      Expires: '60',
      SignedHeaders: 'host%3Bx-amz-date',
      Signature: signature,
      ...change,
    })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `X-Amz-${name}=${value}`)
      .join('&');

  it.each([
    ['', {}],
    ['&a=b', { 'Security-Token': 'tok%2F%2B%3D' }],
  ])('reads a query', (more, change) => {
    expect(parsePresignedQuery(query(change) + more)).toEqual({
      ...parsed,
      amzDate: '20200224T120000Z',
      expires: 60,
      securityToken: more === '' ? undefined : 'tok/+=',
    });
  });

  it.each(['', 'a=b', 'x=X-Amz-Signature', 'X-Amz-Date=1'])('finds no signature in %j', (text) => {
    expect(parsePresignedQuery(text)).toBeUndefined();
  });

  it.each([
    [{ Expires: undefined }, undefined],
    [{ Expires: '1e3' }, Number.NaN],
    [{ Expires: '-1' }, Number.NaN],
    [{ Expires: '' }, Number.NaN],
  ])('reads the expiry of %j', (change, expected) => {
    expect(parsePresignedQuery(query(change))?.expires).toBe(expected);
  });

  it.each([
    [
      { Date: undefined },
      "AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.",
    ],
    [
      { Algorithm: undefined, Signature: '' },
      "AWS query-string parameters must include 'X-Amz-Algorithm'. AWS query-string parameters must include 'X-Amz-Signature'. Re-examine the query-string parameters.",
    ],
    [{ Algorithm: 'AWS4-X' }, "Unsupported AWS 'algorithm': 'AWS4-X'."],
    [{ Signature: `${signature}&X-Amz-Signature=b` }, "AWS query-string parameter 'X-Amz-Signature' is given twice."],
    [
      { Credential: 'AK' },
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AK'",
    ],
  ])('refuses %j', (change, message) => {
    expect(() => parsePresignedQuery(query(change))).toThrow(
      expect.objectContaining({ name: 'IncompleteSignatureException', message }),
    );
  });
});

it.each([
  [{}, []],
  [{ region: 'eu-west-1' }, ["Credential should be scoped to a valid region, not 'eu-west-1'."]],
  [{ service: 's3' }, ["Credential should be scoped to correct service: 'sagemaker'."]],
  [{ terminator: 'x' }, ["Credential should be scoped with a valid terminator: 'aws4_request', not 'x'."]],
  [
    { date: '20200223' },
    [
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20200223' != '20200224', from '20200224T120000Z'.",
    ],
  ],
])('scopeProblems of %j', (change, expected) => {
  const wanted = { region: 'us-east-1', service: 'sagemaker', amzDate: '20200224T120000Z' };
  expect(scopeProblems({ ...parsed, ...change }, wanted)).toEqual(expected);
});
