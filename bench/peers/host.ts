/** One peer in a process of its own, together with the program that waits and its humans; told by messages what to do. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Facts, PeerModule, Taken } from './peer.ts';

export interface Opening {
  /** The name of a file of this folder. */
  readonly peer: string;
  readonly form: string | undefined;
  readonly databaseUrl: string;
  readonly redisPort: number | undefined;
  readonly folder: string;
}

export interface RoundOrder {
  readonly prefix: string;
  readonly count: number;
  readonly concurrency: number;
  /** Waits made and completed one at a time, for the time from completion to knowing. */
  readonly quiet: number;
  readonly payloadBytes: number;
}

export interface RoundResult {
  readonly creationsPerSecond: number;
  readonly completionsPerSecond: number;
  /** From the first creation until the program knows of the last completion. */
  readonly wholePerSecond: number;
  /** Milliseconds, one a wait. */
  readonly knowing: readonly number[];
}

export type Reply = { readonly facts: Facts } | { readonly result: RoundResult } | { readonly error: string };

const opening = JSON.parse(process.argv[2]!) as Opening;
const waiting = new Map<string, () => void>();
const knows = (id: string): void => {
  waiting.get(id)?.();
  waiting.delete(id);
};
const knownOf = (id: string): Promise<void> => new Promise((resolve) => void waiting.set(id, resolve));

const say = (reply: Reply): void => void process.send!(reply);
const failed = (error: unknown): void =>
  say({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
process.on('unhandledRejection', failed);
process.on('uncaughtException', failed);

try {
  const module = (await import(`./${opening.peer}.ts`)) as PeerModule;
  const peer = await module.open({ ...opening, knows });
  // The command that started this is gone: what was started here goes too.
  process.on('disconnect', () => void peer.close().finally(() => process.exit()));
  process.on('message', (order: RoundOrder | 'close') => {
    if (order === 'close')
      void peer
        .close()
        .catch(() => {})
        .finally(() => process.exit());
    else round(order).then((result) => say({ result }), failed);
  });
  say({ facts: peer.facts });

  async function round({ prefix, count, concurrency, quiet, payloadBytes }: RoundOrder): Promise<RoundResult> {
    const payload = { taskObject: 'x'.repeat(payloadBytes - 30), id: 17 };
    const answer = { answer: 'yes', note: 'y'.repeat(180) };
    const ids = Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
    const known = Promise.all(ids.map(knownOf));
    const begun = performance.now();
    await inParallel(ids, concurrency, (id) => peer.create(id, payload));
    const created = performance.now();
    await inParallel(ids, concurrency, async (id) => peer.complete(await peer.take(id), answer));
    const completed = performance.now();
    await within(60_000, known, () => `${waiting.size} of ${count} completions never reached the program.`);
    const over = performance.now();

    const knowing: number[] = [];
    for (let index = 0; index < quiet; index++) {
      const id = `${prefix}-quiet-${index}`;
      const heard = knownOf(id).then(() => performance.now());
      await peer.create(id, payload);
      const taken: Taken = await peer.take(id);
      // A human does not answer in the moment of asking.
      await pause(50);
      const sent = performance.now();
      await peer.complete(taken, answer);
      knowing.push((await within(60_000, heard, () => 'A completion never reached the program.')) - sent);
    }
    const rate = (milliseconds: number): number => Math.round((count * 10_000) / milliseconds) / 10;
    return {
      creationsPerSecond: rate(created - begun),
      completionsPerSecond: rate(completed - created),
      wholePerSecond: rate(over - begun),
      knowing,
    };
  }
} catch (error) {
  failed(error);
}

async function inParallel<T>(items: readonly T[], width: number, use: (item: T) => Promise<void>): Promise<void> {
  const iterator = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of iterator) await use(item);
    }),
  );
}

async function within<T>(milliseconds: number, promise: Promise<T>, message: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(message())), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
