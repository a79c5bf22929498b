// Runs the public suites of the two protocols through the codecs, as client and reversed as server.
import { afterAll, describe, expect, it } from 'vitest';
import { recordResult } from '../../../../test/testing/record-result.ts';
import { ApiError } from '../errors.ts';
import type { Shape, StructureShape } from '../shape.ts';
import { hasConformanceData, readConformanceJson } from '../testing/conformance.ts';
import { type ModelShapes, modelShapes } from '../testing/model-shapes.ts';
import { decodeApiError, encodeApiError } from './api-error.ts';
import { decodeJson11Request, decodeJson11Response, encodeJson11Request, encodeJson11Response } from './json-1-1.ts';
import { isRecord } from './json-value.ts';
import {
  decodeRestJsonOutput,
  decodeRestJsonRequest,
  decodeRestJsonResponse,
  encodeRestJsonRequest,
  encodeRestJsonResponse,
} from './rest-json.ts';

const host = 'the endpoint and its host are the business of the HTTP client; the codec makes the path';
const compression = 'none of our operations compresses requests';
const notThere = 'what the client was given leaves no trace in the request';
const errorFields = 'the errors of our services have a message and nothing else';
const offset = 'we write times in UTC';
const overlooked = 'the answer holds what a client must overlook; we never write that';
/** `FILE DIRECTION ID` → why the case does not hold for us. A listed case that passes fails the run. */
const skipped: Readonly<Record<string, string>> = {
  'input-json client AwsJson11EndpointTrait': host,
  'input-json client AwsJson11EndpointTraitWithHostLabel': host,
  'input-json client AwsJson11HostWithPath': host,
  'input-json client SDKAppliedContentEncoding_awsJson1_1': compression,
  'input-json client SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1': compression,
  'input-json server SDKAppliedContentEncoding_awsJson1_1': compression,
  'input-json server SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1': compression,
  'input-rest-json client RestJsonEndpointTrait': host,
  'input-rest-json client RestJsonEndpointTraitWithHostLabel': host,
  'input-rest-json client RestJsonHostWithPath': host,
  'input-rest-json client RestJsonHttpChecksumRequired': 'none of our operations asks for a checksum',
  'input-rest-json client SDKAppliedContentEncoding_restJson1': compression,
  'input-rest-json client SDKAppendedGzipAfterProvidedEncoding_restJson1': compression,
  'input-rest-json server RestJsonHostWithPath': host,
  'input-rest-json server RestJsonHttpPrefixHeadersAreNotPresent': notThere,
  'input-rest-json server RestJsonOmitsEmptyListQueryValues': notThere,
  'input-rest-json server SDKAppliedContentEncoding_restJson1': compression,
  'input-rest-json server SDKAppendedGzipAfterProvidedEncoding_restJson1': compression,
  'input-rest-json server RestJsonQueryIdempotencyTokenAutoFill': 'the client makes the token up',
  'input-rest-json server RestJsonQueryPrecedence': 'a service sees the one value that the client let win',
  'input-rest-json server RestJsonHttpWithEmptyStructurePayload': 'the client writes an absent payload as {}',
  'input-rest-json server RestJsonHttpWithHeadersButNoPayload': 'the client writes an absent payload as {}',
  'input-rest-json server RestJsonQueryParamsStringListMap': 'the map of a service holds every parameter',
  'output-json server AwsJson11DateTimeWithNegativeOffset': offset,
  'output-json server AwsJson11IntEnums': 'the answer in the suite repeats a header of the request',
  'output-json server AwsJson11DateTimeWithPositiveOffset': offset,
  'output-json server handles_unexpected_json_output': overlooked,
  'output-json server AwsJson11ComplexError': errorFields,
  'output-json server AwsJson11DeserializeIgnoreType': overlooked,
  'output-json server AwsJson11StructuresDontDeserializeNullValues': overlooked,
  'output-rest-json server RestJsonDateTimeWithNegativeOffset': offset,
  'output-rest-json server RestJsonDateTimeWithPositiveOffset': offset,
  'output-rest-json server RestJsonComplexErrorWithNoMessage': errorFields,
  'output-rest-json server RestJsonDeserializesDenseSetMapAndSkipsNull': overlooked,
  'output-rest-json server RestJsonDeserializeIgnoreType': overlooked,
  'output-rest-json server RestJsonDoesntDeserializeNullStructureValues': overlooked,
};

