/** `npm run crash -- [flags]`: the whole proof, with progress and a table; exit code 1 when anything did not hold. */
import { parseArgs } from 'node:util';
import { runCrash } from './run-crash.ts';
import { builtServer } from './server-process.ts';

const usage = `npm run crash -- [flags]
  --rounds N      how often the server is ended (20)
  --starts N      acknowledged starts in all rounds, at least (10000)
  --submits N     acknowledged submits in all rounds, at least (1000)
  --seed N        repeats the choices of an earlier run
  --sigterm       ends the server in order instead of killing it
  --history FILE  writes every request and every answer to a file, a line of JSON each
  --server FILE   another built server, to see that the checks find what is wrong with it
`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    starts: { type: 'string', default: '10000' },
    submits: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    sigterm: { type: 'boolean', default: false },
    history: { type: 'string' },
    server: { type: 'string', default: builtServer },
    help: { type: 'boolean', default: false },
  },
});
const print = (line: string): void => void process.stdout.write(`${line}\n`);

if (values.help) print(usage);
else await main();

async function main(): Promise<void> {
  const begun = performance.now();
  print(`seed ${values.seed}`);
  const { violations, summary, data } = await runCrash({
    rounds: numberOf('rounds'),
    starts: numberOf('starts'),
    submits: numberOf('submits'),
    seed: numberOf('seed'),
    signal: values.sigterm ? 'SIGTERM' : 'SIGKILL',
    entry: values.server,
    historyFile: values.history,
    print,
  });
  print('');
  for (const [what, value] of summary) print(`  ${what.padEnd(36)} ${value}`);
  print(`  ${'took'.padEnd(36)} ${Math.round((performance.now() - begun) / 1000)} s`);
  print('');
  if (violations.length === 0) return print('Nothing acknowledged was lost, nothing was doubled.');
  const kinds = Map.groupBy(violations, ({ kind }) => kind);
  for (const [kind, list] of kinds) for (const { text } of list.slice(0, 3)) print(`✗ ${kind}: ${text}`);
  print(`${violations.length} violations: ${[...kinds].map(([kind, list]) => `${list.length} × ${kind}`).join(', ')}`);
  print(`The data directory and the server's log are kept in ${data}; the seed was ${values.seed}.`);
  process.exitCode = 1;
}

function numberOf(name: 'rounds' | 'starts' | 'submits' | 'seed'): number {
  const text = values[name];
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} must be a whole number, not ${text}.`);
  return Number(text);
}
