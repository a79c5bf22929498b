import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outputKey, parseS3Uri, serializeOutput, stringifySorted } from './output.ts';

describe('stringifySorted', () => {
  it.each([
    ['keys by code unit', { b: 1, B: 2, a: 3, é: 4, 10: 5, 9: 6 }, '{"10":5,"9":6,"B":2,"a":3,"b":1,"é":4}'],
    ['every level', { z: [{ b: 1, a: [] }], a: {} }, '{"a":{},"z":[{"a":[],"b":1}]}'],
    ['numbers as JavaScript prints them', { a: 996.0, b: 1e21, c: -0, d: 0.1 }, '{"a":996,"b":1e+21,"c":0,"d":0.1}'],
    [
      'hostile keys',
      JSON.parse('{"__proto__":{"b":1,"a":2},"constructor":3}'),
      '{"__proto__":{"a":2,"b":1},"constructor":3}',
    ],
    ['absent members', { a: undefined, b: null, c: [undefined] }, '{"b":null,"c":[null]}'],
    ['a lone surrogate', { a: '\ud800' }, '{"a":"\\ud800"}'],
    ['a string', 'x', '"x"'],
    ['null', null, 'null'],
  ])('%s', (_, value, expected) => expect(stringifySorted(value)).toBe(expected));

  it('says the same as JSON.parse read', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const value: unknown = JSON.parse(text);
        expect(JSON.parse(stringifySorted(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is the same for the same members in any order', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(stringifySorted(turned)).toBe(stringifySorted(value));
      }),
    );
  });

  it('writes nesting of any depth', () => {
    const depth = 200_000;
    const text = `${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`;
    expect(stringifySorted(JSON.parse(text))).toBe(text);
  });
});

it('serializeOutput sorts the document', () => {
  const text = serializeOutput({
    inputContent: { taskObject: 'hello' },
    humanLoopName: 'loop',
    humanAnswers: [
      {
        workerId: 'ef7294f850a3d9d1',
        timeSpentInSeconds: 43.13,
        submissionTime: '2021-02-17T19:22:44.250Z',
        acceptanceTime: '2021-02-17T19:22:01.120Z',
        answerContent: { note: 'ok', category: { label: 'Positive' } },
        workerMetadata: { identityData: { sub: 's', issuer: 'i', identityProviderType: 'Cognito' } },
      },
    ],
    flowDefinitionArn: 'arn',
  });
  expect(text).toBe(
    '{"flowDefinitionArn":"arn","humanAnswers":[{"acceptanceTime":"2021-02-17T19:22:01.120Z","answerContent":{"category":{"label":"Positive"},"note":"ok"},"submissionTime":"2021-02-17T19:22:44.250Z","timeSpentInSeconds":43.13,"workerId":"ef7294f850a3d9d1","workerMetadata":{"identityData":{"identityProviderType":"Cognito","issuer":"i","sub":"s"}}}],"humanLoopName":"loop","inputContent":{"taskObject":"hello"}}',
  );
});

it.each([
  ['', 'flow/2021/02/07/09/05/08/loop/output.json'],
  ['results', 'results/flow/2021/02/07/09/05/08/loop/output.json'],
  ['a/b/', 'a/b/flow/2021/02/07/09/05/08/loop/output.json'],
])('outputKey under %j', (prefix, expected) => {
  const creationTime = new Date('2021-02-07T10:05:08.999+01:00');
  expect(outputKey({ prefix, flowDefinitionName: 'flow', humanLoopName: 'loop', creationTime })).toBe(expected);
});

it.each([
  ['s3://bucket', { bucket: 'bucket', key: '' }],
  ['s3://bucket/', { bucket: 'bucket', key: '' }],
  ['s3://bucket/a/b c?d#e', { bucket: 'bucket', key: 'a/b c?d#e' }],
  ['https://bucket.s3.amazonaws.com/key', { bucket: 'bucket', key: 'key' }],
  ['https://my.bucket.s3.eu-central-1.amazonaws.com/a/b', { bucket: 'my.bucket', key: 'a/b' }],
  ['https://s3.eu-central-1.amazonaws.com/bucket/a/b', { bucket: 'bucket', key: 'a/b' }],
  ['https://s3-us-west-2.amazonaws.com/bucket', { bucket: 'bucket', key: '' }],
  ['https://s3.amazonaws.com/', undefined],
  ['https://example.org/bucket/key', undefined],
  ['S3://bucket', undefined],
  ['s3:///key', undefined],
  ['', undefined],
])('parseS3Uri %s', (text, expected) => expect(parseS3Uri(text)).toEqual(expected));
