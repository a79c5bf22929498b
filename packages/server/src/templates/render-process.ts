// One render process as the server sees it.

import { type ChildProcess, fork } from 'node:child_process';
import type { Taken } from './fair-queue.ts';
import type { RenderLimits } from './render-limits.ts';
import { type Batch, type Finished, overtimeExit, type RenderOrder, type Report } from './render-messages.ts';
import type { RenderRequest } from './render-request.ts';

/**
 * Why a process ended:
 * - `overtime`: it ended itself, since a render hung
 * - `crash`: the engine gave up, out of memory as a rule
 * - `killed`: somebody else ended it by force, which is also what a system without memory does
 * - `other`: it could not start, was told to stop, or failed in a way that it should not
 */
export type ProcessEnd = 'overtime' | 'crash' | 'killed' | 'other';

export interface RenderProcess<Job> {
  /** Renders that were sent and not answered, by id, in the order of rendering. */
  readonly pending: ReadonlyMap<number, Taken<Job>>;
  /** Whether it has loaded its program. */
  readonly ready: boolean;
  /** Milliseconds since its last sign of life, 0 when it has nothing to do: how long its present render takes. */
  quietFor(now: number): number;
  /** Does not hold so many milliseconds against it: the server itself could not listen. */
  excuse(milliseconds: number): void;
  /** Sends a batch to a process that has none. */
  send(batch: readonly Taken<Job>[]): void;
  /** Takes out a render that is settled. */
  settle(id: number): Taken<Job> | undefined;
  /** Takes out all renders. */
  drain(): Taken<Job>[];
  forget(templateId: number): void;
  /** Ends it by force: it holds nothing that is worth keeping. Resolves when it is gone. */
  stop(): Promise<void>;
}

export interface RenderProcessEvents {
  finished(results: readonly Finished[]): void;
  gone(end: ProcessEnd): void;
}

let lastId = 0;

/** @param memoryLimitMb megabytes of heap that the process may have */
export function startRenderProcess<Job extends { request: RenderRequest }>(
  limits: RenderLimits,
  memoryLimitMb: number,
  events: RenderProcessEvents,
): RenderProcess<Job> {
  const pending = new Map<number, Taken<Job>>();
  const known = new Set<number>();
  const ended = Promise.withResolvers<void>();
  let forgotten: number[] = [];
  let ready = false;
  let lastNews = performance.now();
  const child = forkProgram(limits, memoryLimitMb, gone);
  child?.on('message', hear);

  function hear(report: Report): void {
    lastNews = performance.now();
    if (report === 'ready') ready = true;
    else events.finished(report);
    if (pending.size === 0) keepServerAlive(child, false);
  }

  function gone(end: ProcessEnd): void {
    events.gone(end);
    ended.resolve();
  }

  function order({ job, lane }: Taken<Job>, id: number): RenderOrder {
    const { template, ...rest } = job.request;
    if (known.has(lane.id)) return { ...rest, id, templateId: lane.id };
    known.add(lane.id);
    return { ...rest, id, templateId: lane.id, source: template };
  }

  return {
    pending,
    get ready() {
      return ready;
    },
    quietFor: (now) => (pending.size === 0 ? 0 : now - lastNews),
    excuse(milliseconds) {
      lastNews += milliseconds;
    },
    send(batch) {
      const orders = batch.map((taken) => {
        lastId = (lastId % Number.MAX_SAFE_INTEGER) + 1;
        pending.set(lastId, taken);
        return order(taken, lastId);
      });
      lastNews = performance.now();
      keepServerAlive(child, true);
      // If it cannot be sent, the process has ended, and that is what gets told.
      child?.send({ orders, forget: forgotten } satisfies Batch, () => {});
      forgotten = [];
    },
    settle(id) {
      const taken = pending.get(id);
      pending.delete(id);
      return taken;
    },
    drain() {
      const all = [...pending.values()];
      pending.clear();
      return all;
    },
    forget(templateId) {
      if (known.delete(templateId)) forgotten.push(templateId);
    },
    stop() {
      keepServerAlive(child, true);
      child?.kill('SIGKILL');
      return ended.promise;
    },
  };
}

/** Calls `gone` once, never at once, when the process has ended and all that it said has been heard. */
function forkProgram(
  limits: RenderLimits,
  memoryLimitMb: number,
  gone: (end: ProcessEnd) => void,
): ChildProcess | undefined {
  const child = tryFork(limits, memoryLimitMb);
  if (child?.pid === undefined) {
    setImmediate(gone, 'other');
    return undefined;
  }
  child.on('exit', (code, signal) => {
    const end = endOf(code, signal);
    if (child.connected) child.once('disconnect', () => gone(end));
    else gone(end);
  });
  return child;
}

/** @returns undefined, or a child without an id, when the system lets no process start */
function tryFork(limits: RenderLimits, memoryLimitMb: number): ChildProcess | undefined {
  // The program is beside this file, in the same form: TypeScript in the sources, JavaScript when built.
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
  try {
    const child = fork(new URL(`./render-program${ending}`, import.meta.url), [JSON.stringify(limits)], {
      serialization: 'advanced',
      execArgv: [
        `--max-old-space-size=${memoryLimitMb}`,
        `--max-semi-space-size=${semiSpaceMb}`,
        '--expose-gc',
        ...(ending === '.ts' ? ['--conditions=holdpoint-source'] : []),
      ],
      // Whoever works on the sources starts many: types are taken out of them once.
      env: programEnvironment(ending === '.ts' ? ['NODE_COMPILE_CACHE'] : []),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('error', () => {});
    return child;
  } catch {
    return undefined;
  }
}

/** Megabytes of each half of the space for new values: small, as it comes on top of the limit. */
const semiSpaceMb = 8;

/** What Node itself may need to start. The server's credentials and settings are of no use to templates. */
function programEnvironment(more: readonly string[]): NodeJS.ProcessEnv {
  const names = ['SystemRoot', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', ...more];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

const crashSignals = new Set<unknown>(['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGSEGV', 'SIGBUS']);
/** Exit codes of programs end below; where there are no signals, higher and negative ones tell of crashes. */
const highestExit = 128;

function endOf(code: number | null, signal: NodeJS.Signals | null): ProcessEnd {
  if (signal !== null) return crashSignals.has(signal) ? 'crash' : signal === 'SIGKILL' ? 'killed' : 'other';
  if (code === overtimeExit) return 'overtime';
  return code !== null && (code > highestExit || code < 0) ? 'crash' : 'other';
}

/** A server that wants to end waits for renders and for the end of processes, not for processes without work. */
function keepServerAlive(child: ChildProcess | undefined, keep: boolean): void {
  for (const handle of [child, child?.channel]) {
    if (keep) handle?.ref();
    else handle?.unref();
  }
}
