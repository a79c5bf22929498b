import { type FieldKind, type Given, inOrder, sumOf, weightOf } from './field-kind.ts';
import { vote } from './vote.ts';

/** Shorter texts may be options of a list, of which one letter can make another. */
const shortestNear = 20;
/** Two texts are in one group when so much of the longer one is the same. */
const nearEnough = 0.8;
/** Steps of comparing two texts letter by letter; longer ones are compared word by word, and the longest not at all. */
const mostSteps = 4_000_000;

/**
 * Text in groups: the same but for white space and forms of Unicode, or, from 20 characters on and with the same digits, at an
 * edit distance (Levenshtein, Binary Codes Capable of Correcting Deletions, Insertions, and Reversals, Soviet Physics Doklady
 * 10(8), 1966) of at most a fifth of the longer one. The group with the most weight wins; of it the text that is written
 * most often, and of those the one nearest to the others.
 */
export const texts: FieldKind<string> = {
  kind: 'text',
  read: (value) => (typeof value === 'string' ? value : undefined),
  labelOf: (value) => (value.length < shortestNear ? normal(value) : undefined),
  similarity: textSimilarity,
  merge(given) {
    const groups = groupsOf(given);
    const { winner } = vote(groups.map((group, index) => ({ choice: keyOf(index), weight: weightOf(group) })));
    const group = groups[Number.parseInt(winner, 10)]!;
    const merged = representativeOf(group);
    const total = weightOf(given);
    const votes = groups.map((each) => [representativeOf(each), weightOf(each) / total] as const);
    return { method: 'text-groups', merged, value: merged, votes: Object.fromEntries(votes) };
  },
};

/** Groups are in an order of their own already; their numbers as text must sort the same way. */
const keyOf = (index: number): string => String(index).padStart(6, '0');

function groupsOf(given: readonly Given<string>[]): Given<string>[][] {
  const groups: Given<string>[][] = [];
  // What is written most often is the middle of a group, whoever wrote it.
  const { shares } = vote(given.map(({ value, weight }) => ({ choice: normal(value), weight })));
  const rank = new Map([...shares.keys()].map((text, index) => [text, index]));
  const sorted = [...given].sort(
    (a, b) =>
      rank.get(normal(a.value))! - rank.get(normal(b.value))! || inOrder(a.value, b.value) || a.weight - b.weight,
  );
  for (const one of sorted) {
    const group = groups.find(([middle]) => textSimilarity(middle!.value, one.value) >= nearEnough);
    if (group) group.push(one);
    else groups.push([one]);
  }
  return groups;
}

function representativeOf(group: readonly Given<string>[]): string {
  const { shares } = vote(group.map(({ value, weight }) => ({ choice: value, weight })));
  const most = Math.max(...shares.values());
  const candidates = [...shares.keys()].filter((text) => shares.get(text) === most);
  const nearness = (text: string): number =>
    sumOf(group.map(({ value, weight }) => weight * textSimilarity(text, value)).sort((a, b) => a - b));
  return candidates
    .map((text) => ({ text, near: nearness(text) }))
    .sort((a, b) => b.near - a.near || inOrder(a.text, b.text))[0]!.text;
}

const normal = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();

function textSimilarity(one: string, other: string): number {
  const [a, b] = [normal(one), normal(other)];
  if (a === b) return 1;
  const longer = Math.max(a.length, b.length);
  if (longer < shortestNear || a.replace(/\D/g, '') !== b.replace(/\D/g, '')) return 0;
  const pieces = a.length * b.length <= mostSteps ? [[...a], [...b]] : [a.split(' '), b.split(' ')];
  const [left, right] = pieces as [string[], string[]];
  if (left.length * right.length > mostSteps) return 0;
  return 1 - editDistance(left, right) / Math.max(left.length, right.length);
}

/** How many pieces have to be put in, taken out or replaced to make one of the other (Wagner & Fischer, JACM 21(1), 1974). */
export function editDistance(a: readonly string[], b: readonly string[]): number {
  let above = Uint32Array.from({ length: b.length + 1 }, (_each, index) => index);
  for (const [row, piece] of a.entries()) {
    const current = new Uint32Array(b.length + 1);
    current[0] = row + 1;
    for (let at = 1; at <= b.length; at++)
      current[at] = Math.min(above[at]! + 1, current[at - 1]! + 1, above[at - 1]! + (piece === b[at - 1] ? 0 : 1));
    above = current;
  }
  return above[b.length]!;
}
