// docs/benchmarks.md, made of what the benchmarks kept in bench/results/ when they last ran.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.mjs';
import { table } from './table.mjs';

/** The whole page. */
export function benchmarks() {
  const parts = [start(), scale(), desk(), workPage(), statistics(), nodes(), peers()].filter(
    (part) => part !== undefined,
  );
  return `${[intro, ...parts].join('\n\n')}\n`;
}

const intro = `# Benchmarks

<!-- This page is generated: npm run docs -->

Figures of the last run of each benchmark, made by the commands that stand beside them. Every benchmark measures what it
compares with in the same run, in turns, so that the ratios hold where the speed of the machine does not: read the ratios first.
Where other processes used the machine meanwhile, the figures of this page are lower than those of a quiet machine, and their
spread is wider; "load before" is how many processes wanted a core in the minute before the run. To repeat them: a checkout, and
the commands.`;

function start() {
  const run = read('start');
  if (!run) return undefined;
  const bare = median(run.bare.map(({ requestsPerSecond }) => requestsPerSecond));
  const most = Math.max(bare, ...run.results.map((each) => startsOf(each)));
  const rows = [
    ['bare `node:http` server', number(bare), bar(bare, most), '1', '–', p99(run.bare), '–'],
    ...run.results.map((each) => [
      `StartHumanLoop, ${each.name}`,
      number(startsOf(each)),
      bar(startsOf(each), most),
      median(each.ratios).toFixed(2),
      each.ratiosToAlone ? median(each.ratiosToAlone).toFixed(2) : '–',
      p99(each.runs),
      `${each.memoryMb} MB`,
    ]),
  ];
  const alone = run.results.find((each) => each.alone);
  return section(
    'Starts',
    run,
    `Durable, signed StartHumanLoop with a body of ${number(run.bodyBytes)} bytes over ${run.connections} connections, ${number(run.count)} in a round,
${run.results[0].runs.length} rounds. The bare server only reads and parses the same bodies. ${
      alone
        ? `What PostgreSQL does alone is pgbench, which inserts rows of the same tables and sizes, ${alone.batch} loops in a transaction (as many saves as the server put into one), two transactions at a time: ${number(median(alone.alone))} loops a second. Meanwhile the server also renders the page of each loop and saves its task, in the same figure.`
        : 'What PostgreSQL does alone was not measured: pgbench was not there.'
    }`,
    table(
      ['What', 'a second', 'beside the others', 'ratio to bare', 'ratio to PostgreSQL alone', 'p99', 'memory'],
      rows,
    ),
  );
}

const startsOf = ({ runs }) => median(runs.map(({ requestsPerSecond }) => requestsPerSecond));
const p99 = (runs) => `${median(runs.map((run) => run.p99)).toFixed(1)} ms`;

function scale() {
  const runs = ['scale-sqlite', 'scale-postgresql'].map(read).filter(Boolean);
  if (runs.length === 0) return undefined;
  const [{ firstSize }] = runs;
  const text = `The five things that programs and reviewers do, with many loops in the database: nine of ten are completed, every tenth is offered to
reviewers. Their rows are copies of one loop that was made through the API. Each round measures the full installation and one with
${number(firstSize)} loops; a ratio is the p99 of the full one to the p99 of the other in the same rounds, and at ${number(firstSize)}
loops both are alike: what the ratio is there is noise. The aim is less than 1.3. Bytes on disk are of the database, indexes
included, without objects.`;
  const heading = (run) => `### ${run.points[0].engine}\n\n${facts(run)}`;
  const tables = runs.map((run) => {
    const head = [
      'Loops',
      'samples',
      ...Object.keys(run.points[0].operations),
      'bytes each on disk',
      'memory of the server',
    ];
    const rows = run.points.map((point) => [
      number(point.loops),
      number(point.samples),
      ...Object.values(point.operations).map(({ p99, ratio }) => `${ratio.toFixed(2)} (${p99.toFixed(1)} ms)`),
      number(point.bytesPerLoop),
      `${point.memoryMb} MB`,
    ]);
    return `${heading(run)} Ratios of p99, and p99 itself:\n\n${table(head, rows)}`;
  });
  return ['## Many loops', text, ...tables].join('\n\n');
}

