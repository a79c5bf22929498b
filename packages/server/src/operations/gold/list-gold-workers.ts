import type { OperationHandler } from '../../context.ts';
import { goldWindow, isBarred } from '../../domain/gold.ts';
import type { GoldResult, Worker } from '../../domain/rows.ts';
import { loadFlowDefinition } from '../flow-definition/load-flow-definition.ts';

/** As many answers as are looked at. */
const mostResults = 20_000;
const dayMs = 86_400_000;

/** How workers answer the gold items of a flow, over time, and who gets no more of it. */
export const listGoldWorkers: OperationHandler<'ListGoldWorkers'> = async (context, input) => {
  const flowDefinition = await loadFlowDefinition(context, input.FlowDefinitionName);
  const results = await context.store.goldResults(flowDefinition.id, { limit: mostResults });
  const byWorker = Map.groupBy(results, ({ workerId }) => workerId);
  const workers = await context.store.workersById([...byWorker.keys()]);
  const described = workers.map((worker) => describe(worker, byWorker.get(worker.id)!, flowDefinition.id));
  return { Workers: described.sort((a, b) => (a.Accuracy ?? 1) - (b.Accuracy ?? 1)) };
};

/** @param results newest first */
function describe(worker: Worker, results: readonly GoldResult[], flowDefinitionId: string) {
  const { barredAt, since = 0 } = worker.goldStanding?.[flowDefinitionId] ?? {};
  const counted = results.filter(({ answeredAt }) => answeredAt >= since).slice(0, goldWindow);
  const days = [...Map.groupBy(results, ({ answeredAt }) => Math.floor(answeredAt / dayMs))];
  return {
    WorkerId: worker.identity.workerId,
    Email: worker.emailAsGiven,
    Name: worker.name,
    ...countsOf(results),
    ...(counted.length > 0 && { Accuracy: countsOf(counted).RightAnswers / counted.length }),
    IsBarred: isBarred(worker, flowDefinitionId),
    ...(barredAt !== undefined && { BarredTime: new Date(barredAt) }),
    Days: days.sort(([a], [b]) => a - b).map(([day, ofDay]) => ({ Day: new Date(day * dayMs), ...countsOf(ofDay) })),
  };
}

const countsOf = (results: readonly GoldResult[]) => ({
  Answers: results.length,
  RightAnswers: results.filter(({ isRight }) => isRight === 1).length,
});
