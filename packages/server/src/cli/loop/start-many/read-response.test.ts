import { describe, expect, it } from 'vitest';
import { readResponse } from './read-response.ts';

const latin1 = (text: string): string => Buffer.from(text).toString('latin1');
const ok = 'HTTP/1.1 200 OK\r\n';

describe('a response', () => {
  it.each<[what: string, text: string, body: string, keeps: boolean]>([
    ['with a length', `${ok}Content-Length: 2\r\n\r\n{}`, '{}', true],
    ['without a body', `${ok}content-length: 0\r\n\r\n`, '', true],
    ['in letters of several bytes', `${ok}Content-Length: 7\r\n\r\n${latin1('"ä€"')}`, '"ä€"', true],
    [
      'in chunks',
      `${ok}Transfer-Encoding: chunked\r\n\r\n2\r\n{"\r\n3;x=y\r\na":\r\n2\r\n1}\r\n0\r\n\r\n`,
      '{"a":1}',
      true,
    ],
    ['in chunks with trailers', `${ok}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\n`, 'a', true],
    ['after an interim one', `HTTP/1.1 100 Continue\r\n\r\n${ok}Content-Length: 1\r\n\r\na`, 'a', true],
    ['that closes', `${ok}Connection: close\r\nContent-Length: 1\r\n\r\na`, 'a', false],
    ['of an older server', 'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na', 'a', false],
    ['204', 'HTTP/1.1 204 No Content\r\n\r\n', '', true],
  ])('%s is read when it is complete, not before', (_what, text, body, keeps) => {
    for (let length = 0; length < text.length; length++)
      expect(readResponse(text.slice(0, length), false)).toBeUndefined();
    const read = readResponse(text, false)!;
    expect([read.response.body, read.keepsConnection]).toEqual([body, keeps]);
  });

  it('without a length ends with the connection', () => {
    expect(readResponse(`${ok}\r\nabc`, false)).toBeUndefined();
    expect(readResponse(`${ok}\r\nabc`, true)).toMatchObject({ response: { body: 'abc' }, keepsConnection: false });
  });

  it('has its status and its headers in lower case', () => {
    const text = 'HTTP/1.1 429 Too Many\r\nX-Amzn-RequestId:  a:b \r\nContent-Length: 0\r\n\r\n';
    expect(readResponse(text, false)!.response).toEqual({
      status: 429,
      headers: { 'x-amzn-requestid': 'a:b', 'content-length': '0' },
      body: '',
    });
  });

  it.each([
    ['no HTTP', 'SSH-2.0-x\r\n\r\n'],
    ['no length', `${ok}Content-Length: x\r\n\r\n`],
    ['a bad chunk', `${ok}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
    ['headers without an end', `${ok}${'x: y\r\n'.repeat(50_000)}`],
  ])('with %s is refused', (_what, text) => {
    expect(() => readResponse(text, false)).toThrow(/^The answer /);
  });
});
