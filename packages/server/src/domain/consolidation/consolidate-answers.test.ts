import type { Json } from '@holdpoint/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { consolidateAnswers } from './consolidate-answers.ts';
import { base64Of, bytesOfBase64, decodePng, encodePng } from './png.ts';

const workers = ['a', 'b', 'c', 'd', 'e'];
const answersOf = (contents: readonly Json[], weights: readonly number[] = []) =>
  contents.map((content, index) => ({
    workerId: workers[index]!,
    content,
    ...(weights[index] !== undefined && { weight: weights[index] }),
  }));
const fieldOf = (values: readonly (Json | undefined)[], weights: readonly number[] = [], numbers?: 'mean' | 'median') =>
  consolidateAnswers(
    answersOf(
      values.map((value): Json => (value === undefined ? {} : { field: value })),
      weights,
    ),
    numbers && { numbers },
  ).fields.field!;

const box = (left: number, top: number, width: number, height: number, label = 'Car') => ({
  height,
  label,
  left,
  top,
  width,
});
const square = (x: number, y: number, side: number, label = 'roof') => ({
  label,
  vertices: [
    { x, y },
    { x: x + side, y },
    { x: x + side, y: y + side },
    { x, y: y + side },
  ],
});
const size = { inputImageProperties: { height: 600, width: 800 } };
const entity = (startOffset: number, endOffset: number, label = 'noun') => ({ endOffset, label, startOffset });
const rows = (...text: string[]): Uint8Array =>
  Uint8Array.from(text.join(''), (letter) => ({ '.': 0, r: 1, s: 2 })[letter as '.' | 'r' | 's']);
const red = 0xff0000;
const blue = 0x0000ff;
const pictureOf = (...text: string[]) => ({
  labeledImage: { pngImageData: base64Of(encodePng(text[0]!.length, text.length, rows(...text), [red, blue])) },
});
const sized = { inputImageProperties: { height: 2, width: 4 } };
const semantic = (...text: string[]) => ({
  ...sized,
  labelMappings: { Road: { color: '#ff0000' }, Sky: { color: '#0000ff' } },
  ...pictureOf(...text),
});
const instances = (...text: string[]) => ({
  ...sized,
  instances: [
    { color: '#ff0000', label: 'Cell' },
    { color: '#0000ff', label: 'Cell' },
  ],
  ...pictureOf(...text),
});
const form = (value: string): Json => ({
  blocks: [
    {
      blockType: 'KEY_VALUE_SET',
      entityTypes: ['KEY'],
      id: 'k',
      relationships: [
        { ids: ['w'], type: 'CHILD' },
        { ids: ['v'], type: 'VALUE' },
      ],
    },
    {
      blockType: 'KEY_VALUE_SET',
      entityTypes: ['VALUE'],
      id: 'v',
      relationships: [{ ids: ['l'], type: 'CHILD' }],
    },
    { blockType: 'WORD', id: 'w', text: 'Name' },
    { blockType: 'LINE', id: 'l', text: value },
  ],
});
const ranking = (...responseRankings: number[]) => [{ allowTie: true, name: 'Clarity', responseRankings }];

interface Case {
  readonly what: string;
  readonly values: readonly (Json | undefined)[];
  readonly weights?: readonly number[];
  readonly numbers?: 'mean';
  readonly kind: string;
  readonly method: string;
  readonly value: Json | undefined;
  readonly confidence: number;
  readonly agreement: number;
}

