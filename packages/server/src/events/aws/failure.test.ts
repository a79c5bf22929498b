import { expect, test } from 'vitest';
import { failureOf } from './failure.ts';

const answered = (name: string, httpStatusCode: number): Error =>
  Object.assign(new Error('as told'), { name, $fault: 'client', $metadata: { httpStatusCode } });

test.each([
  ['ExpiredTokenException', 400, true],
  ['UnrecognizedClientException', 400, true],
  ['AccessDeniedException', 403, true],
  ['ThrottlingException', 400, false],
  ['InternalFailure', 500, false],
])('other credentials may mend %s with %d: %s', (name, status, expected) => {
  expect(failureOf('eventbridge', answered(name, status)).isOfCredentials).toBe(expected);
});
