import { ApiError, type OperationInput } from '@holdpoint/protocol';
import { hourMs, stepMs } from '../../domain/count-statistics.ts';

export type Step = 'FiveMinutes' | 'Hour' | 'Day';

/** Steps of a time, one after the other: each begins where the one before ends. */
export interface TimeSteps {
  readonly step: Step;
  readonly timeZone: string;
  /** Where each begins. */
  readonly starts: readonly number[];
  /** Where the last one ends. */
  readonly end: number;
}

const dayMs = 24 * hourMs;
const ranges = { Hour: hourMs, Day: dayMs, Week: 7 * dayMs, Month: 30 * dayMs } as const;
/** Of one answer: a week of five minutes, and some. */
const mostSteps = 2100;

/**
 * The steps that a request means. A range up to now ends with the step that runs; it has as many steps as fit into it.
 *
 * @throws ApiError ValidationException
 */
export function timeSteps(input: OperationInput<'GetStatistics'>, now: number): TimeSteps {
  const timeZone = input.TimeZone ?? 'UTC';
  const offset = offsetIn(timeZone);
  if (input.StartTime && input.Range) throw new ApiError('ValidationException', 'Give Range or StartTime, not both.');
  if (input.EndTime && !input.StartTime) throw new ApiError('ValidationException', 'EndTime goes with StartTime.');
  const last = input.EndTime ? input.EndTime.getTime() - 1 : now;
  const length = input.StartTime ? last - input.StartTime.getTime() : ranges[input.Range ?? 'Day'];
  if (length < 0) throw new ApiError('ValidationException', 'StartTime must be before EndTime and not after now.');
  const step = input.Step ?? stepFor(length);
  const starts: number[] = [];
  const from = input.StartTime?.getTime() ?? afterStep(now, step, offset) - length;
  let start = startOf(from, step, offset);
  // Days have 23 or 25 hours now and then: as many as are asked for, up to today.
  if (!input.StartTime && step === 'Day') start = startOf(from + dayMs / 2, step, offset);
  for (; start <= last; start = afterStep(start, step, offset)) {
    starts.push(start);
    if (starts.length > mostSteps)
      throw new ApiError(
        'ValidationException',
        `This time has more than ${mostSteps} steps: choose a longer Step or a shorter time.`,
      );
  }
  return { step, timeZone, starts, end: start };
}

const stepFor = (length: number): Step => (length <= 2 * hourMs ? 'FiveMinutes' : length <= 8 * dayMs ? 'Hour' : 'Day');

function startOf(time: number, step: Step, offset: (time: number) => number): number {
  if (step === 'FiveMinutes') return Math.floor(time / stepMs) * stepMs;
  if (step === 'Hour') return Math.floor(time / hourMs) * hourMs;
  return midnight(Math.floor((time + offset(time)) / dayMs), offset);
}

const afterStep = (time: number, step: Step, offset: (time: number) => number): number =>
  step === 'Day'
    ? midnight(Math.floor((time + offset(time)) / dayMs) + 1, offset)
    : startOf(time, step, offset) + (step === 'Hour' ? hourMs : stepMs);

/** When a day begins, by its number since 1970 where it is lived. A midnight that a change of the clock leaves out is the moment of it. */
function midnight(day: number, offset: (time: number) => number): number {
  const local = day * dayMs;
  const guess = local - offset(local);
  const time = local - offset(guess);
  const dayOf = (at: number): number => Math.floor((at + offset(at)) / dayMs);
  const found = dayOf(time) < day ? guess : Math.min(time, dayOf(guess) === day ? guess : time);
  return Math.floor(found / stepMs) * stepMs;
}

/** How far a zone's clock is ahead of UTC at a moment, in milliseconds. */
function offsetIn(timeZone: string): (time: number) => number {
  if (timeZone === 'UTC') return () => 0;
  const format = formatOf(timeZone);
  const known = new Map<number, number>();
  return (time) => {
    const minute = Math.floor(time / 60_000);
    const before = known.get(minute);
    if (before !== undefined) return before;
    const parts = Object.fromEntries(
      format.formatToParts(minute * 60_000).map(({ type, value }) => [type, Number(value)]),
    );
    const { year, month, day, hour, minute: minutes } = parts as Record<string, number>;
    const offset = Date.UTC(year!, month! - 1, day!, hour!, minutes!) - minute * 60_000;
    known.set(minute, offset);
    return offset;
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  } catch {
    throw new ApiError(
      'ValidationException',
      `TimeZone '${timeZone}' is not known; give a name such as Europe/Berlin.`,
    );
  }
}
