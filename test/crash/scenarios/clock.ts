import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';

const hour = 3_600_000;

/** The clock of the nodes jumps by an hour, forwards and back: what waits for a moment may be late, and nothing is lost. */
export const clock: Scenario = {
  name: 'clock',
  disturbs: 'the clock jumps by an hour, forwards and back',
  engines: ['sqlite', 'postgres'],
  // Programs sign with the right time.
  flags: ['--clock-skew-seconds', '8000'],
  preloaded: [new URL('../shifted-clock.mjs', import.meta.url).href],
  async disturb(stage) {
    const { random, folder, nodes } = stage;
    const jumps = stage.size === 'long' ? [hour, 0, -hour, hour, -hour, 0, hour, -hour, 0] : [hour, -hour, 0];
    for (const shift of jumps) {
      if (stage.isTimeOver()) break;
      await stage.untilAcknowledged(40, 20, 5000);
      writeFileSync(join(folder, 'clock-shift'), String(shift));
      await delay(500);
      stage.disturbed(`${shift / hour} h`);
      if (stage.size === 'long' && random.chance(0.4)) {
        const node = random.pick(nodes);
        await node.end('SIGKILL');
        await node.start();
        stage.disturbed('killed after a jump');
      }
      await stage.untilRecovered('a jump of the clock');
    }
    // What was due by a clock that was fast waits until the clock is there again.
    writeFileSync(join(folder, 'clock-shift'), String(hour));
  },
};
