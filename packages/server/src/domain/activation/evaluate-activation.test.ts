import { expect, test } from 'vitest';
import {
  document,
  evaluate,
  labelsIn,
  moderation,
  type Pair,
  pairsIn,
  rekognition,
  textract,
  truths,
} from './testing/conditions.ts';

const label = (ModerationLabelName: string, bounds: object) => ({
  ConditionType: 'ModerationLabelConfidenceCheck',
  ConditionParameters: { ModerationLabelName, ...bounds },
});
const key = (ImportantFormKey: string, more: object) => ({
  ConditionType: 'ImportantFormKeyConfidenceCheck',
  ConditionParameters: { ImportantFormKey, ...more },
});
const missing = (ImportantFormKey: string, ...ImportantFormKeyAliases: string[]) => ({
  ConditionType: 'MissingImportantFormKey',
  ConditionParameters: { ImportantFormKey, ImportantFormKeyAliases },
});
const sample = (RandomSamplingPercentage: number) => ({
  ConditionType: 'Sampling',
  ConditionParameters: { RandomSamplingPercentage },
});
const all = sample(100);
/** Never: of the inputs of these tests none is in so small a sample. */
const none = sample(0.01);

const labels = moderation({ Suggestive: 95, 'Female Swimwear Or Underwear': 72.5, Violence: 50 });

test.each<[string, readonly unknown[], boolean, unknown, readonly string[]]>([
  ['less than', [label('Suggestive', { ConfidenceLessThan: 98 })], true, [true], ['Suggestive']],
  ['less than, at the bound', [label('Suggestive', { ConfidenceLessThan: 95 })], false, [false], []],
  ['less or equal', [label('Suggestive', { ConfidenceLessThanEquals: 95 })], true, [true], ['Suggestive']],
  ['greater than, at the bound', [label('Suggestive', { ConfidenceGreaterThan: 95 })], false, [false], []],
  ['greater or equal', [label('Suggestive', { ConfidenceGreaterThanEquals: 95 })], true, [true], ['Suggestive']],
  ['equals', [label('Violence', { ConfidenceEquals: 50 })], true, [true], ['Violence']],
  ['not equal', [label('Violence', { ConfidenceEquals: 50.1 })], false, [false], []],
  [
    'several comparators, all of which must hold',
    [label('*', { ConfidenceGreaterThan: 60, ConfidenceLessThan: 80 })],
    true,
    [true],
    ['Female Swimwear Or Underwear'],
  ],
  ['capitals count', [label('suggestive', { ConfidenceLessThan: 98 })], false, [false], []],
  ['a label that is not there', [label('Weapons', { ConfidenceLessThan: 98 })], false, [false], []],
  [
    'any label',
    [label('*', { ConfidenceLessThan: 99 })],
    true,
    [true],
    ['Suggestive', 'Female Swimwear Or Underwear', 'Violence'],
  ],
  [
    'the top is an Or, and all of it is evaluated',
    [label('Suggestive', { ConfidenceLessThan: 98 }), label('Violence', { ConfidenceLessThan: 60 })],
    true,
    [true, true],
    ['Suggestive', 'Violence'],
  ],
  [
    'an Or in which one holds',
    [{ Or: [label('Suggestive', { ConfidenceLessThan: 1 }), label('Violence', { ConfidenceLessThan: 60 })] }],
    true,
    [[true, false, true]],
    ['Violence'],
  ],
  [
    'an And in which one does not hold selects nothing',
    [
      { And: [label('Suggestive', { ConfidenceLessThan: 98 }), label('Violence', { ConfidenceLessThan: 1 })] },
      label('Female Swimwear Or Underwear', { ConfidenceLessThan: 80 }),
    ],
    true,
    [[false, true, false], true],
    ['Female Swimwear Or Underwear'],
  ],
  [
    'an And in an Or',
    [
      {
        Or: [
          label('Suggestive', { ConfidenceLessThan: 90 }),
          { And: [label('Violence', { ConfidenceLessThan: 70 }), label('*', { ConfidenceLessThan: 62.5 })] },
        ],
      },
    ],
    true,
    [[true, false, [true, true, true]]],
    ['Violence'],
  ],
  ['a sample alone takes everything', [all], true, [true], ['Suggestive', 'Female Swimwear Or Underwear', 'Violence']],
  ['not in the sample', [none], false, [false], []],
  [
    'a sample of what a check selects',
    [{ And: [all, label('Violence', { ConfidenceLessThan: 60 })] }],
    true,
    [[true, true, true]],
    ['Violence'],
  ],
  [
    'what is not in the sample of what a check selects',
    [{ And: [none, label('Violence', { ConfidenceLessThan: 60 })] }],
    false,
    [[false, false, true]],
    [],
  ],
  [
    'what a check selects, whatever the sample',
    [{ Or: [none, label('Violence', { ConfidenceLessThan: 60 })] }],
    true,
    [[true, false, true]],
    ['Violence'],
  ],
  [
    'a sample of the rest goes completely',
    [{ Or: [all, label('Violence', { ConfidenceLessThan: 10 })] }],
    true,
    [[true, true, false]],
    ['Suggestive', 'Female Swimwear Or Underwear', 'Violence'],
  ],
  [
    'a sample of what one of two checks selects',
    [
      {
        And: [
          all,
          { Or: [label('Violence', { ConfidenceLessThan: 60 }), label('Weapons', { ConfidenceLessThan: 60 })] },
        ],
      },
    ],
    true,
    [[true, true, [true, true, false]]],
    ['Violence'],
  ],
])('7.1 – labels: %s', (_name, conditions, activated, expected, selected) => {
  const evaluation = evaluate(conditions, rekognition, labels);
  expect(evaluation).toMatchObject({ activated, reasons: [] });
  expect(truths(evaluation.results)).toEqual(expected);
  expect(labelsIn(evaluation.selected)).toEqual(selected);
});

