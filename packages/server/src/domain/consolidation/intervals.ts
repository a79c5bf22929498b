// Stretches of a line, as a list of where each begins and where it ends, in order and without overlaps: the rows of a polygon, the
// pixels of a mask.

export function totalLength(intervals: readonly number[]): number {
  let sum = 0;
  for (let end = 1; end < intervals.length; end += 2) sum += intervals[end]! - intervals[end - 1]!;
  return sum;
}

/** How much of the line is in both. */
export function commonLength(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let one = 1, other = 1; one < a.length && other < b.length; ) {
    sum += Math.max(0, Math.min(a[one]!, b[other]!) - Math.max(a[one - 1]!, b[other - 1]!));
    if (a[one]! < b[other]!) one += 2;
    else other += 2;
  }
  return sum;
}
