/** `npm run simulation -- [flags]`: random interleavings of all commands, from a seed; exit code 1 when something did not hold. */
import { parseArgs } from 'node:util';
import { startProgress } from '../../packages/server/src/cli/progress.ts';
import { defaultEpisodeSteps, runSimulation, type SimulationResult } from './run-simulation.ts';
import { shrink } from './shrink.ts';

const usage = `npm run simulation -- [flags]
  --seed N       the first seed (1); the same seed takes the same steps
  --seeds N      how many seeds, one after the other (1)
  --steps N      steps of each seed (1000000)
  --episode N    steps after which a run is brought to its end and a new one begins (${defaultEpisodeSteps})
  --patience N   seconds that a history is shortened for at most (120)
`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    steps: { type: 'string', default: '1000000' },
    episode: { type: 'string', default: String(defaultEpisodeSteps) },
    patience: { type: 'string', default: '120' },
    help: { type: 'boolean', default: false },
  },
});
const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Lines of the beginning, and of the end, of a history. */
const mostShown = 100;

const count = (number: number): string => Math.round(number).toLocaleString('en-US');

if (values.help) print(usage);
else await main();

async function main(): Promise<void> {
  const [first, seeds, steps, episodeSteps] = [
    numberOf('seed'),
    numberOf('seeds'),
    numberOf('steps'),
    numberOf('episode'),
  ];
  for (let seed = first; seed < first + seeds; seed++) {
    const begun = performance.now();
    const progress = startProgress(process.stdout, `seed ${seed}`, steps);
    const result = await runSimulation({ seed, steps, episodeSteps, progressed: (done) => progress.update(done) });
    progress.end();
    const seconds = (performance.now() - begun) / 1000;
    print(
      `seed ${seed}: ${count(result.steps)} steps in ${count(result.episodes)} episodes, ${Math.round(seconds)} s, ${count(result.steps / seconds)} steps a second`,
    );
    printTally(result.tally);
    if (result.failed) return report(seed, result.failed);
  }
  print('Everything held.');
}

/** How often each command and job was run, and how commands ended. */
function printTally(tally: SimulationResult['tally']): void {
  const named = (prefix: string): [string, number][] =>
    [...tally].filter(([what]) => what.startsWith(prefix)).map(([what, number]) => [what.slice(prefix.length), number]);
  for (const [name, number] of named('command ')) {
    const outcomes = named(`outcome ${name}: `).sort(([, a], [, b]) => b - a);
    print(
      `  ${name.padEnd(16)} ${count(number).padStart(8)}  ${outcomes.map(([what, times]) => `${what} ${count(times)}`).join(', ')}`,
    );
  }
  print(
    `  jobs: ${named('job ')
      .map(([kind, number]) => `${kind} ${count(number)}`)
      .join(', ')}`,
  );
  print(
    `  disturbances: ${named('disturbance ')
      .map(([kind, number]) => `${kind} ${count(number)}`)
      .join(', ')}`,
  );
}

async function report(seed: number, { settings, result }: NonNullable<SimulationResult['failed']>): Promise<void> {
  print(`✗ ${result.violation?.kind}: ${result.violation?.text}`);
  print(
    `after ${count(result.actions.length)} steps of an episode on rows as in ${settings.semantics}; looking for the shortest history …`,
  );
  const { lines, actions, replays } = await shrink(settings, result, numberOf('patience') * 1000);
  print(`${count(actions.length)} steps are left after ${count(replays)} replays:`);
  // What was not shortened in time has its beginning and its end.
  for (const [index, line] of lines.entries())
    if (index < mostShown || index >= lines.length - mostShown) print(`${String(index + 1).padStart(5)}  ${line}`);
  print(`The seed was ${seed}.`);
  process.exitCode = 1;
}

function numberOf(name: 'seed' | 'seeds' | 'steps' | 'episode' | 'patience'): number {
  const text = values[name];
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} must be a whole number, not ${text}.`);
  return Number(text);
}
