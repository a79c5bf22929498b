/**
 * `npm run bench -- consolidation`: Dawid and Skene's method on a million answers (must stay under 10 s), beside a majority vote on the same
 * columns in the same run, with the memory that it takes besides them; then all figures of a flow with a million answers as
 * GetFlowAgreement works them out, in a thread of its own, with what the main thread notices of it.
 *
 * HOLDPOINT_BENCH_ANSWERS (1000000). Rows are made up, not read, so that no database is measured.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { dawidSkene, type LabelColumns } from '../packages/server/src/domain/consolidation/dawid-skene.ts';
import { createLabelColumns } from '../packages/server/src/domain/consolidation/label-columns.ts';
import { loadFlowAgreement } from '../packages/server/src/store/consolidate-apart.ts';
import type { FlowAnswersPage } from '../packages/server/src/store/statistics.ts';
import type { Store } from '../packages/server/src/store/store.ts';
import { print } from './results.ts';

const answers = Number(process.env.HOLDPOINT_BENCH_ANSWERS ?? 1_000_000);
const [perLoop, workers, labels] = [3, 200, 5];
const loops = Math.ceil(answers / perLoop);

/** A row of numbers from 0 to 1 that is the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What each worker of a loop says: the first ones are right half of the time, the last ones nearly always. */
function loopOf(random: () => number): { readonly worker: number; readonly label: number }[] {
  const truth = Math.floor(random() * labels);
  return Array.from({ length: perLoop }, () => {
    const worker = Math.floor(random() * workers);
    const isRight = random() < 0.5 + (0.45 * worker) / workers;
    return { worker, label: isRight ? truth : Math.floor(random() * labels) };
  });
}

function majority({ starts, labels: given, labelCount }: LabelColumns): Uint16Array {
  const winners = new Uint16Array(starts.length - 1);
  const votes = new Uint32Array(labelCount);
  for (let item = 0; item + 1 < starts.length; item++) {
    votes.fill(0);
    for (let at = starts[item]!; at < starts[item + 1]!; at++) votes[given[at]!]!++;
    for (let label = 1; label < labelCount; label++) if (votes[label]! > votes[winners[item]!]!) winners[item] = label;
  }
  return winners;
}

function measureMethod(): void {
  const random = randomNumbers(7);
  const growing = createLabelColumns();
  for (let loop = 0; loop < loops; loop++) {
    const given = loopOf(random);
    growing.add(
      given.map(({ worker }) => worker),
      given.map(({ label }) => label),
    );
  }
  const columns = growing.columns(workers, labels);
  const bytes = columns.starts.byteLength + columns.workers.byteLength + columns.labels.byteLength;
  const simple = timed(() => majority(columns));
  const before = process.memoryUsage().arrayBuffers;
  const cpu = process.cpuUsage();
  const learned = timed(() => dawidSkene(columns));
  const used = process.cpuUsage(cpu).user / 1e6;
  const extra = process.memoryUsage().arrayBuffers - before;
  print(
    `${loops * perLoop} answers, ${workers} workers, ${labels} labels: ${learned.seconds.toFixed(2)} s (${used.toFixed(2)} s of CPU) in ${learned.value.iterations} rounds, ${(learned.seconds / simple.seconds).toFixed(0)} times a majority vote; ${(extra / 1024).toFixed(0)} KB besides columns of ${(bytes / 1024 ** 2).toFixed(1)} MB`,
  );
  // Answers in which there is little to find take all the rounds that there may be.
  const worst = process.cpuUsage();
  const { seconds } = timed(() => dawidSkene(columns, { tolerance: Number.NEGATIVE_INFINITY }));
  const most = process.cpuUsage(worst).user / 1e6;
  print(
    `With the most rounds: ${seconds.toFixed(2)} s (${most.toFixed(2)} s of CPU). ${most < 10 ? 'Under' : 'NOT under'} 10 s.`,
  );
}

async function measureFlow(): Promise<void> {
  const random = randomNumbers(7);
  let left = loops;
  const store = {
    statistic: async () => undefined,
    save: async () => 'saved',
    answersOfFlow: async ({ limit }: FlowAnswersPage) => {
      const page = Array.from({ length: Math.min(limit, left) }, (_each, index) => ({
        id: String(left - index),
        answers: loopOf(random).map(({ worker, label }) => ({
          workerId: `worker-${worker}`,
          answerContent: `{"kind":{"label":"label ${label}"}}`,
        })),
      }));
      left -= page.length;
      return { loops: page, next: left > 0 ? { createdAt: left, id: String(left) } : undefined };
    },
  } as unknown as Store;
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const begun = performance.now();
  const { agreement } = await loadFlowAgreement(store, 'flow', { now: Date.now(), maxAgeMs: 0 });
  delay.disable();
  const seconds = (performance.now() - begun) / 1000;
  print(
    `A flow with ${agreement.answers} answers: all figures in ${seconds.toFixed(2)} s; the main thread was kept for ${(delay.max / 1e6).toFixed(0)} ms at most, p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms`,
  );
}

function timed<T>(work: () => T): { readonly value: T; readonly seconds: number } {
  const begun = performance.now();
  const value = work();
  return { value, seconds: (performance.now() - begun) / 1000 };
}

measureMethod();
await measureFlow();
