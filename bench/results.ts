/** Results of a benchmark as a file, from which `docs/benchmarks.md` is made: figures with the machine and the command. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { isAbsolute } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';

export interface Surroundings {
  readonly date: string;
  /** The command line, with the variables that it was given. */
  readonly command: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Processes that wanted a core in the minute before the run: of others, where it is not small. */
  readonly loadBefore: number;
}

const loadBefore = Number(loadavg()[0]!.toFixed(1));

/** Where and how a run was. @param versions what was measured, besides Node and the embedded engine */
export function surroundings(name: string, versions: Readonly<Record<string, string>> = {}): Surroundings {
  const given = Object.entries(process.env).filter(([variable]) => variable.startsWith('HOLDPOINT_BENCH_'));
  // Where a folder lies on this machine is nobody's business.
  const variables = given.map(([variable, value]) => `${variable}=${isAbsolute(value!) ? 'DIR' : value} `).join('');
  const memory = Math.round(totalmem() / 1024 ** 3);
  return {
    date: new Date().toISOString(),
    command: `${variables}npm run bench -- ${name}`,
    machine: `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${memory} GB of memory, ${process.platform} ${process.arch}`,
    versions: { Node: process.version, SQLite: sqliteVersion(), ...versions },
    loadBefore,
  };
}

/** Keeps the last run of a benchmark in `bench/results/NAME.json`. */
export function keepResult(name: string, result: Surroundings & Readonly<Record<string, unknown>>): void {
  const folder = fileURLToPath(new URL('results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
  print(`Kept in bench/results/${name}.json; npm run docs puts it into docs/benchmarks.md.`);
}

/** What a program says of its version, without its name; undefined when it is not there. */
export function versionOf(program: string, ...args: string[]): string | undefined {
  try {
    const said = execFileSync(program, args.length > 0 ? args : ['--version'], { encoding: 'utf8', stdio: 'pipe' });
    return /\d+(\.\d+)+/.exec(said)?.[0];
  } catch {
    return undefined;
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value that this share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function sqliteVersion(): string {
  const database = new DatabaseSync(':memory:');
  const { version } = database.prepare('SELECT sqlite_version() AS version').get() as { version: string };
  database.close();
  return version;
}
