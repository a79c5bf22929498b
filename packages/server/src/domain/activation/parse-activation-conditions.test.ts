import { expect, test } from 'vitest';
import { parseActivationConditions } from './parse-activation-conditions.ts';
import { rekognition, textract } from './testing/conditions.ts';

const root = 'HumanLoopActivationConditions';
const parse = (conditions: unknown, source?: string) =>
  parseActivationConditions(
    typeof conditions === 'string' ? conditions : JSON.stringify({ Conditions: conditions }),
    source,
  );
const one = (ConditionType: unknown, ConditionParameters?: unknown) => ({ ConditionType, ConditionParameters });
const label = (more: object) => one('ModerationLabelConfidenceCheck', { ModerationLabelName: 'Violence', ...more });
const key = (more: object) => one('ImportantFormKeyConfidenceCheck', { ImportantFormKey: 'Total', ...more });
const value = (more: object) => one('holdpoint:ValueCheck', { Expression: 'total', ...more });
const confidence = (more: object) => one('holdpoint:ConfidenceCheck', { Expression: 'scores', ...more });
const always = one('holdpoint:Always');
const good = label({ ConfidenceLessThan: 50 });

test.each<[string, unknown, string | undefined, string]>([
  ['no JSON', 'Conditions', rekognition, `${root} is not valid JSON.`],
  ['no object', '[]', rekognition, `${root} must be an object with a list named Conditions.`],
  ['nothing in it', '{}', rekognition, `${root}.Conditions is missing.`],
  ['a member by the name of a prototype', '{"__proto__":[]}', undefined, `${root}.Conditions is missing.`],
  ['no list', '{"Conditions": {}}', undefined, `${root}.Conditions must be a list.`],
  [
    'a text',
    ['Sampling'],
    rekognition,
    `${root}.Conditions[0] must be an object with exactly one of ConditionType, And and Or.`,
  ],
  [
    'two in one',
    [{ And: [good, good], Or: [good, good] }],
    rekognition,
    `${root}.Conditions[0] must be an object with exactly`,
  ],
  [
    'a group of one',
    [{ Or: [good] }],
    rekognition,
    `${root}.Conditions[0].Or must be a list of two or more conditions.`,
  ],
  [
    'a group of none',
    [{ And: {} }],
    rekognition,
    `${root}.Conditions[0].And must be a list of two or more conditions.`,
  ],
  [
    'three levels',
    [good, { Or: [good, { And: [good, { Or: [good, good] }] }] }],
    rekognition,
    `${root}.Conditions[1].Or[1].And[1].Or is nested too deep: And and Or go 2 levels deep at most.`,
  ],
  ['a type that is no text', [one(7)], textract, `${root}.Conditions[0].ConditionType must be a text.`],
  [
    'an unknown type',
    [one('ConfidenceCheck')],
    textract,
    `${root}.Conditions[0].ConditionType is 'ConfidenceCheck', which is unknown; known: ImportantFormKeyConfidenceCheck, MissingImportantFormKey, Sampling.`,
  ],
  [
    'an unknown type without a source',
    [one('Custom')],
    undefined,
    `${root}.Conditions[0].ConditionType is 'Custom', which is unknown; known: `,
  ],
  [
    'an unknown type of ours',
    [one('holdpoint:Never')],
    undefined,
    `${root}.Conditions[0].ConditionType is 'holdpoint:Never', which is unknown; known: holdpoint:ValueCheck, `,
  ],
  [
    'a type of another service',
    [good],
    textract,
    `${root}.Conditions[0].ConditionType is 'ModerationLabelConfidenceCheck', which does not belong to ${textract}; known: `,
  ],
  [
    'ours with a source',
    [{ Or: [good, always] }],
    rekognition,
    `${root}.Conditions[0].Or[1].ConditionType is 'holdpoint:Always': types that begin with 'holdpoint:' are for flow definitions without a HumanLoopRequestSource.`,
  ],
  [
    'ours and theirs',
    [{ And: [always, one('Sampling', { RandomSamplingPercentage: 5 })] }],
    undefined,
    `${root}.Conditions[0].And[1].ConditionType is 'Sampling': without a HumanLoopRequestSource, AWS's types and those that begin with 'holdpoint:' cannot stand in the same conditions.`,
  ],
  [
    'no parameters',
    [one('Sampling')],
    rekognition,
    `${root}.Conditions[0].ConditionParameters.RandomSamplingPercentage is missing.`,
  ],
  [
    'parameters that are none',
    [one('Sampling', [])],
    rekognition,
    `${root}.Conditions[0].ConditionParameters must be an object.`,
  ],
  [
    'a sample of nothing',
    [one('Sampling', { RandomSamplingPercentage: 0 })],
    rekognition,
    `RandomSamplingPercentage must be a number from 0.01 to 100.`,
  ],
  [
    'a sample in words',
    [one('Sampling', { RandomSamplingPercentage: '5' })],
    textract,
    `RandomSamplingPercentage must be a number from 0.01 to 100.`,
  ],
  [
    'no label',
    [one('ModerationLabelConfidenceCheck', { ConfidenceLessThan: 5 })],
    rekognition,
    'ModerationLabelName is missing.',
  ],
  ['no comparator', [label({})], rekognition, 'ConfidenceLessThan is missing, and so is every other comparator.'],
  [
    'a slip in a comparator',
    [{ And: [good, label({ ConfidenceLesThan: 5, ConfidenceLessThan: 5 })] }],
    rekognition,
    `${root}.Conditions[0].And[1].ConditionParameters.ConfidenceLesThan is not a parameter of ModerationLabelConfidenceCheck; known: ModerationLabelName, ConfidenceEquals, `,
  ],
  [
    'a confidence beyond all bounds',
    [{ And: [good, label({ ConfidenceLessThan: 101 })] }],
    rekognition,
    `${root}.Conditions[0].And[1].ConditionParameters.ConfidenceLessThan must be a number from 0 to 100.`,
  ],
  [
    'less than the least',
    [label({ ConfidenceLessThan: 0 })],
    rekognition,
    'ConfidenceLessThan can never hold: no number from 0 to 100 is less.',
  ],
  [
    'greater than the most',
    [label({ ConfidenceGreaterThan: 100 })],
    rekognition,
    'ConfidenceGreaterThan can never hold',
  ],
  [
    'nothing between',
    [label({ ConfidenceLessThan: 5, ConfidenceGreaterThanEquals: 5 })],
    rekognition,
    'ConfidenceLessThan can never hold together with ConfidenceGreaterThanEquals.',
  ],
  [
    'equal and less',
    [label({ ConfidenceEquals: 5, ConfidenceLessThan: 5 })],
    rekognition,
    'ConfidenceLessThan can never hold together with ConfidenceEquals.',
  ],
  ['no key', [one('MissingImportantFormKey', {})], textract, 'ImportantFormKey is missing.'],
  [
    'an empty key',
    [one('MissingImportantFormKey', { ImportantFormKey: '' })],
    textract,
    'ImportantFormKey must be a text that is not empty.',
  ],
  [
    'aliases that are none',
    [key({ ImportantFormKeyAliases: 'Sum', KeyValueBlockConfidenceLessThan: 9 })],
    textract,
    'ImportantFormKeyAliases must be a list of texts that are not empty.',
  ],
  [
    'no bound of either kind',
    [key({})],
    textract,
    'KeyValueBlockConfidenceLessThan is missing, and so is every other comparator.',
  ],
  [
    'an impossible bound on words',
    [key({ WordBlockConfidenceEquals: 1e3 })],
    textract,
    'WordBlockConfidenceEquals must be a number from 0 to 100.',
  ],
  [
    'a parameter where there are none',
    [one('holdpoint:Always', { Expression: 'x' })],
    undefined,
    'Expression is not a parameter of holdpoint:Always; it has none.',
  ],
  ['no expression', [one('holdpoint:MissingValue', {})], undefined, 'Expression is missing.'],
  [
    'an expression that is none',
    [one('holdpoint:MissingValue', { Expression: 'a..b' })],
    undefined,
    'ConditionParameters.Expression is not a JMESPath expression',
  ],
  [
    'an expression with a hole',
    [value({ Expression: '(', Equals: 1 })],
    undefined,
    'Expression is not a JMESPath expression',
  ],
  [
    'an unknown function',
    [value({ Expression: 'now()', Equals: 1 })],
    undefined,
    'Expression calls the function now(), which is unknown.',
  ],
  [
    'too many arguments',
    [value({ Expression: 'length(a, b)', Equals: 1 })],
    undefined,
    'Expression gives length() 2 arguments; it takes 1.',
  ],
  [
    'a value for an expression',
    [value({ Expression: 'sort_by(a, b)', Equals: 1 })],
    undefined,
    'gives sort_by() a value as argument 2, which takes an expression (&name).',
  ],
  [
    'an expression that is too long',
    [value({ Expression: 'a'.repeat(1025), Equals: 1 })],
    undefined,
    'Expression has more than 1024 characters.',
  ],
  [
    'an expression that is too deep',
    [value({ Expression: `${'!'.repeat(60)}a`, Equals: 1 })],
    undefined,
    'Expression is nested deeper than 50 levels.',
  ],
  ['nothing to compare with', [value({})], undefined, 'Equals is missing, and so is every other comparator.'],
  ['no order', [value({ LessThan: true })], undefined, 'LessThan must be a number or a text.'],
  [
    'two orders',
    [value({ LessThan: 5, GreaterThan: 'a' })],
    undefined,
    'GreaterThan must be a number, as LessThan is.',
  ],
  [
    'nothing between the two',
    [value({ LessThan: 'a', GreaterThan: 'b' })],
    undefined,
    'LessThan can never hold together with GreaterThan.',
  ],
  ['equal and not in', [value({ Equals: 'x', In: ['y'] })], undefined, 'In can never hold together with Equals.'],
  [
    'equal and not equal',
    [value({ Equals: { a: 1 }, NotEquals: { a: 1 } })],
    undefined,
    'NotEquals can never hold together with Equals.',
  ],
  ['in nothing', [value({ In: [] })], undefined, 'In must be a list with something in it.'],
  ['a pattern that is none', [value({ Matches: '(' })], undefined, 'Matches is not a pattern of RE2 ('],
  ['a pattern that looks around', [value({ Matches: '(?=a)' })], undefined, 'Matches is not a pattern of RE2 ('],
  [
    'a pattern that is too long',
    [value({ Matches: 'a'.repeat(257) })],
    undefined,
    'Matches has more than 256 characters.',
  ],
  [
    'another quantifier',
    [confidence({ Quantifier: 'Some', ConfidenceLessThan: 0.5 })],
    undefined,
    'Quantifier must be Any or Every.',
  ],
  ['no confidence', [confidence({})], undefined, 'ConfidenceLessThan is missing, and so is every other comparator.'],
  [
    'a confidence in words',
    [confidence({ ConfidenceLessThan: 'low' })],
    undefined,
    'ConfidenceLessThan must be a number.',
  ],
  [
    'one expression',
    [one('holdpoint:DisagreementCheck', { Expression: 'a' })],
    undefined,
    'OtherExpression is missing.',
  ],
  [
    'a tolerance below 0',
    [one('holdpoint:DisagreementCheck', { Expression: 'a', OtherExpression: 'b', Tolerance: -1 })],
    undefined,
    'Tolerance must be a number from 0 to',
  ],
  [
    'strata of nothing',
    [one('holdpoint:Sampling', { RandomSamplingPercentage: 5, StratumPercentages: { a: 5 } })],
    undefined,
    'StratumPercentages needs StratifyBy, which says what the strata are.',
  ],
  [
    'a stratum of more than all',
    [one('holdpoint:Sampling', { RandomSamplingPercentage: 5, StratifyBy: 'a', StratumPercentages: { b: 101 } })],
    undefined,
    'StratumPercentages.b must be a number from 0 to 100.',
  ],
  [
    'strata that are none',
    [one('holdpoint:Sampling', { RandomSamplingPercentage: 5, StratifyBy: 'a', StratumPercentages: [5] })],
    undefined,
    'StratumPercentages must be an object of percentages.',
  ],
])('7.1 – refused: %s', (_name, conditions, source, sentence) => {
  const { tree, violations } = parse(conditions, source);
  expect(tree).toBeUndefined();
  expect(violations[0]).toMatch(new RegExp(`^${root}[ .]`));
  expect(violations.join('\n')).toContain(sentence);
});

