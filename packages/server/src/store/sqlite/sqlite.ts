/**
 * The embedded engine, on `node:sqlite`: write-ahead log, `synchronous=FULL`, group commit. This thread reads; one thread of
 * its own writes. Whoever saves is answered after the fsync.
 */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../clock.ts';
import type { Change } from '../../domain/change.ts';
import type { Assignment, Job, JobLane } from '../../domain/rows.ts';
import type { Log } from '../../log.ts';
import { changedRows } from '../changed.ts';
import { createQueries } from '../queries.ts';
import type { Changed, NextTask, SaveResult, Store } from '../store.ts';
import { startGroupCommit } from './group-commit.ts';
import { readHealth } from './health.ts';
import { migrate } from './migrate.ts';
import { connectionPragmas } from './pragmas.ts';
import { createReader } from './read.ts';

export interface SqliteSettings {
  /** The database file; its folder is made when missing. */
  readonly path: string;
  readonly clock: Clock;
  /** Hears when nothing can be written, and when that is over. */
  readonly log?: Log;
  /** Most saves in one transaction. */
  readonly batchLimit?: number;
}

type ClaimOfJobs = Parameters<Store['claimJobs']>[0];

/**
 * Opens (and makes or migrates) the database.
 *
 * @throws Error with a sentence for the operator when it cannot be opened, is newer than this program or is damaged.
 */
export function openSqliteStore(settings: SqliteSettings): Store {
  mkdirSync(dirname(settings.path), { recursive: true });
  // Readable by the owner only, and so are the log files that SQLite puts beside it.
  closeSync(openSync(settings.path, 'a', 0o600));
  const database = new DatabaseSync(settings.path);
  database.exec(connectionPragmas);
  migrate(database, settings.clock.now());
  const read = createReader(database);
  const queries = createQueries(read);
  const listeners = new Set<(changed: readonly Changed[]) => void>();
  const held = new Map<JobLane, Map<string, number>>();
  const commits = startGroupCommit(settings.path, settings.batchLimit ?? 256, committed, settings.log);

  function committed(saves: readonly (readonly Change[])[]): void {
    for (const changes of saves)
      for (const change of changes) {
        if (change.change === 'guard') continue;
        read.forget(change.table);
        if (change.table === 'jobs' && (change.change === 'update' || change.change === 'remove'))
          held.get(change.row.lane)?.delete(change.row.id);
      }
    if (listeners.size === 0) return;
    const changed = changedRows(saves);
    if (changed.length > 0) for (const listener of listeners) listener(changed);
  }

  const save = (changes: readonly Change[]): Promise<SaveResult> =>
    changes.length === 0 ? Promise.resolve('saved') : commits.save(changes);

  // Tasks that a claim of this process is taking now: others look further, instead of losing a race against it.
  const claiming = new Map<string, Promise<unknown>>();

  async function claimNextTask(next: NextTask): Promise<Assignment | undefined> {
    const { accept, ...page } = next;
    for (;;) {
      const { tasks: candidates } = await queries.offeredTasks({ ...page, limit: claiming.size + 1 });
      if (candidates.length === 0) return undefined;
      const task = candidates.find(({ id }) => !claiming.has(id));
      if (!task) {
        // Every one of them is being taken; a slot may be left when that is done.
        await Promise.race(candidates.map(({ id }) => claiming.get(id)));
        continue;
      }
      const { assignment, changes } = accept(task);
      const saved = save(changes).finally(() => claiming.delete(task.id));
      claiming.set(
        task.id,
        saved.catch(() => {}),
      );
      if ((await saved) === 'saved') return assignment;
    }
  }

  const heldOf = (lane: JobLane): Map<string, number> => {
    const known = held.get(lane) ?? new Map<string, number>();
    held.set(lane, known);
    return known;
  };

  async function claimJobs(claim: ClaimOfJobs): Promise<readonly Job[]> {
    const mine = heldOf(claim.lane);
    for (const [id, until] of mine) if (until <= claim.now) mine.delete(id);
    const due = read.all(
      'jobs',
      'WHERE t.lane = ? AND t.due_at <= ? ORDER BY t.due_at LIMIT ?',
      claim.lane,
      claim.now,
      claim.limit + mine.size,
    );
    const free = due.filter((job) => !mine.has(job.id)).slice(0, claim.limit);
    for (const job of free) mine.set(job.id, claim.leaseUntil);
    return free;
  }

  async function nextJobDueAt(lane: JobLane): Promise<number | undefined> {
    const mine = heldOf(lane);
    const next = read.all('jobs', 'WHERE t.lane = ? ORDER BY t.due_at LIMIT ?', lane, mine.size + 1);
    return next.find((job) => !mine.has(job.id))?.dueAt;
  }

  return {
    ...queries,
    save,
    claimNextTask,
    claimJobs,
    releaseJob: (job) => void heldOf(job.lane).delete(job.id),
    nextJobDueAt,
    changes(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    problem: commits.problem,
    health: async () => readHealth(database),
    async close() {
      await commits.close();
      database.close();
    },
  };
}
