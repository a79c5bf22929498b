/** Figures of human loops, by flow definition: those of the statistics, since the beginning and now. */
import { statisticId, stepMs } from '../domain/count-statistics.ts';
import { addFigures, boundOf, type Durations, type Figures, noFigures } from '../domain/statistics.ts';
import { forecast, waitingOf } from '../domain/waiting.ts';
import { liveFigures } from '../store/live-figures.ts';
import { loadPresent } from '../store/load-present.ts';
import type { Store } from '../store/store.ts';
import type { Family, Sample } from './exposition.ts';
import { histogram } from './request-figures.ts';

/** Flow definitions that are shown, the newest; each has about sixty series. */
export const mostFlows = 50;
const hourMs = 3_600_000;
/** Of so many hours the pace of answers is taken. */
const paceHours = 3;

/** Powers of 4 in milliseconds from one second to twelve days: bounds of the classes that figures are kept in. */
const bounds = [10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30].map((power) => 2 ** power / 1000);

export interface LoopFigures {
  families(store: Store, now: number): Promise<readonly Family[]>;
}

interface FlowOfMetrics {
  readonly name: string;
  readonly ever: Figures;
  readonly waiting: ReturnType<typeof waitingOf>;
  readonly held: number;
  readonly answersPerHour: number;
}

export function createLoopFigures(): LoopFigures {
  /** What was last shown: a counter that goes back would be taken for one that began anew, and all of it counted again. */
  const shown = new Map<string, number>();

  function notBelow(key: string, value: number): number {
    const most = Math.max(value, shown.get(key) ?? 0);
    shown.set(key, most);
    return most;
  }

  return {
    async families(store, now) {
      const { flows, leftOut, complete, countedAt } = await load(store, now);
      const each = (sample: (flow: FlowOfMetrics) => readonly Sample[]): Sample[] => flows.flatMap(sample);
      const label = ({ name }: FlowOfMetrics) => ({ flow_definition: name });
      const gauge = (name: string, help: string, value: (flow: FlowOfMetrics) => number | undefined): Family => ({
        name,
        type: 'gauge',
        help,
        samples: each((flow) => {
          const found = value(flow);
          return found === undefined ? [] : [{ labels: label(flow), value: found }];
        }),
      });
      const counter = (name: string, help: string, value: (figures: Figures) => number): Family => ({
        name,
        type: 'counter',
        help,
        samples: each((flow) => [{ labels: label(flow), value: notBelow(`${name} ${flow.name}`, value(flow.ever)) }]),
      });
      const durations = (name: string, help: string, of: (figures: Figures) => Durations): Family => ({
        name,
        type: 'histogram',
        help,
        samples: each((flow) => {
          const { classes, sumMs } = of(flow.ever);
          const counts = countsOf(classes).map((count, index) => notBelow(`${name} ${index} ${flow.name}`, count));
          return histogram(label(flow), bounds, counts, notBelow(`${name} sum ${flow.name}`, sumMs) / 1000);
        }),
      });
      return [
        counter('human_loops_started_total', 'Human loops started.', ({ started }) => started),
        {
          name: 'human_loops_ended_total',
          type: 'counter',
          help: 'Human loops that ended, by how: Completed, Failed, Stopped or Expired.',
          samples: each((flow) =>
            (['completed', 'failed', 'stopped', 'expired'] as const).map((outcome) => ({
              labels: { ...label(flow), outcome: `${outcome[0]!.toUpperCase()}${outcome.slice(1)}` },
              value: notBelow(`${outcome} ${flow.name}`, flow.ever[outcome]),
            })),
          ),
        },
        counter('answers_total', 'Answers that workers submitted.', ({ answers }) => answers),
        counter(
          'answer_pairs_total',
          'Pairs of answers to the same completed loop.',
          ({ agreement }) => agreement.pairs,
        ),
        counter(
          'answer_pairs_equal_total',
          'Pairs of answers to the same completed loop that are the same JSON value.',
          ({ agreement }) => agreement.equal,
        ),
        durations(
          'time_to_acceptance_seconds',
          'From the start of a loop to its first acceptance, of loops that ended.',
          ({ acceptance }) => acceptance,
        ),
        durations(
          'time_to_completion_seconds',
          'From the start of a loop to its completion.',
          ({ completion }) => completion,
        ),
        durations(
          'active_time_seconds',
          'How long workers worked on a completed loop, all answers together.',
          ({ active }) => active,
        ),
        gauge('tasks_waiting', 'Tasks that a worker can accept.', ({ waiting }) => waiting.tasks),
        gauge('answers_needed', 'Answers that are missing to waiting tasks.', ({ waiting }) => waiting.needed),
        gauge('assignments_held', 'Assignments that workers hold.', ({ held }) => held),
        gauge('oldest_waiting_seconds', 'Age of the oldest waiting task; 0 when none waits.', ({ waiting }) =>
          waiting.tasks === 0 ? 0 : Math.max(0, now - waiting.oldest) / 1000,
        ),
        gauge(
          'tasks_late_forecast',
          'Waiting tasks that cannot be done before their availability ends at the pace of the last three hours.',
          ({ waiting, answersPerHour }) => forecast(waiting, answersPerHour, now).late,
        ),
        gauge(
          'queue_empty_seconds_forecast',
          'Seconds until nothing waits at the pace of the last three hours; left out when nobody answers.',
          ({ waiting, answersPerHour }) => {
            const { emptyAt } = forecast(waiting, answersPerHour, now);
            return emptyAt === undefined ? undefined : Math.max(0, emptyAt - now) / 1000;
          },
        ),
        plain(
          'flow_definitions_left_out',
          `Flow definitions that are not shown: beyond the ${mostFlows} newest.`,
          leftOut,
        ),
        plain(
          'statistics_complete',
          'Whether all that happened is counted: 1, or 0 while a count catches up.',
          complete ? 1 : 0,
        ),
        plain(
          'waiting_counted_age_seconds',
          'How long ago waiting tasks were counted.',
          Math.max(0, now - countedAt) / 1000,
        ),
      ];
    },
  };
}