const form: readonly Pair[] = [
  { key: 'Full Name:', value: 'Jane Doe', confidence: 95, words: [99, 99, 80, 99] },
  { key: 'Mail Address', value: '1 Any Street', confidence: 50, words: 55 },
  { key: 'Policy No:', confidence: 85, words: 99 },
];

test.each<[string, readonly unknown[], unknown, readonly number[]]>([
  ['the association of a pair', [key('Mail Address', { KeyValueBlockConfidenceLessThan: 60 })], [true], [1]],
  ['of another pair', [key('Full Name:', { KeyValueBlockConfidenceLessThan: 60 })], [false], []],
  ['a key without its colon', [key('Full Name', { KeyValueBlockConfidenceGreaterThan: 0 })], [false], []],
  [
    'an alias',
    [key('Name', { ImportantFormKeyAliases: ['Full Name:', 'Name:'], KeyValueBlockConfidenceGreaterThan: 90 })],
    [true],
    [0],
  ],
  ['any key', [key('*', { KeyValueBlockConfidenceLessThanEquals: 85 })], [true], [1, 2]],
  ['every word', [key('Mail Address', { WordBlockConfidenceLessThan: 60 })], [true], [1]],
  ['not every word', [key('Full Name:', { WordBlockConfidenceLessThan: 90 })], [false], []],
  ['a key without a value', [key('Policy No:', { WordBlockConfidenceGreaterThanEquals: 99 })], [true], [2]],
  [
    'pair and words, both',
    [key('*', { KeyValueBlockConfidenceLessThan: 90, WordBlockConfidenceLessThan: 60 })],
    [true],
    [1],
  ],
  [
    'pair and words, one of them not',
    [key('Policy No:', { KeyValueBlockConfidenceLessThan: 90, WordBlockConfidenceLessThan: 60 })],
    [false],
    [],
  ],
  ['a key that is missing', [missing('Zip Code:', 'Zip')], [true], []],
  ['a key whose alias is there', [missing('Policy No.', 'Policy NO:', 'Policy No:')], [false], []],
  [
    'missing or unsure',
    [{ Or: [missing('Zip Code:'), key('*', { KeyValueBlockConfidenceLessThan: 60 })] }],
    [[true, true, true]],
    [1],
  ],
  ['a sample of forms without a key has no pairs', [{ And: [all, missing('Zip Code:')] }], [[true, true, true]], []],
])('7.1 – form keys: %s', (_name, conditions, expected, selected) => {
  const evaluation = evaluate(conditions, textract, document(...form));
  expect(evaluation.reasons).toEqual([]);
  expect(truths(evaluation.results)).toEqual(expected);
  expect(evaluation.activated).toBe(([expected].flat(2) as boolean[])[0]);
  expect(pairsIn(evaluation.selected)).toEqual(evaluation.activated ? selected : []);
});

test('7.1 – any word is enough where it was chosen', () => {
  const conditions = [key('Full Name:', { WordBlockConfidenceLessThan: 90 })];
  expect(evaluate(conditions, textract, document(...form), { wordRule: 'any' })).toMatchObject({ activated: true });
  expect(evaluate(conditions, textract, document(...form), { wordRule: 'every' })).toMatchObject({ activated: false });
});

test('7.1 – the result is the tree as it was given, with the truth of each node; a pair is selected with all that is in it', () => {
  const given = [{ Or: [missing('Zip Code:', 'Zip'), key('Mail Address', { KeyValueBlockConfidenceLessThan: 60 })] }];
  const response = document(...form);
  const before = JSON.stringify(response);
  const { results, selected, missingFormKeys } = evaluate(given, textract, response);
  expect(results).toEqual({
    Conditions: [{ Or: given[0]!.Or.map((each) => ({ ...each, EvaluationResult: true })), EvaluationResult: true }],
  });
  expect(missingFormKeys).toEqual([{ ImportantFormKey: 'Zip Code:', ImportantFormKeyAliases: ['Zip'] }]);
  expect(selected).toEqual({
    DocumentMetadata: { Pages: 1 },
    Blocks: response.Blocks.filter(({ Id }) => /^[a-z]+-1(-|$)/.test(String(Id))),
  });
  expect(JSON.stringify(response)).toBe(before);
});

