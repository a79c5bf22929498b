import { describe, expect, it } from 'vitest';
import { decodeApiError, encodeApiError } from './codecs/api-error.ts';
import { ApiError, errorTable, isApiError, type Protocol } from './errors.ts';

const id = '00000000-0000-4000-8000-000000000001';

describe('encodeApiError', () => {
  const scenarios: readonly (readonly [Protocol, string, number, 'Message' | 'message'])[] = [
    ['rest-json', 'ValidationException', 400, 'Message'],
    ['rest-json', 'ServiceQuotaExceededException', 402, 'Message'],
    ['rest-json', 'ResourceNotFoundException', 404, 'Message'],
    ['rest-json', 'ConflictException', 409, 'Message'],
    ['rest-json', 'ThrottlingException', 429, 'Message'],
    ['rest-json', 'InternalServerException', 500, 'Message'],
    ['rest-json', 'InvalidSignatureException', 403, 'message'],
    ['rest-json', 'UnknownOperationException', 404, 'message'],
    ['rest-json', 'RequestEntityTooLargeException', 413, 'message'],
    ['json-1-1', 'ResourceInUse', 400, 'Message'],
    ['json-1-1', 'ResourceLimitExceeded', 400, 'Message'],
    ['json-1-1', 'ResourceNotFound', 400, 'Message'],
    ['json-1-1', 'ConflictException', 400, 'Message'],
    ['json-1-1', 'ValidationException', 400, 'message'],
    ['json-1-1', 'ThrottlingException', 400, 'message'],
    ['json-1-1', 'InternalServerException', 500, 'message'],
    ['json-1-1', 'UnknownOperationException', 400, 'message'],
    ['json-1-1', 'AccessDeniedException', 400, 'message'],
    ['json-1-1', 'SomethingElse', 400, 'message'],
  ];

  it.each(scenarios)('%s %s is %d with %s', (protocol, name, status, member) => {
    const answer = encodeApiError(protocol, new ApiError(name, 'Why.'), id);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'content-type': protocol === 'rest-json' ? 'application/json' : 'application/x-amz-json-1.1',
      'x-amzn-errortype': name,
      'x-amzn-requestid': id,
    });
    expect(JSON.parse(answer.body)).toEqual({ __type: name, [member]: 'Why.' });
    expect(decodeApiError(protocol, answer)).toMatchObject({ name, message: 'Why.', status, requestId: id });
  });

  it('says when to try again', () => {
    const { headers } = encodeApiError(
      'json-1-1',
      new ApiError('ThrottlingException', 'Slow down.', { retryAfter: 1.5 }),
      id,
    );
    expect(headers).toMatchObject({ 'retry-after': '2', 'x-amz-retry-after': '1500' });
    expect(decodeApiError('json-1-1', { status: 400, headers, body: '' }).retryAfter).toBe(1.5);
  });

  it.each([
    [{ 'retry-after': '3' }, 3],
    [{ 'retry-after': 'Mon, 24 Feb 2020 12:00:05 GMT', date: 'Mon, 24 Feb 2020 12:00:00 GMT' }, 5],
    [{ 'retry-after': 'Mon, 24 Feb 2020 12:00:00 GMT', date: 'Mon, 24 Feb 2020 12:00:05 GMT' }, undefined],
    [{ 'retry-after': 'Mon, 24 Feb 2020 12:00:05 GMT' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('reads %j', (headers, seconds) => {
    expect(
      decodeApiError('rest-json', { status: 503, headers: headers as Record<string, string>, body: '' }).retryAfter,
    ).toBe(seconds);
  });

  it('cuts a message at 1024 characters', () => {
    const { body } = encodeApiError('rest-json', new ApiError('ValidationException', '😀'.repeat(2000)), id);
    expect([...(JSON.parse(body) as { Message: string }).Message]).toHaveLength(1024);
  });
});

describe('decodeApiError', () => {
  it.each([
    ['an empty body', '', '503', 'UnknownError'],
    ['a page', '<html>', '503', 'UnknownError'],
    ['a list', '[]', '503', 'UnknownError'],
    ['numbers', '{"__type":3,"message":4}', '503', 'UnknownError'],
    ['a plain text', 'no route\n', '503', 'no route\n'],
    ['a name with namespace and address', '{"__type":"a.b#Name:http://x","Message":"m"}', 'Name', 'm'],
    ['a name with two namespaces', '{"__type":"a#b#Name","Message":"m"}', 'Name', 'm'],
    ['two names', '{"code":"Other","__type":"Name","message":"m"}', 'Name', 'm'],
  ])('reads %s', (_, body, name, message) => {
    expect(decodeApiError('json-1-1', { status: 503, headers: {}, body })).toMatchObject({ name, message });
  });

  it('takes the header first and __type last in REST-JSON', () => {
    const body = '{"code":"Code","__type":"Type"}';
    const nameOf = (headers: Record<string, string>): string =>
      decodeApiError('rest-json', { status: 400, headers, body }).name;
    expect([nameOf({ 'x-amzn-errortype': 'Header' }), nameOf({})]).toEqual(['Header', 'Code']);
  });
});

describe('ApiError', () => {
  it('is recognised by class and name', () => {
    const error: unknown = new ApiError('ResourceNotFound', 'Gone.', { cause: 'x' });
    expect([isApiError(error), isApiError(error, 'ResourceNotFound'), isApiError(error, 'ResourceInUse')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(isApiError(new Error('x'))).toBe(false);
    expect((error as Error).cause).toBe('x');
  });

  it('has no entry whose name an object inherits', () => {
    expect(new ApiError('constructor', 'x').retryAfter).toBeUndefined();
    expect(Object.keys(errorTable)).not.toContain('constructor');
  });
});
