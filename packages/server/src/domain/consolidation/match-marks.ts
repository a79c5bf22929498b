import { type Given, inOrder, sumOf, weightOf } from './field-kind.ts';

/** What a worker marked: a box, a polygon, a point, a span of text. */
export interface MarkRules<M> {
  /** Marks with different labels are never the same. */
  label(mark: M): string;
  /** How far two marks with the same label are the same, 0 to 1; symmetric. */
  likeness(a: M, b: M): number;
  /** A text that is different for different marks. */
  key(mark: M): string;
  /** One mark of those that are taken to be the same. */
  merge(marks: readonly Given<M>[]): M;
}

/** Every mark is compared with every other one: an answer with more of them is compared as a whole, as JSON. */
export const mostMarks = 1000;
/** Marks that are at least so much the same are of the same thing (the threshold of PASCAL VOC, Everingham et al., IJCV 88(2), 2010). */
const sameThing = 0.5;

/** Marks of the same thing, at most one of each worker. */
interface Cluster<M> {
  members: readonly { readonly worker: number; readonly mark: M; readonly weight: number }[];
  /** The place of its first mark in the order of all. */
  readonly first: number;
}

/**
 * Marks of several workers made one list: marks with the same label are matched by their likeness (intersection over union for
 * areas), the most alike first, and each worker's marks with at most one of each other worker; what more than half of the
 * weight marked is kept, as one mark of all. Averaging matched boxes is the way of Su, Deng & Fei-Fei, Crowdsourcing Annotations for Visual Object Detection (AAAI Workshop on
 * Human Computation, 2012) made automatic.
 */
export function mergeMarks<M>(given: readonly Given<readonly M[]>[], rules: MarkRules<M>): M[] {
  const total = weightOf(given);
  return clustersOf(given, rules)
    .filter(({ members }) => weightOf(members) > total / 2)
    .map(({ members }) => rules.merge(members.map(({ mark, weight }) => ({ value: mark, weight }))))
    .sort((a, b) => inOrder(rules.key(a), rules.key(b)));
}

function clustersOf<M>(given: readonly Given<readonly M[]>[], rules: MarkRules<M>): Cluster<M>[] {
  const marks = given
    .flatMap(({ value, weight }, worker) => value.map((mark) => ({ worker, weight, mark, key: rules.key(mark) })))
    .sort((a, b) => inOrder(a.key, b.key) || a.worker - b.worker);
  const pairs = marks.flatMap((one, index) =>
    marks.slice(0, index).flatMap((other, place) => {
      if (one.worker === other.worker || rules.label(one.mark) !== rules.label(other.mark)) return [];
      const likeness = rules.likeness(one.mark, other.mark);
      return likeness >= sameThing ? [{ likeness, one: index, other: place }] : [];
    }),
  );
  pairs.sort((a, b) => b.likeness - a.likeness || a.other - b.other || a.one - b.one);
  const clusters: Cluster<M>[] = marks.map((member, first) => ({ members: [member], first }));
  for (const { one, other } of pairs) {
    const [a, b] = [clusters[one]!, clusters[other]!];
    if (a === b || a.members.some(({ worker }) => b.members.some((each) => each.worker === worker))) continue;
    const joined: Cluster<M> = { members: [...b.members, ...a.members], first: Math.min(a.first, b.first) };
    for (const [index, cluster] of clusters.entries()) if (cluster === a || cluster === b) clusters[index] = joined;
  }
  return [...new Set(clusters)];
}

/**
 * How far two lists of marks are the same: twice the likeness of what is matched, by the number of marks (Dice, Measures of the
 * Amount of Ecologic Association Between Species, Ecology 26(3), 1945, with parts for what is matched in part).
 */
export function likenessOfMarks<M>(a: readonly M[], b: readonly M[], rules: MarkRules<M>): number {
  if (a.length + b.length === 0) return 1;
  const pairs = a.flatMap((one, left) =>
    b.flatMap((other, right) => {
      if (rules.label(one) !== rules.label(other)) return [];
      const likeness = rules.likeness(one, other);
      // Of equals those come first that come first by what they are, not by whose they are.
      const keys = [rules.key(one), rules.key(other)].sort(inOrder).join('\n');
      return likeness >= sameThing ? [{ likeness, left, right, keys }] : [];
    }),
  );
  pairs.sort((one, other) => other.likeness - one.likeness || inOrder(one.keys, other.keys));
  const [lefts, rights] = [new Set<number>(), new Set<number>()];
  const matched: number[] = [];
  for (const { likeness, left, right } of pairs) {
    if (lefts.has(left) || rights.has(right)) continue;
    lefts.add(left);
    rights.add(right);
    matched.push(likeness);
  }
  return Math.min(1, (2 * sumOf(matched)) / (a.length + b.length));
}
