/**
 * `npm run bench -- start`: durable, signed StartHumanLoop against a bare node:http server, in one run on one machine.
 * Each round measures both, so that the ratio holds when the machine's speed drifts.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@holdpoint/client';
import { makeFlow } from './flow.ts';
import type { Measured } from './generator.ts';
import { credentialsOf, generateIn, residentMb, startBare, startHoldpoint } from './processes.ts';

const connections = 64;
const count = Number(process.env.HOLDPOINT_BENCH_COUNT ?? 20_000);
const rounds = Number(process.env.HOLDPOINT_BENCH_ROUNDS ?? 3);
const inputContent = JSON.stringify({ taskObject: 'x'.repeat(1150), id: 17 });
const data = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));

const holdpoint = await startHoldpoint(data);
const bare = await startBare();
try {
  const idle = residentMb(holdpoint.child.pid!);
  const credentials = credentialsOf(data);
  const client = createClient({ endpointUrl: `http://127.0.0.1:${holdpoint.port}`, region: 'us-east-1', credentials });
  const begun = performance.now();
  await client.call('ListFlowDefinitions', {});
  const firstRequest = performance.now() - begun;
  const flowDefinitionArn = await makeFlow(client);
  const bareBody = JSON.stringify({
    HumanLoopName: 'bench-000000',
    FlowDefinitionArn: flowDefinitionArn,
    HumanLoopInput: { InputContent: inputContent },
  });
  const start = (prefix: string, load: { count: number; rate: number }) =>
    generateIn({
      port: holdpoint.port,
      connections,
      ...load,
      request: {
        kind: 'start',
        ...credentials,
        region: 'us-east-1',
        flowDefinitionArn,
        inputContent,
        prefix,
        names: 0,
      },
    });
  const parse = () =>
    generateIn({ port: bare.port, connections, count: count * 2, rate: 0, request: { kind: 'bare', body: bareBody } });

  print(
    `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), body ${Buffer.byteLength(bareBody)} bytes, ${connections} connections`,
  );
  print(
    `started to serving in ${Math.round(holdpoint.startedInMs)} ms, first request ${Math.round(firstRequest)} ms, idle memory ${idle} MB`,
  );
  await parse();
  await start('warm-', { count: Math.min(count, 5000), rate: 0 });
  const ratios: number[] = [];
  let last: Measured | undefined;
  for (let round = 1; round <= rounds; round++) {
    const limit = await parse();
    last = await start(`r${round}-`, { count, rate: 0 });
    ratios.push(last.requestsPerSecond / limit.requestsPerSecond);
    print(`round ${round}: bare ${line(limit)}`);
    print(`         start ${line(last)}   ratio ${ratios.at(-1)!.toFixed(2)}`);
  }
  const half = await start('half-', { count: Math.floor(count / 2), rate: Math.floor(last!.requestsPerSecond / 2) });
  print(`half load: start ${line(half)}`);
  print(`memory after ${(rounds + 1) * count} starts: ${residentMb(holdpoint.child.pid!)} MB`);
  print(`ratio (median of ${rounds}): ${ratios.sort()[Math.floor(rounds / 2)]!.toFixed(2)}`);
} finally {
  await Promise.all([holdpoint.stop(), bare.stop()]);
  rmSync(data, { recursive: true });
}

function line({ requestsPerSecond, p50, p99 }: Measured): string {
  return `${String(requestsPerSecond).padStart(6)} requests/s, p50 ${p50} ms, p99 ${p99} ms`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
