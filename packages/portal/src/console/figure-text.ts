// Figures as operators read them.
import { duration } from './english.ts';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const finest = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

export const countText = (value: number): string => whole.format(value);
export const rateText = (value: number): string => fine.format(value);

/** A length of time in seconds; a dash where there is none. */
export const secondsText = (seconds: number | undefined): string =>
  seconds === undefined
    ? '–'
    : seconds < 1
      ? `${finest.format(seconds)} s`
      : seconds < 10
        ? `${fine.format(seconds)} s`
        : duration(seconds);

/** A share in percent; a dash of nothing. */
export const shareText = (part: number, of: number): string => (of === 0 ? '–' : `${fine.format((100 * part) / of)} %`);
