/**
 * `npm run bench -- lists`: DescribeHumanLoop and ListHumanLoops with 1,000 and with 1,000,000 loops in the database, on
 * the same machine in the same run. The rows are written by the store itself, as starts would write them.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { insert } from '../packages/server/src/domain/change.ts';
import { startHumanLoop } from '../packages/server/src/domain/human-loop.ts';
import { openSqliteStore } from '../packages/server/src/store/sqlite/sqlite.ts';
import { flowDefinitionRow } from '../packages/server/src/testing/rows.ts';
import type { Measured } from './generator.ts';
import { credentialsOf, generateIn, residentMb, startHoldpoint } from './processes.ts';

const sizes = [1000, Number(process.env.HOLDPOINT_BENCH_LOOPS ?? 1_000_000)] as const;
const count = Number(process.env.HOLDPOINT_BENCH_COUNT ?? 10_000);
const results = new Map<number, { describe: Measured; list: Measured }>();

for (const size of sizes) {
  const data = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
  try {
    await seed(data, size);
    results.set(size, await measure(data, size));
  } finally {
    rmSync(data, { recursive: true });
  }
}
for (const kind of ['describe', 'list'] as const) {
  const [few, many] = sizes.map((size) => results.get(size)![kind].p99) as [number, number];
  print(`${kind}: p99 at ${sizes[1]} loops ÷ p99 at ${sizes[0]} loops = ${(many / few).toFixed(2)}`);
}

async function seed(data: string, size: number): Promise<void> {
  // A first start makes the identity of the data directory.
  await (await startHoldpoint(data)).stop();
  const begun = performance.now();
  const store = openSqliteStore({ path: join(data, 'holdpoint.db'), clock: { now: () => Date.now() } });
  const flowDefinition = flowDefinitionRow({ name: 'bench', version: 1 });
  await store.save([insert('flowDefinitions', flowDefinition)]);
  const inputContent = JSON.stringify({ taskObject: 'x'.repeat(1150) });
  for (let first = 0; first < size; first += 256) {
    const now = Date.now() - size + first;
    const batch = Array.from({ length: Math.min(256, size - first) }, (_, index) => {
      const name = `loop-${first + index}`;
      const outputS3Uri = `s3://holdpoint/bench/${name}/output.json`;
      const id = `${String(first + index).padStart(12, '0')}`;
      const { changes } = startHumanLoop({
        flowDefinition,
        id,
        name,
        inputContent,
        dataAttributes: undefined,
        inputSha256: id,
        outputS3Uri,
        now,
      });
      // The loops are finished ones: they wait for nothing when the server starts.
      return store.save(changes.filter((change) => change.change !== 'insert' || change.table !== 'jobs'));
    });
    await Promise.all(batch);
    if (first % 102_400 === 0) print(`  seeding ${size} loops: ${first}`);
  }
  await store.close();
  const bytes = statSync(join(data, 'holdpoint.db')).size;
  print(
    `${size} loops in ${((performance.now() - begun) / 1000).toFixed(1)} s, ${Math.round(bytes / size)} bytes each on disk`,
  );
}

async function measure(data: string, size: number) {
  const server = await startHoldpoint(data);
  try {
    const shared = {
      ...credentialsOf(data),
      region: 'us-east-1',
      flowDefinitionArn: 'arn:aws:sagemaker:us-east-1:000000000000:flow-definition/bench',
      inputContent: '',
      prefix: 'loop-',
      names: size,
    };
    const load = { port: server.port, connections: 16, count, rate: 0 };
    const run = (kind: 'describe' | 'list') => generateIn({ ...load, request: { kind, ...shared } });
    await run('describe');
    const describe = await run('describe');
    await run('list');
    const list = await run('list');
    for (const [kind, measured] of Object.entries({ describe, list }))
      print(
        `  ${kind} at ${size}: ${measured.requestsPerSecond} requests/s, p50 ${measured.p50} ms, p99 ${measured.p99} ms`,
      );
    print(`  memory ${residentMb(server.child.pid!)} MB`);
    return { describe, list };
  } finally {
    await server.stop();
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
