// Inputs of operations as a fuzzer wants them: mostly what the shapes allow, here and there what nobody should send.
import {
  type NumberShape,
  type Operation,
  type Shape,
  type StringShape,
  type StructureShape,
  uriEncode,
} from '@holdpoint/protocol';
import fc from 'fast-check';
import type { HostileRequest } from './hostile-client.ts';

/** JSON as it will be written, so that it can hold what no JavaScript value can: members twice, numbers out of range. */
type Text = string;
type Known = Readonly<Record<string, readonly string[]>>;

const deep = (open: string, close: string, levels: number): Text => `${open.repeat(levels)}1${close.repeat(levels)}`;

/** Values of every wrong type, and right types at their edges. */
const misfits: readonly Text[] = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '-1',
  '1.5',
  '1e400',
  '-1e400',
  '2147483647',
  '2147483648',
  '9007199254740993',
  '9223372036854775808',
  '1e20',
  '8640000000001',
  '-62135596801',
  '""',
  '"NaN"',
  '"Infinity"',
  '"-Infinity"',
  '"null"',
  '"1970-01-01T00:00:00Z"',
  '"+275760-09-13T00:00:01Z"',
  '"0000-00-00"',
  '[]',
  '{}',
  '[null]',
  '[[]]',
  '{"":""}',
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{}}}',
  '"\\ud800"',
  '"\\udfff\\ud800"',
  '"\\u0000"',
  '"\\u001b[31m"',
  '"\\ufeff"',
  '"\\r\\nx-amzn-errortype: Own"',
  deep('[', ']', 120),
  deep('{"a":', '}', 120),
  deep('[', ']', 5000),
]; // prettier-ignore

/** Texts that mean something somewhere below. */
const loadedTexts = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '..',
  '../../etc/passwd',
  'a\nb',
  'a b',
  'a%2Fb',
  "'; DROP TABLE jobs; --",
  '{{ 1 }}',
  '<script>',
  '\u0000',
  '\u202e',
  '\ud83d\ude00',
  '\ufffe',
  'ſ',
  'İ',
  '-',
  '--',
  'A',
  'aux',
  ' ',
  'true',
  '0',
  'Infinity',
  'arn:',
  'arn:aws:sagemaker:us-east-1:000000000000:flow-definition/',
  's3://',
  'https://',
  'http://[',
  '@',
  'a@b',
] as const; // prettier-ignore

const unknownMembers = ['Extra', '__proto__', 'constructor', 'toString', '__type', 'length', ''] as const;

/** One in some values of a wild input is wrong, none of a calm one: what lies behind the checks is to be met too. */
interface Context {
  readonly known: Known;
  readonly wild: boolean;
}

const orElse = <T>(
  { wild }: Context,
  weight: number,
  usual: fc.Arbitrary<T>,
  other: () => fc.Arbitrary<T>,
): fc.Arbitrary<T> => (wild ? fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: other() }) : usual);

const valueText = (shape: Shape, name: string, context: Context): fc.Arbitrary<Text> =>
  orElse(context, 40, fittingText(shape, name, context), () => fc.constantFrom(...misfits));

function fittingText(shape: Shape, name: string, context: Context): fc.Arbitrary<Text> {
  switch (shape.type) {
    case 'string':
      return stringValue(shape, name, context).map((text) => JSON.stringify(text));
    case 'boolean':
      return fc.constantFrom('true', 'false');
    case 'timestamp':
      return fc.constantFrom(
        '0',
        '1.5',
        '1700000000',
        '1700000000.123',
        '4102444800',
        '-1',
        '253402300799',
        '8640000000000',
      );
    case 'blob':
      return fc.constantFrom('""', '"AAAA"', '"AAA"', '"%%%"', '"AA=="');
    case 'list':
      return several(valueText(shape.member, name, context), shape, context).map((items) => `[${items.join(',')}]`);
    case 'map':
      return several(
        fc.tuple(stringValue(shape.key, `${name}.key`, context), valueText(shape.value, name, context)),
        shape,
        context,
      ).map((entries) => objectText(entries));
    case 'structure':
      return structureText(shape, context);
    case 'document':
      return fc.constantFrom(...misfits);
    default:
      return numberText(shape, context);
  }
}

