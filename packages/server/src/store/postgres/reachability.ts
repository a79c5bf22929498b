import { setTimeout as pause } from 'node:timers/promises';
import { isLost, isPassing } from './connection.ts';

/** The database is not there; whoever asked may ask again. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

export interface Reachability {
  /** Why nothing can be read or written now. */
  problem(): string | undefined;
  /** Does what can be done again until the database is there, at most for the patience of those who wait since `since`. */
  retried<T>(attempt: () => Promise<T>, since?: number): Promise<T>;
}

const firstPauseMs = 100;
const longestPauseMs = 1000;

/** @param patienceMs milliseconds that a request waits for a database that is not there */
export function watchReachability(patienceMs: number, elapsed: () => number): Reachability {
  let lost: string | undefined;
  return {
    problem: () => lost,
    async retried(attempt, since = elapsed()) {
      for (let tries = 0; ; tries++) {
        try {
          const result = await attempt();
          lost = undefined;
          return result;
        } catch (error) {
          if (!isLost(error) && !isPassing(error)) throw error;
          if (isLost(error)) lost = 'The database cannot be reached.';
          if (elapsed() - since > patienceMs)
            throw new StoreUnavailable(`The database cannot be reached: ${(error as Error).message}`, { cause: error });
          await pause(Math.min(firstPauseMs * 2 ** tries, longestPauseMs) * (0.5 + Math.random() / 2));
        }
      }
    },
  };
}
