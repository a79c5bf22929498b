// One render thread as the server's thread sees it.

import { Worker } from 'node:worker_threads';
import type { Taken } from './fair-queue.ts';
import type { RenderLimits } from './render-limits.ts';
import type { Batch, Finished, RenderOrder, ThreadSettings } from './render-messages.ts';
import type { RenderRequest } from './render-request.ts';

export interface RenderWorker<Job> {
  /** Renders that were sent and not answered, by id. */
  readonly pending: Map<number, Taken<Job>>;
  /** Milliseconds since the running render was first seen running. */
  runningFor(now: number): number;
  /** The running render, 0 when none is. */
  running(): number;
  send(batch: readonly Taken<Job>[], now: number): void;
  forget(templateId: number): void;
  stop(): Promise<void>;
}

export interface RenderWorkerEvents {
  finished(results: readonly Finished[]): void;
  /** The thread is gone; `outOfMemory` tells whether its last render was the reason. */
  gone(outOfMemory: boolean): void;
}

let lastId = 0;

/** @param memoryLimitMb megabytes of heap that the thread may have */
export function startRenderWorker<Job extends { request: RenderRequest }>(
  limits: RenderLimits,
  memoryLimitMb: number,
  events: RenderWorkerEvents,
): RenderWorker<Job> {
  const current = new Int32Array(new SharedArrayBuffer(4));
  const worker = startThread({ limits, current }, memoryLimitMb);
  const pending = new Map<number, Taken<Job>>();
  const known = new Set<number>();
  let forgotten: number[] = [];
  let seen = { id: 0, since: 0 };
  let outOfMemory = false;

  worker.on('message', (results: Finished[]) => {
    events.finished(results);
    if (pending.size === 0) worker.unref();
  });
  worker.on('error', (error: NodeJS.ErrnoException) => {
    outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  });
  worker.on('exit', () => events.gone(outOfMemory));

  function order({ job, lane }: Taken<Job>, id: number): RenderOrder {
    const { template, ...rest } = job.request;
    if (known.has(lane.id)) return { ...rest, id, templateId: lane.id };
    known.add(lane.id);
    return { ...rest, id, templateId: lane.id, source: template };
  }

  return {
    pending,
    running: () => Atomics.load(current, 0),
    runningFor(now) {
      const id = Atomics.load(current, 0);
      if (id !== seen.id) seen = { id, since: now };
      return id === 0 ? 0 : now - seen.since;
    },
    send(batch, now) {
      const orders = batch.map((taken) => {
        lastId = (lastId % 0x7fff_ffff) + 1;
        pending.set(lastId, taken);
        return order(taken, lastId);
      });
      seen = { id: 0, since: now };
      worker.ref();
      worker.postMessage({ orders, forget: forgotten } satisfies Batch);
      forgotten = [];
    },
    forget(templateId) {
      if (known.delete(templateId)) forgotten.push(templateId);
    },
    async stop() {
      await worker.terminate();
    },
  };
}

/** The thread's program is beside this file, in the same form: TypeScript in the sources, JavaScript when built. */
function startThread(settings: ThreadSettings, memoryLimitMb: number): Worker {
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
  const program = new URL(`./render-thread${ending}`, import.meta.url);
  const condition = '--conditions=holdpoint-source';
  const fromSource = ending === '.ts' && !process.execArgv.includes(condition);
  const worker = new Worker(program, {
    name: 'render',
    workerData: settings,
    execArgv: fromSource ? [...process.execArgv, condition] : process.execArgv,
    resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb, maxYoungGenerationSizeMb: 32 },
    // Credentials and settings of the server are in its environment; templates have no use for any of it.
    env: {},
  });
  worker.unref();
  return worker;
}
