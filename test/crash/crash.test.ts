import { describe, expect, test } from 'vitest';
import { runCrash } from './run-crash.ts';
import { builtServer } from './server-process.ts';

describe('a server that is killed in the middle of its work', () => {
  test('loses nothing acknowledged and doubles nothing', async () => {
    const { violations, data } = await runCrash({
      rounds: 3,
      starts: 300,
      submits: 60,
      seed: Date.now() % 1_000_000,
      signal: 'SIGKILL',
      entry: builtServer,
      print: () => {},
    });
    expect(violations, `kept in ${data}`).toEqual([]);
  }, 120_000);
});
