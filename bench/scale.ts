/**
 * `npm run bench -- scale`: start, describe, list, accept-next and submit with 10 thousand, 1 million and 10 million loops in
 * the database, on both engines. Beside the installation that grows stands one that stays at the first size; each round
 * measures both, so that the ratio holds when the machine's speed drifts. At the first size both are equal: the ratio there
 * says how much of the others is noise.
 *
 * HOLDPOINT_BENCH_SIZES (10000,1000000,10000000), HOLDPOINT_BENCH_ENGINES (sqlite,postgresql), HOLDPOINT_BENCH_COUNT (times
 * that everything is done at each size, on each installation), HOLDPOINT_BENCH_ROUNDS (turns in which they are done),
 * HOLDPOINT_BENCH_KEEP (a folder in which the installations on SQLite stay, for a later run to go on with).
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../packages/server/src/testing/postgres-server.ts';
import { residentMb } from './processes.ts';
import { keepResult, print, quantile, surroundings, versionOf } from './results.ts';
import { type Installation, makeInstallation } from './scale/installation.ts';
import { emptySamples, type MeasuredOperation, measuredOperations, type Samples, work } from './scale/operations.ts';

const list = (name: string, fallback: string): string[] => (process.env[name] ?? fallback).split(',');
const sizes = list('HOLDPOINT_BENCH_SIZES', '10000,1000000,10000000').map(Number);
const engines = list('HOLDPOINT_BENCH_ENGINES', 'sqlite,postgresql');
const count = Number(process.env.HOLDPOINT_BENCH_COUNT ?? 4000);
const rounds = Number(process.env.HOLDPOINT_BENCH_ROUNDS ?? 10);
/** Settings of the PostgreSQL server, given to all sizes alike; the rest are its defaults, fsync among them. */
const postgresSettings = { shared_buffers: '1GB', max_wal_size: '8GB', checkpoint_timeout: '30min' };

interface Point {
  readonly engine: string;
  readonly loops: number;
  readonly fillSeconds: number;
  /** How often everything was done, on each of the two installations. */
  readonly samples: number;
  readonly bytesPerLoop: number;
  readonly memoryMb: number | undefined;
  /** Milliseconds; `ratio` is that of p99 to the p99 at the first size, in the same rounds. */
  readonly operations: Record<MeasuredOperation, { p50: number; p99: number; firstP99: number; ratio: number }>;
}

const begun = surroundings('scale', postgresVersion());
const kept = process.env.HOLDPOINT_BENCH_KEEP;
const folder = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
try {
  announce();
  for (const engine of engines) await (engine === 'sqlite' ? measureSqlite() : measurePostgres());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Says before anything is written what it will take, and refuses a disk that is too small. */
function announce(): void {
  const largest = Math.max(...sizes);
  // As measured: each engine takes about so much for a loop, its indexes included.
  const gigabytes = (largest * 3200) / 1e9;
  const minutes = engines.length * (largest / 15_000 / 60 + sizes.length * ((count * 2) / 250 / 60));
  const free = statfsSync(folder);
  const freeGigabytes = (free.bavail * free.bsize) / 1e9;
  print(
    `${sizes.join(', ')} loops on ${engines.join(' and ')}: about ${Math.ceil(minutes)} minutes, and up to ${gigabytes.toFixed(1)} GB in ${folder} (${freeGigabytes.toFixed(0)} GB are free), ${kept === undefined ? 'removed afterwards' : `and what is on SQLite stays in ${kept}`}.`,
  );
  if (gigabytes * 1.3 > freeGigabytes)
    throw new Error('There is too little room on the disk: set HOLDPOINT_BENCH_SIZES to less, or TMPDIR to elsewhere.');
}

async function measureSqlite(): Promise<void> {
  const place = kept ?? folder;
  const first = await makeInstallation(join(place, 'first'));
  const growing = await makeInstallation(join(place, 'growing'));
  await measure('SQLite', first, growing, kept && join(kept, 'points.json'));
  if (kept !== undefined) return;
  rmSync(join(place, 'first'), { recursive: true });
  rmSync(join(place, 'growing'), { recursive: true });
}

async function measurePostgres(): Promise<void> {
  const server = await startPostgres({ isDurable: true, settings: postgresSettings });
  try {
    const first = await makeInstallation(join(folder, 'first'), await server.newDatabase());
    const growing = await makeInstallation(join(folder, 'growing'), await server.newDatabase());
    await measure('PostgreSQL', first, growing);
  } finally {
    await server.close();
  }
}

/** @param earlier where the figures of smaller sizes stay, when a later run goes on with what this one has filled */
async function measure(engine: string, first: Installation, growing: Installation, earlier?: string): Promise<void> {
  const points: Point[] =
    earlier !== undefined && existsSync(earlier) ? (JSON.parse(readFileSync(earlier, 'utf8')) as Point[]) : [];
  if (first.loops === 0) await first.fill(sizes[0]!, () => {});
  let before = performance.now();
  for (const loops of sizes.filter((size) => size >= growing.loops)) {
    const fillSeconds = await growing.fill(loops, (written) => {
      if (performance.now() - before < 15_000) return;
      before = performance.now();
      print(`  ${engine}: ${written} of ${loops} loops written`);
    });
    const bytesPerLoop = Math.round((await growing.bytes()) / loops);
    print(`${engine}, ${loops} loops: filled in ${fillSeconds.toFixed(0)} s, ${bytesPerLoop} bytes each on disk`);
    const [small, large] = [await first.open(), await growing.open()];
    try {
      // What reads the first pages and compiles the code belongs to no figure.
      for (const { target } of [small, large]) await work(target, Math.ceil(count / 10), emptySamples());
      const samples = { first: emptySamples(), growing: emptySamples() };
      for (let round = 0; round < rounds; round++) {
        const turns = [
          () => work(small.target, count / rounds, samples.first),
          () => work(large.target, count / rounds, samples.growing),
        ];
        for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
      }
      const memoryMb = residentMb(large.server.child.pid!);
      points.push({
        engine,
        loops,
        fillSeconds,
        samples: count,
        bytesPerLoop,
        memoryMb,
        operations: compare(samples.first, samples.growing),
      });
      show(points.at(-1)!);
      if (earlier !== undefined) writeFileSync(earlier, JSON.stringify(points));
      // After each size: a run that is ended before the last one was not for nothing.
      keepResult(`scale-${engine.toLowerCase()}`, { ...begun, firstSize: sizes[0], points });
    } finally {
      await small.close();
      await large.close();
    }
  }
}

function compare(first: Samples, growing: Samples): Point['operations'] {
  const entries = measuredOperations.map((operation) => {
    const [p50, p99, firstP99] = [
      quantile(growing[operation], 0.5),
      quantile(growing[operation], 0.99),
      quantile(first[operation], 0.99),
    ];
    return [operation, { p50: round(p50), p99: round(p99), firstP99: round(firstP99), ratio: round(p99 / firstP99) }];
  });
  return Object.fromEntries(entries) as Point['operations'];
}

function show({ loops, memoryMb, operations }: Point): void {
  for (const [operation, { p50, p99, firstP99, ratio }] of Object.entries(operations))
    print(
      `  ${operation.padEnd(11)} p50 ${p50} ms, p99 ${p99} ms; p99 at ${sizes[0]} loops ${firstP99} ms   ratio ${ratio}`,
    );
  print(`  memory of the server ${memoryMb} MB with ${loops} loops`);
}

function postgresVersion(): Record<string, string> {
  const version = versionOf('psql');
  return engines.includes('postgresql') && version !== undefined ? { PostgreSQL: version } : {};
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
