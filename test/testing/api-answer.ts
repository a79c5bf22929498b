// What every answer of the API must be, whatever the request was.
import { errorTable, type Operation, operations } from '@holdpoint/protocol';
import type { RawAnswer } from './raw-http.ts';

/** Errors that any request can meet, whatever it calls. */
const commonErrors: readonly string[] = [
  // Of the HTTP parser, for what is no request.
  'BadRequestException',
  'RequestHeaderSectionTooLarge',
  ...Object.entries(errorTable).flatMap(([name, { modelled, restStatus }]) =>
    (modelled as readonly string[]).length === 0 && restStatus < 500 ? [name] : [],
  ),
];

/** Errors of the runtime's model that the SageMaker API shares without naming them. */
const commonInJson11 = ['ValidationException', 'ThrottlingException'];

/** Errors that the documentation names in a sentence and the model leaves out. */
const documented: { readonly [operation: string]: readonly string[] } = { DeleteWorkforce: ['ResourceInUse'] };

/** What is wrong with an answer; without an operation only common errors are right refusals. */
export function faultsOf(answer: RawAnswer, operation?: Operation): string[] {
  const { status, headers, body } = answer;
  const faults: string[] = [];
  const check = (good: boolean, fault: string): void => {
    if (!good) faults.push(fault);
  };
  check(status === 200 || (status >= 400 && status < 500), `status ${status}`);
  check(/^[0-9a-f-]{36}$/.test(headers['x-amzn-requestid'] ?? ''), `x-amzn-RequestId ${headers['x-amzn-requestid']}`);
  check(!Number.isNaN(Date.parse(headers.date ?? '')), `Date ${headers.date}`);
  check(
    /^application\/(x-amz-json-1\.1|json)$/.test(headers['content-type'] ?? ''),
    `Content-Type ${headers['content-type']}`,
  );
  const value = parse(body);
  check(typeof value === 'object' && value !== null, `body ${body.slice(0, 200)}`);
  if (status === 200 || typeof value !== 'object' || value === null) return faults;
  const { __type: type, message, Message } = value as Record<string, unknown>;
  check(type === headers['x-amzn-errortype'], `__type ${type}, x-amzn-errortype ${headers['x-amzn-errortype']}`);
  const text = message ?? Message;
  check(typeof text === 'string' && text !== '' && text.length <= 2048, `message ${String(text).slice(0, 200)}`);
  check(allowed(operation).includes(String(type)), `error ${type}`);
  return faults;
}

function allowed(operation: Operation | undefined): readonly string[] {
  if (!operation) return commonErrors;
  const modelled = operation.errors.filter((name) => name !== 'InternalServerException');
  return [
    ...commonErrors,
    ...modelled,
    ...(documented[operation.name] ?? []),
    ...(operation.protocol === 'json-1-1' ? commonInJson11 : []),
  ];
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

export const everyOperation: readonly Operation[] = Object.values(operations);
