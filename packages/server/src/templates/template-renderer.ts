// Renders templates in processes of their own, which a template may take down: one process does the work, a second one
// comes when the first is held up.

import type { Finding } from './check/findings.ts';
import { createFairQueue, slowTime } from './fair-queue.ts';
import { defaultLimits, hangTime, tooMuchMemory } from './render-limits.ts';
import type { Finished } from './render-messages.ts';
import { type ProcessEnd, type RenderProcess, startRenderProcess } from './render-process.ts';
import type { RenderFault, RenderRequest, RenderResult } from './render-request.ts';
import { limitFault } from './template-error.ts';

export interface TemplateRendererSettings {
  /** Most processes; 2 when absent, so that a template that hangs does not hold up the others. */
  processes?: number;
  /** Milliseconds of work that one render may take; 2000 when absent. */
  timeLimitMs?: number;
  /** Megabytes of heap of a process; 512 when absent; renders end at three quarters of it. */
  memoryLimitMb?: number;
  /** Milliseconds after which a process without work ends; 30,000 when absent. */
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
  /**
   * Looks a template over; with an input, which must be JSON, it is rendered too. The checks share time and memory of a
   * render with it.
   *
   * @throws TemplateRendererUnavailable as `render` does
   */
  inspect(request: Pick<RenderRequest, 'template' | 'presign'> & { input?: string }): Promise<readonly Finding[]>;
  /** Ends the processes and waits until they are gone; renders that still wait are refused. */
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

/** Milliseconds between looks at what the processes are doing. */
const watchInterval = 50;
/** Milliseconds that a look may be late; beyond, the server itself was held up and has not heard its processes. */
const lateLook = 200;
/** Milliseconds that loading the program may take. */
const startTime = 60_000;
/** Characters of input content that may wait, all together. */
const waitingCharacters = 100_000_000;
/** Processes that end before they loaded their program, one after the other: something is wrong that trying does not mend. */
const mostFailedStarts = 3;
/** A render whose process is ended from outside is tried again, since that is not its fault; but not for ever. */
const mostEnds = 3;

interface Slot {
  process: RenderProcess<Job>;
  /** Its batch may take long: the template is known to be slow, or may have ended a process before. */
  slow: boolean;
  ending: boolean;
  idleSince: number;
}

export function createTemplateRenderer(settings: TemplateRendererSettings = {}): TemplateRenderer {
  const { processes = 2, timeLimitMs = defaultLimits.time, memoryLimitMb = 512 } = settings;
  const { idleMs = 30_000, queueLimit = 10_000 } = settings;
  const limits = { ...defaultLimits, time: timeLimitMs };
  const slots = new Set<Slot>();
  const queue = createFairQueue<Job>((id) => {
    for (const { process } of slots) process.forget(id);
  });
  let closed = false;
  let scheduled = false;
  let failedStarts = 0;
  let waiting = 0;
  let timer: NodeJS.Timeout | undefined;
  let watching: 'busy' | 'idle' | undefined;
  let nextLook = 0;

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
    if (queue.size > 0 && slots.size < processes && [...slots].every(isHeldUp)) fill(start());
    watch();
  }

  function isFree(slot: Slot): boolean {
    return !slot.ending && slot.process.pending.size === 0;
  }

  function isHeldUp(slot: Slot): boolean {
    return slot.ending || (slot.process.ready && slot.process.quietFor(performance.now()) > slowTime);
  }

  function start(): Slot {
    const process = startRenderProcess<Job>(limits, memoryLimitMb, {
      finished: (results) => settle(slot, results),
      gone: (end) => replace(slot, end),
    });
    const slot: Slot = { process, slow: false, ending: false, idleSince: performance.now() };
    slots.add(slot);
    return slot;
  }

  function fill(slot: Slot): void {
    // With several processes one is always left to templates that are not slow.
    const slowAllowed = processes === 1 || [...slots].filter((other) => other.slow).length < processes - 1;
    const batch = queue.take(slowAllowed);
    if (batch.length === 0) return;
    slot.slow = batch.some(({ lane, ends }) => (lane.cost ?? 0) > slowTime || ends > 0);
    slot.process.send(batch);
  }