interface Suite {
  readonly metadata: { readonly protocol: string; readonly targetPrefix?: string };
  readonly shapes: ModelShapes;
  readonly cases: readonly Case[];
}
interface Case {
  readonly id: string;
  readonly given: {
    readonly name: string;
    readonly http: { readonly method: string; readonly requestUri: string };
    readonly input?: { readonly shape: string };
    readonly output?: { readonly shape: string };
    readonly errors?: readonly { readonly shape: string }[];
  };
  readonly params?: unknown;
  readonly serialized?: {
    readonly method: string;
    readonly uri: string;
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly forbidHeaders?: readonly string[];
    readonly requireHeaders?: readonly string[];
    readonly host?: string;
  };
  readonly result?: unknown;
  readonly error?: unknown;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly response?: {
    readonly status_code: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
}

const empty: StructureShape = { type: 'structure', members: {} };
const token = '00000000-0000-4000-8000-000000000000';

interface Subject {
  readonly http: { readonly method: string; readonly uri: string };
  readonly target: string;
  readonly input: StructureShape;
  readonly output: StructureShape;
  readonly errors: readonly StructureShape[];
}

function subjectOf(suite: Suite, { given }: Case): Subject {
  const read = modelShapes(suite.shapes);
  const structure = (reference: { readonly shape: string } | undefined): StructureShape => {
    const shape = reference === undefined ? empty : read(reference.shape);
    if (shape.type !== 'structure') throw new Error('Not a structure');
    return shape;
  };
  return {
    http: { method: given.http.method, uri: given.http.requestUri },
    target: `${suite.metadata.targetPrefix}.${given.name}`,
    input: structure(given.input),
    output: structure(given.output),
    errors: (given.errors ?? []).map(structure),
  };
}

/** The suite's values as ours: seconds → Date, text → bytes, names of special floats → numbers, nulls left out. */
function toValue(shape: Shape, value: unknown): unknown {
  if (value === null) return null;
  switch (shape.type) {
    case 'timestamp':
      return new Date(Number(value) * 1000);
    case 'blob':
      return new TextEncoder().encode(String(value));
    case 'float':
    case 'double':
      return Number(value);
    case 'list':
      return (value as unknown[]).map((item) => toValue(shape.member, item));
    case 'map':
      return mapRecord(value, (_, item) => toValue(shape.value, item));
    case 'structure':
      return mapRecord(value, (name, item) => toValue(shape.members[name] ?? { type: 'document' }, item));
    default:
      return value;
  }
}

function mapRecord(value: unknown, change: (name: string, item: unknown) => unknown): Record<string, unknown> {
  const entries = Object.entries(isRecord(value) ? value : {});
  return Object.fromEntries(
    entries.filter(([, item]) => item !== null).map(([name, item]) => [name, change(name, item)]),
  );
}

function splitUri(uri: string): { readonly path: string; readonly rawQuery: string } {
  const cut = uri.indexOf('?');
  return cut < 0 ? { path: uri, rawQuery: '' } : { path: uri.slice(0, cut), rawQuery: uri.slice(cut + 1) };
}

/** Header lists are compared without the blanks after commas, names in lower case. */
function comparable(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.replace(/,\s+/g, ',')]),
  );
}

function expectBody(actual: string, wanted: string, json: boolean): void {
  if (json && wanted !== '') expect(JSON.parse(actual)).toEqual(JSON.parse(wanted));
  else expect(actual).toBe(wanted);
}