function numberText({ min = 0, max = 100 }: NumberShape, context: Context): fc.Arbitrary<Text> {
  const inside = fc.constantFrom(min, Math.min(min + 1, max), max).map(String);
  return orElse(context, 10, inside, () => fc.constantFrom(min - 1, max + 1).map(String));
}

/** Mostly few items; sometimes the most, and one more. */
function several<T>(
  item: fc.Arbitrary<T>,
  { min = 0, max = 60 }: { readonly min?: number; readonly max?: number },
  context: Context,
): fc.Arbitrary<T[]> {
  const few = fc.array(item, { minLength: min, maxLength: Math.min(max, min + 2) });
  return orElse(context, 12, few, () =>
    fc.tuple(item, fc.constantFrom(max, max + 1)).map(([one, count]) => Array<T>(count).fill(one)),
  );
}

function structureText(shape: StructureShape, context: Context): fc.Arbitrary<Text> {
  const members = Object.entries(shape.members).map(([name, member]) => {
    const value = valueText(member, name, context);
    const absent = (): fc.Arbitrary<undefined> => fc.constant(undefined);
    const given = shape.required?.includes(name)
      ? orElse<Text | undefined>(context, 60, value, absent)
      : fc.oneof({ weight: 1, arbitrary: value }, { weight: 2, arbitrary: absent() });
    return given.map((text) => (text === undefined ? [] : [[name, text] as const]));
  });
  const extra = fc.tuple(
    fc.constantFrom(...unknownMembers, ...Object.keys(shape.members)),
    fc.constantFrom(...misfits),
  );
  const extras = orElse<(readonly [string, Text])[]>(context, 12, fc.constant([]), () =>
    fc.array(extra, { maxLength: 2 }),
  );
  return fc.tuple(fc.tuple(...members), extras).map(([entries, more]) => objectText([...entries.flat(), ...more]));
}

