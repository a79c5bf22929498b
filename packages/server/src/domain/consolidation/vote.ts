import { inOrder, weightOf } from './field-kind.ts';

export interface Ballot {
  readonly choice: string;
  readonly weight: number;
}

export interface VoteResult {
  readonly winner: string;
  /** The share of the weight, 0 to 1, that each choice got, the largest first. */
  readonly shares: ReadonlyMap<string, number>;
}

/**
 * Plurality vote: the choice with the most weight; of equal ones that which comes first in the order of code units, so that
 * nothing depends on who answered first. With weights `log(a / (1 - a))` of workers who are right with probability a, no rule
 * for two choices is right more often (Nitzan & Paroush, Optimal Decision Rules in Uncertain Dichotomous Choice Situations,
 * International Economic Review 23(2), 1982).
 *
 * @param ballots at least one.
 */
export function vote(ballots: readonly Ballot[]): VoteResult {
  const sums = new Map<string, number>();
  // Sums of fractions depend on the order, so that equal weights must come in the same one.
  const sorted = [...ballots].sort((a, b) => inOrder(a.choice, b.choice) || a.weight - b.weight);
  for (const { choice, weight } of sorted) sums.set(choice, (sums.get(choice) ?? 0) + weight);
  const total = weightOf(sorted);
  const ranked = [...sums].sort(([a, one], [b, other]) => other - one || inOrder(a, b));
  return { winner: ranked[0]![0], shares: new Map(ranked.map(([choice, sum]) => [choice, sum / total])) };
}
