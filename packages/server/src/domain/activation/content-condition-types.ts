import { isWithin, readBounds } from './bounds.ts';
import { type ConditionType, comparators } from './condition-type.ts';
import { contentOf, judgeOfValue, outcomeOf, readExpressionParameter } from './content-judge.ts';
import { described } from './expression-functions.ts';
import { isEqual } from './expression-steps.ts';
import type { ParameterReader } from './parameter-reader.ts';
import { isSampled } from './sampling.ts';
import { readPercentage } from './service-condition-types.ts';
import { valueCheck } from './value-check.ts';

// Our condition types, which look at the input content of a loop with JMESPath expressions.

const missingValue: ConditionType = {
  name: 'holdpoint:MissingValue',
  subjects: ['content'],
  parameters: ['Expression'],
  judgeOf: (read, { path }) =>
    judgeOfValue(readExpressionParameter(read, 'Expression'), path, (value) => isMissing(value)),
};

const confidenceCheck: ConditionType = {
  name: 'holdpoint:ConfidenceCheck',
  subjects: ['content'],
  parameters: ['Expression', 'Quantifier', ...comparators('Confidence')],
  judgeOf(read, { path }) {
    const bounds = readBounds(read, 'Confidence', Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    if (!bounds && !comparators('Confidence').some((name) => read.has(name)))
      read.complain('ConfidenceLessThan', 'is missing, and so is every other comparator.');
    const quantifier = read.text('Quantifier', true) ?? 'Any';
    if (quantifier !== 'Any' && quantifier !== 'Every') read.complain('Quantifier', 'must be Any or Every.');
    const holds = (value: number): boolean => bounds !== undefined && isWithin(bounds, value);
    return judgeOfValue(readExpressionParameter(read, 'Expression'), path, (value, { doubt }, text) => {
      const numbers = Array.isArray(value) ? value : [value];
      const stranger = numbers.findIndex((each) => typeof each !== 'number');
      if (numbers.length > 0 && stranger < 0) return quantifier === 'Any' ? numbers.some(holds) : numbers.every(holds);
      const found = numbers.length === 0 ? 'an empty list' : described(numbers[stranger]);
      doubt(`${path}: '${text}' finds ${found}; a confidence is a number.`);
      return false;
    });
  },
};

const disagreementCheck: ConditionType = {
  name: 'holdpoint:DisagreementCheck',
  subjects: ['content'],
  parameters: ['Expression', 'OtherExpression', 'Tolerance'],
  judgeOf(read, { path }) {
    const one = readExpressionParameter(read, 'Expression');
    const other = readExpressionParameter(read, 'OtherExpression');
    const tolerance = read.number('Tolerance', 0, Number.MAX_SAFE_INTEGER) ?? 0;
    return (facts, context) =>
      outcomeOf(path, context, () => {
        const first = one.find(contentOf(facts), context.steps);
        const second = other.find(contentOf(facts), context.steps);
        if (first === null && second === null)
          context.doubt(`${path}: neither '${one.text}' nor '${other.text}' finds anything.`);
        if (typeof first === 'number' && typeof second === 'number') return Math.abs(first - second) > tolerance;
        return !isEqual(first, second, context.steps);
      });
  },
};

const sampling: ConditionType = {
  name: 'holdpoint:Sampling',
  subjects: ['content'],
  parameters: ['RandomSamplingPercentage', 'StratifyBy', 'StratumPercentages'],
  judgeOf(read, { path, configuration }) {
    const percentage = readPercentage(read);
    const stratifyBy = read.has('StratifyBy') ? readExpressionParameter(read, 'StratifyBy') : undefined;
    const percentages = readStrata(read);
    if (!stratifyBy)
      return (_facts, context) => ({ result: isSampled(context, configuration, percentage), selected: 'everything' });
    return judgeOfValue(stratifyBy, path, (value, context, text) => {
      if (typeof value === 'object' && value !== null) {
        context.doubt(
          `${path}: '${text}' finds ${described(value)}; a stratum is a text, a number, true, false or nothing.`,
        );
        return false;
      }
      // Each stratum draws anew, so that how one is sampled says nothing about another.
      const stratum = String(value);
      return isSampled(context, `${configuration}\n${stratum}`, percentages.get(stratum) ?? percentage);
    });
  },
};

const always: ConditionType = {
  name: 'holdpoint:Always',
  subjects: ['content'],
  parameters: [],
  judgeOf: () => () => ({ result: true, selected: 'everything' }),
};

export const contentConditionTypes: readonly ConditionType[] = [
  valueCheck,
  missingValue,
  confidenceCheck,
  disagreementCheck,
  sampling,
  always,
];

/** Nothing, or nothing in it; `false` and 0 are values. */
function isMissing(value: unknown): boolean {
  if (value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value as object).length === 0;
}

function readStrata(read: ParameterReader): ReadonlyMap<string, number> {
  const given = read.any('StratumPercentages');
  if (given === undefined) return new Map();
  if (!read.has('StratifyBy')) read.complain('StratumPercentages', 'needs StratifyBy, which says what the strata are.');
  const strata =
    typeof given === 'object' && given !== null && !Array.isArray(given) ? Object.entries(given) : undefined;
  if (!strata) read.complain('StratumPercentages', 'must be an object of percentages.');
  for (const [name, percentage] of strata ?? [])
    if (!(typeof percentage === 'number' && percentage >= 0 && percentage <= 100))
      read.complain(`StratumPercentages.${name}`, 'must be a number from 0 to 100.');
  return new Map((strata ?? []) as [string, number][]);
}
