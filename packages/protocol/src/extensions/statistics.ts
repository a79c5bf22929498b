// Operations of our own on figures: what happened with human loops, what waits, and what workers did.
import { holdpointOperations } from '../operations/operation.ts';
import { boolean, integer, list, type NumberShape, oneOf, string, structure, timestamp } from '../shape.ts';

/** A whole number that may be above 2^31. */
const count: NumberShape = { type: 'long' };
const seconds: NumberShape = { type: 'double' };

/** The name of a flow definition. */
const FlowDefinitionName = string({ min: 1, max: 63, pattern: '[a-z0-9](-*[a-z0-9]){0,62}' });

/** Which time is looked at. */
const range = {
  /** Only loops of this flow definition; those of all flow definitions without it. */
  FlowDefinitionName,
  /** The last hour, day, week or 30 days, up to now; `Day` unless StartTime is given. */
  Range: oneOf('Hour', 'Day', 'Week', 'Month'),
  /** Instead of Range: from the step that has this moment. */
  StartTime: timestamp,
  /** With StartTime: up to the step that has the moment before this; up to now without it. */
  EndTime: timestamp,
  /** How long a step is; by default five minutes of an hour, hours of a day, hours of a week, days of anything longer. */
  Step: oneOf('FiveMinutes', 'Hour', 'Day'),
  /** Where days begin and end, as the name of a time zone such as `Europe/Berlin`; `UTC` without it. */
  TimeZone: string({ min: 1, max: 64, pattern: '[A-Za-z0-9_+\\-/]+' }),
} as const;

/** How long something took, in seconds. Quantiles are at most 4.5 % away from the true ones. */
const Durations = structure(
  {
    /** Of how many. */
    Count: count,
    /** Their sum divided by their number. */
    Mean: seconds,
    /** Half of them took no longer. */
    P50: seconds,
    /** Nine of ten took no longer. */
    P90: seconds,
  },
  ['Count'],
);

const figures = {
  /** Loops that were started then. */
  Started: count,
  /** Loops that became Completed then. */
  Completed: count,
  /** Loops that became Failed then, but for those that expired. */
  Failed: count,
  /** Loops that became Stopped then. */
  Stopped: count,
  /** Loops that became Failed then because the availability of their task ended with answers missing. */
  Expired: count,
  /** Answers that were submitted then. */
  Answers: count,
  /** Of the loops that ended then and were ever accepted: from the start to the first acceptance. */
  TimeToAcceptance: Durations,
  /** Of the loops that were Completed then: from the start to the completion. */
  TimeToCompletion: Durations,
  /** Of the loops that were Completed then: how long workers worked on them, all answers together, pauses left out. */
  ActiveTime: Durations,
} as const;
const figureNames = [
  'Started',
  'Completed',
  'Failed',
  'Stopped',
  'Expired',
  'Answers',
  'TimeToAcceptance',
  'TimeToCompletion',
  'ActiveTime',
] as const;

/** Pairs of answers to one loop, by two workers each. */
const pairs = {
  /** How many pairs there are. */
  Pairs: count,
  /** Pairs whose values are the same JSON value. */
  EqualPairs: count,
} as const;

const answeredRange = {
  /** Where the first step begins. */
  StartTime: timestamp,
  /** Where the last step ends, or now where it runs. */
  EndTime: timestamp,
  /** How long each step is. */
  Step: oneOf('FiveMinutes', 'Hour', 'Day'),
  /** Where days begin and end. */
  TimeZone: string(),
  /** False when something of this time is not counted yet: after an upgrade, or under a load that is too high to follow. */
  Complete: boolean,
} as const;

export const statisticsOperations = holdpointOperations({
  /**
   * Answers how many loops were started and ended in a time and how long they took, step by step; what waits for workers now;
   * and what will be late at today's pace. Loops that were deleted or purged long after they ended stay in the figures.
   *
   * @error ResourceNotFound there is no such flow definition
   */
  GetStatistics: {
    input: structure(range),
    output: structure(
      {
        ...answeredRange,
        /** All steps together. */
        Totals: structure(figures, figureNames),
        /** One after the other, those too in which nothing happened. */
        Steps: list(
          structure({ /** Where it begins. */ StartTime: timestamp, ...figures }, ['StartTime', ...figureNames]),
        ),
        /** How far workers agree who answered the same loop, of those that were Completed in this time. Chance is not taken off. */
        Agreement: structure(
          {
            ...pairs,
            /** Each top-level field of the answers, of one flow definition only: pairs of which one answer has it at least. */
            Fields: list(
              structure({ /** The name of the field, or of the worker, who may be gone. */ Name: string(), ...pairs }, [
                'Name',
                'Pairs',
                'EqualPairs',
              ]),
            ),
          },
          ['Pairs', 'EqualPairs', 'Fields'],
        ),
        /** How it is now, whatever the range. */
        Now: structure(
          {
            /** Tasks that a worker can accept. */
            WaitingTasks: count,
            /** Answers that are missing to them. */
            AnswersNeeded: count,
            /** When the oldest of them was made. */
            OldestWaitingSince: timestamp,
            /** Assignments that workers hold. */
            Held: count,
            /** When this was counted; more than 2,000 waiting tasks are counted every five minutes. */
            CountedAt: timestamp,
          },
          ['WaitingTasks', 'AnswersNeeded', 'Held', 'CountedAt'],
        ),
        /** What becomes of the waiting tasks if answers go on to come as in the last three hours and nothing new is started. */
        Forecast: structure(
          {
            /** Answers of the last three hours, for each hour. */
            AnswersPerHour: seconds,
            /** Tasks that cannot be done before their availability ends, even if those that end first are done first. */
            LateTasks: count,
            /** When nothing waits any more; not there when nobody answers. */
            EmptyTime: timestamp,
          },
          ['AnswersPerHour', 'LateTasks'],
        ),
      },
      ['StartTime', 'EndTime', 'Step', 'TimeZone', 'Complete', 'Totals', 'Steps', 'Agreement', 'Now', 'Forecast'],
    ),
    errors: ['ResourceNotFound'],
  },
  /**
   * Answers how many answers each worker submitted in a time, step by step, and how long they worked on them. Workers who
   * submitted none are left out.
   *
   * @error ResourceNotFound there is no such flow definition
   */
  GetWorkerStatistics: {
    input: structure(range),
    output: structure(
      {
        ...answeredRange,
        /** Where each step begins. */
        StepStartTimes: list(timestamp),
        /** Those first who submitted most. */
        Workers: list(
          structure(
            {
              /** The worker's id in this installation. */
              WorkerId: string(),
              /** Not there when there is no such worker any more. */
              Name: string(),
              /** Not there when there is no such worker any more. */
              Email: string(),
              /** How many they submitted. */
              Answers: count,
              /** How long they worked on them, pauses left out. */
              ActiveSeconds: seconds,
              /** Answers for each hour of active time. */
              AnswersPerActiveHour: seconds,
              /** Answers of each step. */
              AnswersByStep: list(integer()),
            },
            ['WorkerId', 'Answers', 'ActiveSeconds', 'AnswersByStep'],
          ),
        ),
      },
      ['StartTime', 'EndTime', 'Step', 'TimeZone', 'Complete', 'StepStartTimes', 'Workers'],
    ),
    errors: ['ResourceNotFound'],
  },
});
