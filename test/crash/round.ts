/** One life of the server, as those who send it requests see it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { History } from './history.ts';
import type { Random } from './random.ts';
import { type Requests, Unanswered } from './requests.ts';

export interface Round {
  readonly requests: Requests;
  readonly history: History;
  readonly random: Random;
  /** Flow definitions that were made in this round. */
  readonly flows: readonly Flow[];
  /** Set at the moment of the signal: nobody begins anything new. */
  over: boolean;
  readonly progress: { readonly starts: Progress; readonly submits: Progress };
}

export interface Flow {
  readonly name: string;
  readonly taskCount: number;
}

/** What was acknowledged in a round, and how much is wanted before the signal. */
export interface Progress {
  readonly wanted: number;
  done: number;
}

const share = ({ done, wanted }: Progress): number => done / Math.max(1, wanted);

/** Holds back whoever is far ahead of the other kind, so that the signal comes in the middle of both. */
export async function keepPace(round: Round, own: Progress, other: Progress): Promise<void> {
  while (!round.over && share(own) > share(other) + 0.25) await delay(5);
}

/** Runs until the round is over; an answer that is missing before the signal is a violation, after it the way it is. */
export async function untilTheSignal(round: Round, who: string, step: () => Promise<void>): Promise<void> {
  while (!round.over) {
    try {
      await step();
    } catch (error) {
      if (error instanceof Unanswered && round.over) return;
      const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      round.history.violation('unexpected answer', `${who}: ${text}`);
      // A broken server would fail every step; the rest of the round shows nothing new.
      if (error instanceof Unanswered) return;
      await delay(50);
    }
  }
}

/** Calls `work` for every item, at most `limit` at once. */
export async function inParallel<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: limit }, lane));
}
