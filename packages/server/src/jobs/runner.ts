/**
 * Runs jobs: claims due rows, a bounded number at a time, and finishes each with a commit that removes its row.
 * It sleeps until the next due time and is woken by commits that add jobs. A kill at any point leaves the row, so the job
 * runs again after the restart.
 */
import type { Clock } from '../clock.ts';
import { remove, update } from '../domain/change.ts';
import { noteFailedTry } from '../domain/human-loop-event.ts';
import type { Job, JobLane } from '../domain/rows.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { loudnessOf } from '../store/store-unavailable.ts';
import { backOff, type JobContext, type JobHandlers, type JobOutcome } from './job.ts';

export interface RunnerSettings {
  readonly lane: JobLane;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly handlers: JobHandlers;
  readonly context: (now: number) => JobContext;
  /** Most jobs under way at once. */
  readonly concurrency: number;
  /** Whether the lane should hold back for a moment, because requests come first. */
  readonly holdBack?: () => boolean;
}

export interface Runner {
  /** Runs until nothing is due now; for tests with a fixed clock. */
  runDue(): Promise<void>;
  /** Takes no new jobs and waits for those under way. */
  close(): Promise<void>;
}

/** A lease longer than any job takes; it only matters where several nodes share a database. */
const leaseMs = 10 * 60_000;
/** The longest sleep, so that a clock that was set forward is noticed, and a job that nobody told of. */
const maxSleepMs = 30_000;
/** How long a lane that holds back waits before it looks again. */
const holdBackMs = 5;
/** How long a job rests whose end could not be saved, on a full disk say: it is still due, and would begin again at once. */
const restMs = 5000;
/** How often a job's changes are tried again within one run when rows change under it. */
const maxConflicts = 8;

