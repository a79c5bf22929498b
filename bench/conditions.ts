/**
 * `npm run bench -- conditions`: how long activation conditions take on a response of Textract of 1 MB, and what conditions
 * on the input content add to starts with 1.4 KB of it: starts on a flow with conditions beside starts on one without, in turns on
 * the same server, and the evaluation alone.
 */
import { hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from '@holdpoint/client';
import { evaluateActivation } from '../packages/server/src/domain/activation/evaluate-activation.ts';
import { parseActivationConditions } from '../packages/server/src/domain/activation/parse-activation-conditions.ts';
import { startActivation } from '../packages/server/src/domain/activation/start-activation.ts';
import type { FlowDefinition } from '../packages/server/src/domain/rows.ts';
import { makeFlow } from './flow.ts';
import { credentialsOf, generateIn, startHoldpoint } from './processes.ts';

const count = Number(process.env.HOLDPOINT_BENCH_COUNT ?? 20_000);
const rounds = Number(process.env.HOLDPOINT_BENCH_ROUNDS ?? 5);
const connections = 64;
const textract = 'AWS/Textract/AnalyzeDocument/Forms/V1';
const sha256 = (text: string): string => hash('sha256', text, 'hex');

print(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()})`);
measureDocument();
await measureStarts();

function measureDocument(): void {
  const text = JSON.stringify(response(440));
  const conditions = {
    Conditions: [
      { ConditionType: 'Sampling', ConditionParameters: { RandomSamplingPercentage: 5 } },
      {
        Or: [
          keyCheck({ ImportantFormKey: '*', KeyValueBlockConfidenceLessThan: 60, WordBlockConfidenceLessThan: 60 }),
          { ConditionType: 'MissingImportantFormKey', ConditionParameters: { ImportantFormKey: 'Zip Code:' } },
          {
            And: [
              keyCheck({ ImportantFormKey: 'Key number 7:', WordBlockConfidenceLessThan: 90 }),
              keyCheck({ ImportantFormKey: '*', WordBlockConfidenceGreaterThan: 10 }),
            ],
          },
        ],
      },
    ],
  };
  const { tree } = parseActivationConditions(JSON.stringify(conditions), textract);
  const value: unknown = JSON.parse(text);
  const run = () => evaluateActivation(tree!, { value, hash: sha256, inputHash: () => 'input' });
  const first = timed(run);
  const times = Array.from({ length: 200 }, () => timed(run)).sort((one, other) => one - other);
  print(
    `a response of ${(text.length / 1e6).toFixed(2)} MB, six conditions: ${at(times, 0.5).toFixed(2)} ms (median of 200), ${at(times, 0.99).toFixed(2)} ms (99 %), ${first.toFixed(2)} ms (the first)`,
  );
  print(`  reading it from JSON: ${timed(() => JSON.parse(text)).toFixed(2)} ms`);
}

async function measureStarts(): Promise<void> {
  const inputContent = JSON.stringify({
    taskObject: 'x'.repeat(1150),
    id: 17,
    total: 1250.5,
    fields: [0.97, 0.62, 0.99, 0.4].map((score, index) => ({ name: `field-${index}`, score })),
  });
  const conditions = {
    Conditions: [
      {
        ConditionType: 'holdpoint:ValueCheck',
        ConditionParameters: { Expression: 'total', GreaterThan: 1000 },
      },
      {
        And: [
          {
            ConditionType: 'holdpoint:ConfidenceCheck',
            ConditionParameters: { Expression: 'fields[*].score', ConfidenceLessThan: 0.8 },
          },
          { ConditionType: 'holdpoint:Sampling', ConditionParameters: { RandomSamplingPercentage: 10 } },
        ],
      },
    ],
  };
  const alone = evaluationAlone(conditions, inputContent);
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
  const holdpoint = await startHoldpoint(join(folder, 'data'));
  try {
    const credentials = credentialsOf(join(folder, 'data'));
    const client = createClient({
      endpointUrl: `http://127.0.0.1:${holdpoint.port}`,
      region: 'us-east-1',
      credentials,
    });
    const plain = await makeFlow(client);
    const judged = await makeFlow(client, {}, { name: 'judged', conditions });
    client.close();
    const starts = async (flowDefinitionArn: string, prefix: string, size = count): Promise<number> => {
      const request = {
        kind: 'start',
        ...credentials,
        region: 'us-east-1',
        flowDefinitionArn,
        inputContent,
        prefix,
        names: 0,
      } as const;
      const before = cpuOf(holdpoint.child.pid);
      const measured = await generateIn({ port: holdpoint.port, connections, count: size, rate: 0, request });
      if (measured.failures > 0) throw new Error(measured.firstFailure);
      // Its task is prepared afterwards, which belongs to the start and not to the next leg.
      const cpu = (await cpuAtRest(holdpoint.child.pid)) - before;
      return cpu > 0 ? (cpu * 1000) / size : 1e6 / measured.requestsPerSecond;
    };
    await starts(plain, 'warm-a-', 3000);
    await starts(judged, 'warm-b-', 3000);
    const added: number[] = [];
    let total = 0;
    for (let round = 1; round <= rounds; round++) {
      // A, B, B, A: a machine whose speed drifts does the same to both.
      const took = [
        await starts(plain, `r${round}a-`),
        await starts(judged, `r${round}b-`),
        await starts(judged, `r${round}c-`),
        await starts(plain, `r${round}d-`),
      ] as const;
      const without = took[0] + took[3];
      total += without / 2;
      added.push(((took[1] + took[2]) / without - 1) * 100);
      const [a, b, c, d] = took.map((each) => each.toFixed(0));
      print(
        `round ${round}: ${a}, ${d} µs of CPU a start, with the preparation of its task, without, ${b}, ${c} with three: ${added.at(-1)!.toFixed(1)} %`,
      );
    }
    added.sort((one, other) => one - other);
    print(`added to a start of ${inputContent.length} bytes: ${at(added, 0.5).toFixed(1)} % (median of ${rounds})`);
    print(
      `the evaluation alone: ${alone.toFixed(1)} µs, ${((alone / (total / rounds)) * 100).toFixed(1)} % of a start`,
    );
  } finally {
    await holdpoint.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Microseconds, the conditions known already, as from the second start on. */
function evaluationAlone(conditions: object, inputContent: string): number {
  const flow = {
    config: {
      HumanLoopActivationConfig: {
        HumanLoopActivationConditionsConfig: { HumanLoopActivationConditions: JSON.stringify(conditions) },
      },
    },
  } as unknown as FlowDefinition;
  const value: unknown = JSON.parse(inputContent);
  const run = () => startActivation(flow, { value, hash: sha256, inputHash: () => sha256(inputContent) });
  for (let turn = 0; turn < 20_000; turn++) run();
  const turns = 100_000;
  return (
    (timed(() => {
      for (let turn = 0; turn < turns; turn++) run();
    }) *
      1000) /
    turns
  );
}

function keyCheck(parameters: object) {
  return { ConditionType: 'ImportantFormKeyConfidenceCheck', ConditionParameters: parameters };
}

/** As Textract answers: of each pair a key and a value, two words each, all with their places. */
function response(pairs: number): object {
  const geometry = (at: number) => ({
    BoundingBox: { Width: 0.12345678, Height: 0.0234567, Left: 0.1 + at / 1e4, Top: at / 1e3 },
    Polygon: [0, 1, 2, 3].map((corner) => ({ X: 0.1234567 + corner / 10, Y: at / 1e3 + corner / 100 })),
  });
  const blocks = Array.from({ length: pairs }, (_, index) => {
    const words = ['a', 'b', 'c', 'd'].map((part, place) => ({
      BlockType: 'WORD',
      Confidence: 40 + ((index * 7 + place) % 60),
      Text: place === 0 ? `Key number` : place === 1 ? `${index}:` : 'value',
      Geometry: geometry(index),
      Id: `00000000-0000-4000-8000-${part}${String(index).padStart(11, '0')}`,
    }));
    const set = (type: string, ids: string[], more: object[]) => ({
      BlockType: 'KEY_VALUE_SET',
      Confidence: 40 + (index % 60),
      Geometry: geometry(index),
      Id: `00000000-0000-4000-9000-${type[0]}${String(index).padStart(11, '0')}`,
      Relationships: [...more, { Type: 'CHILD', Ids: ids }],
      EntityTypes: [type],
    });
    const value = set('VALUE', [words[2]!.Id, words[3]!.Id], []);
    return [set('KEY', [words[0]!.Id, words[1]!.Id], [{ Type: 'VALUE', Ids: [value.Id] }]), value, ...words];
  });
  return { DocumentMetadata: { Pages: 1 }, Blocks: blocks.flat(), AnalyzeDocumentModelVersion: '1.0' };
}

/** Milliseconds of CPU: others that use the machine do not count. */
function timed(run: () => unknown): number {
  const begun = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

/** Milliseconds of CPU that a process has taken, to 10 ms; 0 where that is not told. */
function cpuOf(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

/** What a process has taken when it has come to rest. */
async function cpuAtRest(pid: number | undefined): Promise<number> {
  for (let known = cpuOf(pid); ; ) {
    await delay(500);
    const now = cpuOf(pid);
    if (now - known <= 20) return now;
    known = now;
  }
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