const third = 1 / 3;
const cases: readonly Case[] = [
  {
    what: 'a classifier',
    values: [{ label: 'Cat', workerComment: 'x' }, { label: 'Cat' }, { label: 'Dog' }],
    kind: 'classifier',
    method: 'vote',
    value: { label: 'Cat' },
    confidence: 2 * third,
    agreement: third,
  },
  {
    what: 'a weighted vote',
    values: [{ label: 'Cat' }, { label: 'Cat' }, { label: 'Dog' }],
    weights: [1, 1, 3],
    kind: 'classifier',
    method: 'vote',
    value: { label: 'Dog' },
    confidence: 0.6,
    agreement: third,
  },
  {
    what: 'a tie goes to the first in the alphabet',
    values: [{ label: 'Dog' }, { label: 'Cat' }],
    kind: 'classifier',
    method: 'vote',
    value: { label: 'Cat' },
    confidence: 0.5,
    agreement: 0,
  },
  {
    what: 'a single answer',
    values: [{ label: 'Dog' }],
    kind: 'classifier',
    method: 'vote',
    value: { label: 'Dog' },
    confidence: 1,
    agreement: 1,
  },
  {
    what: 'several labels',
    values: [{ labels: ['art', 'music'] }, { labels: ['art'] }, { labels: ['music', 'art'] }],
    kind: 'labels',
    method: 'option-vote',
    value: { labels: ['art', 'music'] },
    confidence: 2.5 / 3,
    agreement: 2 * third,
  },
  {
    what: 'no label is an answer',
    values: [{ labels: [] }, { labels: [] }, { labels: ['art'] }],
    kind: 'labels',
    method: 'option-vote',
    value: { labels: [] },
    confidence: 2 * third,
    agreement: third,
  },
  {
    what: 'moderation labels',
    values: [
      { moderationLabels: [{ name: 'Weapons', parentName: 'Violence' }] },
      {
        moderationLabels: [
          { name: 'Weapons', parentName: 'Violence' },
          { name: 'Blood', parentName: 'Violence' },
        ],
      },
      { moderationLabels: [] },
    ],
    kind: 'moderation-labels',
    method: 'option-vote',
    value: { moderationLabels: [{ name: 'Weapons', parentName: 'Violence' }] },
    confidence: 0.5,
    agreement: 0.5 * third,
  },
  {
    what: 'radio buttons',
    values: [
      { cat: true, dog: false },
      { cat: false, dog: true },
      { cat: false, dog: true },
    ],
    kind: 'options',
    method: 'vote',
    value: { cat: false, dog: true },
    confidence: 2 * third,
    agreement: third,
  },
  {
    what: 'checkboxes',
    values: [
      { blur: true, noise: true },
      { blur: true, noise: false },
      { blur: false, noise: false },
    ],
    kind: 'options',
    method: 'option-vote',
    value: { blur: true, noise: false },
    confidence: 2 * third,
    agreement: third,
  },
  {
    what: 'a checkbox',
    values: [{ on: true }, { on: false }, { on: true }],
    kind: 'options',
    method: 'option-vote',
    value: { on: true },
    confidence: 2 * third,
    agreement: third,
  },
  {
    what: 'numbers',
    values: [1, 2, 4],
    kind: 'number',
    method: 'median',
    value: 2,
    confidence: (0.5 + 1 + 0.5) / 3,
    agreement: (0.5 + 0.25 + 0.5) / 3,
  },
  {
    what: 'an even number of numbers',
    values: [1, 2, 4, 8],
    kind: 'number',
    method: 'median',
    value: 3,
    confidence: (1 / 3 + 2 / 3 + 3 / 4 + 3 / 8) / 4,
    agreement: (1 / 2 + 1 / 4 + 1 / 8 + 1 / 2 + 1 / 4 + 1 / 2) / 6,
  },
  {
    what: 'weighted numbers',
    values: [1, 2, 4],
    weights: [1, 1, 5],
    kind: 'number',
    method: 'median',
    value: 4,
    confidence: (0.25 + 0.5 + 5) / 7,
    agreement: (0.5 + 0.25 + 0.5) / 3,
  },
  {
    what: 'the mean of numbers',
    values: [1, 2, 6],
    numbers: 'mean',
    kind: 'number',
    method: 'mean',
    value: 3,
    confidence: (third + 2 * third + 0.5) / 3,
    agreement: (0.5 + 1 / 6 + third) / 3,
  },
  {
    what: 'numbers as text',
    values: ['12', '12.0', '13'],
    kind: 'number-text',
    method: 'median',
    value: '12.0',
    confidence: 2 * third,
    agreement: third,
  },
  {
    what: 'leading zeros are no number',
    values: ['007', '7', '007'],
    kind: 'text',
    method: 'text-groups',
    value: '007',
    confidence: 2 * third,
    agreement: third,
  },
  {
    what: 'text but for white space',
    values: ['Ada  Lovelace', 'Ada Lovelace', 'Ada Lovelace '],
    kind: 'text',
    method: 'text-groups',
    value: 'Ada  Lovelace',
    confidence: 1,
    agreement: 1,
  },
  {
    what: 'long text with an error',
    values: ['the quick brown fox jumps', 'the quick brown fox jumps', 'the quick brwn fox jumps'],
    kind: 'text',
    method: 'text-groups',
    value: 'the quick brown fox jumps',
    confidence: (2 + 24 / 25) / 3,
    agreement: (1 + 2 * (24 / 25)) / 3,
  },
  {
    what: 'options of a list are not alike',
    values: ['Grade A', 'Grade B', 'Grade B'],
    kind: 'text',
    method: 'text-groups',
    value: 'Grade B',
    confidence: 2 * third,
    agreement: third,
  },
  {
    what: 'numbers in long text count',
    values: ['please pay invoice 48213 today', 'please pay invoice 48218 today', 'please pay invoice 48218 today'],
    kind: 'text',
    method: 'text-groups',
    value: 'please pay invoice 48218 today',
    confidence: 2 * third,
    agreement: third,
  },
  {
    what: 'boxes',
    values: [
      { boundingBoxes: [box(10, 10, 100, 50), box(300, 300, 20, 20)], ...size },
      { boundingBoxes: [box(14, 10, 100, 50)], ...size },
      { boundingBoxes: [box(12, 10, 100, 50)], ...size },
    ],
    kind: 'boundingBoxes',
    method: 'merged-shapes',
    value: { boundingBoxes: [box(12, 10, 100, 50)], ...size },
    confidence: ((2 / 3) * (98 / 102) + 98 / 102 + 1) / 3,
    agreement: ((2 / 3) * (96 / 104) + (2 / 3) * (98 / 102) + 98 / 102) / 3,
  },
  {
    what: 'boxes with other labels',
    values: [
      { boundingBoxes: [box(10, 10, 100, 50)], ...size },
      { boundingBoxes: [box(10, 10, 100, 50, 'Bus')], ...size },
    ],
    kind: 'boundingBoxes',
    method: 'merged-shapes',
    value: { boundingBoxes: [], ...size },
    confidence: 0,
    agreement: 0,
  },
  {
    what: 'polygons',
    values: [
      { polygons: [square(0, 0, 100)], ...size },
      { polygons: [square(0, 0, 100)], ...size },
      { polygons: [square(10, 0, 100)], ...size },
    ],
    kind: 'polygons',
    method: 'merged-shapes',
    value: { polygons: [square(0, 0, 100)], ...size },
    confidence: (2 + 90 / 110) / 3,
    agreement: (1 + 2 * (90 / 110)) / 3,
  },
  {
    what: 'lines',
    values: [
      {
        lines: [
          {
            label: 'kerb',
            vertices: [
              { x: 0, y: 0 },
              { x: 700, y: 0 },
            ],
          },
        ],
        ...size,
      },
      {
        lines: [
          {
            label: 'kerb',
            vertices: [
              { x: 0, y: 4 },
              { x: 700, y: 4 },
            ],
          },
        ],
        ...size,
      },
    ],
    kind: 'lines',
    method: 'merged-shapes',
    value: {
      lines: [
        {
          label: 'kerb',
          vertices: [
            { x: 0, y: 2 },
            { x: 700, y: 2 },
          ],
        },
      ],
      ...size,
    },
    confidence: 2 ** -0.01,
    agreement: 2 ** -0.04,
  },
  {
    what: 'polylines',
    values: [
      {
        polylines: [
          {
            label: 'lane',
            vertices: [
              { x: 0, y: 0 },
              { x: 70, y: 70 },
              { x: 140, y: 0 },
            ],
          },
        ],
        ...size,
      },
      { polylines: [], ...size },
      { polylines: [], ...size },
    ],
    kind: 'polylines',
    method: 'merged-shapes',
    value: { polylines: [], ...size },
    confidence: 2 * third,
    agreement: third,
  },
  {
    what: 'keypoints',
    values: [
      { keypoints: [{ label: 'eye', x: 100, y: 100 }], ...size },
      { keypoints: [{ label: 'eye', x: 104, y: 100 }], ...size },
    ],
    kind: 'keypoints',
    method: 'merged-shapes',
    value: { keypoints: [{ label: 'eye', x: 102, y: 100 }], ...size },
    confidence: 2 ** -0.01,
    agreement: 2 ** -0.04,
  },
  {
    what: 'entities',
    values: [{ entities: [entity(0, 4), entity(10, 14)] }, { entities: [entity(0, 4)] }, { entities: [entity(0, 5)] }],
    kind: 'entities',
    method: 'span-vote',
    value: { entities: [entity(0, 4)] },
    confidence: (2 / 3 + 1 + 0.8) / 3,
    agreement: (2 / 3 + (2 / 3) * 0.8 + 0.8) / 3,
  },
  {
    what: 'masks of labels',
    values: [semantic('rrs.', 'rrs.'), semantic('rrss', 'rrss'), semantic('rrs.', 'rrss')],
    kind: 'semantic-mask',
    method: 'mask-vote',
    value: semantic('rrs.', 'rrss'),
    confidence: ((1 + 2 / 3) / 2 + (1 + 3 / 4) / 2 + 1) / 3,
    agreement: ((1 + 2 / 4) / 2 + (1 + 2 / 3) / 2 + (1 + 3 / 4) / 2) / 3,
  },
  {
    what: 'masks of instances',
    values: [instances('rr.s', 'rr.s'), instances('rr.s', 'rr..'), instances('rr.s', 'rr.s')],
    kind: 'instance-mask',
    method: 'mask-vote',
    value: instances('rr.s', 'rr.s'),
    confidence: (2 + 0.75) / 3,
    agreement: (1 + 2 * 0.75) / 3,
  },
  {
    what: 'key-value pairs',
    values: [form('Ada Lovelace'), form('Ada  Lovelace'), form('Ada Lovelance')],
    kind: 'blocks',
    method: 'most-agreeing',
    value: form('Ada  Lovelace'),
    confidence: 2 * third,
    agreement: third,
  },
  {
    what: 'rankings',
    values: [ranking(1, 2, 3), ranking(1, 3, 2), ranking(2, 1, 3)],
    kind: 'ranking',
    method: 'mean-ranks',
    value: ranking(1, 2, 3),
    confidence: (1 + 2 * third + 2 * third) / 3,
    agreement: (2 * third + 2 * third + third) / 3,
  },
  {
    what: 'anything else',
    values: [{ x: [1], y: 2 }, { y: 2, x: [1] }, null],
    kind: 'json',
    method: 'vote',
    value: { x: [1], y: 2 },
    confidence: 2 * third,
    agreement: third,
  },
  {
    what: 'a label among other members',
    values: [
      { label: 'Cat', score: 1 },
      { label: 'Cat', score: 2 },
      { label: 'Cat', score: 1 },
    ],
    kind: 'json',
    method: 'vote',
    value: { label: 'Cat', score: 1 },
    confidence: 2 * third,
    agreement: third,
  },
  {
    what: 'more boxes than can be compared',
    values: [1001, 1000].map((count) => ({ boundingBoxes: Array.from({ length: count }, () => box(1, 1, 1, 1)) })),
    kind: 'json',
    method: 'vote',
    value: { boundingBoxes: Array.from({ length: 1001 }, () => box(1, 1, 1, 1)) },
    confidence: 0.5,
    agreement: 0,
  },
  {
    what: 'values of several kinds',
    values: [{ label: 'Cat' }, 'Cat', 'Cat'],
    kind: 'json',
    method: 'vote',
    value: 'Cat',
    confidence: 2 * third,
    agreement: third,
  },
  {
    what: 'a field that one leaves out',
    values: ['yes', undefined, 'yes'],
    kind: 'text',
    method: 'text-groups',
    value: 'yes',
    confidence: 2 * third,
    agreement: third,
  },
  {
    what: 'a field that most leave out',
    values: ['maybe', undefined, undefined],
    kind: 'text',
    method: 'text-groups',
    value: undefined,
    confidence: 2 * third,
    agreement: 0,
  },
];

