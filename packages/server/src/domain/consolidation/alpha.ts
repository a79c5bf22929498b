/**
 * Krippendorff's alpha (Krippendorff, Computing Krippendorff's Alpha-Reliability, University of Pennsylvania, 2011): one minus
 * what workers differ by over what they would differ by if all values were dealt out by chance. 1 is perfect agreement, 0 is
 * chance, below 0 they differ on purpose. Any number of workers, and not all have to answer everything; a value that is alone in its
 * unit says nothing. Sums only are kept, whatever the number of units.
 */
export interface AlphaSum {
  /** The values of one unit, one of each worker who answered. */
  add(values: ArrayLike<number>): void;
  /** Undefined without two units that differ: who always says the same cannot be told from who looks. */
  alpha(): number | undefined;
}

/** For values that are the same or are not. @param valueCount values are from 0 to below it. */
export function nominalAlpha(valueCount: number): AlphaSum {
  const totals = new Float64Array(valueCount);
  const counts = new Uint32Array(valueCount);
  let observed = 0;
  return {
    add(values) {
      const { length } = values;
      if (length < 2) return;
      for (let at = 0; at < length; at++) counts[values[at]!]!++;
      // Each value once: its count is taken when it is met first.
      for (let at = 0; at < length; at++) {
        const value = values[at]!;
        const count = counts[value]!;
        counts[value] = 0;
        observed += (count * (length - count)) / (length - 1);
        totals[value]! += count;
      }
    },
    alpha() {
      let all = 0;
      let squares = 0;
      for (const total of totals) {
        all += total;
        squares += total * total;
      }
      const expected = all * all - squares;
      return expected > 0 ? 1 - ((all - 1) * observed) / expected : undefined;
    },
  };
}

/** For numbers whose differences count, squared. */
export function intervalAlpha(): AlphaSum {
  let origin: number | undefined;
  let [count, sum, squares, observed] = [0, 0, 0, 0];
  return {
    add(values) {
      const { length } = values;
      if (length < 2) return;
      // Near zero nothing is lost to the rounding of large squares.
      origin ??= values[0]!;
      let [own, ownSquares] = [0, 0];
      for (let at = 0; at < length; at++) {
        const value = values[at]! - origin;
        own += value;
        ownSquares += value * value;
      }
      observed += (2 * (length * ownSquares - own * own)) / (length - 1);
      count += length;
      sum += own;
      squares += ownSquares;
    },
    alpha() {
      const expected = 2 * (count * squares - sum * sum);
      const alpha = expected > 0 ? 1 - ((count - 1) * observed) / expected : undefined;
      // Of numbers whose squares are beyond what a number holds nothing can be said.
      return Number.isFinite(alpha) ? alpha : undefined;
    },
  };
}