test('7.1 – a list without conditions withholds nothing', () => {
  expect(evaluate([], rekognition, labels)).toMatchObject({ activated: true, selected: labels, reasons: [] });
});

const anyKey = [key('*', { KeyValueBlockConfidenceLessThan: 10, WordBlockConfidenceLessThan: 10 })];
const broken = (change: (blocks: Record<string, unknown>[]) => unknown) => {
  const response = document(...form);
  const blocks = change(response.Blocks) ?? response.Blocks;
  return { ...response, Blocks: blocks };
};
const block = (blocks: Record<string, unknown>[], id: string) => blocks.find(({ Id }) => Id === id)!;

test.each<[string, unknown, RegExp]>([
  ['no response', null, /no list named Blocks/],
  ['a text', 'oops', /no list named Blocks/],
  ['no list of blocks', { Blocks: {} }, /no list named Blocks/],
  ['no blocks', { Blocks: [] }, /Blocks of the response is empty/],
  ['blocks that are nothing', { Blocks: [null, 1] }, /Blocks\[0\] is not an object/],
  ['empty blocks', { Blocks: [{}] }, /Blocks\[0\] has no Id/],
  ['an id twice', broken((blocks) => [...blocks, { ...block(blocks, 'k-0-0') }]), /Id of another block: 'k-0-0'/],
  [
    'an id that leads nowhere',
    broken((blocks) => blocks.filter(({ Id }) => Id !== 'v-0-1')),
    /'v-0-1', which is missing/,
  ],
  [
    'a circle of a key and itself',
    broken(
      (blocks) => void Object.assign(block(blocks, 'key-0'), { Relationships: [{ Type: 'CHILD', Ids: ['key-0'] }] }),
    ),
    /'key-0' lead back to 'key-0'/,
  ],
  [
    'a circle of key and value',
    broken(
      (blocks) => void Object.assign(block(blocks, 'value-0'), { Relationships: [{ Type: 'CHILD', Ids: ['key-0'] }] }),
    ),
    /'value-0' lead back to 'key-0'/,
  ],
  [
    'relationships that are none',
    broken((blocks) => void Object.assign(block(blocks, 'key-0'), { Relationships: 'VALUE' })),
    /Relationships of the block 'key-0' are not a list/,
  ],
  [
    'a relationship without ids',
    broken((blocks) => void Object.assign(block(blocks, 'key-0'), { Relationships: [{ Type: 'VALUE' }] })),
    /no list of Ids/,
  ],
  [
    'a key without words',
    broken((blocks) => void Object.assign(block(blocks, 'key-2'), { Relationships: [] })),
    /Conditions\[0\]: the key block 'key-2' has no words/,
  ],
  ['a pair that is not a number', document({ key: 'A', confidence: Number.NaN }), /Confidence of the key 'A' is not/],
  ['a pair without confidence', document({ key: 'A', confidence: null }), /Confidence of the key 'A' is not/],
  ['a word that is not a number', document({ key: 'A', words: 'NaN' }), /the word 'k-0-0' of the key 'A' is not/],
  ['a word beyond all bounds', document({ key: 'A', words: 101 }), /the word 'k-0-0' of the key 'A' is not/],
])('7.1 – a broken document goes to people: %s', (_name, response, reason) => {
  const evaluation = evaluate(anyKey, textract, response);
  expect(evaluation).toMatchObject({ activated: true, selected: response });
  expect(evaluation.reasons.join('\n')).toMatch(reason);
});

test.each<[string, unknown, RegExp]>([
  ['no response', undefined, /no list named ModerationLabels/],
  ['no labels', { ModerationLabels: null }, /no list named ModerationLabels/],
  ['a label without a name', { ModerationLabels: [{ Confidence: 1 }] }, /ModerationLabels\[0\] has no Name/],
  ['a label that is none', { ModerationLabels: ['Violence'] }, /ModerationLabels\[0\] has no Name/],
  [
    'a label that is not a number',
    moderation({ Violence: Number.NaN }),
    /Conditions\[0\]: the Confidence of the label/,
  ],
  ['a label below all bounds', moderation({ Violence: -1 }), /Confidence of the label 'Violence' is not a number/],
])('7.1 – a broken list of labels goes to people: %s', (_name, response, reason) => {
  const evaluation = evaluate([label('*', { ConfidenceLessThan: 0.5 })], rekognition, response);
  expect(evaluation).toMatchObject({ activated: true, selected: response });
  expect(evaluation.reasons.join('\n')).toMatch(reason);
});

test('7.1 – a confidence that no condition asks about may be anything', () => {
  const response = moderation({ Violence: Number.NaN, Weapons: 50 });
  const evaluation = evaluate([label('Weapons', { ConfidenceLessThan: 10 })], rekognition, response);
  expect(evaluation).toMatchObject({ activated: false, reasons: [] });
});