const objectText = (entries: readonly (readonly [string, Text])[]): Text =>
  `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;

function stringValue(shape: StringShape, name: string, context: Context): fc.Arbitrary<string> {
  const { known } = context;
  const usual = shape.enum
    ? fc.constantFrom(...shape.enum)
    : known[name]
      ? fc.constantFrom(...known[name])
      : matching(shape);
  return orElse(context, 15, usual, () => fc.oneof(boundaryTexts(shape), fc.constantFrom(...loadedTexts)));
}

/** Longest, shortest and beyond, in one, two and four bytes a character. */
function boundaryTexts({ min = 0, max = 300 }: StringShape): fc.Arbitrary<string> {
  // Megabytes have a test of their own.
  const most = Math.min(max, 4096);
  const lengths = [Math.max(0, min - 1), min, most, most + 1, most * 2];
  return fc
    .tuple(fc.constantFrom(...lengths), fc.constantFrom('a', 'é', '\u{1f600}', '-', '1', ' ', ':'))
    .map(([length, text]) => text.repeat(length));
}

function matching({ pattern, min = 0, max = 40 }: StringShape): fc.Arbitrary<string> {
  const fits = (text: string): boolean => [...text].length >= min && [...text].length <= max;
  if (pattern === undefined) return fc.string({ minLength: min, maxLength: Math.min(max, 60) });
  try {
    return fc.stringMatching(new RegExp(`^(?:${pattern})$`, 'u'), { size: 'small' }).filter(fits);
  } catch {
    // What fast-check cannot make from a pattern (property escapes) is plain here.
    return fc.constantFrom('a', 'Name', 'abc-123').filter(fits);
  }
}

const pathTexts = [
  '%',
  '%2',
  '%zz',
  '%ff',
  '%C3%28',
  '%2F',
  '%00',
  '%0a',
  '..',
  '.',
  '%2e%2e',
  'a%20b',
  '\x80\xff',
  '\xc3\xa9',
  'a;b',
  'a,b',
  '*',
  '%F0%9F%98%80',
] as const; // prettier-ignore

/** A request of the operation; `known` are texts, by member, under which something may be found. */
export function hostileRequest(operation: Operation, known: Known): fc.Arbitrary<HostileRequest> {
  const request = operation.protocol === 'json-1-1' ? jsonRequest : restRequest;
  const wild = fc
    .tuple(
      request(operation, { known, wild: true }),
      fc.oneof({ weight: 15, arbitrary: fc.constant(Buffer.from) }, { weight: 1, arbitrary: spoiling }),
    )
    .map(([whole, change]) => ({ ...whole, body: change(Buffer.from(whole.body ?? '')) }));
  return fc.oneof({ weight: 3, arbitrary: wild }, { weight: 1, arbitrary: request(operation, { known, wild: false }) });
}

/** Changes of a body's bytes. */
const spoiling: fc.Arbitrary<(body: Buffer) => Buffer> = fc.oneof(
  fc
    .tuple(fc.nat(400), fc.constantFrom(0x00, 0x22, 0x2c, 0x7b, 0x80, 0xc0, 0xed, 0xff))
    .map(([at, byte]) => (body: Buffer) => {
      if (body.length > 0) body[at % body.length] = byte;
      return body;
    }),
  fc.nat(400).map((at) => (body: Buffer) => body.subarray(0, at % (body.length + 1))),
  fc
    .constantFrom('[]', 'null', '1', '"x"', '{}{}', '\ufeff{}', '{"a":1,}', "{'a':1}", '/**/{}', ' ', '{')
    .map((text) => () => Buffer.from(text)),
  fc.constant((body: Buffer) => Buffer.concat([Buffer.from([0xff, 0xfe]), body])),
);

function jsonRequest({ target, input }: Operation, context: Context): fc.Arbitrary<HostileRequest> {
  const headers = [
    ['content-type', 'application/x-amz-json-1.1'],
    ['x-amz-target', target!],
  ] as const;
  return structureText(input, context).map((body) => ({ method: 'POST', path: '/', headers, body }));
}

function restRequest({ http, input }: Operation, context: Context): fc.Arbitrary<HostileRequest> {
  const bound = (location: string | undefined) =>
    Object.entries(input.members).filter(([name]) => input.bindings?.[name]?.location === location);
  const label = bound('label')[0];
  const path = label
    ? orElse(
        context,
        8,
        stringValue(label[1] as StringShape, label[0], context).map((text) => uriEncode(text.toWellFormed())),
        () => fc.constantFrom<string>(...pathTexts),
      ).map((text) => http.uri.replace(/\{.*\}/, text))
    : fc.constant(http.uri);
  const parameters = bound('query').map(([name, shape]) => parameterTexts(name, shape, input, context));
  const query = fc
    .tuple(
      fc.tuple(...parameters),
      orElse<readonly string[]>(context, 6, fc.constant([]), () => fc.constant(oddParameters)),
    )
    .map(([parts, more]) => [...parts.flat(), ...more].join('&'));
  const content: StructureShape = { ...input, members: Object.fromEntries(bound(undefined)) };
  const bodied = bound(undefined).length > 0;
  const body = bodied
    ? structureText(content, context)
    : orElse(context, 3, fc.constant(''), () => fc.constantFrom('{}', '{"HumanLoopName":"other"}'));
  const headers = bodied ? ([['content-type', 'application/json']] as const) : [];
  return fc
    .tuple(path, query, body)
    .map(([path, query, body]) => ({ method: http.method, path, query, headers, body }));
}

const oddParameters = [
  '',
  '=',
  '=x',
  'MaxResults=1',
  'MaxResults=2',
  '__proto__=1',
  'x=%',
  '%zz=1',
  'NextToken',
] as const;

function parameterTexts(name: string, shape: Shape, input: StructureShape, context: Context): fc.Arbitrary<string[]> {
  const fit = fittingText(shape, name, context).map((text) =>
    text.startsWith('"') ? (JSON.parse(text) as string) : text,
  );
  const time = fc.constantFrom(
    '2020-02-24T12:00:00Z',
    '2020-02-24T12:00:00.5+01:00',
    'Mon, 24 Feb 2020 12:00:00 GMT',
    '0',
    '+275760-09-13T00:00:01Z',
  );
  const value = shape.type === 'timestamp' ? fc.oneof(fit, time) : fit;
  const encoded = value.map((text) => uriEncode(text.toWellFormed()));
  const written = orElse(context, 40, encoded, () => fc.constantFrom<string>(...pathTexts, ''));
  const times = orElse(context, 8, input.required?.includes(name) ? fc.constant(1) : fc.nat(1), () =>
    fc.constantFrom(0, 2),
  );
  return fc.tuple(written, times).map(([text, count]) => Array<string>(count).fill(`${name}=${text}`));
}
