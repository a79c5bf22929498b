import { countAt, countedUntil, readCountPosition, stepMs, stepOf } from '../domain/count-statistics.ts';
import { brieflyKept } from './briefly-kept.ts';
import { type Collected, collectFigures } from './collect-figures.ts';
import type { Store } from './store.ts';

/** Loops that ended in one step that are looked at; with more of them the answer is not complete. */
const mostEnds = 20_000;
/** Steps that are looked at: a count that is further behind catches up first. */
const mostSteps = 24;

/** Figures of the steps that are not counted yet. */
export interface LiveFigures {
  /** All steps before this are in the rows. */
  readonly from: number;
  readonly steps: ReadonlyMap<number, Collected>;
  readonly complete: boolean;
}

/** What happened since the last step that is counted. */
export const liveFigures = brieflyKept(look);

async function look(store: Store, now: number): Promise<LiveFigures> {
  const running = stepOf(now);
  const counted = readCountPosition(await store.setting(countedUntil))?.counted;
  // The clock was set back: the count has to be, too, and does not know it before it is its time.
  if (counted !== undefined && counted > running) await store.save([countAt(now, now)]);
  const from = Math.min(counted ?? running - (mostSteps - 1) * stepMs, running);
  const first = Math.max(from, running - (mostSteps - 1) * stepMs);
  const steps = new Map<number, Collected>();
  for (let step = first; step <= running; step += stepMs)
    steps.set(step, await collectFigures(store, step, step + stepMs, mostEnds));
  return {
    from,
    steps,
    complete: first === from && counted !== undefined && [...steps.values()].every(({ complete }) => complete),
  };
}
