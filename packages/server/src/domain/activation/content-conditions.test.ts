import { expect, test } from 'vitest';
import { evaluate } from './testing/conditions.ts';

const content = {
  total: 1250.5,
  currency: 'EUR',
  issued: '2026-03-01',
  number: 'INV-2041',
  isPaid: false,
  note: ' ',
  lines: [
    { name: 'Paper', score: 0.97 },
    { name: 'Ink', score: 0.62 },
  ],
  none: [],
  extracted: { a: { sum: 10, name: 'x' }, b: { sum: 10.4, name: 'x' } },
  long: 'a'.repeat(10_001),
};

type Parameters = Readonly<Record<string, unknown>>;

/** Whether people are asked, and why when it could not be judged. */
const outcome = (type: string, parameters: Parameters, value: unknown = content) => {
  const { activated, reasons, results } = evaluate(
    [{ ConditionType: `holdpoint:${type}`, ConditionParameters: parameters }],
    undefined,
    value,
  );
  const [{ EvaluationResult: result }] = results.Conditions as [{ EvaluationResult: boolean }];
  expect(activated).toBe(result || reasons.length > 0);
  return reasons.length > 0 ? reasons.join('\n') : activated;
};

const values: [string, Parameters, boolean | string][] = [
  ['total', { GreaterThan: 1000 }, true],
  ['total', { GreaterThan: 1250.5 }, false],
  ['total', { GreaterThanEquals: 1250.5 }, true],
  ['total', { LessThan: 1000 }, false],
  ['total', { LessThanEquals: 1250.5, GreaterThan: 1250 }, true],
  ['total', { Equals: 1250.5 }, true],
  ['total', { Equals: '1250.5' }, false],
  ['total', { NotEquals: 1250.5 }, false],
  ['currency', { In: ['USD', 'EUR'] }, true],
  ['currency', { In: ['USD', null] }, false],
  ['missing', { In: ['USD', null] }, true],
  ['currency', { Matches: '^[A-Z]{3}$' }, true],
  ['currency', { Matches: '^[a-z]' }, false],
  ['number', { Matches: '\\d{4}' }, true],
  ['issued', { LessThan: '2026-04-01', GreaterThanEquals: '2026-03-01' }, true],
  ['isPaid', { Equals: false }, true],
  ['lines[*].name', { Equals: ['Paper', 'Ink'] }, true],
  ['lines[0]', { Equals: { score: 0.97, name: 'Paper' } }, true],
  ['length(lines)', { GreaterThan: 1 }, true],
  ['lines[?score < `0.9`] | length(@)', { Equals: 1 }, true],
  ['missing', { Equals: null }, true],
  ['missing', { Equals: 1 }, false],
  ['missing', { NotEquals: 'x' }, true],
  // Without a value there is nothing to judge, and a person looks at it.
  ['missing', { LessThan: 5 }, "Conditions[0]: 'missing' finds nothing, which is not less or greater than a number."],
  ['currency', { LessThan: 5 }, "Conditions[0]: 'currency' finds a text, which is not less or greater than a number."],
  ['total', { LessThan: 'a' }, "Conditions[0]: 'total' finds a number, which is not less or greater than a text."],
  ['total', { Matches: '1' }, "Conditions[0]: 'total' finds a number, in which no pattern can be found."],
  ['long', { Matches: 'a' }, 'longer than 10000 characters'],
  [
    'length(missing)',
    { Equals: 1 },
    'Conditions[0]: The expression gives length() nothing; it takes a text or a list or an object.',
  ],
];

test.each(values)('7.3 – holdpoint:ValueCheck of %s: %j is %j', (Expression, comparators, expected) => {
  const found = outcome('ValueCheck', { Expression, ...comparators });
  if (typeof expected === 'string') expect(found).toContain(expected);
  else expect(found).toBe(expected);
});

const missing: [string, boolean | string][] = [
  ['nowhere', true],
  ['note', true],
  ['none', true],
  ['isPaid', false],
  ['total', false],
  ['lines[5].name', true],
  ['constructor', true],
  ['sum(lines)', 'gives sum() a list; it takes a list of numbers.'],
];

test.each(missing)('7.3 – holdpoint:MissingValue of %s is %j', (Expression, expected) => {
  const found = outcome('MissingValue', { Expression });
  if (typeof expected === 'string') expect(found).toContain(expected);
  else expect(found).toBe(expected);
});

