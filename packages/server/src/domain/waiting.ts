/**
 * What waits for workers now, and when it will be done at today's pace. Up to some thousand waiting tasks are looked at whenever
 * somebody asks; of more, a job keeps what it found in a row, with the moment of its count.
 */

/** Tasks whose availability ends at about the same time, in the order of their ends. */
export type Ends = readonly (readonly [until: number, tasks: number, needed: number])[];

export interface FlowWaiting {
  readonly tasks: number;
  /** Answers that are missing. */
  readonly needed: number;
  /** When the oldest was made. */
  readonly oldest: number;
  readonly ends: Ends;
}

export interface Waiting {
  readonly countedAt: number;
  readonly flows: Readonly<Record<string, FlowWaiting>>;
}

/** The row in which the job keeps what it found. */
export const waitingId = 'waiting';

const minute = 60_000;
const hour = 3_600_000;

/** Ends within a day are told apart by five minutes, later ones by hours; the earlier moment stands for all. */
function roundedEnd(until: number, now: number): number {
  const grain = until - now < 24 * hour ? 5 * minute : hour;
  return Math.max(now, Math.floor(until / grain) * grain);
}

export interface WaitingCount {
  add(task: { flowDefinitionId: string; createdAt: number; availableUntil: number; needed: number }): void;
  result(): Waiting;
}

/** Counts waiting tasks one by one. Those whose availability is over already are about to be closed, and are left out. */
export function createWaitingCount(now: number): WaitingCount {
  const flows = new Map<
    string,
    { tasks: number; needed: number; oldest: number; ends: Map<number, [number, number]> }
  >();
  return {
    add({ flowDefinitionId, createdAt, availableUntil, needed }) {
      if (availableUntil <= now) return;
      const flow = flows.get(flowDefinitionId) ?? { tasks: 0, needed: 0, oldest: createdAt, ends: new Map() };
      flows.set(flowDefinitionId, flow);
      flow.tasks += 1;
      flow.needed += needed;
      flow.oldest = Math.min(flow.oldest, createdAt);
      const until = roundedEnd(availableUntil, now);
      const end = flow.ends.get(until) ?? [0, 0];
      flow.ends.set(until, [end[0] + 1, end[1] + needed]);
    },
    result: () => ({
      countedAt: now,
      flows: Object.fromEntries(
        [...flows].map(([id, { ends, ...flow }]) => [
          id,
          {
            ...flow,
            ends: [...ends].sort(([a], [b]) => a - b).map(([until, [tasks, needed]]) => [until, tasks, needed]),
          },
        ]),
      ),
    }),
  };
}

const nothingWaits: FlowWaiting = { tasks: 0, needed: 0, oldest: 0, ends: [] };

/** What waits of one flow definition, or of all together. */
export function waitingOf(waiting: Waiting, flowDefinitionId: string | undefined): FlowWaiting {
  const flows = Object.values(waiting.flows);
  if (flowDefinitionId !== undefined) return waiting.flows[flowDefinitionId] ?? nothingWaits;
  return {
    tasks: flows.reduce((sum, { tasks }) => sum + tasks, 0),
    needed: flows.reduce((sum, { needed }) => sum + needed, 0),
    oldest: flows.reduce((least, { oldest }) => Math.min(least, oldest), Number.POSITIVE_INFINITY),
    ends: flows.flatMap(({ ends }) => ends).sort(([a], [b]) => a - b),
  };
}

export interface Forecast {
  /** When nothing waits any more if nothing new comes; undefined when nobody answers. */
  readonly emptyAt: number | undefined;
  /** Waiting tasks that will not be done before their availability ends. */
  readonly late: number;
}

/**
 * What becomes of the waiting tasks when answers go on to come as they did lately and nothing new is started. Tasks that end
 * first are taken first, and one that cannot be done in time is left aside, so that as many as possible are: it is the best case.
 *
 * @param answersPerHour how many answers came lately.
 */
export function forecast(waiting: Pick<FlowWaiting, 'needed' | 'ends'>, answersPerHour: number, now: number): Forecast {
  const perMs = answersPerHour / hour;
  let done = 0;
  let late = 0;
  for (const [until, tasks, needed] of waiting.ends) {
    const each = needed / tasks;
    const room = Math.max(0, (until - now) * perMs - done);
    const inTime = Math.min(tasks, Math.floor(room / each + 1e-9));
    done += inTime * each;
    late += tasks - inTime;
  }
  const emptyAt = waiting.needed === 0 ? now : perMs > 0 ? now + waiting.needed / perMs : undefined;
  return { emptyAt: emptyAt === undefined ? undefined : Math.round(emptyAt), late };
}
