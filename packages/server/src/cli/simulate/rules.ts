/**
 * The rules by which simulated workers answer: a JSON list, of which for each task the first rule that fits counts.
 *
 * | member | meaning |
 * |---|---|
 * | `when.flow` | the name of a flow definition, or a list of names |
 * | `when.input` | conditions by dotted paths into the input: a value to be equal to, or an object of `equals`, `in`, `exists`, `greaterThan`, `lessThan`, `matches` (a regular expression), all of which hold |
 * | `answer` | the answer content; in its texts `{{ input.path }}` is a value of the input, and a text that is nothing else is that value |
 * | `choose` | instead of `answer`: a list of `{ "weight": 3, "answer": … }`, one of which is drawn for each answer, so that workers disagree; also with `"decline": true` or `"release": true` |
 * | `decline`, `release`, `ignore` | `true`: the worker declines the task, gives it back, or leaves it alone |
 * | `seconds` | how long it takes: a number, `{ "min": 5, "max": 20 }` evenly, or `{ "median": 15, "spread": 1.8 }` as people do: two of three times lie between median ÷ spread and median × spread; without it the latter |
 * | `errorRate` | how often, 0 to 1, the worker errs: another of `choose`, or `mistake`, is answered |
 * | `mistake` | the answer content of a worker who errs |
 *
 * A rule without `when` fits every task. A task that no rule fits is left alone.
 */
import type { JsonObject } from '@holdpoint/protocol';
import { UsageError } from '../usage-error.ts';
import { type Complain, type Condition, checkCondition } from './conditions.ts';

export type Outcome =
  | { readonly kind: 'answer'; readonly content: JsonObject }
  | { readonly kind: 'decline' | 'release' | 'ignore' };

export type Seconds =
  | { readonly kind: 'range'; readonly min: number; readonly max: number }
  | { readonly kind: 'people'; readonly median: number; readonly spread: number };

export interface Rule {
  readonly flows: readonly string[] | undefined;
  readonly input: readonly (readonly [path: string, condition: Condition])[];
  /** With weights; a single outcome is a choice of one. */
  readonly choices: readonly { readonly weight: number; readonly outcome: Outcome }[];
  readonly seconds: Seconds;
  readonly errorRate: number;
  readonly mistake: JsonObject | undefined;
}

export const usualSeconds: Seconds = { kind: 'people', median: 15, spread: 1.8 };

/**
 * Reads rules.
 *
 * @param name of the file, for sentences.
 * @throws UsageError that says all that is wrong.
 */
export function parseRules(text: string, name: string): readonly Rule[] {
  const value: unknown = JSON.parse(text);
  if (!Array.isArray(value) || value.length === 0)
    throw new UsageError(`${name} must be a list of rules, as "holdpoint simulate --help" shows them.`);
  const complaints: string[] = [];
  const rules = value.map((rule, index) =>
    readRule(rule, (where, what) => complaints.push(`rule ${index + 1}: ${where === '' ? '' : `${where} `}${what}`)),
  );
  if (complaints.length > 0) throw new UsageError(`${name}, ${complaints.join('; ')}.`);
  return rules;
}

const endings = ['answer', 'choose', 'decline', 'release', 'ignore'] as const;
const members = ['when', ...endings, 'seconds', 'errorRate', 'mistake', 'comment'];

function readRule(value: unknown, complain: Complain): Rule {
  const rule = objectOf(value, '', complain);
  only(rule, members, '', complain);
  const given = endings.filter((ending) => ending in rule);
  if (given.length !== 1) complain('', `must have one of ${endings.join(', ')}`);
  const when = 'when' in rule ? objectOf(rule.when, 'when', complain) : {};
  only(when, ['flow', 'input'], 'when', complain);
  const conditions = 'input' in when ? objectOf(when.input, 'when.input', complain) : {};
  const choices =
    given[0] === 'choose'
      ? readChoices(rule.choose, complain)
      : [{ weight: 1, outcome: readOutcome(rule, '', complain) }];
  const errorRate = 'errorRate' in rule ? numberOf(rule.errorRate, 'errorRate', complain, 0, 1) : 0;
  const mistake = 'mistake' in rule ? objectOf(rule.mistake, 'mistake', complain) : undefined;
  const answers = choices.filter(({ outcome }) => outcome.kind === 'answer').length;
  if (errorRate > 0 && mistake === undefined && answers < 2)
    complain('errorRate', 'needs a mistake to make, or several answers to choose from');
  return {
    flows: 'flow' in when ? readFlows(when.flow, complain) : undefined,
    input: Object.entries(conditions).map(([path, condition]) => [
      path,
      checkCondition(condition, `when.input.${path}`, complain),
    ]),
    choices,
    seconds: 'seconds' in rule ? readSeconds(rule.seconds, complain) : usualSeconds,
    errorRate,
    mistake: mistake as JsonObject | undefined,
  };
}