test.each(cases)(
  '7.4 consolidation of $what',
  ({ values, weights, numbers, kind, method, value, confidence, agreement }) => {
    const field = fieldOf(values, weights, numbers);
    expect([field.kind, field.method]).toEqual([kind, method]);
    expect(field.value).toEqual(value);
    expect(field.confidence).toBeCloseTo(confidence, 9);
    expect(field.agreement).toBeCloseTo(agreement, 9);
  },
);

test('7.4 a posterior grows with every voice for the value and falls with every one against it', () => {
  const yes = { label: 'yes' };
  const no = { label: 'no' };
  const posteriors = [[yes], [yes, yes], [yes, yes, yes], [yes, yes, no], [yes, no]].map(
    (values) => fieldOf(values).posterior,
  );
  expect(posteriors.map((number) => Number(number.toFixed(6)))).toEqual([0.8, 0.941176, 0.984615, 0.8, 0.5]);
  // Three choices: the two that were not chosen share what is left.
  const options = { choices: { field: 3 }, accuracies: { a: 0.6, b: 0.9 } };
  const { posterior } = consolidateAnswers(answersOf([{ field: yes }, { field: no }]), options).fields.field!;
  const [first, second, other] = [0.9 * 0.2, 0.05 * 0.6, 0.05 * 0.2];
  expect(posterior).toBeCloseTo(first / (first + second + other), 9);
});

