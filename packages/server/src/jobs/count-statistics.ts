import { type Change, discard, insert, update } from '../domain/change.ts';
import {
  allFlows,
  type CountPosition,
  countAgain,
  countDelayMs,
  countedUntil,
  countStep,
  flowsOfStep,
  idsOfStep,
  moveCount,
  nextStep,
  readCountPosition,
  settleDelayMs,
  statisticId,
  stepMs,
  stepOf,
} from '../domain/count-statistics.ts';
import { waitingId } from '../domain/waiting.ts';
import { collectFigures } from '../store/collect-figures.ts';
import { collectWaiting, mostWaitingLive } from '../store/collect-waiting.ts';
import type { JobContext, JobHandler } from './job.ts';

/** Steps that are looked at in one commit, as long as nothing is found. */
const mostTogether = 50;

/** Counts the next step of the statistics, and sees to it that the count goes on. */
export const countStatistics: JobHandler = async (context, { dueAt }) => {
  const { store, now } = context;
  // By a clock that was set back the next one must not have the name of this one, which ends now.
  const later = Math.max(now, dueAt);
  const setting = await store.setting(countedUntil);
  let position = readCountPosition(setting) ?? (await leap(context, { counted: 0, settled: 0 }));
  for (let looked = 0; ; looked++) {
    const { step, position: next } = nextStep(position, now);
    if (step === undefined)
      return { done: true, changes: [moveCount(setting, next), ...(await measure(context)), countAgain(later, false)] };
    const changes = await count(context, step);
    position = changes.length > 0 ? next : await leap(context, next);
    // Steps in which nothing happened go together.
    if (changes.length === 0 && looked < mostTogether) continue;
    const isBehind = nextStep(position, now).step !== undefined;
    return {
      done: true,
      changes: [...changes, moveCount(setting, position), ...(await measure(context)), countAgain(later, isBehind)],
    };
  }
};

async function count({ store }: JobContext, step: number): Promise<Change[]> {
  const found = await collectFigures(store, step, step + stepMs);
  const [all] = await store.statisticsOf([statisticId('figures', 'step', allFlows, step)]);
  const flows = [...new Set([...found.flows.keys(), ...flowsOfStep(all)])];
  return countStep({ step, found, rows: await store.statisticsOf(idsOfStep(step, flows)) });
}

/** Over a time in which nothing happened, unless its steps are to be counted a second time. */
async function leap({ store, now }: JobContext, position: CountPosition): Promise<CountPosition> {
  if (position.settled !== position.counted) return position;
  // What is late may still belong to the last hours.
  const next = Math.min(stepOf((await store.nextActivity(position.counted)) ?? now), stepOf(now - settleDelayMs));
  return next > position.counted ? { counted: next, settled: next } : position;
}

/** When a store was last looked at, so that a count that is behind does not look at it with every step. */
const measured = new WeakMap<JobContext['store'], number>();

/** Counts what waits where that is too much for whoever asks; where it is not, nothing is kept. */
async function measure({ store, now }: JobContext): Promise<Change[]> {
  if (Math.abs(now - (measured.get(store) ?? 0)) < stepMs - countDelayMs) return [];
  const few = await collectWaiting(store, now, mostWaitingLive);
  const row = await store.statistic(waitingId);
  const figures = few ?? (await collectWaiting(store, now));
  measured.set(store, now);
  if (few) return row ? [discard('statistics', waitingId)] : [];
  return [row ? update('statistics', row, { figures }) : insert('statistics', { id: waitingId, figures })];
}
