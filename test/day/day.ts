// npm run day: 20 workers, 2,000 loops, one day on a fast clock.
import { parseArgs } from 'node:util';
import { playDay } from './play-day.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    workers: { type: 'string', default: '20' },
    loops: { type: 'string', default: '2000' },
  },
});
const settings = { seed: Number(values.seed), workers: Number(values.workers), loops: Number(values.loops) };
console.log(`A day of ${settings.workers} workers and ${settings.loops} loops, seed ${settings.seed}.`);
const began = Date.now();
const { faults, tally, byStatus } = await playDay(settings);
const lines = (counts: ReadonlyMap<string, number>) =>
  [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, count]) => `  ${String(count).padStart(6)}  ${what}`);
console.log(['Loops at the end:', ...lines(byStatus), 'What happened:', ...lines(tally)].join('\n'));
for (const fault of faults) console.error(`Does not add up: ${fault}`);
console.log(
  faults.length === 0
    ? `All numbers add up, after ${Math.round((Date.now() - began) / 1000)} seconds.`
    : `${faults.length} numbers do not add up. The same day again: npm run day -- --seed ${settings.seed} --workers ${settings.workers} --loops ${settings.loops}`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