export function startRunner(settings: RunnerSettings): Runner {
  const { store, clock, log, handlers, lane, concurrency } = settings;
  /** Claimed by the half dozen rather than one by one: a claim reads over what is held already. */
  const mayClaim = (): boolean => !closed && running.size <= concurrency / 2;
  const running = new Map<string, Promise<void>>();
  /** What ends each rest, and its timer. */
  const resting = new Map<() => void, NodeJS.Timeout>();
  let timer: NodeJS.Timeout | undefined;
  /** When the timer rings; Infinity without one. */
  let ringsAt = Number.POSITIVE_INFINITY;
  let closed = false;
  let claiming: Promise<void> | undefined;
  let again = false;
  /** Whether jobs may be due that no claim has brought: the end of one that runs looks for them. */
  let isMoreDue = false;

  async function claim(): Promise<void> {
    // Jobs that are added from here on set it anew.
    stopTimer();
    do {
      again = false;
      isMoreDue = !mayClaim();
      if (isMoreDue) return;
      if (settings.holdBack?.()) return wakeAt(clock.now() + holdBackMs);
      const free = concurrency - running.size;
      const now = clock.now();
      const jobs = await store.claimJobs({ lane, now, leaseUntil: now + leaseMs, limit: free });
      // A job that still runs here when its lease is over is not begun a second time: each would undo what the other does.
      const fresh = jobs.filter(({ id }) => !running.has(id));
      for (const job of fresh) running.set(job.id, run(job));
      isMoreDue = jobs.length === free || fresh.length < jobs.length;
      if (jobs.length === free) return;
    } while (again);
    // Looks again in a while in any case: what another node told may not have been heard.
    wakeAt((await store.nextJobDueAt(lane)) ?? clock.now() + maxSleepMs);
  }

  /** @param at unless it rings earlier */
  function wakeAt(at: number): void {
    if (closed || at >= ringsAt) return;
    stopTimer();
    ringsAt = at;
    const ring = (): void => {
      stopTimer();
      wake();
    };
    timer = setTimeout(ring, Math.max(0, Math.min(at - clock.now(), maxSleepMs)));
    timer.unref();
  }

  function stopTimer(): void {
    clearTimeout(timer);
    ringsAt = Number.POSITIVE_INFINITY;
  }

  function wake(): void {
    again = true;
    if (closed || claiming) return;
    claiming = claim()
      .catch((error: unknown) => {
        log[loudnessOf(error)]({ err: error }, 'jobs could not be claimed');
        wakeAt(clock.now() + 1000);
      })
      .finally(() => {
        claiming = undefined;
        if (again) wake();
      });
  }

  async function run(job: Job): Promise<void> {
    let isLeft = true;
    try {
      isLeft = await runOnce(job);
    } catch (error) {
      log.error({ job: job.kind, subject: job.subject, err: error }, 'job failed and could not be put back');
      await rest();
    } finally {
      store.releaseJob(job);
      running.delete(job.id);
      isMoreDue ||= isLeft;
      if (isMoreDue && mayClaim()) wake();
    }
  }

  function rest(): Promise<void> {
    if (closed) return Promise.resolve();
    return new Promise((resolve) => {
      const over = (): void => {
        clearTimeout(resting.get(over));
        resting.delete(over);
        resolve();
      };
      resting.set(over, setTimeout(over, restMs));
    });
  }

  /** @returns whether its row may be due, unchanged by this run: whoever put it back need not have told */
  async function runOnce(job: Job): Promise<boolean> {
    for (let conflicts = 0; conflicts < maxConflicts; conflicts++) {
      const outcome = await attempt(job);
      const changes = outcome.done
        ? // A decision may drop this very job as needless; its row goes here in any case.
          [
            ...outcome.changes.filter((change) => change.change !== 'discard' || change.key !== job.id),
            remove('jobs', job),
          ]
        : [...(outcome.changes ?? []), putBack(job, outcome), ...failedTry(job, outcome)];
      if ((await store.save(changes)) === 'saved') return false;
      // The job itself may be gone: what made it needless discarded it.
      const current = await store.job(job.id);
      if (current?.version !== job.version) return current !== undefined;
    }
    return (await store.save([update('jobs', job, { dueAt: clock.now() + 1000 })])) === 'conflict';
  }

  async function attempt(job: Job): Promise<JobOutcome> {
    try {
      return await handlers[job.kind](settings.context(clock.now()), job);
    } catch (error) {
      log.warn(
        { job: job.kind, subject: job.subject, attempts: job.attempts + 1, err: error },
        'job failed, will be tried again',
      );
      return { done: false, error: (error as Error).message, retryAt: clock.now() + backOff(job.attempts, error) };
    }
  }

  const putBack = (job: Job, outcome: JobOutcome & { done: false }) =>
    update('jobs', job, {
      attempts: outcome.error === null ? 0 : job.attempts + (outcome.tried === false ? 0 : 1),
      lastError: outcome.error?.slice(0, 1000) ?? null,
      dueAt: outcome.retryAt,
    });

  const failedTry = (job: Job, { tried, error, retryAt }: JobOutcome & { done: false }) =>
    tried === false || error === null ? [] : noteFailedTry(job, error, retryAt, clock.now());

  const unlisten = store.changes((changed) => {
    let dueAt = Number.POSITIVE_INFINITY;
    for (const one of changed)
      if (one.table === 'jobs' && one.change !== 'remove' && (one.lane ?? lane) === lane)
        dueAt = Math.min(dueAt, one.dueAt ?? 0);
    // Of a clock that was set forward the timer knows nothing.
    if (Math.min(dueAt, ringsAt) > clock.now()) wakeAt(dueAt);
    else wake();
  });
  wake();

  return {
    async runDue() {
      for (;;) {
        wake();
        while (claiming || running.size > 0) await Promise.all([claiming, ...running.values()]);
        const dueAt = await store.nextJobDueAt(lane);
        if (claiming || running.size > 0) continue;
        if (dueAt === undefined || dueAt > clock.now()) return;
      }
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      unlisten();
      for (const over of resting.keys()) over();
      await Promise.all([claiming, ...running.values()]);
      // A claim that was under way has added its jobs by now.
      await Promise.all(running.values());
    },
  };
}
