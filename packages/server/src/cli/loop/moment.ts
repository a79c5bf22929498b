/** Moments as people write them on a command line: `2026-11-25`, `2026-11-25T15:00:00Z`, or how long ago, as in `2h`. */
import { parseDuration } from '../duration.ts';
import { UsageError } from '../usage-error.ts';

const written = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * The moment that a text names.
 *
 * @param option names what it was given for, as in `--after`.
 * @throws UsageError with one sentence when it is none.
 */
export function parseMoment(text: string, option: string, now = Date.now()): Date {
  const given = text.trim();
  if (/^(?:\d+[dhms])+$/i.test(given)) return new Date(now - parseDuration(given, option, { min: 0 }) * 1000);
  const moment = written.test(given) ? new Date(inUtc(given)) : new Date(Number.NaN);
  if (!Number.isNaN(moment.getTime())) return moment;
  throw new UsageError(
    `${option} takes a moment such as 2026-11-25 or 2026-11-25T15:00:00Z, or how long ago, as in 2h or 7d, not '${text}'.`,
  );
}

/** A date alone is midnight in UTC already; a time of day without a zone would be read as this machine's. */
function inUtc(text: string): string {
  const moment = text.replace(' ', 'T');
  return /T/i.test(moment) && !/(?:Z|[+-]\d{2}:?\d{2})$/i.test(moment) ? `${moment}Z` : moment;
}
