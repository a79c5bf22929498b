import { setTimeout as delay } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';

/** A node stands still for longer than its claims count, others take its jobs, and it goes on as if nothing had been. */
export const pause: Scenario = {
  name: 'pause',
  disturbs: 'a node is stopped with SIGSTOP past its claims, and goes on later',
  engines: ['sqlite', 'postgres'],
  nodes: 2,
  async disturb(stage) {
    const { random, nodes } = stage;
    const wanted = stage.size === 'long' ? 6 : 1;
    for (let count = 0; count < wanted && !stage.isTimeOver(); count += 1) {
      await stage.untilAcknowledged(40, 10, 5000);
      const node = random.pick(nodes);
      node.pause();
      // Nodes count as gone after 15 seconds without a sign.
      await delay(stage.size === 'long' ? 17_000 + random.integer(10_000) : 1500);
      node.resume();
      stage.disturbed(`${node.name} paused`);
      await stage.untilRecovered(`${node.name} went on`);
    }
  },
};
