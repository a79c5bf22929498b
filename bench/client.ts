/**
 * `npm run bench -- client`: what our client costs beside `@aws-sdk/client-sagemaker-a2i-runtime`, in one run on one machine:
 * a call without network (check, encode, sign, decode), the import into Node, and what a browser loads.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import {
  DescribeHumanLoopCommand,
  SageMakerA2IRuntimeClient,
  StartHumanLoopCommand,
} from '@aws-sdk/client-sagemaker-a2i-runtime';
import { createA2IRuntimeClient } from '@holdpoint/client';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const calls = Number(process.env.HOLDPOINT_BENCH_COUNT ?? 2000);
const rounds = Number(process.env.HOLDPOINT_BENCH_ROUNDS ?? 7);

const described = JSON.stringify({
  CreationTime: '2026-01-02T03:04:05.678Z',
  HumanLoopStatus: 'InProgress',
  HumanLoopName: 'invoice-4711',
  HumanLoopArn: 'arn:aws:sagemaker:us-east-1:000000000000:human-loop/invoice-4711',
  FlowDefinitionArn: 'arn:aws:sagemaker:us-east-1:000000000000:flow-definition/invoices',
  HumanLoopOutput: { OutputS3Uri: 's3://holdpoint/outputs/invoices/2026/01/02/03/04/05/invoice-4711/output.json' },
});
const headers = { 'content-type': 'application/json', 'x-amzn-requestid': '6c1a0a5e-1b1f-4f0e-9a43-0d5c0a6e2f10' };
const settings = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
};
const start = {
  HumanLoopName: 'invoice-4711',
  FlowDefinitionArn: 'arn:aws:sagemaker:us-east-1:000000000000:flow-definition/invoices',
  HumanLoopInput: { InputContent: JSON.stringify({ taskObject: 'x'.repeat(1150), id: 17 }) },
};

const ours = createA2IRuntimeClient({
  ...settings,
  ignoreConfiguration: true,
  transport: { send: async () => ({ status: 200, headers, body: described }), close() {} },
});
const theirs = new SageMakerA2IRuntimeClient({
  ...settings,
  endpoint: 'http://127.0.0.1:7800',
  requestHandler: {
    handle: async () => ({ response: { statusCode: 200, headers, body: Readable.from([Buffer.from(described)]) } }),
  } as never,
});

const pairs = [
  [
    'DescribeHumanLoop',
    () => ours.describeHumanLoop({ HumanLoopName: 'invoice-4711' }),
    () => theirs.send(new DescribeHumanLoopCommand({ HumanLoopName: 'invoice-4711' })),
  ],
  ['StartHumanLoop', () => ours.startHumanLoop(start), () => theirs.send(new StartHumanLoopCommand(start))],
] as const;

print(`Node ${process.version}; medians of ${rounds} rounds of ${calls} calls, without network`);
for (const [name, our, their] of pairs) {
  await microseconds(our, 500);
  await microseconds(their, 500);
  const measured = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    measured.ours.push(await microseconds(our, calls));
    measured.theirs.push(await microseconds(their, calls));
  }
  const [a, b] = [median(measured.ours), median(measured.theirs)];
  print(
    `${name.padEnd(18)} ours ${a.toFixed(0)} µs, AWS SDK ${b.toFixed(0)} µs   ratio ${(a / b).toFixed(2)} (aim 0.50)`,
  );
}

const imports = ['@holdpoint/client', '@aws-sdk/client-sagemaker-a2i-runtime'].map(
  (name) => [name, importTime(name)] as const,
);
for (const [name, milliseconds] of imports) print(`import ${name.padEnd(40)} ${milliseconds.toFixed(1)} ms`);
print(`import: ratio ${(imports[0]![1] / imports[1]![1]).toFixed(2)}, ours aims at 20 ms`);

for (const [what, entry, external] of [
  ['@holdpoint/client alone, all of it', "export * from '@holdpoint/client';", ['@holdpoint/protocol', 'jmespath']],
  [
    'createA2IRuntimeClient with the protocol',
    "export { createA2IRuntimeClient } from '@holdpoint/client';",
    ['jmespath'],
  ],
  ['Session and all services with the protocol', "export { Session } from '@holdpoint/client';", ['jmespath']],
  [
    'AWS SDK, two commands',
    "export { SageMakerA2IRuntimeClient, StartHumanLoopCommand, DescribeHumanLoopCommand } from '@aws-sdk/client-sagemaker-a2i-runtime';",
    [],
  ],
] as const)
  print(`browser: ${what.padEnd(44)} ${((await gzipped(entry, [...external])) / 1024).toFixed(1)} KB gzip`);

async function microseconds(call: () => Promise<unknown>, times: number): Promise<number> {
  const begun = performance.now();
  for (let index = 0; index < times; index++) await call();
  return ((performance.now() - begun) * 1000) / times;
}

/** In processes of their own, on the built packages; the fastest of several, since others only add. */
function importTime(name: string): number {
  const program = `const t = performance.now(); await import('${name}'); process.stdout.write(String(performance.now() - t));`;
  const times = Array.from({ length: 9 }, () =>
    Number(spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: root, encoding: 'utf8' }).stdout),
  );
  return Math.min(...times);
}

async function gzipped(entry: string, external: string[]): Promise<number> {
  const folder = mkdtempSync(join(root, '.cache', 'bench-'));
  const file = join(folder, 'entry.js');
  writeFileSync(file, entry);
  try {
    const result = await build({
      configFile: false,
      logLevel: 'silent',
      root,
      build: {
        write: false,
        target: 'es2022',
        minify: true,
        rolldownOptions: { input: file, external, preserveEntrySignatures: 'strict' },
        modulePreload: false,
      },
    });
    const { output } = (Array.isArray(result) ? result[0] : result) as { output: { type: string; code?: string }[] };
    const code = output.filter(({ type }) => type === 'chunk').map((chunk) => chunk.code ?? '');
    return gzipSync(code.join('\n'), { level: 9 }).length;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