function readFlows(value: unknown, complain: Complain): readonly string[] {
  const flows: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (flows.length === 0 || !flows.every((flow) => typeof flow === 'string'))
    complain('when.flow', 'must be the name of a flow definition, or a list of names');
  return flows as readonly string[];
}

function readChoices(value: unknown, complain: Complain): Rule['choices'] {
  if (!Array.isArray(value) || value.length === 0) {
    complain('choose', 'must be a list of answers');
    return [];
  }
  const choices = value.map((item: unknown, index) => {
    const where = `choose ${index + 1}`;
    const choice = objectOf(item, where, complain);
    only(choice, ['weight', 'answer', 'decline', 'release'], where, complain);
    if (['answer', 'decline', 'release'].filter((ending) => ending in choice).length !== 1)
      complain(where, 'must have one of answer, decline, release');
    const weight = 'weight' in choice ? numberOf(choice.weight, `${where} weight`, complain, 0) : 1;
    return { weight, outcome: readOutcome(choice, where, complain) };
  });
  if (choices.every(({ weight }) => weight === 0)) complain('choose', 'must have a weight above 0');
  return choices;
}

function readOutcome(value: Values, where: string, complain: Complain): Outcome {
  for (const kind of ['decline', 'release', 'ignore'] as const)
    if (kind in value) {
      if (value[kind] !== true) complain(`${where} ${kind}`.trim(), 'must be true');
      return { kind };
    }
  const content = 'answer' in value ? objectOf(value.answer, `${where} answer`.trim(), complain) : {};
  return { kind: 'answer', content: content as JsonObject };
}

function readSeconds(value: unknown, complain: Complain): Seconds {
  if (typeof value === 'number') {
    const fixed = numberOf(value, 'seconds', complain, 0);
    return { kind: 'range', min: fixed, max: fixed };
  }
  const seconds = objectOf(value, 'seconds', complain);
  if ('median' in seconds) {
    only(seconds, ['median', 'spread'], 'seconds', complain);
    const median = numberOf(seconds.median, 'seconds.median', complain, 0);
    return {
      kind: 'people',
      median,
      spread: 'spread' in seconds ? numberOf(seconds.spread, 'seconds.spread', complain, 1) : 1.8,
    };
  }
  only(seconds, ['min', 'max'], 'seconds', complain);
  const min = numberOf(seconds.min, 'seconds.min', complain, 0);
  return { kind: 'range', min, max: numberOf(seconds.max, 'seconds.max', complain, min) };
}

type Values = Readonly<Record<string, unknown>>;

function objectOf(value: unknown, where: string, complain: Complain): Values {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Values;
  complain(where, 'must be a JSON object');
  return {};
}

function only(value: Values, known: readonly string[], where: string, complain: Complain): void {
  for (const name of Object.keys(value))
    if (!known.includes(name)) complain(where, `has an unknown member '${name}'; there are ${known.join(', ')}`);
}

function numberOf(
  value: unknown,
  where: string,
  complain: Complain,
  min: number,
  max = Number.POSITIVE_INFINITY,
): number {
  if (typeof value === 'number' && value >= min && value <= max) return value;
  complain(
    where,
    `must be a number ${max === Number.POSITIVE_INFINITY ? `of ${min} or more` : `from ${min} to ${max}`}`,
  );
  return min;
}
