import { setTimeout as delay } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';
import { mountObstacle } from '../small-disk.ts';

/** The disk of rows and objects is full: callers are told so, and everything goes on when there is room, without a restart. */
export const diskFull: Scenario = {
  name: 'disk-full',
  disturbs: 'the disk of database and objects is full',
  engines: ['sqlite', 'postgres'],
  isOnSmallDisk: true,
  obstacle: mountObstacle,
  async disturb(stage) {
    const { random, disk, history } = stage;
    const wanted = stage.size === 'long' ? 8 : 2;
    for (let count = 0; count < wanted && !stage.isTimeOver(); count += 1) {
      await stage.untilAcknowledged(30, 10, 5000);
      disk!.fill();
      // What has room in files that are there already is still taken.
      for (let took = true, tries = 0; took && tries < 20; tries += 1) {
        took = await stage.untilAcknowledged(5, 0, 1000);
        disk!.fill();
      }
      if (await stage.untilAcknowledged(5, 0, 500)) history.count('times that the full disk was not felt');
      await delay(stage.size === 'long' ? random.integer(15_000) : 200);
      // On the brink: some saves pass and others do not.
      if (count % 2 === 1) {
        disk!.empty(400_000);
        await delay(1000);
        disk!.fill();
      }
      disk!.empty();
      stage.disturbed('full');
      await stage.untilRecovered('there was room again');
    }
  },
};
