/** `npm run torture -- [flags]`: all runs with progress and a table; exit code 1 when anything did not hold. */
import { parseArgs } from 'node:util';
import { type PlayReport, play } from './play.ts';
import type { Engine, Scenario } from './scenario.ts';
import { scenarios } from './scenarios/scenarios.ts';
import { builtServer } from './server-process.ts';

const usage = `npm run torture -- [flags]
  --runs NAMES    which, separated by commas (all): ${scenarios.map(({ name }) => name).join(', ')}
  --engine NAME   sqlite or postgres (both)
  --seed N        repeats the choices of an earlier run
  --minutes N     each run's disturbances end after so long (15)
  --nodes N       nodes on PostgreSQL (as many as each run wants)
  --short         the short form of each run
  --history FILE  writes every request and every answer to a file, a line of JSON each
  --server FILE   another built server, to see that the checks find what is wrong with it
`;

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    engine: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    minutes: { type: 'string', default: '15' },
    nodes: { type: 'string' },
    short: { type: 'boolean', default: false },
    history: { type: 'string' },
    server: { type: 'string', default: builtServer },
    help: { type: 'boolean', default: false },
  },
});
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const heads = ['run', 'engine', 'nodes', 'disturbances', 'starts', 'answers', 'violations', 'seconds'];

async function main(): Promise<void> {
  const chosen = chosenRuns();
  const rows: string[][] = [];
  print(`seed ${values.seed}`);
  for (const { scenario, engine } of chosen) {
    const obstacle = scenario.obstacle?.();
    if (obstacle !== undefined) {
      print(`${scenario.name} on ${engine}: skipped, it ${obstacle}`);
      rows.push([scenario.name, engine, '', '', '', '', `skipped: ${obstacle}`, '']);
      continue;
    }
    print(`${scenario.name} on ${engine}: ${scenario.disturbs}`);
    const report = await play({
      scenario,
      engine,
      size: values.short ? 'short' : 'long',
      seed: numberOf('seed'),
      nodes: values.nodes === undefined ? undefined : numberOf('nodes'),
      limitMs: numberOf('minutes') * 60_000,
      entry: values.server,
      historyFile: values.history,
      print,
    });
    rows.push(rowOf(scenario, engine, report));
    printReport(report);
  }
  print('');
  printTable(rows);
}

function chosenRuns(): { scenario: Scenario; engine: Engine }[] {
  const names = values.runs?.split(',') ?? scenarios.map(({ name }) => name);
  const engine = values.engine;
  if (engine !== undefined && engine !== 'sqlite' && engine !== 'postgres')
    throw new Error(`--engine must be sqlite or postgres, not ${engine}.`);
  const chosen = names.flatMap((name) => {
    const scenario = scenarios.find((each) => each.name === name);
    if (!scenario)
      throw new Error(`There is no run ${name}; there are: ${scenarios.map((each) => each.name).join(', ')}.`);
    return scenario.engines
      .filter((each) => engine === undefined || each === engine)
      .map((each) => ({ scenario, engine: each }));
  });
  if (chosen.length === 0) throw new Error(`None of these runs is there for ${engine}.`);
  return chosen;
}

function numberOf(name: 'seed' | 'minutes' | 'nodes'): number {
  const text = values[name] ?? '';
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} must be a whole number, not ${text}.`);
  return Number(text);
}

const rowOf = ({ name }: Scenario, engine: Engine, report: PlayReport): string[] => [
  name,
  engine,
  ...[report.nodes, report.disturbances, report.starts, report.answers, report.violations.length, report.seconds].map(
    String,
  ),
];

function printReport({ violations, tally, folder }: PlayReport): void {
  for (const [what, times] of [...tally].sort(([a], [b]) => (a < b ? -1 : 1))) print(`  ${times} × ${what}`);
  if (violations.length === 0) {
    print('  Nothing acknowledged was lost, nothing was doubled.');
    return;
  }
  process.exitCode = 1;
  const kinds = Map.groupBy(violations, ({ kind }) => kind);
  for (const [kind, list] of kinds)
    for (const { text, history } of list.slice(0, 2)) {
      print(`  ✗ ${kind}: ${text}`);
      for (const line of history) print(`      ${line}`);
    }
  print(
    `  ${violations.length} violations: ${[...kinds].map(([kind, list]) => `${list.length} × ${kind}`).join(', ')}`,
  );
  print(`  Data directories and logs are kept in ${folder}; the seed was ${values.seed}.`);
}

function printTable(rows: readonly string[][]): void {
  const widths = heads.map((head, column) =>
    Math.max(...[head, ...rows.map((row) => row[column]!)].map((t) => t.length)),
  );
  for (const row of [heads, ...rows])
    print(
      row
        .map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  '),
    );
}

// What was started ends with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

if (values.help) print(usage);
else await main();