function desk() {
  const run = read('desk');
  if (!run) return undefined;
  const rows = run.points.map((point) => [
    point.engine,
    number(point.loops),
    number(point.accepts),
    milliseconds(point.acceptP50),
    milliseconds(point.acceptP99),
    milliseconds(point.pacedP50),
    milliseconds(point.pacedP99),
    milliseconds(point.outputP50),
    milliseconds(point.outputP99),
  ]);
  return section(
    "The reviewers' desk",
    run,
    `${run.points[0].workers} workers on one machine with the server ask for their next task, answer it and ask again, as fast as they are answered, while so many
tasks are open; then they take ${run.points[0].pace} seconds for each task, about. No task was given to two, or the run would have failed. An acceptance is
measured as the worker waits for it: without a pause that is waiting in the queue of one busy machine. Then, one answer at a time, from its being final to \`output.json\`. The portal loads
${(run.firstLoadBytes / 1024).toFixed(1)} KB of script first, compressed.`,
    table(
      [
        'Engine',
        'open tasks',
        'accepted without a pause',
        'next task, p50',
        'p99',
        'at the pace of people, p50',
        'p99',
        'answer to output, p50',
        'p99',
      ],
      rows,
    ),
  );
}

function workPage() {
  const run = read('work-page');
  if (!run) return undefined;
  const rows = run.points.map(({ name, p50, p95, ratio }) => [
    name,
    milliseconds(p50),
    milliseconds(p95),
    ratio.toFixed(1),
  ]);
  return section(
    'The work page',
    run,
    `From opening the address of a task in Chromium to its first control being there, ${run.count} times each, in turns; scripts are in the browser's cache, as they
are for whoever has answered before.`,
    table(['What', 'p50', 'p95', 'ratio to the bare page'], rows),
  );
}

function statistics() {
  const run = read('statistics');
  if (!run) return undefined;
  const rows = run.points.map(({ engine, loops, name, p50, most, ratio }) => [
    engine,
    number(loops),
    name,
    milliseconds(p50),
    milliseconds(most),
    ratio.toFixed(2),
  ]);
  return section(
    'Statistics',
    run,
    'What operators look at, asked for anew each time. The ratio is to the same with the fewest loops.',
    table(['Engine', 'loops', 'what', 'p50', 'longest', 'ratio'], rows),
  );
}

function nodes() {
  const run = read('nodes');
  if (!run) return undefined;
  const cores = ({ nodes, postgres, load, others }) => `${nodes} / ${postgres} / ${load} / ${others}`;
  const rows = run.points.map((point) =>
    point.refused === undefined
      ? [
          String(point.nodes),
          number(point.startsPerSecond),
          cores(point.startCores),
          number(point.wholePerSecond),
          cores(point.wholeCores),
        ]
      : [String(point.nodes), 'did not run', point.refused, '–', '–'],
  );
  const used = run.points.filter((point) => point.wholeCores).map(({ startCores }) => startCores);
  const isDisturbed = used.some(({ others }) => others > run.cores / 4);
  const busy = used.some((each) => each.nodes + each.postgres + each.load + each.others > run.cores * 0.9);
  return section(
    'Several nodes',
    run,
    `Nodes on one PostgreSQL, all on one machine of ${run.cores} cores with the load generator. Cores in use are those of nodes / PostgreSQL / load generator /
processes that are no part of this.${isDisturbed ? ' Those used a large part of the machine in this run: the figures show that the command runs, and no limit of Holdpoint.' : busy ? ' All cores were in use: more nodes on this machine are not faster, and more machines would be.' : ''}`,
    table(['Nodes', 'starts a second', 'cores', 'whole loops a second', 'cores'], rows),
  );
}

