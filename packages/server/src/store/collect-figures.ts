import { agreementOf } from '../domain/agreement.ts';
import type { StepFigures } from '../domain/count-statistics.ts';
import {
  addFigures,
  addWorkers,
  durationOf,
  type Figures,
  noFigures,
  type WorkerFigures,
} from '../domain/statistics.ts';
import type { LoopEnd } from './statistics.ts';
import type { Store } from './store.ts';

/** Loops that are read at once; requests come in between. */
const pageLoops = 500;

export interface Collected extends StepFigures {
  /** Whether all loops that ended were looked at. */
  readonly complete: boolean;
}

/**
 * Counts what happened from a moment until before another, from the rows themselves.
 *
 * @param limit how many loops that ended are looked at at most.
 */
export async function collectFigures(
  store: Store,
  from: number,
  to: number,
  limit = Number.POSITIVE_INFINITY,
): Promise<Collected> {
  const flows = new Map<string, { figures: Figures; workers: WorkerFigures }>();
  const add = (flow: string, more: Partial<Figures>, workers: WorkerFigures = {}): void => {
    const known = flows.get(flow) ?? { figures: noFigures, workers: {} };
    flows.set(flow, {
      figures: addFigures(known.figures, { ...noFigures, ...more }),
      workers: addWorkers(known.workers, workers),
    });
  };
  for (const { flowDefinitionId, started } of await store.loopStarts(from, to)) add(flowDefinitionId, { started });
  for (const { flowDefinitionId, workerId, answers, activeMs } of await store.answersGiven(from, to))
    add(flowDefinitionId, { answers, answersMs: activeMs }, { [workerId]: [answers, activeMs] });
  let looked = 0;
  for (let after: LoopEnd | undefined; ; ) {
    const ends = await store.loopEnds({ from, to, after, limit: Math.min(pageLoops, limit - looked) });
    for (const end of ends) add(end.flowDefinitionId, await figuresOf(store, end));
    looked += ends.length;
    after = ends.at(-1);
    if (ends.length < pageLoops && looked < limit) return { flows, complete: true };
    if (looked >= limit) return { flows, complete: false };
    await new Promise(setImmediate);
  }
}

async function figuresOf(store: Store, end: LoopEnd): Promise<Partial<Figures>> {
  const acceptance = end.acceptedAt === null ? {} : { acceptance: durationOf(end.acceptedAt - end.createdAt) };
  if (end.status === 'Stopped') return { ...acceptance, stopped: 1 };
  if (end.status !== 'Completed')
    return { ...acceptance, ...(end.failureCode === 'Expired' ? { expired: 1 } : { failed: 1 }) };
  const several = end.answers > 1 ? await store.answersOfHumanLoop(end.id) : [];
  return {
    ...acceptance,
    completed: 1,
    completion: durationOf(end.finishedAt - end.createdAt),
    // Those of a loop whose answers are purged already are not known.
    ...(end.answers > 0 && { active: durationOf(end.activeMs) }),
    ...(several.length > 1 && { agreement: agreementOf(several.map(({ answerContent }) => answerContent)) }),
  };
}
