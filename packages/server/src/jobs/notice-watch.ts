/**
 * Sees to it that workers are told of new tasks, and warned of deadlines of those that they accept. It listens to what was committed and writes nothing into the commits of
 * others: starting loops and opening tasks costs nothing more for it. A burst of new tasks becomes one look a few seconds
 * later, and that writes one job for each worker who wants push messages or mail and has none yet; nobody wants any, nothing
 * is written. Every node hears of every task, and the job of a worker has one id, so that any node that lives is enough;
 * since a node may end between hearing and writing, each begins with a look at everybody.
 */
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import { isMember } from '../domain/assignment.ts';
import { update } from '../domain/change.ts';
import { addJob, jobId } from '../domain/jobs.ts';
import { pushEveryMs } from '../domain/notices.ts';
import type { WorkerNotices, Workteam } from '../domain/rows.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { loudnessOf } from '../store/store-unavailable.ts';

export interface NoticeWatchSettings {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds between the first of several new tasks and the look; also between two looks. */
  readonly settleMs?: number;
}

export interface NoticeWatch {
  /** Waits until all that was heard so far has its jobs. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export function watchForNotices({ store, clock, log, settleMs = 3000 }: NoticeWatchSettings): NoticeWatch {
  const fresh = new Set<string>();
  const accepting = new Set<string>();
  let everybody = true;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let closed = false;

  const unlisten = store.changes((changed) => {
    for (const { table, change, workteamId, workerId } of changed) {
      if (table === 'tasks' && change === 'insert' && workteamId !== undefined) fresh.add(workteamId);
      if (table === 'assignments' && change === 'insert' && workerId !== undefined) accepting.add(workerId);
    }
    if (hasHeard()) schedule();
  });

  const hasHeard = (): boolean => fresh.size > 0 || accepting.size > 0;

  function schedule(): void {
    if (closed) return;
    timer ??= setTimeout(() => {
      looking = look()
        .catch((error: unknown) => {
          everybody = true;
          if (!closed)
            log[loudnessOf(error)]({ err: error }, 'workers could not be told of new tasks, will be tried again');
        })
        .then(() => {
          timer = undefined;
          if (hasHeard() || everybody) schedule();
        });
    }, settleMs).unref();
  }

  async function look(): Promise<void> {
    const teamIds = new Set(fresh);
    const workerIds = new Set(accepting);
    const all = everybody;
    fresh.clear();
    accepting.clear();
    everybody = false;
    const wanted = await store.wantedNotices();
    if (wanted.length === 0) return;
    const workteams = (await store.allWorkteams()).filter(({ id }) => all || teamIds.has(id));
    for (const notices of wanted) {
      if (closed) return;
      await queue(notices, workteams, workerIds.has(notices.workerId));
      await othersFirst();
    }
  }

  async function queue(
    { workerId, settings }: WorkerNotices,
    workteams: readonly Workteam[],
    hasAccepted: boolean,
  ): Promise<void> {
    const worker = await store.worker(workerId);
    if (!worker || !(hasAccepted || workteams.some((team) => isMember(worker, team)))) return;
    const now = clock.now();
    const job = await store.job(jobId('tell-worker', workerId));
    if (!job) return void (await store.save([addJob('tell-worker', workerId, now, now, { ifAbsent: true })]));
    // A mail is due much later than the push message of a task that is new; whoever was pushed to lately waits anyway.
    if (!settings.push || job.dueAt <= now) return;
    const subscriptions = await store.pushSubscriptionsOfWorker(workerId);
    const next = Math.min(...subscriptions.map(({ pushedAt }) => (pushedAt ?? 0) + pushEveryMs));
    const due = hasAccepted && subscriptions.length > 0 ? now : next;
    if (Math.max(due, now) < job.dueAt) await store.save([update('jobs', job, { dueAt: Math.max(due, now) })]);
  }

  schedule();
  return {
    async settled() {
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = undefined;
      await looking;
      await look();
    },
    async close() {
      closed = true;
      unlisten();
      clearTimeout(timer);
      await looking;
    },
  };
}
