import {
  allFlows,
  type FlowFigures,
  hourMs,
  hourOf,
  type StatisticKind,
  statisticId,
  stepMs,
  timeOfStatistic,
} from '../../domain/count-statistics.ts';
import { liveFigures } from '../../store/live-figures.ts';
import type { Store } from '../../store/store.ts';
import type { TimeSteps } from './time-steps.ts';

export interface Wanted<T> {
  readonly kind: StatisticKind;
  readonly nothing: T;
  readonly add: (a: T, b: T) => T;
  /** What of a step that is not counted yet belongs to it. */
  readonly live: (of: FlowFigures) => T;
}

/**
 * The sum of each step: of rows of whole hours, of rows of five minutes where a step begins or ends within an hour or the hour is
 * not counted to its end, and of what is not counted yet.
 */
export async function loadSteps<T>(
  store: Store,
  now: number,
  { starts, end }: Pick<TimeSteps, 'starts' | 'end'>,
  flowDefinitionId: string | undefined,
  { kind, nothing, add, live }: Wanted<T>,
): Promise<{ readonly steps: T[]; readonly complete: boolean }> {
  const flow = flowDefinitionId ?? allFlows;
  const current = await liveFigures(store, now);
  const sums = starts.map(() => nothing);
  const put = (time: number, value: T): void => {
    const index = indexOf(starts, time);
    if (index >= 0 && time < end) sums[index] = add(sums[index]!, value);
  };
  const rows = (resolution: 'step' | 'hour', from: number, to: number) =>
    to <= from
      ? Promise.resolve([])
      : store.statistics(statisticId(kind, resolution, flow, from), statisticId(kind, resolution, flow, to));

  const first = starts[0] ?? end;
  const counted = Math.min(end, current.from);
  const edges = new Set([...starts, end].filter((edge) => edge % hourMs !== 0).map(hourOf));
  const [hours, fine] = await Promise.all([
    rows('hour', hourOf(first), Math.min(hourOf(counted), hourOf(end) + hourMs)),
    Promise.all(
      [...edges, ...(edges.has(hourOf(counted)) ? [] : [hourOf(counted)])].map((hour) =>
        rows('step', Math.max(hour, first), Math.min(hour + hourMs, counted)),
      ),
    ),
  ]);
  const isFine = starts.length > 1 && starts[1]! - first < hourMs;
  if (isFine) for (const row of await rows('step', first, counted)) put(timeOfStatistic(row), row.figures as T);
  else {
    for (const row of hours) if (!edges.has(timeOfStatistic(row))) put(timeOfStatistic(row), row.figures as T);
    for (const row of fine.flat()) put(timeOfStatistic(row), row.figures as T);
  }
  for (const [time, { flows }] of current.steps)
    for (const [id, figures] of flows)
      if (flowDefinitionId === undefined || id === flowDefinitionId) put(time, live(figures));
  return { steps: sums, complete: current.complete || end <= current.from };
}

/** Which step a moment is in; -1 for before all. */
function indexOf(starts: readonly number[], time: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export const lastHours = (now: number, hours: number) => {
  const end = Math.floor(now / stepMs) * stepMs + stepMs;
  return { starts: [end - hours * hourMs], end };
};
