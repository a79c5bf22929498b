import { type Bounds, complainOfContradiction, isWithin } from './bounds.ts';
import type { ConditionType } from './condition-type.ts';
import { judgeOfValue, readExpressionParameter } from './content-judge.ts';
import { described } from './expression-functions.ts';
import { isEqual, mostSteps, type Steps } from './expression-steps.ts';
import type { ParameterReader } from './parameter-reader.ts';
import { longestMatchedText, readPattern } from './pattern.ts';

/** Whether a comparator holds of a value; a text says why it cannot be asked. */
type Comparison = (value: unknown, steps: Steps) => boolean | string;

const ordered = ['LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'] as const;
const comparisons = ['Equals', 'NotEquals', ...ordered, 'In', 'Matches'];

/** `holdpoint:ValueCheck`: what an expression finds in the input content, compared; all comparators that are given must hold. */
export const valueCheck: ConditionType = {
  name: 'holdpoint:ValueCheck',
  subjects: ['content'],
  parameters: ['Expression', ...comparisons],
  judgeOf(read, { path }) {
    const asked = readComparisons(read);
    if (!comparisons.some((name) => read.has(name)))
      read.complain('Equals', 'is missing, and so is every other comparator.');
    if (read.has('Equals'))
      for (const [name, holds] of asked)
        if (holds(read.any('Equals'), { left: mostSteps }) !== true)
          read.complain(name, 'can never hold together with Equals.');
    return judgeOfValue(readExpressionParameter(read, 'Expression'), path, (value, { doubt, steps }, text) => {
      const answers = asked.map(([, holds]) => holds(value, steps));
      for (const answer of answers)
        if (typeof answer === 'string') doubt(`${path}: '${text}' finds ${described(value)}${answer}`);
      return answers.every((answer) => answer === true);
    });
  },
};

function readComparisons(read: ParameterReader): [string, Comparison][] {
  const found: [string, Comparison][] = [];
  if (read.has('Equals')) found.push(['Equals', (value, steps) => isEqual(value, read.any('Equals'), steps)]);
  if (read.has('NotEquals')) found.push(['NotEquals', (value, steps) => !isEqual(value, read.any('NotEquals'), steps)]);
  if (ordered.some((name) => read.has(name))) found.push(...readOrder(read));
  if (read.has('In')) found.push(...readIn(read));
  if (read.has('Matches')) found.push(...readMatches(read));
  return found;
}

function readOrder(read: ParameterReader): [string, Comparison][] {
  const given = ordered.filter((name) => read.has(name)).map((name) => [name, read.any(name)] as const);
  const strange = given.filter(([, bound]) => typeof bound !== 'number' && typeof bound !== 'string');
  for (const [name] of strange) read.complain(name, 'must be a number or a text.');
  const kind = typeof given[0]![1];
  const other = given.find(([, bound]) => typeof bound !== kind);
  if (strange.length === 0 && other)
    read.complain(other[0], `must be ${described(given[0]![1])}, as ${given[0]![0]} is.`);
  if (strange.length > 0 || other) return [];
  const members = Object.fromEntries(given) as Record<(typeof ordered)[number], number | string | undefined>;
  const bounds: Bounds<number | string> = {
    equals: undefined,
    lessThan: members.LessThan,
    lessThanEquals: members.LessThanEquals,
    greaterThan: members.GreaterThan,
    greaterThanEquals: members.GreaterThanEquals,
  };
  complainOfContradiction(read, '', bounds);
  const words = described(given[0]![1]);
  return [
    [
      given[0]![0],
      (value) =>
        typeof value === kind
          ? isWithin(bounds, value as number | string)
          : `, which is not less or greater than ${words}.`,
    ],
  ];
}

function readIn(read: ParameterReader): [string, Comparison][] {
  const values = read.any('In');
  if (Array.isArray(values) && values.length > 0)
    return [['In', (value, steps) => values.some((each) => isEqual(value, each, steps))]];
  read.complain('In', 'must be a list with something in it.');
  return [];
}

function readMatches(read: ParameterReader): [string, Comparison][] {
  const text = read.text('Matches');
  if (text === undefined) return [];
  const pattern = readPattern(text);
  if (typeof pattern !== 'string')
    return [
      [
        'Matches',
        (value) =>
          typeof value === 'string'
            ? (pattern(value) ??
              ` that is longer than ${longestMatchedText} characters, which no pattern is searched in.`)
            : ', in which no pattern can be found.',
      ],
    ];
  read.complain('Matches', pattern);
  return [];
}
