import { describe, expect, test } from 'vitest';
import { play } from './play.ts';
import type { Engine } from './scenario.ts';
import { scenarios } from './scenarios/scenarios.ts';
import { builtServer } from './server-process.ts';

/** The runs of the highest worth; `npm run torture` has all of them, and longer. */
const chosen: readonly [string, Engine][] = [
  ['kills', 'sqlite'],
  ['disk-full', 'sqlite'],
  ['cut', 'postgres'],
];

describe('nothing acknowledged is lost or doubled', () => {
  for (const [name, engine] of chosen) {
    const scenario = scenarios.find((each) => each.name === name)!;
    test.skipIf(scenario.obstacle?.() !== undefined)(
      `${name} on ${engine}`,
      async () => {
        const { violations, disturbances, answers, folder } = await play({
          scenario,
          engine,
          size: 'short',
          seed: Date.now() % 1_000_000,
          nodes: 1,
          limitMs: 60_000,
          entry: builtServer,
          print: () => {},
        });
        expect(violations, `kept in ${folder}`).toEqual([]);
        expect(disturbances).toBeGreaterThan(0);
        expect(answers).toBeGreaterThan(0);
      },
      240_000,
    );
  }
});
