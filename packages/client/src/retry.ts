import { isApiError } from '@holdpoint/protocol';
import { wasNotSent } from './unreachable-error.ts';

export interface RetryOptions {
  /** How often a request is tried in all. */
  readonly maxAttempts: number;
  /** Waits so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

const firstDelay = 100;
const maxDelay = 5000;

/**
 * The one retry policy: throttling, server errors (429, 5xx) and connections that were refused are tried again, after a
 * random time below a bound that doubles from 100 ms up to 5 s, or after what the server asked for when that is longer
 * (20 s at most).
 */
export async function withRetries<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let failures = 0; ; ) {
    try {
      return await attempt();
    } catch (error) {
      failures += 1;
      if (failures >= options.maxAttempts || !isTransient(error)) throw error;
      await options.wait(delayAfter(failures, error));
    }
  }
}

function isTransient(error: unknown): boolean {
  if (!isApiError(error)) return error instanceof Error && wasNotSent(error.cause);
  const status = error.status ?? 0;
  // JSON 1.1 services answer 400 when they throttle.
  return status === 429 || status >= 500 || error.name === 'ThrottlingException';
}

function delayAfter(failures: number, error: unknown): number {
  const bound = Math.min(maxDelay, firstDelay * 2 ** (failures - 1));
  const asked = isApiError(error) ? (error.retryAfter ?? 0) * 1000 : 0;
  return Math.max(Math.random() * bound, Math.min(asked, 20_000));
}
