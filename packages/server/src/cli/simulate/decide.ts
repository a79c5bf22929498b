/** What a worker does with a task: pure, so that the same seed always does the same. */
import type { Json, JsonObject } from '@holdpoint/protocol';
import { meets } from './conditions.ts';
import { fill } from './fill.ts';
import type { Random } from './random.ts';
import type { Outcome, Rule, Seconds } from './rules.ts';

export interface Task {
  readonly flow: string;
  readonly input: Json;
}

export interface Decision {
  readonly outcome: Outcome;
  /** At the speed of people. */
  readonly seconds: number;
  readonly isMistake: boolean;
}

/** The first rule that fits, by its number from 1; undefined when none does. */
export function ruleFor(rules: readonly Rule[], { flow, input }: Task): number | undefined {
  const index = rules.findIndex(
    (rule) =>
      (rule.flows?.includes(flow) ?? true) && rule.input.every(([path, condition]) => meets(input, path, condition)),
  );
  return index < 0 ? undefined : index + 1;
}

/** Whether a worker may come upon tasks that are not for this one, or not now. */
export const mayLeaveTasks = (rules: readonly Rule[]): boolean =>
  rules.some(({ choices }) => choices.some(({ outcome: { kind } }) => kind === 'ignore' || kind === 'release')) ||
  !rules.some(({ flows, input }) => flows === undefined && input.length === 0);

/**
 * Draws what is done, in a fixed order, so that what one draw decides leaves the others as they are.
 *
 * @throws MissingInput
 */
export function decide(rule: Rule, { input }: Task, random: Random): Decision {
  const [choice, error, other, time] = [random(), random(), random(), random()] as const;
  const drawn = weighted(rule.choices, choice);
  const seconds = secondsOf(rule.seconds, time, random());
  const isMistake = drawn.kind === 'answer' && error < rule.errorRate;
  const outcome = isMistake ? mistaken(rule, drawn, other) : drawn;
  if (outcome.kind !== 'answer') return { outcome, seconds, isMistake };
  return { outcome: { kind: 'answer', content: fill(outcome.content, input) }, seconds, isMistake };
}

function weighted(choices: Rule['choices'], draw: number): Outcome {
  const sum = choices.reduce((total, { weight }) => total + weight, 0);
  let left = draw * sum;
  for (const { weight, outcome } of choices) {
    left -= weight;
    if (left < 0) return outcome;
  }
  return choices.at(-1)!.outcome;
}

function mistaken({ mistake, choices }: Rule, right: Outcome, draw: number): Outcome {
  if (mistake !== undefined) return answerOf(mistake);
  const others = choices.map(({ outcome }) => outcome).filter((one) => one !== right && one.kind === 'answer');
  return others[Math.floor(draw * others.length)] ?? right;
}

const answerOf = (content: JsonObject): Outcome => ({ kind: 'answer', content });

/** Nobody takes longer than so many spreads above the median. */
const mostSpreads = 3;

function secondsOf(seconds: Seconds, draw: number, second: number): number {
  if (seconds.kind === 'range') return seconds.min + draw * (seconds.max - seconds.min);
  // A normal deviate of two even ones (Box and Muller).
  const normal = Math.sqrt(-2 * Math.log(1 - draw)) * Math.cos(2 * Math.PI * second);
  return seconds.median * seconds.spread ** Math.min(normal, mostSpreads);
}
