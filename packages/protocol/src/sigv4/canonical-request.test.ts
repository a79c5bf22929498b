import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalPath, canonicalQuery, canonicalRequest, trimHeaderValue } from './canonical-request.ts';
import { percentDecodeBytes, uriEncode } from './uri.ts';

it.each([
  ['', '/'],
  ['/', '/'],
  ['/human-loops/a.b~c_d-e', '/human-loops/a.b~c_d-e'],
  ['/a%20b', '/a%2520b'],
  ['/a/./b/../c//d/', '/a/c/d/'],
  ['/../..', '/'],
  ['/.hidden', '/.hidden'],
  ['/a:b@c\xe9', '/a%3Ab%40c%E9'],
])('canonicalPath %j', (path, expected) => expect(canonicalPath(path)).toBe(expected));

it.each([
  ['/a//b/./c/', '/a//b/./c/'],
  ['/a%20b+c', '/a%20b%2Bc'],
  ["/a(b)!'*", '/a%28b%29%21%27%2A'],
  ['/a%2fb', '/a/b'],
  ['', '/'],
])('S3’s path %j', (rawPath, expected) => {
  const request = { method: 'GET', rawPath, rawQuery: '', headers: [] };
  expect(
    canonicalRequest(request, { signedHeaders: [], payloadHash: 'UNSIGNED-PAYLOAD', s3: true }).split('\n')[1],
  ).toBe(expected);
});

it.each([
  ['', ''],
  ['b=2&a=1&a=0', 'a=0&a=1&b=2'],
  ['a', 'a='],
  ['a=b=c', 'a=b%3Dc'],
  ['&&a=1&', 'a=1'],
  ['a=%7e%2f%c3%a9', 'a=~%2F%C3%A9'],
  ['a=b+c', 'a=b%20c'],
  ['a=%zz%', 'a=%25zz%25'],
  ['a=\xc3\xa9', 'a=%C3%A9'],
  ['a-b=1&a=2', 'a=2&a-b=1'],
])('canonicalQuery %j', (query, expected) => expect(canonicalQuery(query)).toBe(expected));

it.each([
  ['', ''],
  [' ', ''],
  ['a b', 'a b'],
  ['  a   b  ', 'a b'],
  ['a\n  b\tc', 'a b c'],
  ['a ', 'a'],
])('trimHeaderValue %j', (value, expected) => expect(trimHeaderValue(value)).toBe(expected));

it('encoding and decoding are each other’s inverse', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const encoded = uriEncode(text);
      expect(encoded).toMatch(/^(?:[\w.~-]|%[0-9A-F]{2})*$/);
      expect(decodeURIComponent(encoded)).toBe(text);
      expect(Buffer.from(percentDecodeBytes(encoded), 'latin1').toString('utf8')).toBe(text);
      expect(canonicalQuery(`a=${encoded}`)).toBe(`a=${encoded}`);
      expect(canonicalQuery(`a=${encoded.toLowerCase()}`)).toBe(
        canonicalQuery(`a=${uriEncode(decodeURIComponent(encoded.toLowerCase()))}`),
      );
    }),
  );
});
