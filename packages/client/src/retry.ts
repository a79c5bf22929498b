/** The one retry policy, on what botocore tries again. */
import { ServiceError, UnansweredError } from './errors.ts';

/** Bounds of the random waiting times: 500 ms, doubled for each further attempt, at most 20 s. */
const firstBound = 500;
const mostBound = 20_000;

/** Answers with which a gateway gives up, or a service breaks down, while the call may have been carried out. */
const maybeDone: ReadonlySet<number | undefined> = new Set([500, 502, 504]);

/**
 * Whether a failed attempt is made again: throttling, the statuses 429, 500, 502, 503, 504 and 509, and requests without an
 * answer. What may have been carried out is not repeated where a repetition would make something twice.
 */
export function isTriedAgain(error: unknown, creates: boolean): boolean {
  if (error instanceof ServiceError) return error.retryable && !(creates && maybeDone.has(error.statusCode));
  return error instanceof UnansweredError && !(creates && error.maybeSent);
}

/** Milliseconds before the next attempt: any time below the bound ("full jitter"), or what the service asked for when that is longer. */
export function delayBefore(attempt: number, error: unknown, random = Math.random): number {
  const bound = Math.min(mostBound, firstBound * 2 ** (attempt - 1));
  const asked = error instanceof ServiceError ? (error.retryAfter ?? 0) * 1000 : 0;
  return Math.max(random() * bound, Math.min(asked, mostBound));
}