function peers() {
  const run = read('peers');
  if (!run) return undefined;
  const best = (measure) => Math.max(...run.results.map((each) => each[measure].median));
  const value = ({ median: middle, least, most }) => `${number(middle)} (${number(least)}–${number(most)})`;
  const ordered = run.results.toSorted((a, b) => b.wholePerSecond.median - a.wholePerSecond.median);
  const rows = ordered.map((each) => [
    each.name,
    value(each.creationsPerSecond),
    value(each.completionsPerSecond),
    value(each.wholePerSecond),
    bar(each.wholePerSecond.median, best('wholePerSecond')),
    `${each.knowing.p50.toFixed(1)} ms`,
    `${each.knowing.p95.toFixed(1)} ms`,
  ]);
  const known = ordered.map(({ name, version, licence, durability, how }) => [name, version, licence, durability, how]);
  const failed = run.failures.map(({ name, reason }) => `- ${name} did not run: ${reason}`).join('\n');
  return [
    section(
      'Beside what people use instead',
      run,
      `"Make a durable wait for a human, then complete it": ${number(run.payloadBytes)} bytes of JSON, ${run.concurrency} at a time, ${number(run.count)} in a round, the median of
${run.rounds} rounds (least–most) that went in turn. "Whole" is from the first creation until the waiting program knows of the last
completion. The last columns are one wait at a time: from the completion's sending until the program knows.`,
      table(
        [
          'What',
          'creations a second',
          'completions a second',
          'whole, a second',
          'beside the others',
          'program knows, p50',
          'p95',
        ],
        rows,
      ),
    ),
    ...(failed ? [failed] : []),
    places(run),
    why,
    `What ran, and what makes an acknowledged wait last. None of the others is shipped with Holdpoint or needed by it.\n\n${table(['What', 'version', 'licence', 'durable by', 'wait, completion, knowing'], known)}`,
  ].join('\n\n');
}

/** Where Holdpoint stands in each measure, by the figures. */
function places(run) {
  const measures = [
    ['creations a second', (each) => each.creationsPerSecond.median],
    ['completions a second', (each) => each.completionsPerSecond.median],
    ['whole waits a second', (each) => each.wholePerSecond.median],
    ['the time until the program knows', (each) => -each.knowing.p50],
  ];
  const lines = measures.map(([what, of]) => {
    const ours = run.results.filter(({ name }) => name.startsWith('Holdpoint')).toSorted((a, b) => of(b) - of(a))[0];
    const others = run.results.filter(({ name }) => !name.startsWith('Holdpoint'));
    const faster = others.filter((each) => of(each) > of(ours)).map(({ name }) => name);
    const who = faster.length === 0 ? 'none of the others is faster' : `faster: ${faster.join(', ')}`;
    return `- In ${what} the best of Holdpoint is "${ours.name}"; ${who}.`;
  });
  return `Where Holdpoint stands:\n\n${lines.join('\n')}`;
}

const why = `What Holdpoint does for one wait that the libraries do not: three HTTP requests between processes (the others but Restate are
called in the program's own process); a signature that is verified; input that is validated; a page that is rendered from a
template before anybody is offered the task; a hand-out that never gives one task to two people; an output file that is written
and synced before the status changes; six durable transactions in a row (start, task, hand-out, answer, status, event).
What would probably change the order where another one is faster (read from the code, not measured step by step): BullMQ appends to a log in memory and on disk and asks no database, which only
another engine of ours could do; completions and the time until the program knows on PostgreSQL consist of jobs that follow each other
(take the task, save the answer, write the output, change the status, send the event), and fewer commits between an answer and its
event would shorten both.`;

function section(heading, run, text, ...rest) {
  return [`## ${heading}`, facts(run), text, ...rest].join('\n\n');
}

function facts(run) {
  const versions = Object.entries(run.versions).map(([name, version]) => `${name} ${version.replace(/^v/, '')}`);
  return `\`${run.command}\` on ${run.date.slice(0, 10)}: ${run.machine}; ${versions.join(', ')}; load before ${run.loadBefore}.`;
}

function read(name) {
  const file = join(root, 'bench/results', `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const milliseconds = (value) => `${value < 20 ? value.toFixed(1) : Math.round(value)} ms`;
const number = (value) => (value < 20 ? Number(value.toFixed(1)) : Math.round(value)).toLocaleString('en-US');
const bar = (value, most) => '█'.repeat(Math.max(1, Math.round((value / most) * 20)));
