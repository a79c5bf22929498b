/** How often a worker of whom nothing is known is taken to be right. */
export const assumedAccuracy = 0.8;

/** What one worker's answer says about a consolidated value. */
export interface Witness {
  /** How far the answer is that value, 0 to 1. */
  readonly similarity: number;
  /** How often the worker is right, 0 to 1; `assumedAccuracy` where it is not known. */
  readonly accuracy?: number;
  /** What else was chosen, so that those who chose differently do not count as one voice; undefined where all do. */
  readonly choice?: string;
}

/**
 * The probability, 0 to 1, that a consolidated value is the right one, by Bayes' rule: workers err independently of each other, a
 * worker who errs chooses each of the other values as often as the others, and no value is likelier than another beforehand.
 * These are the assumptions of the one-coin form of Dawid & Skene (Maximum Likelihood Estimation of Observer Error-Rates Using
 * the EM Algorithm, Applied Statistics 28(1), 1979). An answer that is only near the value counts as a part of a voice.
 *
 * @param choices how many values could be chosen, 2 at least.
 */
export function posteriorOf(witnesses: readonly Witness[], choices = 2): number {
  const others = Math.max(1, Math.floor(choices) - 1);
  const scores = new Map<string | undefined, number[]>();
  const own: number[] = [];
  for (const { similarity, accuracy = assumedAccuracy, choice } of witnesses) {
    const known = Math.min(0.99, Math.max(0.01, accuracy));
    const odds = Math.log((known * others) / (1 - known));
    own.push(similarity * odds);
    if (similarity < 1) scores.set(choice, [...(scores.get(choice) ?? []), (1 - similarity) * odds]);
  }
  const value = sorted(own);
  const rivals = [...scores.values()].map(sorted);
  // Values that nobody chose have no voice for them.
  const unnamed = Math.max(0, others - rivals.length);
  const terms = [...rivals.sort((a, b) => a - b), ...(unnamed > 0 ? [Math.log(unnamed)] : [])];
  const most = Math.max(value, ...terms);
  const all = terms.reduce((sum, term) => sum + Math.exp(term - most), Math.exp(value - most));
  return Math.exp(value - most) / all;
}

/** Sums of fractions depend on the order: smallest first, whoever gave them. */
const sorted = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b).reduce((sum, number) => sum + number, 0);
