/** What those who send requests share, and what they do when an answer is missing. */
import { setTimeout as delay } from 'node:timers/promises';
import type { History } from './history.ts';
import type { Random } from './random.ts';
import { Later, type Requests, Unanswered } from './requests.ts';

export interface Load {
  readonly requests: Requests;
  readonly history: History;
  readonly random: Random;
  readonly flows: readonly Flow[];
  /** Nobody begins anything new. */
  over: boolean;
  /** How many starts and submits were acknowledged. */
  readonly done: { starts: number; submits: number };
}

export interface Flow {
  readonly name: string;
  readonly taskCount: number;
}

/** Takes one step after the other until the load is over; a missing answer and a refusal for now are the way it is. */
export async function untilOver(
  load: Load,
  who: string,
  step: () => Promise<void>,
  interrupted: () => void = () => {},
): Promise<void> {
  while (!load.over) {
    try {
      await step();
    } catch (error) {
      interrupted();
      if (error instanceof Unanswered) load.history.count('requests without an answer');
      else if (error instanceof Later) load.history.count(`refused for now: ${error.message}`);
      else load.history.violation('unexpected answer', `${who}: ${sentenceOf(error)}`);
      await delay(100);
    }
  }
}

export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** Tries until there is an answer. @throws what is no matter of waiting, and the last error after `limitMs`. */
export async function insist<T>(attempt: () => Promise<T>, limitMs = 60_000): Promise<T> {
  const giveUp = performance.now() + limitMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const passes = error instanceof Unanswered || error instanceof Later;
      if (!passes || performance.now() > giveUp) throw error;
      await delay(100);
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
