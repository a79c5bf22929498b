import { type Json, stringifySorted } from '@holdpoint/protocol';
import { type FieldKind, inOrder, isNumber, isRecord } from './field-kind.ts';
import { vote } from './vote.ts';

interface Ranking {
  readonly name: string;
  readonly allowTie: Json;
  readonly ranks: readonly number[];
}

/**
 * `ordinalRankingDimensions` of rankings: responses in the order of their mean ranks (Borda, Mémoire sur les élections au
 * scrutin, 1781); two rankings are the same by the share of pairs of responses that both have in the same order (Kendall, A New
 * Measure of Rank Correlation, Biometrika 30, 1938).
 */
export const rankings: FieldKind<readonly Ranking[]> = {
  kind: 'ranking',
  read(value) {
    if (!Array.isArray(value) || value.length === 0) return undefined;
    const list = (value as Json[]).map(readRanking);
    return list.every((ranking) => ranking !== undefined) ? list.sort((a, b) => inOrder(a.name, b.name)) : undefined;
  },
  similarity(a, b) {
    if (!isComparable(a, b)) return 0;
    const each = a.map(({ ranks }, index) => pairsAlike(ranks, b[index]!.ranks));
    return each.reduce((sum, share) => sum + share, 0) / each.length;
  },
  merge(given) {
    // Of rankings of different things those are taken that are of what most ranked.
    const form = (ranking: readonly Ranking[]): string =>
      stringifySorted(ranking.map(({ name, ranks }) => [name, ranks.length]));
    const { winner } = vote(given.map(({ value, weight }) => ({ choice: form(value), weight })));
    const alike = given.filter(({ value }) => form(value) === winner);
    const merged = alike[0]!.value.map(({ name, allowTie, ranks }, dimension) => {
      const means = ranks.map((_rank, response) =>
        alike.reduce((sum, { value, weight }) => sum + value[dimension]!.ranks[response]! * weight, 0),
      );
      const mayTie = allowTie === true;
      return { name, allowTie, ranks: means.map((mean, place) => rankOf(means, mean, place, mayTie)) };
    });
    const value = merged.map(({ name, allowTie, ranks }) => ({
      ...(allowTie !== null && { allowTie }),
      name,
      responseRankings: ranks,
    }));
    return { method: 'mean-ranks', merged, value };
  },
};

const nearlySame = 1e-9;

function rankOf(means: readonly number[], mean: number, place: number, mayTie: boolean): number {
  return (
    1 +
    means.filter(
      (other, index) => other < mean - nearlySame || (!mayTie && Math.abs(other - mean) <= nearlySame && index < place),
    ).length
  );
}

const isComparable = (a: readonly Ranking[], b: readonly Ranking[]): boolean =>
  a.length === b.length &&
  a.every(({ name, ranks }, index) => name === b[index]!.name && ranks.length === b[index]!.ranks.length);

function pairsAlike(a: readonly number[], b: readonly number[]): number {
  if (a.length < 2) return a.every((rank, index) => rank === b[index]) ? 1 : 0;
  let pairs = 0;
  let alike = 0;
  for (let one = 1; one < a.length; one++)
    for (let other = 0; other < one; other++) {
      pairs++;
      if (Math.sign(a[one]! - a[other]!) === Math.sign(b[one]! - b[other]!)) alike++;
    }
  return alike / pairs;
}

function readRanking(value: Json): Ranking | undefined {
  if (!isRecord(value) || typeof value.name !== 'string' || !Array.isArray(value.responseRankings)) return undefined;
  const ranks = value.responseRankings as Json[];
  return ranks.every(isNumber) ? { name: value.name, allowTie: value.allowTie ?? null, ranks } : undefined;
}
