/**
 * `npm run bench -- start`: durable, signed StartHumanLoop on both engines against a bare node:http server, and on PostgreSQL
 * against what PostgreSQL does alone (pgbench with the same rows in as many transactions), in one run on one machine.
 * Each round measures all, so that the ratios hold when the machine's speed drifts.
 *
 * HOLDPOINT_BENCH_ENGINES (sqlite,postgresql), HOLDPOINT_BENCH_COUNT (20000), HOLDPOINT_BENCH_ROUNDS (3)
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@holdpoint/client';
import { type PostgresServer, startPostgres } from '../packages/server/src/testing/postgres-server.ts';
import { makeFlow } from './flow.ts';
import type { Measured } from './generator.ts';
import { credentialsOf, generateIn, type Running, residentMb, startBare, startHoldpoint } from './processes.ts';
import { keepResult, median, print, surroundings, versionOf } from './results.ts';
import type { Original } from './scale/copies.ts';
import { openPostgresDatabase } from './scale/database.ts';
import { insertLoops, savesInABatch, timeOf } from './start/pgbench.ts';

const connections = 64;
const engines = (process.env.HOLDPOINT_BENCH_ENGINES ?? 'sqlite,postgresql').split(',');
const count = Number(process.env.HOLDPOINT_BENCH_COUNT ?? 20_000);
const rounds = Number(process.env.HOLDPOINT_BENCH_ROUNDS ?? 3);
const inputContent = JSON.stringify({ taskObject: 'x'.repeat(1150), id: 17 });
/** Transactions that the server has under way at once (`lanes` of its store). */
const transactionsAtOnce = 2;
const pgbench = engines.includes('postgresql') ? versionOf('pgbench') : undefined;
const folder = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
const begun = surroundings('start', pgbench === undefined ? {} : { pgbench });

/** A server on one engine, and what was measured of it. */
interface Contender {
  readonly name: string;
  readonly server: Running & { startedInMs: number };
  readonly databaseUrl: string | undefined;
  readonly idleMb: number | undefined;
  readonly firstRequestMs: number;
  readonly flowDefinitionArn: string;
  start(prefix: string, load: { count: number; rate: number }): Promise<Measured>;
  readonly runs: Measured[];
}

let postgres: PostgresServer | undefined;
const contenders: Contender[] = [];
const bare = await startBare();
try {
  if (engines.includes('sqlite')) contenders.push(await open('SQLite'));
  if (engines.includes('postgresql')) {
    postgres = await startPostgres({ isDurable: true });
    contenders.push(await open('PostgreSQL', await postgres.newDatabase()));
    if (pgbench === undefined) print('pgbench is not installed: the ratio to PostgreSQL alone is left out.');
  }
  await run();
} finally {
  await Promise.all([...contenders.map(({ server }) => server.stop()), bare.stop()]);
  await postgres?.close();
  rmSync(folder, { recursive: true });
}

async function open(name: string, databaseUrl?: string): Promise<Contender> {
  const data = join(folder, name);
  const server = await startHoldpoint(data, ...(databaseUrl === undefined ? [] : ['--database-url', databaseUrl]));
  const idleMb = residentMb(server.child.pid!);
  const credentials = credentialsOf(data);
  const client = createClient({ endpointUrl: `http://127.0.0.1:${server.port}`, region: 'us-east-1', credentials });
  const begun = performance.now();
  await client.call('ListFlowDefinitions', {});
  const firstRequestMs = performance.now() - begun;
  const flowDefinitionArn = await makeFlow(client);
  client.close();
  const signed = { ...credentials, region: 'us-east-1', flowDefinitionArn, inputContent, names: 0 };
  return {
    name,
    server,
    databaseUrl,
    idleMb,
    firstRequestMs,
    flowDefinitionArn,
    start: (prefix, load) =>
      generateIn({ port: server.port, connections, ...load, request: { kind: 'start', ...signed, prefix } }),
    runs: [],
  };
}