export const plain = (name: string, help: string, value: number): Family => ({
  name,
  type: 'gauge',
  help,
  samples: [{ value }],
});

function countsOf(classes: Durations['classes']): number[] {
  const counts = Array.from({ length: bounds.length + 1 }, () => 0);
  for (const [index, count] of Object.entries(classes)) {
    const place = bounds.findIndex((bound) => boundOf(Number(index)) / 1000 <= bound);
    counts[place < 0 ? bounds.length : place]! += count;
  }
  return counts;
}

async function load(store: Store, now: number) {
  const [live, present, newest, total] = await Promise.all([
    liveFigures(store, now),
    loadPresent(store, now),
    store.flowDefinitions({ order: 'Descending', limit: mostFlows }),
    store.countFlowDefinitions(10_000),
  ]);
  const ever = new Map(
    (await store.statisticsOf(newest.map(({ id }) => statisticId('figures', 'ever', id)))).map((row) => [
      row.id,
      row.figures as Figures,
    ]),
  );
  const flows = await Promise.all(
    newest.map(async ({ id, name }): Promise<FlowOfMetrics> => {
      const happened = [...live.steps.values()].map(({ flows: found }) => found.get(id)?.figures ?? noFigures);
      const lately = await hours(store, id, live.from, now);
      const current = happened.reduce(addFigures, noFigures);
      return {
        name,
        ever: addFigures(ever.get(statisticId('figures', 'ever', id)) ?? noFigures, current),
        waiting: waitingOf(present.waiting, id),
        held: present.open.find(({ flowDefinitionId }) => flowDefinitionId === id)?.held ?? 0,
        answersPerHour: (lately + current.answers) / paceHours,
      };
    }),
  );
  return {
    flows,
    leftOut: Math.max(0, total - newest.length),
    complete: live.complete,
    countedAt: present.waiting.countedAt,
  };
}

/** Answers of the last hours that are counted. */
async function hours(store: Store, flow: string, until: number, now: number): Promise<number> {
  const from = Math.floor(now / stepMs) * stepMs + stepMs - paceHours * hourMs;
  if (until <= from) return 0;
  const rows = await store.statistics(
    statisticId('figures', 'step', flow, from),
    statisticId('figures', 'step', flow, until),
  );
  return rows.reduce((sum, { figures }) => sum + (figures as Figures).answers, 0);
}