test('7.4 a whole answer is as sure as its least sure field, and says how far each worker agrees', () => {
  const result = consolidateAnswers(
    answersOf([
      { __proto__: null, a: { label: 'x' }, n: 2 } as Json,
      { a: { label: 'x' }, n: 4 },
      { a: { label: 'y' }, n: 4 },
    ]),
  );
  expect(result.answerContent).toEqual({ a: { label: 'x' }, n: 4 });
  expect(result.confidence).toBeCloseTo(2 / 3, 9);
  expect(result.workers).toEqual({ a: 0.75, b: 1, c: 0.5 });
  expect(consolidateAnswers([])).toMatchObject({ confidence: 0, posterior: 0, fields: {} });
  expect(consolidateAnswers(answersOf([[1], [1], 'x'])).answerContent).toEqual([1]);
});

const word = fc.constantFrom(
  'x',
  'y',
  'Grade A',
  '12',
  '12.0',
  'a text that is long enough',
  'a text that is lonk enough',
);
const around = (most: number) => fc.integer({ min: 0, max: most });
const anyBox = fc.record({ height: around(9), label: word, left: around(9), top: around(9), width: around(9) });
const point = fc.record({ x: around(20), y: around(20) });
const path = (min: number) =>
  fc.record({ label: fc.constantFrom('p', 'q'), vertices: fc.array(point, { minLength: min, maxLength: 5 }) });
