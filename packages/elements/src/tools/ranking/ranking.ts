// One ranking: as many levels as there are responses, from best to worst, and every response on a level or on none yet.

/** For each response the level on which it stands, 0 being the best; undefined while it has none. It never changes. */
export type Ranking = readonly (number | undefined)[];

export const emptyRanking = (count: number): Ranking => Array<undefined>(count).fill(undefined);

/**
 * A ranking counts as made when every response was given a place by the worker. There is no order to begin with: one that
 * nobody has touched would be an answer of the template, not of the worker.
 */
export const isMade = (ranking: Ranking): boolean => ranking.every((level) => level !== undefined);

/**
 * Ranks from 1, in the order of the responses. What shares a level shares a rank, and the next level has the next rank
 * (1, 1, 2), since a ranking that is made has no free level before others: no public source shows an answer with ties.
 */
export const ranksOf = (ranking: Ranking): (number | null)[] =>
  ranking.map((level) => (level === undefined ? null : level + 1));

/** Rankings of so many responses in so many dimensions, as JSON has them: null for no level. Undefined for anything else. */
export function readRankings(value: unknown, dimensions: number, responses: number): readonly Ranking[] | undefined {
  const isLevel = (level: unknown) =>
    level === null || (Number.isInteger(level) && (level as number) >= 0 && (level as number) < responses);
  if (!Array.isArray(value) || value.length !== dimensions) return undefined;
  if (!value.every((each) => Array.isArray(each) && each.length === responses && each.every(isLevel))) return undefined;
  return value.map((each: readonly (number | null)[]) => each.map((level) => level ?? undefined));
}

/** Puts a response on a level by itself; what stands there makes room. */
export function place(ranking: Ranking, response: number, level: number): Ranking {
  const others = without(ranking, response);
  if (!others.includes(level)) return settle(put(others, response, level));
  const hole = holeFor(others, level, ranking[response]);
  return insert(ranking, response, hole > level ? level : level + 1);
}

/** Puts a response between two levels: `gap` 0 is before the first one, 1 between the first and the second. */
export function insert(ranking: Ranking, response: number, gap: number): Ranking {
  const others = without(ranking, response);
  const hole = holeFor(others, gap, ranking[response]);
  const isBehind = hole >= gap;
  const moved = others.map((level) => {
    if (level === undefined) return undefined;
    if (isBehind) return level >= gap && level < hole ? level + 1 : level;
    return level > hole && level < gap ? level - 1 : level;
  });
  return settle(put(moved, response, isBehind ? gap : gap - 1));
}

/** Puts a response on a level that it shares with what stands there. */
export const join = (ranking: Ranking, response: number, level: number): Ranking =>
  settle(put(ranking, response, level));

export const takeAway = (ranking: Ranking, response: number): Ranking => without(ranking, response);

/** The first level on which nothing stands. */
export function firstFree(ranking: Ranking): number {
  return ranking.findIndex((_each, level) => !ranking.includes(level));
}

/** One step up (-1) or down (1): out of a shared level first, then past the next one. What has no place gets the next one. */
export function step(ranking: Ranking, response: number, direction: 1 | -1): Ranking {
  const level = ranking[response];
  if (level === undefined) return place(ranking, response, firstFree(ranking));
  const isDown = direction === 1;
  if (ranking.filter((other) => other === level).length > 1)
    return insert(ranking, response, isDown ? level + 1 : level);
  const next = level + direction;
  if (next < 0 || next >= ranking.length) return ranking;
  if (!ranking.includes(next)) return place(ranking, response, next);
  return insert(ranking, response, isDown ? level + 2 : next);
}

/** Shares the level above; what has no place shares the last one in use. */
export function tie(ranking: Ranking, response: number): Ranking {
  const level = ranking[response] ?? ranking.length;
  const above = levelsOf(ranking).findLast((other) => other < level);
  return above === undefined ? ranking : join(ranking, response, above);
}

export const areSame = (a: Ranking, b: Ranking): boolean => a.every((level, index) => level === b[index]);

const levelsOf = (ranking: Ranking): number[] =>
  [...new Set(ranking.filter((level) => level !== undefined))].sort((a, b) => a - b);

const without = (ranking: Ranking, response: number): Ranking => put(ranking, response, undefined);

const put = (ranking: Ranking, response: number, level: number | undefined): Ranking =>
  ranking.map((other, index) => (index === response ? level : other));

/** The free level towards which others move: where the response came from, else the nearest behind, else before. */
function holeFor(others: Ranking, at: number, from: number | undefined): number {
  if (from !== undefined && !others.includes(from)) return from;
  const free = others.map((_each, level) => level).filter((level) => !others.includes(level));
  return free.find((level) => level >= at) ?? free.at(-1)!;
}

/** While responses are missing, free levels are places for them; in the end there are none between others. */
function settle(ranking: Ranking): Ranking {
  if (!isMade(ranking)) return ranking;
  const levels = levelsOf(ranking);
  return ranking.map((level) => levels.indexOf(level!));
}
