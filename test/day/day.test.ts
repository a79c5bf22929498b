import { expect, test } from 'vitest';
import { playDay } from './play-day.ts';

test('R1: after a day of many workers, who decline, release, stop, take back and oversleep, all numbers add up', async () => {
  const { faults, tally, byStatus } = await playDay({ seed: 6, workers: 4, loops: 90 });
  expect(faults).toEqual([]);
  expect(byStatus.get('Completed')).toBeGreaterThan(60);
  // A day on which nothing goes wrong proves little.
  for (const what of ['declined', 'released', 'put aside', 'undone', 'submitted twice', 'loops stopped', 'breaks'])
    expect(tally.get(what) ?? 0, what).toBeGreaterThan(0);
  expect(tally.get('submit too late: time-over') ?? 0).toBeGreaterThan(0);
}, 120_000);
