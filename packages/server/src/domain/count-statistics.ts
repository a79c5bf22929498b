/**
 * Statistics are figures of steps of five minutes, of each flow definition and of all (`-`), and sums of them: of hours, and
 * of everything since the beginning. They are counted from the rows of loops and answers in the order of time, never while one is
 * saved. A step is counted twice: soon after it is over, and once more when nothing that belongs to it can change any more, for
 * what was saved late or taken back. How far either is, is a setting, written in the commit of the figures: a count that is
 * interrupted is done again, whole. A loop that is deleted or purged later stays in the figures.
 *
 * When the clock was set back, what is after it counts as not counted yet.
 */
import { type Change, insert, update } from './change.ts';
import { addJob } from './jobs.ts';
import type { Setting, Statistic } from './rows.ts';
import {
  addFigures,
  addWorkers,
  type Figures,
  isNothing,
  noFigures,
  subtractFigures,
  subtractWorkers,
  type WorkerFigures,
  withoutFields,
} from './statistics.ts';

export const stepMs = 300_000;
export const hourMs = 3_600_000;
/** So long after its end a step is counted. */
export const countDelayMs = 10_000;
/** So long after its end it is counted for good: longer than an answer can be taken back and than a job is held. */
export const settleDelayMs = 2 * hourMs;
/** All flow definitions together. */
export const allFlows = '-';
/** The setting that says how far the counting is. */
export const countedUntil = 'statisticsUntil';

/** Between two commits of a count that is behind, so that requests have the store to themselves most of the time. */
const betweenCommitsMs = 50;

export const stepOf = (time: number): number => Math.floor(time / stepMs) * stepMs;
export const hourOf = (time: number): number => Math.floor(time / hourMs) * hourMs;

export interface CountPosition {
  /** All steps before this have been counted. */
  readonly counted: number;
  /** All steps before this have been counted for good. */
  readonly settled: number;
}

export function readCountPosition(setting: Setting | undefined): CountPosition | undefined {
  const [, counted, settled] = /^(\d+) (\d+)$/.exec(setting?.value ?? '') ?? [];
  return settled === undefined ? undefined : { counted: Number(counted), settled: Number(settled) };
}

/**
 * What is to be counted next.
 *
 * @returns the step, whether it is done for good then, and where the position is afterwards; without a step when nothing is due.
 */
export function nextStep(
  position: CountPosition,
  now: number,
): { readonly step?: number; readonly position: CountPosition } {
  const countable = stepOf(now - countDelayMs);
  const settleable = stepOf(now - settleDelayMs);
  const counted = Math.min(position.counted, countable);
  const settled = Math.min(position.settled, settleable, counted);
  if (settled < settleable)
    return { step: settled, position: { counted: Math.max(counted, settled + stepMs), settled: settled + stepMs } };
  if (counted < countable) return { step: counted, position: { counted: counted + stepMs, settled } };
  return { position: { counted, settled } };
}

/** The job that counts; its name is its moment, so that all who want one make the same. */
export const countAt = (dueAt: number, now: number): Change =>
  addJob('count-statistics', String(dueAt), dueAt, now, { ifAbsent: true });

/** The count that follows: soon while something is left, else when the step is over that runs now. */
export const countAgain = (now: number, isBehind: boolean): Change =>
  countAt(isBehind ? now + betweenCommitsMs : stepOf(now - countDelayMs) + stepMs + countDelayMs, now);

type Resolution = 'step' | 'hour' | 'ever';
export type StatisticKind = 'figures' | 'workers';

const padded = (time: number): string => String(time).padStart(15, '0');

/** Ids of one kind, resolution and flow definition are in the order of time. */
export const statisticId = (kind: StatisticKind, resolution: Resolution, flowDefinitionId: string, time = 0): string =>
  `${kind}:${resolution}:${flowDefinitionId}:${padded(time)}`;

export const timeOfStatistic = ({ id }: Statistic): number => Number(id.slice(-15));