async function run(): Promise<void> {
  const bareBody = JSON.stringify({
    HumanLoopName: 'bench-000000',
    FlowDefinitionArn: contenders[0]!.flowDefinitionArn,
    HumanLoopInput: { InputContent: inputContent },
  });
  const parse = () =>
    generateIn({ port: bare.port, connections, count: count * 2, rate: 0, request: { kind: 'bare', body: bareBody } });

  print(
    `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), body ${Buffer.byteLength(bareBody)} bytes, ${connections} connections`,
  );
  for (const { name, server, firstRequestMs, idleMb } of contenders)
    print(
      `${name}: started to serving in ${Math.round(server.startedInMs)} ms, first request ${Math.round(firstRequestMs)} ms, idle memory ${idleMb} MB`,
    );
  await parse();
  for (const { start } of contenders) await start('warm-', { count: Math.min(count, 5000), rate: 0 });

  const limits: Measured[] = [];
  const alone: number[] = [];
  let batch: number | undefined;
  const original = await originalStart();
  for (let round = 1; round <= rounds; round++) {
    limits.push(await parse());
    print(`round ${round}: bare         ${line(limits.at(-1)!)}`);
    for (const { name, start, runs, databaseUrl } of contenders) {
      const since = databaseUrl === undefined ? '' : await timeOf(databaseUrl);
      runs.push(await start(`r${round}-`, { count, rate: 0 }));
      const ratio = runs.at(-1)!.requestsPerSecond / limits.at(-1)!.requestsPerSecond;
      print(`         ${name.padEnd(12)} ${line(runs.at(-1)!)}   ratio to bare ${ratio.toFixed(2)}`);
      if (databaseUrl === undefined || original === undefined) continue;
      batch = await savesInABatch(databaseUrl, since);
      const { perSecond } = await insertLoops({
        url: original.url,
        original: original.loop,
        batch,
        connections: transactionsAtOnce,
        seconds: Math.max(3, Math.round(count / runs.at(-1)!.requestsPerSecond)),
      });
      alone.push(perSecond);
      const limit = (runs.at(-1)!.requestsPerSecond / perSecond).toFixed(2);
      print(
        `         pgbench      ${String(perSecond).padStart(6)} loops/s inserted, ${batch} in a transaction, ${transactionsAtOnce} at once   ratio to it ${limit}`,
      );
    }
  }
  const results = [];
  for (const contender of contenders) {
    const { name, runs, start, server, idleMb } = contender;
    const half = await start('half-', {
      count: Math.floor(count / 2),
      rate: Math.floor(runs.at(-1)!.requestsPerSecond / 2),
    });
    const memoryMb = residentMb(server.child.pid!);
    const ratios = runs.map(({ requestsPerSecond }, index) => requestsPerSecond / limits[index]!.requestsPerSecond);
    print(`${name}, half load: ${line(half)}`);
    print(`${name}: memory after ${(rounds + 1) * count} starts ${memoryMb} MB`);
    print(`${name}: ratio to bare (median of ${rounds}) ${median(ratios).toFixed(2)}`);
    const toAlone =
      contender.databaseUrl !== undefined && alone.length > 0
        ? runs.map(({ requestsPerSecond }, index) => requestsPerSecond / alone[index]!)
        : undefined;
    if (toAlone) print(`${name}: ratio to PostgreSQL alone (median of ${rounds}) ${median(toAlone).toFixed(2)}`);
    results.push({
      name,
      runs,
      half,
      idleMb,
      memoryMb,
      ratios,
      ...(toAlone && { alone, batch, ratiosToAlone: toAlone }),
    });
  }
  keepResult('start', { ...begun, connections, count, bodyBytes: Buffer.byteLength(bareBody), bare: limits, results });
}

/** A started loop with all its rows, and a database of the same schema for what PostgreSQL does alone. */
async function originalStart(): Promise<{ loop: Original; url: string } | undefined> {
  const databaseUrl = contenders.find((contender) => contender.databaseUrl !== undefined)?.databaseUrl;
  if (databaseUrl === undefined || pgbench === undefined) return undefined;
  const database = await openPostgresDatabase(databaseUrl);
  const loop = await database.original('warm-0');
  await database.close();
  const url = await postgres!.newDatabase();
  // Its start makes the schema.
  await (await startHoldpoint(join(folder, 'alone'), '--database-url', url)).stop();
  return { loop, url };
}

function line({ requestsPerSecond, p50, p99 }: Measured): string {
  return `${String(requestsPerSecond).padStart(6)} requests/s, p50 ${p50} ms, p99 ${p99} ms`;
}
