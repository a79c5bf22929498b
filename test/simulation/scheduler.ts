/**
 * Decides who goes on. Whatever waits — a read, a save, an answer, a timer — waits here, in the name of the process whose
 * it is, until it is let go on; time passes only when it is told to.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createRandom, type Random } from '../crash/random.ts';

/** Something that takes its steps one after the other: a command of a client, a job, a runner. */
export interface Process {
  readonly name: string;
  readonly node: string;
  /** Its own, so that what it draws does not depend on who came before. */
  readonly random: Random;
}

export interface Waiting {
  readonly process: string;
  readonly node: string;
  /** For people: what happens when it goes on. */
  readonly what: () => string;
  readonly go: () => void;
  /** What becomes of it when its node dies: a save may have reached the database. */
  readonly land?: (() => void) | undefined;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly process: Process;
  readonly call: () => void;
}

export interface Scheduler {
  readonly waiting: Waiting[];
  /** Milliseconds by the clock on the wall, which may jump. */
  now: number;
  /** Milliseconds by a clock that does not. */
  elapsed: number;
  readonly paused: Set<string>;
  /** Runs `use` as a process; what it starts belongs to it. */
  run<T>(process: Process, use: () => T): T;
  current(): Process | undefined;
  process(name: string, node: string): Process;
  /** Waits to be let go on, then acts. */
  gate<T>(what: () => string, act: () => T, land?: () => void): Promise<T>;
  /** Lets something wait that nobody is called back from. */
  post(one: Waiting): void;
  setTimer(call: () => void, milliseconds: number): number;
  clearTimer(id: number): void;
  /** Lets time pass by both clocks; timers that are over wait to go on. */
  pass(milliseconds: number): void;
  nextTimerAt(): number | undefined;
  /** What may go on now. */
  runnable(): Waiting[];
  step(waiting: Waiting): Promise<void>;
  /** Until everybody waits again. */
  settle(): Promise<void>;
  /** Everything of a node is gone; `lands` says which of its saves arrived all the same. */
  kill(node: string, lands: () => boolean): void;
}

/** Text becomes a number that seeds. */
export function hashText(text: string, seed = 0): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}

export const current = new AsyncLocalStorage<Process>();

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

export function createScheduler(seed: number, startedAt: number): Scheduler {
  let waiting: Waiting[] = [];
  const timers = new Map<number, Timer>();
  /** Timers that are over and wait to go on. */
  const ripened = new Map<number, Waiting>();
  const named = new Map<string, number>();
  let lastTimer = 0;

  const scheduler: Scheduler = {
    get waiting() {
      return waiting;
    },
    now: startedAt,
    elapsed: 0,
    paused: new Set(),
    run: (process, use) => current.run(process, use),
    current: () => current.getStore(),
    process(name, node) {
      // The second of a name, a job that runs again say, draws something else.
      const before = named.get(name) ?? 0;
      named.set(name, before + 1);
      return { name, node, random: createRandom(hashText(`${name} ${before}`, seed)) };
    },
    post: (one) => void waiting.push(one),
    gate<T>(what: () => string, act: () => T, land?: () => void): Promise<T> {
      const process = current.getStore();
      if (!process) throw new Error(`Nobody’s ${what()}: it is called outside of every process.`);
      return new Promise<T>((resolve, reject) => {
        waiting.push({
          process: process.name,
          node: process.node,
          what,
          land,
          go() {
            try {
              resolve(current.run(process, act));
            } catch (error) {
              reject(error as Error);
            }
          },
        });
      });
    },
    setTimer(call, milliseconds) {
      const process = current.getStore();
      if (!process) throw new Error('Nobody’s timer: it is set outside of every process.');
      lastTimer += 1;
      timers.set(lastTimer, { at: scheduler.elapsed + Math.max(0, milliseconds), order: lastTimer, process, call });
      if (milliseconds <= 0) ripen();
      return lastTimer;
    },
    clearTimer(id) {
      timers.delete(id);
      const one = ripened.get(id);
      ripened.delete(id);
      if (one && waiting.includes(one)) waiting.splice(waiting.indexOf(one), 1);
    },
    pass(milliseconds) {
      scheduler.now += milliseconds;
      scheduler.elapsed += milliseconds;
      ripen();
    },
    nextTimerAt() {
      let next: number | undefined;
      for (const { at } of timers.values()) if (next === undefined || at < next) next = at;
      return next;
    },
    runnable: () => (scheduler.paused.size === 0 ? waiting : waiting.filter(({ node }) => !scheduler.paused.has(node))),
    settle: settled,
    async step(one) {
      waiting.splice(waiting.indexOf(one), 1);
      one.go();
      await settled();
    },
    kill(node, lands) {
      const left = waiting.filter((one) => one.node === node);
      waiting = waiting.filter((one) => one.node !== node);
      for (const [id, timer] of timers) if (timer.process.node === node) timers.delete(id);
      for (const one of left) if (one.land && lands()) one.land();
      // What landed is told to the others, and no more to this one.
      waiting = waiting.filter((one) => one.node !== node);
      scheduler.paused.delete(node);
    },
  };

  function ripen(): void {
    const ripe = [...timers].filter(([, { at }]) => at <= scheduler.elapsed);
    ripe.sort(([, a], [, b]) => a.at - b.at || a.order - b.order);
    for (const [id, { process, call }] of ripe) {
      timers.delete(id);
      const one: Waiting = {
        process: process.name,
        node: process.node,
        what: () => 'its timer is over',
        go() {
          ripened.delete(id);
          current.run(process, call);
        },
      };
      waiting.push(one);
      ripened.set(id, one);
    }
  }

  return scheduler;
}