function isJsonText(text: string): boolean {
  return /^\s*[[{"]/.test(text);
}

function clientInput(suite: Suite, test: Case): void {
  const subject = subjectOf(suite, test);
  const wanted = test.serialized;
  if (wanted === undefined) throw new Error('Nothing to compare with');
  const input = toValue(subject.input, test.params);
  const encode = suite.metadata.protocol === 'json' ? encodeJson11Request : encodeRestJsonRequest;
  const request = encode(subject, input, { makeToken: () => token });
  const { path, rawQuery } = splitUri(wanted.uri);
  expect(request.method).toBe(wanted.method);
  expect(request.path).toBe(path);
  expect(request.rawQuery.split('&').sort()).toEqual(rawQuery.split('&').sort());
  expect(comparable(request.headers)).toMatchObject(comparable(wanted.headers ?? {}));
  for (const name of wanted.forbidHeaders ?? []) expect(request.headers).not.toHaveProperty(name.toLowerCase());
  if (wanted.body !== undefined) expectBody(request.body, wanted.body, isJsonText(wanted.body));
  if (wanted.host !== undefined) expect(wanted.host).toBe('example.com');
}

function serverInput(suite: Suite, test: Case): void {
  const subject = subjectOf(suite, test);
  const { uri, headers = {}, body = '' } = test.serialized ?? { uri: '' };
  const wanted = toValue(subject.input, test.params);
  if (suite.metadata.protocol === 'json') {
    expect(decodeJson11Request(subject, body)).toEqual(wanted);
    return;
  }
  const { path, rawQuery } = splitUri(uri);
  const labels = labelsOf(splitUri(subject.http.uri).path, path);
  expect(decodeRestJsonRequest(subject, { labels, rawQuery, headers, body })).toEqual(wanted);
}

function labelsOf(template: string, path: string): Record<string, string> {
  const names: string[] = [];
  const pattern = template
    .replace(/[.*+?^$()|[\]\\]/g, (character, index: number) =>
      character === '+' && template[index + 1] === '}' ? '+' : `\\${character}`,
    )
    .replace(/\{([^}+]+)(\+?)\}/g, (_, name: string, greedy: string) => {
      names.push(name);
      return greedy ? '(.+)' : '([^/]+)';
    });
  const match = new RegExp(`^${pattern}$`).exec(path);
  if (match === null) throw new Error(`${path} does not match ${template}`);
  return Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? '']));
}

function clientOutput(suite: Suite, test: Case): void {
  const subject = subjectOf(suite, test);
  const answer = answerOf(test);
  const json = suite.metadata.protocol === 'json';
  if (test.errorCode !== undefined) {
    const error = decodeApiError(json ? 'json-1-1' : 'rest-json', answer);
    expect(error.name).toBe(test.errorCode);
    if (test.errorMessage !== undefined) expect(error.message).toBe(test.errorMessage);
    const [shape = empty] = subject.errors;
    const fields = json
      ? decodeJson11Response({ output: shape }, { ...answer, status: 200 })
      : decodeRestJsonOutput(shape, answer);
    expect(fields).toEqual(toValue(shape, test.error));
    return;
  }
  const output = json ? decodeJson11Response(subject, answer) : decodeRestJsonResponse(subject, answer);
  expect(output).toEqual(toValue(subject.output, test.result));
}

/** The suite's error answers show every spelling of the name; ours has one, which every client reads. */
function serverError(json: boolean, test: Case): void {
  const { message, Message, ...others } = isRecord(test.error) ? test.error : {};
  expect(others).toEqual({});
  const text = String(message ?? Message ?? '');
  const answer = encodeApiError(json ? 'json-1-1' : 'rest-json', new ApiError(test.errorCode ?? '', text), 'id');
  expect(answer.headers['x-amzn-errortype']).toBe(test.errorCode);
  expect(JSON.parse(answer.body)).toEqual({ __type: test.errorCode, message: text });
}

