import { setTimeout as delay } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';

/** Nodes die at any moment: at work, while they start, and now and then they are ended in order. */
export const kills: Scenario = {
  name: 'kills',
  disturbs: 'nodes are killed with SIGKILL, one in eight while it starts, and some ended with SIGTERM',
  engines: ['sqlite', 'postgres'],
  nodes: 3,
  async disturb(stage) {
    const { nodes, random } = stage;
    const wanted = stage.size === 'long' ? 200 : 4;
    for (let count = 0; count < wanted && !stage.isTimeOver(); count += 1) {
      // A kill soon after a start meets other work than one later on.
      await stage.untilAcknowledged(1 + random.integer(40), random.integer(20), 6000);
      await delay(random.integer(40));
      const node = random.pick(nodes);
      const isOrderly = random.chance(0.1);
      await node.end(isOrderly ? 'SIGTERM' : 'SIGKILL');
      stage.disturbed(isOrderly ? 'ended' : 'killed');
      if (random.chance(0.14)) {
        await node.startAndKill(random.integer(node.startedInMs));
        stage.disturbed('killed while starting');
        count += 1;
      }
      await node.start();
    }
  },
};
