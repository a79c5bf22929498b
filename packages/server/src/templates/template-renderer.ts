// Renders templates off the main thread: one thread does the work, a second one comes when the first is held up.

import { createFairQueue, slowTime } from './fair-queue.ts';
import { defaultLimits } from './render-limits.ts';
import type { Finished } from './render-messages.ts';
import type { RenderRequest, RenderResult } from './render-request.ts';
import { type RenderWorker, startRenderWorker } from './render-worker.ts';
import { limitFault } from './template-error.ts';

export interface TemplateRendererSettings {
  /** Most threads; 2 when absent, so that a template that hangs does not hold up the others. */
  threads?: number;
  /** Milliseconds of work that one render may take; 2000 when absent. */
  timeLimitMs?: number;
  /** Megabytes of heap of a thread; 512 when absent; renders end at three quarters of it. */
  memoryLimitMb?: number;
  /** Milliseconds after which a thread without work ends; 30,000 when absent. */
  idleMs?: number;
  /** Most renders that wait; 10,000 when absent. */
  queueLimit?: number;
}

export interface TemplateRenderer {
  /**
   * Renders a page. What is wrong with the template or its input is in the result's `errors`.
   *
   * @throws TemplateRendererUnavailable when the queue is full or the renderer closed: not the template's fault, try later
   */
  render(request: RenderRequest): Promise<RenderResult>;
  /** Ends the threads; renders that still wait are refused. */
  close(): Promise<void>;
}

/** A render was refused for reasons outside the template. */
export class TemplateRendererUnavailable extends Error {
  override readonly name = 'TemplateRendererUnavailable';
}

interface Job {
  request: RenderRequest;
  resolve(result: RenderResult): void;
  reject(error: Error): void;
}

/** Milliseconds between looks at what the threads are doing. */
const watchInterval = 50;
/**
 * The template engine ends most renders itself after their time of work. A thread that does not get there, because one step
 * takes for ever, is ended after so much time on the clock: a multiple, since a busy machine gives threads little.
 */
const hangTime = (timeLimitMs: number): number => 3 * timeLimitMs + 500;
/** Characters of input content that may wait, all together. */
const waitingCharacters = 100_000_000;
/** Threads that end before they answered anything, one after the other: something is wrong that trying does not mend. */
const mostFailedStarts = 3;

interface Slot {
  worker: RenderWorker<Job>;
  /** Its batch holds a template that is known to be slow. */
  slow: boolean;
  answered: boolean;
  ending: boolean;
  idleSince: number;
}

