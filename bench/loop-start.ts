/**
 * `npm run bench -- loop-start`: `holdpoint loop start --file` as a process on a file, against a real server, beside the
 * generator of `bench -- start`, which has signed its requests beforehand. The generator runs before and after, so that the
 * ratio holds when the machine's speed drifts.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createClient } from '@holdpoint/client';
import { makeFlow } from './flow.ts';
import type { Measured } from './generator.ts';
import { credentialsOf, generateIn, startHoldpoint } from './processes.ts';

const connections = 64;
const count = Number(process.env.HOLDPOINT_BENCH_COUNT ?? 100_000);
const rounds = Number(process.env.HOLDPOINT_BENCH_ROUNDS ?? 1);
const bin = fileURLToPath(new URL('../packages/server/bin/holdpoint.mjs', import.meta.url));
/** As in `bench -- start`: about 1.3 KB for each request. */
const inputContent = JSON.stringify({ taskObject: 'x'.repeat(1150), id: 17 });
const folder = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
const data = join(folder, 'data');

/** Has a process say at its end what it took: microseconds of CPU and KB of memory. */
const usageReport = `data:text/javascript,${encodeURIComponent(
  `process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    process.stdout.write('usage ' + (userCPUTime + systemCPUTime) + ' ' + maxRSS + '\\n');
  });`,
)}`;

interface Run {
  readonly requestsPerSecond: number;
  /** Of the whole process, start-up included. */
  readonly cpuMicroseconds: number;
  readonly memoryMb: number;
}

const holdpoint = await startHoldpoint(data);
try {
  const credentials = credentialsOf(data);
  const endpointUrl = `http://127.0.0.1:${holdpoint.port}`;
  const client = createClient({ endpointUrl, region: 'us-east-1', credentials });
  const flowDefinitionArn = await makeFlow(client);
  client.close();
  const file = join(folder, 'items.jsonl');
  await writeItems(file, count);
  const generate = (prefix: string, size: number): Promise<Measured> =>
    generateIn({
      port: holdpoint.port,
      connections,
      count: size,
      rate: 0,
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

  print(
    `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${count} lines, ${connections} at a time`,
  );
  await generate('warm-', Math.min(count, 5000));
  const ratios: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const before = await generate(`r${round}a-`, Math.ceil(count / 2));
    const run = await command(['loop', 'start', 'bench', '--file', file, '--prefix', `r${round}c`], count);
    const after = await generate(`r${round}b-`, Math.ceil(count / 2));
    // The mean of two rates over the same number of requests each.
    const rate = 2 / (1 / before.requestsPerSecond + 1 / after.requestsPerSecond);
    ratios.push(run.requestsPerSecond / rate);
    print(`round ${round}: generator  ${before.requestsPerSecond} and ${after.requestsPerSecond} starts/s`);
    print(
      `         loop start ${run.requestsPerSecond} starts/s, ${run.cpuMicroseconds} µs of CPU each, ${run.memoryMb} MB at most   ratio ${ratios.at(-1)!.toFixed(2)}`,
    );
  }
  print(`ratio (median of ${rounds}): ${ratios.sort()[Math.floor(rounds / 2)]!.toFixed(2)}`);
} finally {
  await holdpoint.stop();
  rmSync(folder, { recursive: true });
}

/** Runs the built command as a person would, and measures all of it. */
async function command(args: readonly string[], items: number): Promise<Run> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['--import', usageReport, bin, ...args, '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const seconds = (performance.now() - begun) / 1000;
  const usage = /^usage (\d+) (\d+)$/m.exec(text);
  if (code !== 0 || usage === null || !text.startsWith(`${items.toLocaleString('en-US')} started.`))
    throw new Error(`The command ended with code ${code} and said: ${text}`);
  return {
    requestsPerSecond: Math.round(items / seconds),
    cpuMicroseconds: Math.round(Number(usage[1]) / items),
    memoryMb: Math.round(Number(usage[2]) / 1024),
  };
}

async function writeItems(path: string, size: number): Promise<void> {
  const stream = createWriteStream(path);
  const block = `${inputContent}\n`.repeat(1000);
  for (let left = size; left > 0; left -= 1000) stream.write(left >= 1000 ? block : `${inputContent}\n`.repeat(left));
  stream.end();
  await finished(stream);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