export interface FlowFigures {
  readonly figures: Figures;
  readonly workers: WorkerFigures;
}

/** What was found for one step, of each flow definition that had anything. */
export interface StepFigures {
  readonly flows: ReadonlyMap<string, FlowFigures>;
}

/** The row of all flow definitions of a step says which had figures, so that they are found when it is counted again. */
interface StepOfAll extends Figures {
  readonly flows: readonly string[];
}

export const flowsOfStep = (row: Statistic | undefined): readonly string[] =>
  (row?.figures as StepOfAll | undefined)?.flows ?? [];

/** The rows that a step's figures go into. */
export const idsOfStep = (step: number, flowIds: readonly string[]): readonly string[] =>
  [allFlows, ...flowIds].flatMap((flow) =>
    (['figures', 'workers'] as const).flatMap((kind) => [
      statisticId(kind, 'step', flow, step),
      statisticId(kind, 'hour', flow, hourOf(step)),
      ...(kind === 'figures' ? [statisticId(kind, 'ever', flow)] : []),
    ]),
  );

/**
 * Puts a step's figures in place of those that are there, and the difference into its hour and into what ever was.
 *
 * @param rows those of `idsOfStep` that exist, for the flow definitions of both counts.
 */
export function countStep(input: { step: number; found: StepFigures; rows: readonly Statistic[] }): Change[] {
  const { step, found } = input;
  const rows = new Map(input.rows.map((row) => [row.id, row]));
  const changes: Change[] = [];
  const put = (id: string, figures: unknown, isEmpty: boolean): void => {
    const row = rows.get(id);
    if (row && JSON.stringify(row.figures) !== JSON.stringify(figures))
      changes.push(update('statistics', row, { figures }));
    if (!row && !isEmpty) changes.push(insert('statistics', { id, figures }));
  };
  const before = flowsOfStep(rows.get(statisticId('figures', 'step', allFlows, step)));
  const flows = [...new Set([...before, ...found.flows.keys()])].sort();
  let all: Figures = noFigures;
  let allWorkers: WorkerFigures = {};
  const each = (flow: string, figures: Figures, workers: WorkerFigures, more?: Pick<StepOfAll, 'flows'>): void => {
    const id = statisticId('figures', 'step', flow, step);
    const { flows: _, ...known } = (rows.get(id)?.figures ?? noFigures) as StepOfAll;
    put(id, { ...figures, ...more }, isNothing(figures));
    const added = subtractFigures(figures, known);
    for (const sumId of [statisticId('figures', 'hour', flow, hourOf(step)), statisticId('figures', 'ever', flow)]) {
      const sum = addFigures((rows.get(sumId)?.figures ?? noFigures) as Figures, added);
      put(sumId, sum, isNothing(sum));
    }
    const workersId = statisticId('workers', 'step', flow, step);
    const knownWorkers = (rows.get(workersId)?.figures ?? {}) as WorkerFigures;
    put(workersId, workers, isNothing(workers));
    const hourId = statisticId('workers', 'hour', flow, hourOf(step));
    const hour = addWorkers((rows.get(hourId)?.figures ?? {}) as WorkerFigures, subtractWorkers(workers, knownWorkers));
    put(hourId, hour, isNothing(hour));
  };
  for (const flow of flows) {
    const { figures, workers } = found.flows.get(flow) ?? { figures: noFigures, workers: {} };
    all = addFigures(all, withoutFields(figures));
    allWorkers = addWorkers(allWorkers, workers);
    each(flow, figures, workers);
  }
  each(allFlows, all, allWorkers, { flows: [...found.flows.keys()].sort() });
  return changes;
}

/** The setting after a count; a count that relied on another position is refused. */
export function moveCount(setting: Setting | undefined, { counted, settled }: CountPosition): Change {
  const value = `${counted} ${settled}`;
  return setting ? update('settings', setting, { value }) : insert('settings', { name: countedUntil, value });
}
