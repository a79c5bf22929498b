/** The difference between this machine's clock and the service's, learned from the service's answers. */
import { ServiceError } from './errors.ts';

/** A clock that is less than this wrong, in milliseconds, is left alone: signatures hold for five minutes. */
const tolerated = 4 * 60_000;

export interface Clock {
  /** The moment by the service's clock, as far as it is known. */
  now(): Date;
  /** Milliseconds by which the service's clock is ahead. */
  skew(): number;
  observe(skew: number | undefined): void;
}

export function createClock(now: () => number): Clock {
  let skew = 0;
  return {
    now: () => new Date(now() + skew),
    skew: () => skew,
    observe(seen) {
      if (seen !== undefined && Math.abs(seen - skew) >= tolerated) skew = seen;
    },
  };
}

/** What the `Date` of an answer says; nothing when it comes out of a cache. */
export function clockSkewOf(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const moment = Date.parse(headers.date ?? '');
  return Number.isNaN(moment) || headers.age !== undefined ? undefined : moment - now;
}

const codes = new Set([
  'RequestTimeTooSkewed',
  'RequestExpired',
  'RequestInTheFuture',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'AuthFailure',
]);

/** Whether a refusal may come from a wrong clock. */
export const isAboutTime = (error: unknown): boolean => error instanceof ServiceError && codes.has(error.code);
