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
import { changedRows } from '../changed.ts';
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
  const listeners = new Set<(changed: readonly Changed[]) => void>();
  const held = new Map<JobLane, Map<string, number>>();
  const commits = startGroupCommit(settings.path, settings.batchLimit ?? 256, committed);

  function committed(saves: readonly (readonly Change[])[]): void {
    for (const changes of saves) for (const change of changes) if (change.change !== 'guard') read.forget(change.table);
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
      const candidates = read.offeredTasks({ ...page, limit: claiming.size + 1 });
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
    save,
    claimNextTask,
    claimJobs,
    releaseJob: (job) => void heldOf(job.lane).delete(job.id),
    nextJobDueAt,
    changes(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    setting: async (name) => read.one('settings', 'WHERE t.name = ?', name),
    accessKey: async (id) => read.one('accessKeys', 'WHERE t.access_key_id = ?', id),
    accessKeys: async () => read.all('accessKeys', 'ORDER BY t.created_at, t.access_key_id'),
    workforceByName: async (name) => read.one('workforces', 'WHERE t.name = ?', name),
    workforces: async () => read.all('workforces', 'ORDER BY t.created_at'),
    workteam: async (id) => read.one('workteams', 'WHERE t.id = ?', id),
    workteamByName: async (name) => read.one('workteams', 'WHERE t.name = ?', name),
    workteams: async (page) => read.namePage('workteams', page),
    allWorkteams: async () => read.all('workteams', 'ORDER BY t.created_at, t.id'),
    worker: async (id) => read.one('workers', 'WHERE t.id = ?', id),
    workerByEmail: async (email) => read.one('workers', 'WHERE t.email = ?', email),
    workers: async () => read.all('workers', 'ORDER BY t.created_at, t.id'),
    session: async (idHash) => read.one('sessions', 'WHERE t.id_hash = ?', idHash),
    sessionsOfWorker: async (id) => read.all('sessions', 'WHERE t.worker_id = ? ORDER BY t.created_at', id),
    expiredSessions: async (now, limit) => read.all('sessions', 'WHERE t.expires_at <= ? LIMIT ?', now, limit),
    oneTimeLinksOfWorker: async (id) => read.all('oneTimeLinks', 'WHERE t.worker_id = ?', id),
    oneTimeLink: async (hash) => read.one('oneTimeLinks', 'WHERE t.token_hash = ?', hash),
    template: async (sha256) => read.one('templates', 'WHERE t.sha256 = ?', sha256),
    humanTaskUi: async (id) => read.one('humanTaskUis', 'WHERE t.id = ?', id),
    humanTaskUiByName: async (name) => read.one('humanTaskUis', 'WHERE t.name = ?', name),
    humanTaskUis: async (page) => read.timePage('humanTaskUis', 'TRUE', [], page),
    flowDefinition: async (id) => read.one('flowDefinitions', 'WHERE t.id = ?', id),
    flowDefinitionByName: async (name) => read.one('flowDefinitions', 'WHERE t.name = ?', name),
    flowDefinitions: async (page) => read.timePage('flowDefinitions', 'TRUE', [], page),
    flowDefinitionsOfWorkteam: async (id, limit) =>
      read.all('flowDefinitions', "WHERE t.workteam_id = ? AND t.status <> 'Deleting' LIMIT ?", id, limit),
    countFlowDefinitions: async (limit) =>
      read.number('SELECT count(*) FROM (SELECT 1 FROM flow_definitions LIMIT ?)', limit) ?? 0,
    humanLoop: async (id) => read.one('humanLoops', 'WHERE t.id = ?', id),
    humanLoopByName: async (name) => read.one('humanLoops', 'WHERE t.name = ?', name),
    humanLoops: async (flowId, page) => read.timePage('humanLoops', 't.flow_definition_id = ?', [flowId], page),
    unfinishedHumanLoops: async (flowId, status, limit) =>
      read.all(
        'humanLoops',
        'WHERE t.flow_definition_id = ? AND t.finished_at IS NULL AND t.status = ? LIMIT ?',
        flowId,
        status,
        limit,
      ),
    countUnfinishedHumanLoops: async (limit) =>
      read.number('SELECT count(*) FROM (SELECT 1 FROM human_loops WHERE finished_at IS NULL LIMIT ?)', limit) ?? 0,
    humanLoopInput: async (id) => read.one('humanLoopInputs', 'WHERE t.human_loop_id = ?', id),
    task: async (id) => read.one('tasks', 'WHERE t.id = ?', id),
    taskOfHumanLoop: async (id) => read.one('tasks', 'WHERE t.human_loop_id = ?', id),
    workerTasks: async (page) => read.workerTasks(page),
    countWorkerTasks: async (page) => read.countWorkerTasks({ ...page, after: undefined }),
    assignment: async (id) => read.one('assignments', 'WHERE t.id = ?', id),
    assignmentsOfTask: async (id) => read.all('assignments', 'WHERE t.task_id = ? ORDER BY t.accepted_at, t.id', id),
    openAssignmentsOfWorker: async (id) => read.all('assignments', "WHERE t.worker_id = ? AND t.status = 'open'", id),
    answersOfHumanLoop: async (id) => read.all('answers', 'WHERE t.human_loop_id = ? ORDER BY t.sequence', id),
    eventTarget: async (id) => read.one('eventTargets', 'WHERE t.id = ?', id),
    eventTargets: async () => read.all('eventTargets', 'ORDER BY t.created_at, t.id'),
    eventDelivery: async (id) => read.one('eventDeliveries', 'WHERE t.id = ?', id),
    failedDeliveries: async (id, limit) =>
      read.all(
        'eventDeliveries',
        'WHERE t.event_target_id = ? AND t.failed_at IS NOT NULL ORDER BY t.failed_at, t.created_at LIMIT ?',
        id,
        limit,
      ),
    async countDeliveries(id) {
      const count = (condition: string) =>
        read.number(
          `SELECT count(*) FROM event_deliveries WHERE event_target_id = ? AND failed_at IS ${condition}`,
          id,
        );
      const last = read.one(
        'eventDeliveries',
        'WHERE t.event_target_id = ? AND t.last_error IS NOT NULL ORDER BY t.created_at DESC',
        id,
      );
      return { waiting: count('NULL') ?? 0, failed: count('NOT NULL') ?? 0, lastError: last?.lastError ?? null };
    },
    job: async (id) => read.one('jobs', 'WHERE t.id = ?', id),
    health: async () => readHealth(database),
    async close() {
      await commits.close();
      database.close();
    },
  };
}