const confidences: [string, Parameters, boolean | string][] = [
  ['lines[*].score', { ConfidenceLessThan: 0.7 }, true],
  ['lines[*].score', { ConfidenceLessThan: 0.7, Quantifier: 'Any' }, true],
  ['lines[*].score', { ConfidenceLessThan: 0.7, Quantifier: 'Every' }, false],
  ['lines[*].score', { ConfidenceLessThan: 0.98, Quantifier: 'Every' }, true],
  ['lines[0].score', { ConfidenceLessThan: 0.7 }, false],
  ['total', { ConfidenceGreaterThan: 1000 }, true],
  ['lines[*].score', { ConfidenceGreaterThanEquals: 0.62, ConfidenceLessThanEquals: 0.62 }, true],
  ['missing', { ConfidenceLessThan: 0.7 }, "'missing' finds nothing; a confidence is a number."],
  ['none', { ConfidenceLessThan: 0.7 }, "'none' finds an empty list; a confidence is a number."],
  ['lines[*].name', { ConfidenceLessThan: 0.7 }, "'lines[*].name' finds a text; a confidence is a number."],
  ['[lines[0].score, missing]', { ConfidenceLessThan: 0.7 }, 'finds nothing; a confidence is a number.'],
];

test.each(confidences)('7.3 – holdpoint:ConfidenceCheck of %s: %j is %j', (Expression, more, expected) => {
  const found = outcome('ConfidenceCheck', { Expression, ...more });
  if (typeof expected === 'string') expect(found).toContain(expected);
  else expect(found).toBe(expected);
});

const disagreements: [string, string, Parameters, boolean | string][] = [
  ['extracted.a.name', 'extracted.b.name', {}, false],
  ['extracted.a.sum', 'extracted.b.sum', {}, true],
  ['extracted.a.sum', 'extracted.b.sum', { Tolerance: 0.5 }, false],
  ['extracted.a', 'extracted.b', { Tolerance: 0.5 }, true],
  ['extracted.a.sum', 'missing', {}, true],
  ['missing', 'nowhere', {}, "neither 'missing' nor 'nowhere' finds anything."],
  ['sum(missing)', 'total', {}, 'gives sum() nothing'],
];

test.each(disagreements)(
  '7.3 – holdpoint:DisagreementCheck of %s and %s, %j, is %j',
  (Expression, OtherExpression, more, expected) => {
    const found = outcome('DisagreementCheck', { Expression, OtherExpression, ...more });
    if (typeof expected === 'string') expect(found).toContain(expected);
    else expect(found).toBe(expected);
  },
);

const samples: [Parameters, boolean | string][] = [
  [{ RandomSamplingPercentage: 100 }, true],
  [{ RandomSamplingPercentage: 0.01 }, false],
  [{ RandomSamplingPercentage: 0.01, StratifyBy: 'currency', StratumPercentages: { EUR: 100 } }, true],
  [{ RandomSamplingPercentage: 100, StratifyBy: 'currency', StratumPercentages: { EUR: 0 } }, false],
  [{ RandomSamplingPercentage: 100, StratifyBy: 'currency', StratumPercentages: { USD: 0 } }, true],
  [{ RandomSamplingPercentage: 0.01, StratifyBy: 'missing', StratumPercentages: { null: 100 } }, true],
  [{ RandomSamplingPercentage: 0.01, StratifyBy: 'lines' }, "'lines' finds a list; a stratum is a text"],
  [{ RandomSamplingPercentage: 0.01, StratifyBy: 'sum(lines)' }, 'gives sum() a list'],
];

test.each(samples)('7.3 – holdpoint:Sampling of %j is %j', (parameters, expected) => {
  const found = outcome('Sampling', parameters);
  if (typeof expected === 'string') expect(found).toContain(expected);
  else expect(found).toBe(expected);
});

test.each([null, [], 'text', 0, { a: { b: 1 } }])('7.3 – holdpoint:Always of %j is true', (value) => {
  expect(outcome('Always', {}, value)).toBe(true);
});

test('7.3 – an expression that runs away is stopped, and people are asked', () => {
  const doubling = Array(25).fill('[@,@][]').join('|');
  expect(outcome('MissingValue', { Expression: doubling })).toBe(
    'Conditions[0]: The expression takes more than 1,000,000 steps.',
  );
  const written = `to_string(${Array(40).fill('[@,@]').join('|')})`;
  expect(outcome('MissingValue', { Expression: written })).toContain('1,000,000 steps');
  const joined = Array(30).fill("join('',[@,@])").join('|');
  expect(outcome('MissingValue', { Expression: joined }, 'text')).toContain('1,000,000 steps');
});

test('7.3 – all expressions of one evaluation share its steps', () => {
  const value = Array.from({ length: 1000 }, (_, index) => ({ index, all: Array(100).fill(index) }));
  const check = { ConditionType: 'holdpoint:MissingValue', ConditionParameters: { Expression: '[*].all[*] | [0]' } };
  expect(evaluate([check], undefined, value).reasons).toEqual([]);
  expect(evaluate(Array(30).fill(check), undefined, value).reasons.join('\n')).toContain('1,000,000 steps');
});

test('7.3 – a pattern that would run away elsewhere takes time in proportion to the text', () => {
  const value = { text: `${'a'.repeat(9000)}!` };
  expect(outcome('ValueCheck', { Expression: 'text', Matches: '^(a+)+$' }, value)).toBe(false);
  expect(outcome('ValueCheck', { Expression: 'text', Matches: '^(a|aa)+$' }, value)).toBe(false);
});
