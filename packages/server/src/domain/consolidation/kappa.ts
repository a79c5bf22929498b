import type { LabelColumns } from './dawid-skene.ts';

/**
 * Cohen's kappa of two workers (Cohen, A Coefficient of Agreement for Nominal Scales, Educational and Psychological Measurement
 * 20(1), 1960): how much more often they agree than by chance, as a share of what is possible. Undefined where chance alone
 * makes them agree always.
 *
 * @param table how often the first gave the label of the row and the second that of the column.
 */
export function cohensKappa(table: readonly (readonly number[])[]): number | undefined {
  const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = table.map((_row, column) => table.reduce((sum, row) => sum + row[column]!, 0));
  const equal = table.reduce((sum, row, index) => sum + row[index]!, 0);
  const total = rows.reduce((sum, count) => sum + count, 0);
  return kappaOf(equal, total, (label) => rows[label]! * columns[label]!, table.length);
}

function kappaOf(
  equal: number,
  total: number,
  product: (label: number) => number,
  labelCount: number,
): number | undefined {
  if (total === 0) return undefined;
  let chance = 0;
  for (let label = 0; label < labelCount; label++) chance += product(label) / total / total;
  const observed = equal / total;
  return chance < 1 - 1e-12 ? (observed - chance) / (1 - chance) : undefined;
}

export interface PairKappa {
  /** The numbers of two workers, the lower one first. */
  readonly workers: readonly [number, number];
  /** Items that both answered. */
  readonly items: number;
  readonly kappa: number | undefined;
}

/** Of so many workers, those with the most answers, every two are compared. */
const mostWorkers = 200;
/** Numbers that are kept for all pairs together. */
const mostNumbers = 8_000_000;

/**
 * Kappa of every two workers who answered the same items. For more than two workers their mean is taken (Light, Measures of
 * Response Agreement for Qualitative Data, Psychological Bulletin 76(5), 1971), here by the number of items that they share.
 */
export function pairKappas(columns: LabelColumns): readonly PairKappa[] {
  const { starts, workers, labels, workerCount, labelCount } = columns;
  const counts = new Uint32Array(workerCount);
  for (const worker of workers) counts[worker]!++;
  const width = 2 + 2 * labelCount;
  // The pairs of n workers need n squared over two rows.
  const most = Math.min(mostWorkers, Math.max(2, Math.floor(Math.sqrt((2 * mostNumbers) / width))));
  const chosen = [...counts.keys()]
    .filter((worker) => counts[worker]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
  const places = new Int32Array(workerCount).fill(-1);
  for (const [place, worker] of chosen.entries()) places[worker] = place;
  const rowOf = (low: number, high: number): number => ((high * (high - 1)) / 2 + low) * width;
  const sums = new Uint32Array(Math.max(0, (chosen.length * (chosen.length - 1)) / 2) * width);
  for (let item = 0; item + 1 < starts.length; item++)
    for (let one = starts[item]! + 1; one < starts[item + 1]!; one++)
      for (let other = starts[item]!; other < one; other++) {
        const [a, b] = [places[workers[one]!]!, places[workers[other]!]!];
        if (a < 0 || b < 0 || a === b) continue;
        const row = rowOf(Math.min(a, b), Math.max(a, b));
        const [low, high] = a < b ? [labels[one]!, labels[other]!] : [labels[other]!, labels[one]!];
        sums[row]!++;
        if (low === high) sums[row + 1]!++;
        sums[row + 2 + low]!++;
        sums[row + 2 + labelCount + high]!++;
      }
  const pairs: PairKappa[] = [];
  for (let high = 1; high < chosen.length; high++)
    for (let low = 0; low < high; low++) {
      const row = rowOf(low, high);
      const items = sums[row]!;
      if (items === 0) continue;
      const product = (label: number): number => sums[row + 2 + label]! * sums[row + 2 + labelCount + label]!;
      const kappa = kappaOf(sums[row + 1]!, items, product, labelCount);
      pairs.push({ workers: [chosen[low]!, chosen[high]!], items, kappa });
    }
  return pairs;
}

/** The mean of pairs by the items that they share; undefined where no pair has a kappa. */
export function meanKappa(pairs: readonly PairKappa[]): number | undefined {
  let [sum, items] = [0, 0];
  for (const pair of pairs) {
    if (pair.kappa === undefined) continue;
    sum += pair.kappa * pair.items;
    items += pair.items;
  }
  return items > 0 ? sum / items : undefined;
}
