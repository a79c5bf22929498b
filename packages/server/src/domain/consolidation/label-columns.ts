import type { LabelColumns } from './dawid-skene.ts';

export interface GrowingColumns {
  /** The answers to one item. */
  add(workers: readonly number[], labels: readonly number[]): void;
  clear(): void;
  columns(workerCount: number, labelCount: number): LabelColumns;
}

/** Columns that grow by half of their length. */
export function createLabelColumns(): GrowingColumns {
  let starts = new Uint32Array(64);
  let workers = new Uint32Array(256);
  let labels = new Uint16Array(256);
  let [items, answers] = [0, 0];
  return {
    add(given, values) {
      if (items + 2 > starts.length) starts = grown(starts, new Uint32Array(Math.ceil(starts.length * 1.5)));
      if (answers + given.length > workers.length) {
        const length = Math.ceil((answers + given.length) * 1.5);
        workers = grown(workers, new Uint32Array(length));
        labels = grown(labels, new Uint16Array(length));
      }
      for (const [index, worker] of given.entries()) {
        workers[answers] = worker;
        labels[answers++] = values[index]!;
      }
      starts[++items] = answers;
    },
    clear() {
      [starts, workers, labels] = [new Uint32Array(2), new Uint32Array(), new Uint16Array()];
      [items, answers] = [0, 0];
    },
    columns: (workerCount, labelCount) => ({
      starts: starts.subarray(0, items + 1),
      workers: workers.subarray(0, answers),
      labels: labels.subarray(0, answers),
      workerCount,
      labelCount,
    }),
  };
}

function grown<T extends Uint32Array | Uint16Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
