import { setTimeout as delay } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';

/** PostgreSQL ends at once, as in a crash, is away for a moment or longer than requests wait, and comes back. */
export const databaseKill: Scenario = {
  name: 'database-kill',
  disturbs: 'PostgreSQL is stopped at once and started again',
  engines: ['postgres'],
  nodes: 2,
  async disturb(stage) {
    const { random, database } = stage;
    const wanted = stage.size === 'long' ? 12 : 2;
    for (let count = 0; count < wanted && !stage.isTimeOver(); count += 1) {
      await stage.untilAcknowledged(20 + random.integer(80), 5, 5000);
      await database!.crash();
      // One in four is away for longer than requests wait for it.
      await delay(stage.size === 'long' && count % 4 === 3 ? 26_000 : random.integer(2000));
      await database!.start();
      stage.disturbed('crashed');
      await stage.untilRecovered('PostgreSQL was back');
    }
  },
};