const letters = fc.string({ unit: fc.constantFrom('.', 'r', 's'), minLength: 4, maxLength: 4 });
const kinds: readonly fc.Arbitrary<Json>[] = [
  fc.record({ label: word }),
  fc.record({ labels: fc.uniqueArray(word) }),
  fc.record({ a: fc.boolean(), b: fc.boolean() }),
  fc.record({ boundingBoxes: fc.array(anyBox, { maxLength: 4 }) }),
  fc.record({ polygons: fc.array(path(3), { maxLength: 3 }) }),
  fc.record({ polylines: fc.array(path(2), { maxLength: 3 }) }),
  fc.record({ keypoints: fc.array(fc.record({ label: word, x: around(30), y: around(30) }), { maxLength: 4 }) }),
  fc.record({
    entities: fc.array(
      fc.tuple(around(9), around(9)).map(([a, b]) => entity(Math.min(a, b), Math.max(a, b))),
      { maxLength: 4 },
    ),
  }),
  fc.tuple(letters, letters).map((text) => semantic(...text)),
  fc.tuple(letters, letters).map((text) => instances(...text)),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.uniqueArray(around(3), { minLength: 4, maxLength: 4 }).map((ranks) => ranking(...ranks)),
  word,
  fc.jsonValue() as fc.Arbitrary<Json>,
];
/** Answers to one loop: each field of one kind, which some leave out. */
const loops = fc.record({ a: fc.constantFrom(...kinds), b: fc.constantFrom(...kinds) }).chain(({ a, b }) =>
  fc.array(fc.tuple(fc.record({ a, b }, { requiredKeys: [] }), fc.constantFrom(1, 0.1, 0.7, 3)), {
    minLength: 1,
    maxLength: 5,
  }),
);

