import { setTimeout as delay } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';

/** The network between nodes and database: broken connections, none at all, and ones in which every byte vanishes. */
export const cut: Scenario = {
  name: 'cut',
  disturbs: 'the network to the database is cut, away, and half open: what is sent vanishes',
  engines: ['postgres'],
  nodes: 2,
  async disturb(stage) {
    const { random, proxy } = stage;
    const wanted = stage.size === 'long' ? 24 : 3;
    const kinds = ['cut', 'cut', 'away', 'half open'] as const;
    for (let count = 0; count < wanted && !stage.isTimeOver(); count += 1) {
      await stage.untilAcknowledged(10 + random.integer(60), 3, 5000);
      const kind = kinds[count % kinds.length]!;
      if (kind === 'cut') proxy!.cut();
      else {
        if (kind === 'away') proxy!.part();
        else proxy!.swallow();
        const isLong = stage.size === 'long' && count % 8 >= 6;
        await delay(isLong ? 30_000 : 500 + random.integer(3000));
        proxy!.mend();
      }
      stage.disturbed(kind);
      await stage.untilRecovered(`the network was back (${kind})`);
    }
  },
};