test('7.1 – everything that is wrong is said at once, ten sentences at most', () => {
  const { violations } = parse([label({ ConfidenceLessThan: 101 }), { Or: [] }, one('X')], rekognition);
  expect(violations).toHaveLength(3);
  expect(parse(Array(50).fill(one('X')), rekognition).violations).toHaveLength(10);
});

test.each<[string, unknown, string | undefined, string | undefined]>([
  ['labels', [good], rekognition, 'moderation'],
  ['form keys', [key({ ImportantFormKeyAliases: ['Sum'], WordBlockConfidenceLessThan: 100 })], textract, 'document'],
  ['two levels', [{ Or: [good, { And: [good, good] }] }], rekognition, 'moderation'],
  ['no conditions', [], textract, 'document'],
  ['ours', [{ And: [always, value({ Equals: null })] }], undefined, 'content'],
  ['theirs without a source, which nothing evaluates', [good, one('Sampling')], undefined, undefined],
  ['none without a source', [], undefined, undefined],
])('7.1 – read: %s', (_name, conditions, source, subject) => {
  expect(parse(conditions, source)).toMatchObject({
    tree: { subject, given: { Conditions: JSON.parse(JSON.stringify(conditions)) } },
    violations: [],
  });
});

test('7.1 – conditions nested as deep as their length allows are refused in a sentence', () => {
  const deep = `${'{"Conditions":'.repeat(600)}1${'}'.repeat(600)}`;
  expect(parse(deep, textract).violations).toEqual([`${root} is nested deeper than 50 levels.`]);
  const groups = `{"Conditions":[${'{"Or":['.repeat(900)}${']}'.repeat(900)}]}`;
  expect(parse(groups, undefined).tree).toBeUndefined();
  expect(
    parse([one('holdpoint:Always', { deep: JSON.parse(`${'['.repeat(4000)}${']'.repeat(4000)}`) })]).tree,
  ).toBeUndefined();
});