test('7.4 consolidation does not depend on the order of workers', () => {
  fc.assert(
    fc.property(
      loops.chain((loop) => {
        const answers = loop.map(([content, weight], index) => ({
          workerId: workers[index]!,
          content: content as Json,
          weight,
        }));
        return fc.tuple(fc.constant(answers), fc.shuffledSubarray(answers, { minLength: answers.length }));
      }),
      ([answers, shuffled]) => {
        expect(consolidateAnswers(shuffled)).toEqual(consolidateAnswers(answers));
      },
    ),
    { numRuns: 300 },
  );
});

test('7.4 what all answered alike is the consolidated answer, with certainty', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds).chain((kind) => kind),
      (value) => {
        const field = fieldOf([value, value, value]);
        expect(field.confidence).toBeCloseTo(1, 9);
        expect(field.agreement).toBeCloseTo(1, 9);
        const { min, max } = { min: 0, max: 1 };
        expect(field.posterior).toBeGreaterThan(0.9);
        expect([field.confidence, field.agreement, field.posterior].every((each) => each >= min && each <= max)).toBe(
          true,
        );
      },
    ),
    { numRuns: 300 },
  );
});

test('7.4 masks are read as they were written, and what is no picture is none', () => {
  const palette = [0xff0000, 0x00ff00, 0x123456];
  fc.assert(
    fc.property(fc.array(fc.nat(palette.length), { minLength: 1, maxLength: 60 }), (row) => {
      const pixels = Uint8Array.from([...row, ...row.toReversed()]);
      const png = encodePng(row.length, 2, pixels, palette);
      const colors = Int32Array.from(pixels, (entry) => (entry === 0 ? -1 : palette[entry - 1]!));
      expect(decodePng(png)).toEqual({ width: row.length, height: 2, colors });
      for (const broken of [png.subarray(0, 20), png.subarray(0, png.length - 20), png.toReversed()])
        expect(decodePng(broken)).toBeUndefined();
    }),
    { numRuns: 100 },
  );
  expect(decodePng(bytesOfBase64('bm90IGEgcG5n')!)).toBeUndefined();
  const bomb = encodePng(1, 1, Uint8Array.of(0), palette);
  new DataView(bomb.buffer, bomb.byteOffset).setUint32(16, 1_000_000_000);
  expect(decodePng(bomb)).toBeUndefined();
});