  function settle(slot: Slot, results: readonly Finished[]): void {
    for (const { id, milliseconds, ...result } of results) answer(slot, id, milliseconds, result);
    if (slot.process.pending.size > 0) return;
    slot.slow = false;
    slot.idleSince = performance.now();
    schedule();
  }

  function answer(slot: Slot, id: number, milliseconds: number, result: RenderResult): void {
    const taken = slot.process.settle(id);
    if (!taken) return;
    waiting -= taken.job.request.input.length;
    queue.finish(taken, milliseconds);
    taken.job.resolve(result);
  }

  /** Looks after processes: ends what hangs, helps who waits, sends home who has nothing to do. */
  function watch(): void {
    const busy = queue.size > 0 || [...slots].some(({ process }) => process.pending.size > 0);
    // A look that is due is not put off: there is always something new while others are served beside one that hangs.
    if (busy && watching === 'busy') return;
    clearTimeout(timer);
    watching = undefined;
    if (closed || (!busy && slots.size === 0)) return;
    watching = busy ? 'busy' : 'idle';
    const wait = busy ? watchInterval : idleMs;
    nextLook = performance.now() + wait;
    timer = setTimeout(look, wait);
    if (!busy) timer.unref();
  }

  function look(): void {
    watching = undefined;
    const now = performance.now();
    const late = now - nextLook;
    for (const slot of slots) {
      if (late > lateLook) slot.process.excuse(late);
      const hangs = slot.process.quietFor(now) > (slot.process.ready ? hangTime(limits) : startTime);
      const idle = slot.process.pending.size === 0 && now - slot.idleSince >= idleMs;
      if (slot.ending || !(hangs || idle)) continue;
      slot.ending = true;
      void slot.process.stop();
    }
    dispatch();
  }

  function replace(slot: Slot, end: ProcessEnd): void {
    slots.delete(slot);
    const { ready, pending } = slot.process;
    const fault = ready && pending.size === 1 ? faultOf(slot, end) : undefined;
    if (fault) for (const id of pending.keys()) answer(slot, id, timeLimitMs, { html: '', errors: [fault] });
    // With several it is not known which one did it: each is rendered again, alone.
    for (const taken of slot.process.drain().reverse()) queue.giveBack(taken, ready);
    failedStarts = ready ? 0 : failedStarts + 1;
    if (failedStarts >= mostFailedStarts) {
      failedStarts = 0;
      refuseAll('render processes do not start');
    }
    schedule();
  }

  /** What is wrong with the only render of a process that ended; undefined when it may have had no part in that. */
  function faultOf(slot: Slot, end: ProcessEnd): RenderFault | undefined {
    if (slot.ending || end === 'overtime') return limitFault(`the template took longer than ${timeLimitMs} ms`);
    const [taken] = slot.process.pending.values();
    if (end !== 'crash' && (taken?.ends ?? 0) + 1 < mostEnds) return undefined;
    if (end !== 'other') return limitFault(tooMuchMemory);
    return { code: 'InternalError', message: 'the template could not be rendered' };
  }

  function refuseAll(reason: string): void {
    for (const job of queue.drain()) {
      waiting -= job.request.input.length;
      job.reject(new TemplateRendererUnavailable(reason));
    }
  }

  const renderer: TemplateRenderer = {
    render(request) {
      const full = queue.size >= queueLimit || waiting + request.input.length > waitingCharacters;
      if (closed || full) {
        const reason = closed ? 'the template renderer is closed' : 'too many templates wait to be rendered';
        return Promise.reject(new TemplateRendererUnavailable(reason));
      }
      return new Promise((resolve, reject) => {
        waiting += request.input.length;
        // What a check costs says nothing about what the template's renders cost.
        const lane = request.inspect ? `check ${request.template}` : request.template;
        queue.add(lane, { request, resolve, reject });
        schedule();
      });
    },
    async inspect({ template, input = '', presign }) {
      const request = { template, input, presign, assetsUrl: '', inspect: true };
      const { findings, errors } = await renderer.render(request);
      // A process that ended before it could answer has taken what it had found with it.
      return findings ?? errors.map(({ code, message }) => ({ severity: 'Error', code, message }));
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      for (const { process } of slots) for (const taken of process.drain()) queue.giveBack(taken, false);
      refuseAll('the template renderer is closed');
      await Promise.all([...slots].map(({ process }) => process.stop()));
    },
  };
  return renderer;
}
