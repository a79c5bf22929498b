/** Lengths of time as people write them on a command line: `90s`, `30m`, `6h`, `3d`, `1h30m`. */
import { UsageError } from './usage-error.ts';

const units = { d: 86_400, h: 3600, m: 60, s: 1 } as const;
/** Beyond this a deadline is no moment that a calendar has. */
const longest = 100 * 365 * units.d;

/** What a length of time may be, in seconds; the API's bounds. */
export interface DurationBounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/**
 * The seconds of a length of time.
 *
 * @param option names what it was given for, as in `--time-limit`.
 * @throws UsageError with one sentence when it is none, or out of bounds.
 */
export function parseDuration(text: string, option: string, { min = 1, max = longest }: DurationBounds = {}): number {
  const seconds = secondsOf(text.trim().toLowerCase());
  if (seconds === undefined) {
    const example = /^\d+$/.test(text.trim()) ? `${text.trim()}s or ${text.trim()}m` : '90s, 30m, 6h, 3d or 1h30m';
    throw new UsageError(`${option} is a length of time with its unit, as in ${example}, not '${text}'.`);
  }
  if (seconds < min) throw new UsageError(`${option} must be ${formatDuration(min)} or longer, not ${text}.`);
  if (seconds > max) throw new UsageError(`${option} must be ${formatDuration(max)} or shorter, not ${text}.`);
  return seconds;
}

function secondsOf(text: string): number | undefined {
  if (!/^(?:\d{1,12}d)?(?:\d{1,12}h)?(?:\d{1,12}m)?(?:\d{1,12}s)?$/.test(text) || text === '') return undefined;
  return [...text.matchAll(/(\d+)([dhms])/g)]
    .map(([, count, unit]) => Number(count) * units[unit as keyof typeof units])
    .reduce((sum, seconds) => sum + seconds, 0);
}

/** Whole seconds in the form that `parseDuration` reads: `1h30m`. */
export function formatDuration(seconds: number): string {
  let left = Math.max(0, Math.round(seconds));
  let text = '';
  for (const [unit, size] of Object.entries(units)) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) text += `${count}${unit}`;
  }
  return text || '0s';
}
