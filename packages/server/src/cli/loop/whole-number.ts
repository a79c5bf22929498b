import { UsageError } from '../usage-error.ts';

/**
 * The whole number of an option.
 *
 * @throws UsageError with one sentence when it is none or out of bounds.
 */
export function wholeNumber(text: string, option: string, min: number, max = Number.MAX_SAFE_INTEGER): number {
  const number = /^\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  const bounds =
    max === Number.MAX_SAFE_INTEGER ? `of ${min} or more` : `from ${min} to ${max.toLocaleString('en-US')}`;
  throw new UsageError(`${option} takes a whole number ${bounds}, not '${text}'.`);
}
