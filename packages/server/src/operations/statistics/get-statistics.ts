import type { OperationOutput } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import {
  addFigures,
  type Durations,
  type Figures,
  noFigures,
  quantile,
  withoutFields,
} from '../../domain/statistics.ts';
import { forecast, waitingOf } from '../../domain/waiting.ts';
import { loadPresent } from '../../store/load-present.ts';
import { loadFlowDefinition } from '../flow-definition/load-flow-definition.ts';
import { lastHours, loadSteps, type Wanted } from './load-steps.ts';
import { timeSteps } from './time-steps.ts';

type Output = OperationOutput<'GetStatistics'>;

/** Of so many hours the pace of answers is taken. */
const paceHours = 3;

/** What happened step by step, what waits, and what will be late. */
export const getStatistics: OperationHandler<'GetStatistics'> = async (context, input) => {
  const { store, now } = context;
  const flow = input.FlowDefinitionName && (await loadFlowDefinition(context, input.FlowDefinitionName));
  const flowId = flow ? flow.id : undefined;
  const time = timeSteps(input, now);
  const wanted: Wanted<Figures> = {
    kind: 'figures',
    nothing: noFigures,
    add: addFigures,
    live: ({ figures }) => (flowId === undefined ? withoutFields(figures) : figures),
  };
  const [{ steps, complete }, lately, present] = await Promise.all([
    loadSteps(store, now, time, flowId, wanted),
    loadSteps(store, now, lastHours(now, paceHours), flowId, wanted),
    loadPresent(store, now),
  ]);
  const totals = steps.reduce(addFigures, noFigures);
  const waiting = waitingOf(present.waiting, flowId);
  const answersPerHour = (lately.steps[0]?.answers ?? 0) / paceHours;
  const { emptyAt, late } = forecast(waiting, answersPerHour, now);
  return {
    StartTime: new Date(time.starts[0]!),
    EndTime: new Date(Math.min(time.end, now)),
    Step: time.step,
    TimeZone: time.timeZone,
    Complete: complete && present.waiting.countedAt > 0,
    Totals: described(totals),
    Steps: steps.map((figures, index) => ({ StartTime: new Date(time.starts[index]!), ...described(figures) })),
    Agreement: agreement(totals),
    Now: {
      WaitingTasks: waiting.tasks,
      AnswersNeeded: waiting.needed,
      ...(waiting.tasks > 0 && { OldestWaitingSince: new Date(waiting.oldest) }),
      Held: present.open.reduce(
        (sum, { flowDefinitionId, held }) => (flowId === undefined || flowId === flowDefinitionId ? sum + held : sum),
        0,
      ),
      CountedAt: new Date(present.waiting.countedAt),
    },
    Forecast: {
      AnswersPerHour: rounded(answersPerHour),
      LateTasks: late,
      ...(emptyAt !== undefined && { EmptyTime: new Date(Math.min(emptyAt, latestTime)) }),
    },
  };
};

/** The last moment of the year 9999. */
const latestTime = 253_402_300_799_000;

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

const described = (figures: Figures): Output['Totals'] => ({
  Started: figures.started,
  Completed: figures.completed,
  Failed: figures.failed,
  Stopped: figures.stopped,
  Expired: figures.expired,
  Answers: figures.answers,
  TimeToAcceptance: durations(figures.acceptance),
  TimeToCompletion: durations(figures.completion),
  ActiveTime: durations(figures.active),
});

function durations(of: Durations): Output['Totals']['ActiveTime'] {
  const [half, most] = [quantile(of, 0.5), quantile(of, 0.9)];
  if (half === undefined || most === undefined) return { Count: 0 };
  return {
    Count: of.count,
    Mean: rounded(of.sumMs / of.count / 1000),
    P50: rounded(half / 1000),
    P90: rounded(most / 1000),
  };
}

function agreement({ agreement: { pairs, equal, fields } }: Figures): Output['Agreement'] {
  const listed = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    Pairs: pairs,
    EqualPairs: equal,
    Fields: listed.map(([Name, [Pairs, EqualPairs]]) => ({ Name, Pairs, EqualPairs })),
  };
}
