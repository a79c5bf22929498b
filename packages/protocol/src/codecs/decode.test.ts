// What a service does with requests that are odd or hostile.
import { describe, expect, it } from 'vitest';
import { operations } from '../operations/index.ts';
import type { Shape, StructureShape } from '../shape.ts';
import { decodeJson11Request, encodeJson11Request } from './json-1-1.ts';
import { decodeRestJsonRequest, encodeRestJsonRequest, encodeRestJsonResponse } from './rest-json.ts';

const refused = (name: string, message: string) => expect.objectContaining({ name, message });
const bad = (message: string) => refused('SerializationException', message);
const rest = (
  operation: { input: StructureShape },
  request: { rawQuery?: string; body?: string; type?: string; name?: string },
) =>
  decodeRestJsonRequest(operation, {
    labels: request.name === undefined ? {} : { HumanLoopName: request.name },
    rawQuery: request.rawQuery ?? '',
    headers: { 'Content-Type': request.type },
    body: request.body ?? '',
  });

describe('JSON 1.1 requests', () => {
  const create = operations.CreateFlowDefinition;
  const scenarios: readonly (readonly [string, string, unknown])[] = [
    ['an empty body', '', {}],
    ['unknown members', '{"Nope":1,"__type":"x","FlowDefinitionName":"a"}', { FlowDefinitionName: 'a' }],
    ['null members', '{"FlowDefinitionName":null,"Tags":null}', {}],
    ['duplicate members', '{"FlowDefinitionName":"a","FlowDefinitionName":"b"}', { FlowDefinitionName: 'b' }],
    ['hostile keys', '{"__proto__":{"FlowDefinitionName":"a"},"constructor":{"prototype":{"x":1}}}', {}],
    [
      'whole numbers with a fraction of zero',
      '{"HumanLoopConfig":{"TaskCount":1.0}}',
      { HumanLoopConfig: { TaskCount: 1 } },
    ],
    ['lone surrogates', '{"FlowDefinitionName":"\\ud800"}', { FlowDefinitionName: '\ud800' }],
  ];
  it.each(scenarios)('%s', (_, body, expected) => {
    const input = decodeJson11Request(create, body);
    expect(input).toEqual(expected);
    expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  const refusals: readonly (readonly [string, string, string])[] = [
    ['text that is no JSON', '{"a":', 'The body is not valid JSON.'],
    ['a list as body', '[]', 'Expected an object as the body, found a list.'],
    ['null as body', 'null', 'Expected an object as the body, found null.'],
    ['a number for a string', '{"FlowDefinitionName":1}', "Expected a string at 'FlowDefinitionName', found a number."],
    ['a list for a structure', '{"OutputConfig":[]}', "Expected an object at 'OutputConfig', found a list."],
    ['an object for a list', '{"Tags":{}}', "Expected a list at 'Tags', found an object."],
    [
      'a nested string for a number',
      '{"HumanLoopConfig":{"TaskCount":"1"}}',
      "Expected a whole number at 'HumanLoopConfig.TaskCount', found a string.",
    ],
    [
      'a fraction',
      '{"HumanLoopConfig":{"TaskCount":1.5}}',
      "Expected a whole number of 32 bits at 'HumanLoopConfig.TaskCount'.",
    ],
    [
      'a number too large',
      '{"HumanLoopConfig":{"TaskCount":2147483648}}',
      "Expected a whole number of 32 bits at 'HumanLoopConfig.TaskCount'.",
    ],
    ['a null item', '{"Tags":[null]}', "Expected an item at 'Tags[0]', found null."],
    [
      'a wrong item',
      '{"Tags":[{"Key":"a","Value":"b"},{"Key":true}]}',
      "Expected a string at 'Tags[1].Key', found a boolean.",
    ],
  ];
  it.each(refusals)('refuses %s', (_, body, message) => {
    expect(() => decodeJson11Request(create, body)).toThrow(bad(message));
  });

  it('never repeats the input of bad JSON', () => {
    expect(() => decodeJson11Request(create, '{"secret-marker')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret-marker') }),
    );
  });

  it.each([
    ['1577934245.678', '2020-01-02T03:04:05.678Z'],
    ['"2020-01-02T03:04:05.678Z"', '2020-01-02T03:04:05.678Z'],
    ['"2020-01-02"', '2020-01-02T00:00:00.000Z'],
    ['-1', '1969-12-31T23:59:59.000Z'],
  ])('reads the time %s', (value, expected) => {
    expect(decodeJson11Request(operations.ListFlowDefinitions, `{"CreationTimeAfter":${value}}`)).toEqual({
      CreationTimeAfter: new Date(expected),
    });
  });

  it.each(['1e300', '"yesterday"', 'true', '"2020-02-30"', '{}'])('refuses the time %s', (value) => {
    expect(() => decodeJson11Request(operations.ListFlowDefinitions, `{"CreationTimeAfter":${value}}`)).toThrow(
      expect.objectContaining({ name: 'SerializationException' }),
    );
  });

  it('keeps the keys of maps as they are', () => {
    const body =
      '{"OidcConfig":{"AuthenticationRequestExtraParams":{"__proto__":"a","constructor":"b","toString":"c"}}}';
    const input = decodeJson11Request(operations.CreateWorkforce, body);
    expect(JSON.stringify(input)).toBe(body);
    expect(encodeJson11Request(operations.CreateWorkforce, input).body).toBe(body);
  });

  it('refuses nesting without end', () => {
    const node: { type: 'structure'; members: Record<string, Shape> } = { type: 'structure', members: {} };
    node.members.Next = node;
    node.members.Any = { type: 'document' };
    const deep = (name: string) => `${`{"${name}":`.repeat(100_000)}{}${'}'.repeat(100_000)}`;
    for (const name of ['Next', 'Any']) {
      expect(() => decodeJson11Request({ input: node }, deep(name))).toThrow(
        expect.objectContaining({ name: 'SerializationException', message: expect.stringContaining('128 levels') }),
      );
    }
  });
});

describe('REST-JSON requests', () => {
  const { ListHumanLoops, StartHumanLoop, DescribeHumanLoop } = operations;
  const flow = 'arn:aws:sagemaker:us-east-1:000000000000:flow-definition/a';

  it('reads a query', () => {
    const rawQuery = `FlowDefinitionArn=${encodeURIComponent(flow)}&MaxResults=5&SortOrder=Ascending&NextToken=a%2Bb+c&X-Amz-Date=x&Nope=%20`;
    expect(rest(ListHumanLoops, { rawQuery })).toEqual({
      FlowDefinitionArn: flow,
      MaxResults: 5,
      SortOrder: 'Ascending',
      NextToken: 'a+b c',
    });
  });

  it.each([
    ['2020-02-24', '2020-02-24T00:00:00.000Z'],
    ['2020-02-24T01:02:03Z', '2020-02-24T01:02:03.000Z'],
    ['2020-02-24T01:02:03.4Z', '2020-02-24T01:02:03.400Z'],
    ['2020-02-24T01:02:03.456789Z', '2020-02-24T01:02:03.456Z'],
    ['2020-02-24T01:02:03.456789123%2B02:30', '2020-02-23T22:32:03.456Z'],
    ['2020-02-24T01%3A02%3A03-0100', '2020-02-24T02:02:03.000Z'],
    ['2020-02-24T01:02:03', '2020-02-24T01:02:03.000Z'],
  ])('reads the time %s', (text, expected) => {
    expect(rest(ListHumanLoops, { rawQuery: `CreationTimeAfter=${text}` })).toEqual({
      CreationTimeAfter: new Date(expected),
    });
  });

  it.each([
    ['CreationTimeAfter=1582502400', "Expected a date and time such as 2020-02-24T12:00:00Z at 'CreationTimeAfter'."],
    ['CreationTimeAfter=2020-13-01', "Expected a date and time such as 2020-02-24T12:00:00Z at 'CreationTimeAfter'."],
    [
      'CreationTimeAfter=2020-02-24T25:00:00Z',
      "Expected a date and time such as 2020-02-24T12:00:00Z at 'CreationTimeAfter'.",
    ],
    ['MaxResults=ten', "Expected a whole number at 'MaxResults'."],
    ['MaxResults=', "Expected a whole number at 'MaxResults'."],
    ['MaxResults=99999999999', "Expected a whole number of 32 bits at 'MaxResults'."],
    ['MaxResults=1&MaxResults=2', "Expected one value, not several, at 'MaxResults'."],
    ['NextToken=%zz', "Expected valid percent-encoding at 'NextToken'."],
    ['NextToken=%ff', "Expected percent-encoded UTF-8 at 'NextToken'."],
  ])('refuses %s', (rawQuery, message) => {
    expect(() => rest(ListHumanLoops, { rawQuery })).toThrow(bad(message));
  });

  it('reads a label', () => {
    expect(rest(DescribeHumanLoop, { name: 'a%2Fb%C3%A9' })).toEqual({ HumanLoopName: 'a/bé' });
    expect(rest(DescribeHumanLoop, { name: '\xc3\xa9' })).toEqual({ HumanLoopName: 'é' });
    expect(() => rest(DescribeHumanLoop, { name: '%' })).toThrow(
      bad("Expected valid percent-encoding at 'HumanLoopName'."),
    );
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON', undefined])(
    'takes a body of type %s',
    (type) => {
      expect(rest(StartHumanLoop, { body: '{"HumanLoopName":"a"}', ...(type === undefined ? {} : { type }) })).toEqual({
        HumanLoopName: 'a',
      });
    },
  );

  it('refuses a body that says it is something else', () => {
    expect(() => rest(StartHumanLoop, { body: 'a=b', type: 'application/x-www-form-urlencoded' })).toThrow(
      refused('UnsupportedMediaTypeException', 'The Content-Type of the request must be application/json.'),
    );
    expect(rest(DescribeHumanLoop, { name: 'a', body: 'x', type: 'text/plain' })).toEqual({ HumanLoopName: 'a' });
  });

  it('writes requests', () => {
    const request = encodeRestJsonRequest(ListHumanLoops, {
      FlowDefinitionArn: flow,
      MaxResults: 5,
      CreationTimeAfter: new Date('2020-02-24T00:00:00.120Z'),
      CreationTimeBefore: new Date('2020-02-25T00:00:00Z'),
    });
    expect(request).toMatchObject({ method: 'GET', path: '/human-loops', body: '', headers: {} });
    expect(request.rawQuery).toBe(
      `FlowDefinitionArn=${encodeURIComponent(flow)}&MaxResults=5&CreationTimeAfter=2020-02-24T00%3A00%3A00.120000Z&CreationTimeBefore=2020-02-25T00%3A00%3A00Z`,
    );
    expect(encodeRestJsonRequest(DescribeHumanLoop, { HumanLoopName: "a b/é'" }).path).toBe(
      '/human-loops/a%20b%2F%C3%A9%27',
    );
    expect(() => encodeRestJsonRequest(DescribeHumanLoop, {})).toThrow(
      bad("Expected a value that is not empty at 'HumanLoopName'."),
    );
  });

  it('writes the members of a body in the order of the call, and as the caller wants', () => {
    const input = { HumanLoopInput: { InputContent: '{}' }, FlowDefinitionArn: flow, HumanLoopName: 'a' };
    expect(encodeRestJsonRequest(StartHumanLoop, input).body).toBe(JSON.stringify(input));
    const shouting = { stringify: (value: unknown) => JSON.stringify(value).toUpperCase() };
    expect(encodeRestJsonRequest(StartHumanLoop, { HumanLoopName: 'a' }, shouting).body).toBe('{"HUMANLOOPNAME":"A"}');
  });

  it('always answers an object and times with milliseconds', () => {
    expect(encodeRestJsonResponse(operations.StopHumanLoop, {})).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    const { body } = encodeRestJsonResponse(ListHumanLoops, {
      HumanLoopSummaries: [{ HumanLoopName: 'a', CreationTime: new Date('2020-02-24T00:00:00Z') }],
      NextToken: undefined,
    });
    expect(body).toBe('{"HumanLoopSummaries":[{"HumanLoopName":"a","CreationTime":"2020-02-24T00:00:00.000Z"}]}');
  });

  it.each([
    [
      { HumanLoopSummaries: [{ CreationTime: '2020' }] },
      "Expected a Date at 'HumanLoopSummaries[0].CreationTime', found a string.",
    ],
    [
      { HumanLoopSummaries: [{ CreationTime: new Date(Number.NaN) }] },
      "Expected a valid Date at 'HumanLoopSummaries[0].CreationTime'.",
    ],
    [{ HumanLoopSummaries: 'x' }, "Expected a list at 'HumanLoopSummaries', found a string."],
    ['x', 'Expected an object as the body, found a string.'],
  ])('refuses to write %j', (output, message) => {
    expect(() => encodeRestJsonResponse(ListHumanLoops, output)).toThrow(bad(message));
  });
});
