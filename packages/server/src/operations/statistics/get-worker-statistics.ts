import type { OperationHandler } from '../../context.ts';
import { addWorkers, type WorkerFigures } from '../../domain/statistics.ts';
import { loadFlowDefinition } from '../flow-definition/load-flow-definition.ts';
import { loadSteps, type Wanted } from './load-steps.ts';
import { timeSteps } from './time-steps.ts';

const wanted: Wanted<WorkerFigures> = {
  kind: 'workers',
  nothing: {},
  add: addWorkers,
  live: ({ workers }) => workers,
};

/** What each worker did, step by step. */
export const getWorkerStatistics: OperationHandler<'GetWorkerStatistics'> = async (context, input) => {
  const { store, now } = context;
  const flow = input.FlowDefinitionName && (await loadFlowDefinition(context, input.FlowDefinitionName));
  const time = timeSteps(input, now);
  const [{ steps, complete }, workers] = await Promise.all([
    loadSteps(store, now, time, flow ? flow.id : undefined, wanted),
    store.workers(),
  ]);
  const known = new Map(workers.map((worker) => [worker.id, worker]));
  const totals = Object.entries(steps.reduce(addWorkers, {}));
  return {
    StartTime: new Date(time.starts[0]!),
    EndTime: new Date(Math.min(time.end, now)),
    Step: time.step,
    TimeZone: time.timeZone,
    Complete: complete,
    StepStartTimes: time.starts.map((start) => new Date(start)),
    Workers: totals
      .sort(([, [a]], [, [b]]) => b - a)
      .map(([id, [answers, milliseconds]]) => {
        const worker = known.get(id);
        return {
          WorkerId: id,
          ...(worker && { Name: worker.name, Email: worker.emailAsGiven }),
          Answers: answers,
          ActiveSeconds: milliseconds / 1000,
          ...(milliseconds > 0 && {
            AnswersPerActiveHour: Math.round((answers / milliseconds) * 3_600_000_000) / 1000,
          }),
          AnswersByStep: steps.map((figures) => figures[id]?.[0] ?? 0),
        };
      }),
  };
};
