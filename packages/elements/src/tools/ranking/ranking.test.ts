import { describe, expect, test } from 'vitest';
import { emptyRanking, insert, isMade, join, place, type Ranking, ranksOf, step, takeAway, tie } from './ranking.ts';

/** Levels as `A|BC||` would be read: what stands on each, and what has no place behind a semicolon. */
const read = (text: string): Ranking => {
  const [placed = '', rest = ''] = text.split(';');
  const levels = placed.split('|');
  const letters = [...placed.replaceAll('|', ''), ...rest].sort();
  return letters.map((letter) => {
    const level = levels.findIndex((each) => each.includes(letter));
    return level < 0 ? undefined : level;
  });
};
const write = (ranking: Ranking): string => {
  const on = (level: number | undefined) =>
    ranking.flatMap((other, index) => (other === level ? [String.fromCharCode(65 + index)] : [])).join('');
  const rest = on(undefined);
  return ranking.map((_each, level) => on(level)).join('|') + (rest && `;${rest}`);
};
const at = (letter: string) => letter.charCodeAt(0) - 65;

describe('ranking', () => {
  test('begins with nothing in place, which is not made', () => {
    expect(write(emptyRanking(3))).toBe('||;ABC');
    expect(isMade(emptyRanking(3))).toBe(false);
    expect(ranksOf(emptyRanking(2))).toEqual([null, null]);
  });

  test.each([
    ['||;ABC', 'B', 1, '|B|;AC'],
    ['B||;AC', 'A', 0, 'A|B|;C'],
    ['|B|;AC', 'A', 1, '|A|B;C'],
    ['||B;AC', 'A', 2, '|B|A;C'],
    ['|A|B;C', 'C', 2, 'A|B|C'],
    ['A|B|C', 'C', 0, 'C|A|B'],
    ['A|B|C', 'A', 2, 'B|C|A'],
    ['A|B|C', 'B', 1, 'A|B|C'],
    ['AB|C|', 'A', 2, 'B|C|A'],
    ['AB|C|', 'C', 0, 'C|AB|'],
    ['AB|C|', 'A', 0, 'A|B|C'],
    ['ABC||', 'C', 2, 'AB|C|'],
  ])('%s: %s by itself on level %i is %s', (before, letter, level, after) => {
    expect(write(place(read(before), at(letter), level))).toBe(after);
  });

  test.each([
    ['A|B|C', 'C', 1, 'A|C|B'],
    ['A|B|C', 'A', 2, 'B|A|C'],
    ['A|B|C', 'A', 3, 'B|C|A'],
    ['AB|C|', 'A', 1, 'B|A|C'],
    ['AB|C|', 'A', 2, 'B|C|A'],
    ['AB|C|', 'A', 0, 'A|B|C'],
    ['|A|B;C', 'C', 3, 'A|B|C'],
    ['|A|B;C', 'C', 2, 'A|C|B'],
    ['|A|B;C', 'C', 0, 'C|A|B'],
  ])('%s: %s before level %i is %s', (before, letter, gap, after) => {
    expect(write(insert(read(before), at(letter), gap))).toBe(after);
  });

  test.each([
    ['A|B|C', 'C', -1, 'A|C|B'],
    ['A|B|C', 'A', 1, 'B|A|C'],
    ['A|B|C', 'A', -1, 'A|B|C'],
    ['A|B|C', 'C', 1, 'A|B|C'],
    ['AB|C|', 'B', 1, 'A|B|C'],
    ['AB|C|', 'B', -1, 'B|A|C'],
    ['AB|C|', 'C', -1, 'C|AB|'],
    ['AB|C|', 'C', 1, 'AB|C|'],
    ['|A|;BC', 'A', -1, 'A||;BC'],
    ['A||;BC', 'C', 1, 'A|C|;B'],
    ['||;ABC', 'B', -1, 'B||;AC'],
  ] as const)('%s: %s one step (%i) is %s', (before, letter, direction, after) => {
    expect(write(step(read(before), at(letter), direction))).toBe(after);
  });

  test.each([
    ['A|B|C', 'B', 'AB|C|'],
    ['AB|C|', 'C', 'ABC||'],
    ['A|B|C', 'A', 'A|B|C'],
    ['A||;BC', 'C', 'AC||;B'],
    ['||;ABC', 'C', '||;ABC'],
  ])('%s: %s tied with the one above is %s', (before, letter, after) => {
    expect(write(tie(read(before), at(letter)))).toBe(after);
  });

  test('free levels are places while something is missing, and none in the end', () => {
    expect(write(join(read('||B;AC'), 0, 2))).toBe('||AB;C');
    expect(write(join(read('||AB;C'), 2, 2))).toBe('ABC||');
    expect(write(takeAway(read('A|B|C'), 1))).toBe('A||C;B');
  });

  test('ranks go on by one after a tie', () => {
    expect(ranksOf(join(read('AC|D||;B'), 1, 3))).toEqual([1, 3, 1, 2]);
    expect(ranksOf(read('|C|A|;BD'))).toEqual([3, null, 2, null]);
  });

  test('whatever is done, every response keeps one place, and no level is lost', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 16807) % 2147483647;
      return seed % below;
    };
    for (let round = 0; round < 200; round++) {
      let ranking = emptyRanking(2 + random(5));
      for (let turn = 0; turn < 40; turn++) {
        const count = ranking.length;
        const response = random(count);
        const act = random(6);
        if (act === 0) ranking = place(ranking, response, random(count));
        else if (act === 1) ranking = insert(ranking, response, random(count + 1));
        else if (act === 2) ranking = step(ranking, response, random(2) ? 1 : -1);
        else if (act === 3) ranking = tie(ranking, response);
        else if (act === 4) ranking = join(ranking, response, random(count));
        else ranking = takeAway(ranking, response);
        expect(ranking).toHaveLength(count);
        for (const level of ranking) if (level !== undefined) expect(level >= 0 && level < count).toBe(true);
        if (isMade(ranking)) {
          const ranks = [...new Set(ranksOf(ranking))].sort();
          expect(ranks).toEqual(ranks.map((_rank, index) => index + 1));
        }
      }
    }
  });
});
