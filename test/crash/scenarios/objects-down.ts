import { setTimeout as delay } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';

/** Outputs are late while objects cannot be written; no loop is lost and none fails. */
export const objectsDown: Scenario = {
  name: 'objects-down',
  disturbs: 'the object store takes nothing',
  engines: ['sqlite', 'postgres'],
  async disturb(stage) {
    const { random, objects, nodes } = stage;
    const times = stage.size === 'long' ? [5_000, 120_000, 20_000] : [2000];
    for (const milliseconds of times) {
      if (stage.isTimeOver()) return;
      await stage.untilAcknowledged(30, 30, 5000);
      // Who is never answered needs most of a minute to know it, and as long to know that it is over.
      const outage = stage.size === 'long' ? random.pick(objects.outages) : 'refuses';
      objects.down(outage);
      try {
        await delay(milliseconds / 2);
        // What waits must survive a restart too; a folder that is none keeps a node from starting, though.
        if (random.chance(0.5) && milliseconds > 10_000) {
          const node = random.pick(nodes);
          objects.up();
          await node.end('SIGKILL');
          await node.start();
          objects.down(outage);
          stage.disturbed('killed meanwhile');
        }
        await delay(milliseconds / 2);
      } finally {
        objects.up();
      }
      stage.disturbed(`${outage} for ${milliseconds / 1000} s`);
      await stage.untilRecovered('the object store was back');
    }
  },
};