export function createTemplateRenderer(settings: TemplateRendererSettings = {}): TemplateRenderer {
  const { threads = 2, timeLimitMs = defaultLimits.time, memoryLimitMb = 512 } = settings;
  const { idleMs = 30_000, queueLimit = 10_000 } = settings;
  const limits = { ...defaultLimits, time: timeLimitMs };
  const slots = new Set<Slot>();
  const queue = createFairQueue<Job>((id) => {
    for (const { worker } of slots) worker.forget(id);
  });
  let closed = false;
  let scheduled = false;
  let failedStarts = 0;
  let waiting = 0;
  let timer: NodeJS.Timeout | undefined;

  /** All requests of a turn are sent together. */
  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(dispatch);
  }

  function dispatch(): void {
    scheduled = false;
    if (closed) return;
    for (const slot of slots) if (isFree(slot)) fill(slot);
    if (queue.size > 0 && slots.size < threads && [...slots].every(isHeldUp)) fill(start());
    watch();
  }

  function isFree(slot: Slot): boolean {
    return !slot.ending && slot.worker.pending.size === 0;
  }

  function isHeldUp(slot: Slot): boolean {
    return slot.ending || slot.worker.runningFor(performance.now()) > slowTime;
  }

  function start(): Slot {
    const worker = startRenderWorker<Job>(limits, memoryLimitMb, {
      finished: (results) => settle(slot, results),
      gone: (outOfMemory) => replace(slot, outOfMemory),
    });
    const slot: Slot = { worker, slow: false, answered: false, ending: false, idleSince: performance.now() };
    slots.add(slot);
    return slot;
  }

  function fill(slot: Slot): void {
    // With several threads one is always left to templates that are not slow.
    const slowAllowed = threads === 1 || [...slots].filter((other) => other.slow).length < threads - 1;
    const batch = queue.take(slowAllowed);
    if (batch.length === 0) return;
    slot.slow = batch.some(({ lane }) => (lane.cost ?? 0) > slowTime);
    slot.worker.send(batch, performance.now());
  }

  function settle(slot: Slot, results: readonly Finished[]): void {
    slot.answered = true;
    failedStarts = 0;
    for (const { id, milliseconds, html, errors } of results) answer(slot, id, milliseconds, { html, errors });
    if (slot.worker.pending.size > 0) return;
    slot.slow = false;
    slot.idleSince = performance.now();
    schedule();
  }

  function answer(slot: Slot, id: number, milliseconds: number, result: RenderResult): void {
    const taken = slot.worker.pending.get(id);
    if (!taken) return;
    slot.worker.pending.delete(id);
    waiting -= taken.job.request.input.length;
    queue.finish(taken, milliseconds);
    taken.job.resolve(result);
  }

  /** Looks after threads: ends what hangs, helps who waits, sends home who has nothing to do. */
  function watch(): void {
    clearTimeout(timer);
    const busy = queue.size > 0 || [...slots].some(({ worker }) => worker.pending.size > 0);
    if (closed || (!busy && slots.size === 0)) return;
    timer = setTimeout(look, busy ? watchInterval : idleMs);
    if (!busy) timer.unref();
  }

  function look(): void {
    const now = performance.now();
    for (const slot of slots) {
      const hangs = slot.worker.runningFor(now) > hangTime(timeLimitMs);
      const idle = slot.worker.pending.size === 0 && now - slot.idleSince >= idleMs;
      if (slot.ending || !(hangs || idle)) continue;
      slot.ending = true;
      void slot.worker.stop();
    }
    dispatch();
  }

  function replace(slot: Slot, outOfMemory: boolean): void {
    slots.delete(slot);
    const { worker } = slot;
    const culprit = worker.running();
    if (culprit !== 0) answer(slot, culprit, timeLimitMs, { html: '', errors: [crashFault(slot, outOfMemory)] });
    for (const taken of [...worker.pending.values()].reverse()) queue.giveBack(taken);
    worker.pending.clear();
    if (!slot.answered && culprit === 0 && !slot.ending) failedStarts += 1;
    if (failedStarts >= mostFailedStarts) {
      failedStarts = 0;
      refuseAll('render threads do not start');
    }
    schedule();
  }

  function crashFault(slot: Slot, outOfMemory: boolean) {
    if (slot.ending) return limitFault(`the template took longer than ${timeLimitMs} ms`);
    if (outOfMemory) return limitFault('the template needs too much memory');
    return { code: 'InternalError', message: 'the template could not be rendered' };
  }

  function refuseAll(reason: string): void {
    for (const job of queue.drain()) {
      waiting -= job.request.input.length;
      job.reject(new TemplateRendererUnavailable(reason));
    }
  }

  return {
    render(request) {
      const full = queue.size >= queueLimit || waiting + request.input.length > waitingCharacters;
      if (closed || full) {
        const reason = closed ? 'the template renderer is closed' : 'too many templates wait to be rendered';
        return Promise.reject(new TemplateRendererUnavailable(reason));
      }
      return new Promise((resolve, reject) => {
        waiting += request.input.length;
        queue.add(request.template, { request, resolve, reject });
        schedule();
      });
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      for (const { worker } of slots) for (const taken of worker.pending.values()) queue.giveBack(taken);
      for (const { worker } of slots) worker.pending.clear();
      refuseAll('the template renderer is closed');
      await Promise.all([...slots].map(({ worker }) => worker.stop()));
    },
  };
}
