/** How many requests were answered, how, and how fast, since the process started; a request costs two additions. */
import type { Family, Sample } from './exposition.ts';

export interface RequestFigures {
  /**
   * @param seconds how long the answer took; undefined where the caller asked to be kept waiting.
   */
  observe(operation: string, status: number, seconds: number | undefined): void;
  families(): readonly Family[];
}

const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

interface Latency {
  /** How many took up to each bound and longer than the one before; the last is beyond all. */
  readonly counts: number[];
  sum: number;
}

export function createRequestFigures(): RequestFigures {
  const answered = new Map<string, Map<number, number>>();
  const latencies = new Map<string, Latency>();

  return {
    observe(operation, status, seconds) {
      const statuses = answered.get(operation) ?? new Map<number, number>();
      answered.set(operation, statuses);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (seconds === undefined) return;
      const latency = latencies.get(operation) ?? {
        counts: Array.from({ length: bounds.length + 1 }, () => 0),
        sum: 0,
      };
      latencies.set(operation, latency);
      const index = bounds.findIndex((bound) => seconds <= bound);
      latency.counts[index < 0 ? bounds.length : index]! += 1;
      latency.sum += seconds;
    },
    families: () => [
      {
        name: 'requests_total',
        type: 'counter',
        help: 'Requests that this process answered, by operation of the API (or what else was asked for) and HTTP status.',
        samples: [...answered].flatMap(([operation, statuses]) =>
          [...statuses].map(([status, value]) => ({ labels: { operation, status: String(status) }, value })),
        ),
      },
      {
        name: 'request_seconds',
        type: 'histogram',
        help: 'How long this process took to answer; requests that asked to be kept waiting are left out.',
        samples: [...latencies].flatMap(([operation, { counts, sum }]) =>
          histogram({ operation }, bounds, counts, sum),
        ),
      },
    ],
  };
}

/** The samples of one histogram. `counts` are of each class alone, one more than there are bounds. */
export function histogram(
  labels: Readonly<Record<string, string>>,
  bounds: readonly number[],
  counts: readonly number[],
  sum: number,
): Sample[] {
  let total = 0;
  const buckets = counts.map((count, index): Sample => {
    total += count;
    const le = index < bounds.length ? String(bounds[index]) : '+Inf';
    return { suffix: '_bucket', labels: { ...labels, le }, value: total };
  });
  return [...buckets, { suffix: '_sum', labels, value: sum }, { suffix: '_count', labels, value: total }];
}