function serverOutput(suite: Suite, test: Case): void {
  const json = suite.metadata.protocol === 'json';
  if (test.errorCode !== undefined) {
    serverError(json, test);
    return;
  }
  const subject = subjectOf(suite, test);
  const wanted = answerOf(test);
  const value = toValue(subject.output, test.result);
  const answer = json ? encodeJson11Response(subject, value) : encodeRestJsonResponse(subject, value);
  expect(answer.status).toBe(wanted.status);
  // These two are added when the answer is sent.
  const { 'x-amzn-requestid': _, 'content-length': __, ...headers } = comparable(wanted.headers);
  expect(withMilliseconds(comparable(answer.headers))).toMatchObject(withMilliseconds(headers) as object);
  // An answer without a body is legal, but ours is always an object.
  if (isJsonText(wanted.body)) {
    expect(withMilliseconds(JSON.parse(answer.body))).toEqual(withMilliseconds(JSON.parse(wanted.body)));
  } else {
    expect(answer.body).toBe(wanted.body === '' && subject.output.payload === undefined ? '{}' : wanted.body);
  }
}

/** A service always writes milliseconds, the suite's answers only where there are any. */
function withMilliseconds(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, item: unknown) =>
      typeof item === 'string' ? item.replace(/(T\d\d:\d\d:\d\d)Z$/, '$1.000Z') : item,
    ),
  );
}

function answerOf({ response }: Case): { status: number; headers: Readonly<Record<string, string>>; body: string } {
  return { status: response?.status_code ?? 200, headers: response?.headers ?? {}, body: response?.body ?? '' };
}

const runs = [
  { file: 'input-json', direction: 'client', run: clientInput, count: 54 },
  { file: 'input-json', direction: 'server', run: serverInput, count: 54 },
  { file: 'input-rest-json', direction: 'client', run: clientInput, count: 113 },
  { file: 'input-rest-json', direction: 'server', run: serverInput, count: 113 },
  { file: 'output-json', direction: 'client', run: clientOutput, count: 58 },
  { file: 'output-json', direction: 'server', run: serverOutput, count: 58 },
  { file: 'output-rest-json', direction: 'client', run: clientOutput, count: 91 },
  { file: 'output-rest-json', direction: 'server', run: serverOutput, count: 91 },
] as const;

describe.skipIf(!hasConformanceData)('the protocol suites', () => {
  const seen = new Set<string>();
  const passed = new Map<string, number>();
  for (const { file, direction, run, count } of runs) {
    const suites = hasConformanceData ? readConformanceJson<Suite[]>(`protocol-tests/${file}.json`) : [];
    const title = `${file} as ${direction}`;

    it(`${title} has ${count} cases`, () => expect(suites.flatMap(({ cases }) => cases)).toHaveLength(count));

    for (const suite of suites) {
      for (const test of suite.cases) {
        const key = `${file} ${direction} ${test.id}`;
        seen.add(key);
        const reason = skipped[key];
        if (reason !== undefined) {
          it(`${key} still fails: ${reason}`, () => expect(() => run(suite, test)).toThrow());
        } else {
          it(key, () => {
            run(suite, test);
            passed.set(title, (passed.get(title) ?? 0) + 1);
          });
        }
      }
    }
  }

  it('the skip list names only cases that exist', () => {
    expect(Object.keys(skipped).filter((key) => !seen.has(key))).toEqual([]);
  });

  afterAll(() => {
    const rows = runs.map(({ file, direction, count }) => ({
      file,
      direction,
      count,
      passed: passed.get(`${file} as ${direction}`) ?? 0,
      skipped: Object.keys(skipped).filter((key) => key.startsWith(`${file} ${direction} `)).length,
    }));
    for (const row of rows)
      console.log(`${row.file} as ${row.direction}: ${row.count} cases, ${row.passed} passed, ${row.skipped} skipped`);
    if (rows.every((row) => row.passed + row.skipped === row.count)) recordResult('protocol-suites', rows);
  });
});
