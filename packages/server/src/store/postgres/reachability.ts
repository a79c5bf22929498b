import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../../log.ts';
import { fullSentence, StoreUnavailable } from '../store-unavailable.ts';
import { isFull, isLost, isPassing, refusalOf } from './connection.ts';

export interface Reachability {
  /** Why nothing can be read or written now. */
  problem(): string | undefined;
  /**
   * Does what can be done again until the database is there, at most for the patience of those who wait since `since`.
   *
   * @throws StoreUnavailable when the patience is over, and at once when the database is full or refuses this server.
   */
  retried<T>(attempt: () => Promise<T>, since?: number): Promise<T>;
  /** Something was saved: there is room, and it is allowed. */
  saved(): void;
}

const firstPauseMs = 100;
const longestPauseMs = 1000;
/** How long a full database, or one that refuses, keeps a server from being asked: without requests nobody would notice its end. */
const rememberedMs = 5000;
const lostSentence = 'The database cannot be reached.';

/** @param patienceMs milliseconds that a request waits for a database that is not there */
export function watchReachability(patienceMs: number, elapsed: () => number, log?: Log): Reachability {
  let isLostNow = false;
  /** What keeps a database that is there from doing what it is asked. */
  let trouble: { readonly sentence: string; readonly since: number } | undefined;
  const isRecent = (): boolean => trouble !== undefined && elapsed() - trouble.since < rememberedMs;

  function lose(error: unknown): void {
    if (!isLostNow) log?.warn({ err: error }, 'the database cannot be reached');
    isLostNow = true;
  }

  function reach(): void {
    if (isLostNow) log?.warn('the database can be reached again');
    isLostNow = false;
  }

  return {
    problem() {
      if (isLostNow) return lostSentence;
      return isRecent() ? trouble?.sentence : undefined;
    },
    async retried(attempt, since = elapsed()) {
      for (let tries = 0; ; tries++) {
        try {
          const result = await attempt();
          reach();
          return result;
        } catch (error) {
          const sentence = isFull(error) ? fullSentence : refusalOf(error);
          if (sentence !== undefined) {
            if (!isRecent() || trouble?.sentence !== sentence) log?.warn({ err: error }, sentence);
            trouble = { sentence, since: elapsed() };
            throw new StoreUnavailable(sentence, { cause: error });
          }
          if (!isLost(error) && !isPassing(error)) throw error;
          if (isLost(error)) lose(error);
          if (elapsed() - since > patienceMs)
            throw new StoreUnavailable(isLost(error) ? lostSentence : 'The database is too busy.', { cause: error });
          await pause(Math.min(firstPauseMs * 2 ** tries, longestPauseMs) * (0.5 + Math.random() / 2));
        }
      }
    },
    saved() {
      if (trouble !== undefined) log?.warn('the database takes changes again');
      trouble = undefined;
    },
  };
}
