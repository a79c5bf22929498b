/** Longer names are not compared: they come from whoever wrote the template, and comparing takes the product of the lengths. */
const longest = 64;
const mostNames = 1000;

/**
 * The name that was most likely meant: the same but for case and separators, or with few letters added, left out,
 * changed or swapped.
 *
 * @param slips how many at most; by default the more the longer the name is
 */
export function nearest(name: string, names: Iterable<string>, slips?: number): string | undefined {
  const wanted = plain(name);
  if (wanted.length < 2 || wanted.length > longest) return undefined;
  // One slip in short names, two in longer ones; three where there is much that fits.
  let allowed = slips ?? (wanted.length < 5 ? 1 : wanted.length < 12 ? 2 : 3);
  let best: string | undefined;
  let seen = 0;
  for (const each of names) {
    seen += 1;
    if (seen > mostNames) break;
    if (each === name) continue;
    const far = distance(wanted, plain(each), allowed);
    if (far > allowed || (best !== undefined && far === allowed)) continue;
    best = each;
    allowed = far;
  }
  return best;
}

const plain = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, '');

/** How many letters have to be added, left out, changed or swapped with their neighbour; infinite when it is more than `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let least = Math.min(last[column - 1]! + same, last[column]! + 1, next[column - 1]! + 1);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        least = Math.min(least, before[column - 2]! + 1);
      next.push(least);
    }
    if (Math.min(...next) > most) return Number.POSITIVE_INFINITY;
    before = last;
    last = next;
  }
  return last[b.length] as number;
}

/** What is put after a sentence when something else was most likely meant, or nothing. */
export function suggestion(name: string, names: Iterable<string>): string {
  const near = nearest(name, names);
  return near === undefined ? '' : `. Did you mean ${near}?`;
}
