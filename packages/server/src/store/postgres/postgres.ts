/**
 * The engine for many nodes, on PostgreSQL 14 and newer: any number of equal processes on one database. Saves go in batches
 * of one round trip (`save-function.ts`), claims take rows that nobody has locked, nodes tell each other what changed.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Clock } from '../../clock.ts';
import type { Change } from '../../domain/change.ts';
import type { Log } from '../../log.ts';
import { changedRows } from '../changed.ts';
import { createQueries } from '../queries.ts';
import type { Changed, Store } from '../store.ts';
import { type Announcements, openAnnouncements } from './announcements.ts';
import { type Batch, createBatch } from './batch.ts';
import { createJobClaims } from './claim-jobs.ts';
import { type Accepted, claimNextTask } from './claim-task.ts';
import { connectionOptions, openingProblem, shownUrl } from './connection.ts';
import { startGroupCommit } from './group-commit.ts';
import { readHealth } from './health.ts';
import { collectJobNews } from './job-news.ts';
import { migrate } from './migrate.ts';
import { type Nodes, openNodes } from './nodes.ts';
import { openPool, usualSilenceMs } from './pool.ts';
import { createPresence, type Presence } from './presence.ts';
import { watchReachability } from './reachability.ts';
import { createReader } from './read.ts';
import { saveFunction } from './save-function.ts';

export interface PostgresSettings {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** By which the address was given, for sentences; `--database-url` by default. */
  readonly flag?: string;
  readonly clock: Clock;
  /** The node's name, the same after a restart: what its former self had claimed is free then. */
  readonly node?: string;
  /** Most connections that read; saves, claims and announcements have a few of their own. */
  readonly connections?: number;
  /** Into how many parts the large tables are split when they are made; 0 for not at all. */
  readonly partitions?: number;
  /** Whether no other node may be at work; one that was killed counts for half a minute. */
  readonly isAlone?: boolean;
  /** A sentence that says why, to whoever is refused; also when another node has to be alone. */
  readonly whyAlone?: string;
  /** What to do about it, to whoever is refused because another node goes by the same name. */
  readonly whatOfName?: string;
  /** Most saves in one batch. */
  readonly batchLimit?: number;
  /** Milliseconds that a request waits for a database that is not there. */
  readonly patienceMs?: number;
  /** Milliseconds that a start waits for the locks of a node that is gone, of which the server has not heard yet. */
  readonly goneMs?: number;
  /** Milliseconds without an answer after which a connection counts as broken. */
  readonly silenceMs?: number;
  /** Hears when the database is lost, found again, in trouble, and out of it again. */
  readonly log?: Log;
}

/** Batches under way at once: while one waits for the disk, the next is on its way. */
const lanes = 2;
/** Claims of tasks under way at once. */
const takings = 4;

/**
 * Opens (and makes or migrates) the database.
 *
 * @throws Error with a sentence for the operator when it cannot be reached or used, or is too new.
 */
export async function openPostgresStore(settings: PostgresSettings): Promise<Store> {
  const node = settings.node ?? randomUUID();
  const elapsed = () => performance.now();
  const { retried, problem, saved } = watchReachability(settings.patienceMs ?? 20_000, elapsed, settings.log);
  const connection = connectionOptions({ url: settings.url, applicationName: 'holdpoint' });
  await prepare(connection, settings);

  const { silenceMs } = settings;
  const readers = openPool(connection, { max: settings.connections ?? 10, silenceMs });
  const writers = openPool(connection, { max: lanes, first: saveFunction, silenceMs });
  // Claims of tasks wait for each other, and for locks of other nodes: no save waits behind them.
  const takers = openPool(connection, { max: takings, first: saveFunction, silenceMs, pipeline: true });
  // What only says who does what need not wait for the disk: after a crash it is done once more.
  const claimers = openPool(connection, { max: 4, first: 'SET synchronous_commit TO off', silenceMs });

  const read = createReader(
    (name, text, values) => retried(() => readers.query({ name, text, values: values as unknown[], rowMode: 'array' })),
    elapsed,
  );
  const queries = createQueries(read);
  const claimRun = (text: string, values: readonly unknown[]) =>
    claimers.query({ text, values: values as unknown[], rowMode: 'array' });

  const listeners = new Set<(changed: readonly Changed[]) => void>();
  const publish = (changed: readonly Changed[]): void => {
    if (changed.length > 0) for (const listener of listeners) listener(changed);
  };
  /** Whoever waits for work looks again. */
  const wake = (): void => publish([{ table: 'jobs', change: 'update', id: '' }]);

  let nodes: Nodes | undefined;
  let isGreeted = false;
  const presence = createPresence({ node, isAlone: settings.isAlone === true, log: settings.log });
  const announcements = await openAnnouncements({
    node,
    ask: presence.take,
    connection,
    silenceMs: silenceMs ?? usualSilenceMs,
    run: claimRun,
    heard(changed) {
      for (const { table } of changed) read.forget(table);
      publish(changed);
    },
    met() {
      isGreeted = true;
      nodes?.met();
    },
    missed() {
      read.forgetAll();
      // Whoever listens looks again.
      publish([
        { table: 'jobs', change: 'update', id: '' },
        { table: 'tasks', change: 'update', id: '' },
      ]);
    },
  });
  // Listens first, then shows itself: of two nodes that come at once, at least one hears of the other.
  try {
    nodes = await openNodes({ node, run: (text, values) => retried(() => claimRun(text, values)), lost: wake });
    if (isGreeted) nodes.met();
    const refusal = await whyNotHere(settings, presence, nodes, announcements);
    if (refusal !== undefined) throw new Error(refusal);
    await announcements.greet();
    await claimRun('UPDATE jobs SET claimed_by = NULL, claimed_until = NULL WHERE claimed_by = $1', [node]);
  } catch (error) {
    // A program that goes on without its store must not keep the locks of one. The row of a name that clashes is the other's.
    await nodes?.close({ isAnothers: presence.clash === 'name' });
    await announcements.close();
    await Promise.all([readers.end(), writers.end(), takers.end(), claimers.end()]);
    throw openingProblem(settings.url, error, settings.flag);
  }
  const jobNews = collectJobNews(announcements.tell);
  const jobs = createJobClaims(node, claimRun, (result) => read.rowsOf('jobs', result));

  async function call(client: pg.ClientBase, id: string, batch: Batch): Promise<string> {
    const { rows } = await client.query({
      name: 'save',
      text: 'SELECT pg_temp.save_batch($1, $2, $3, $4, $5)',
      values: [id, batch.saves, batch.labels, batch.counts, batch.parts],
      rowMode: 'array',
    });
    return rows[0]![0];
  }

  function committed(saves: readonly (readonly Change[])[]): void {
    saved();
    for (const changes of saves) {
      jobs.committed(changes);
      for (const change of changes) if (change.change !== 'guard') read.forget(change.table);
    }
    const changed = changedRows(saves);
    publish(changed);
    if (!nodes?.areOthers) return;
    announcements.tell(forOthers(saves, changed));
    jobNews.add(changed);
  }

  const commits = startGroupCommit({
    send: (id, batch) => writers.with((client) => call(client, id, batch)),
    newBatchId: randomUUID,
    batchLimit: settings.batchLimit ?? 256,
    lanes,
    retried,
    committed,
    conflicted: () => read.forgetAll(),
    elapsed,
  });

  return {
    ...queries,
    claimJobs: jobs.claimJobs,
    releaseJob: jobs.releaseJob,
    nextJobDueAt: jobs.nextJobDueAt,
    save: (changes) => (changes.length === 0 ? Promise.resolve('saved') : commits.save(changes)),
    async claimNextTask(next) {
      // What was sent last: when the connection broke before the answer, the same is sent again instead of another claim.
      let sent: { readonly id: string; readonly accepted: Accepted } | undefined;
      const accepted = await retried(async () => {
        if (sent) {
          const { id, accepted } = sent;
          const verdict = await takers.with((client) => call(client, id, createBatch([accepted.changes])));
          if (verdict === '1') return accepted;
          sent = undefined;
        }
        return claimNextTask(
          {
            connected: takers.with,
            rowsOf: (result) => read.rowsOf('tasks', result),
            statement: read.statement,
            async save(client, accepted) {
              sent = { id: randomUUID(), accepted };
              const isSaved = (await call(client, sent.id, createBatch([accepted.changes]))) === '1';
              if (!isSaved) sent = undefined;
              return isSaved;
            },
            windows: () => queries.windowsOf(next),
            isAnyLeft: async () => (await queries.offeredTasks({ ...next, limit: 1 })).tasks.length > 0,
          },
          next,
        );
      });
      if (accepted) committed([accepted.changes]);
      return accepted?.assignment;
    },
    changes(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    problem,
    health: () => readHealth((text, values) => readers.query({ text, values: values as unknown[], rowMode: 'array' })),
    async close() {
      await commits.close();
      await jobs.close();
      await nodes?.close();
      jobNews.flush();
      await announcements.close();
      await Promise.all([readers.end(), writers.end(), takers.end(), claimers.end()]);
    },
  };
}

/** What other nodes need to hear at once: nothing of jobs, and every table that they may have kept rows of. */
function forOthers(saves: readonly (readonly Change[])[], changed: readonly Changed[]): Changed[] {
  const told = changed.filter(
    ({ table, change }) => table !== 'jobs' && !(table === 'humanLoops' && change === 'insert'),
  );
  const kept = new Set(
    saves.flatMap((changes) =>
      changes.flatMap((change) => (change.change !== 'guard' && unpublished.has(change.table) ? [change.table] : [])),
    ),
  );
  for (const table of kept) told.push({ table, change: 'update', id: '' });
  return told;
}

/** Tables of which readers keep rows, and that nobody listens to. */
const unpublished: ReadonlySet<Change['table']> = new Set(['flowDefinitions', 'humanTaskUis', 'workforces']);

/** Longer than the server takes to hear of it (`presence.ts`). */
const usualGoneMs = 20_000;

/** @returns a sentence for the operator when this node may not be on the database beside those that are */
async function whyNotHere(
  { url, isAlone, whyAlone = '', whatOfName = '', goneMs = usualGoneMs }: PostgresSettings,
  presence: Presence,
  nodes: Nodes,
  announcements: Announcements,
): Promise<string | undefined> {
  const until = performance.now() + goneMs;
  while (presence.clash && !(presence.clash === 'company' && nodes.areOthers) && performance.now() < until) {
    await pause(200);
    // It is made anew when it is broken.
    await announcements.ask().catch(() => {});
  }
  const at = shownUrl(url);
  if (presence.clash === 'name')
    return `Another server works on the database at ${at} under the name of this one. ${whatOfName}`.trim();
  if (isAlone && (presence.clash || nodes.areOthers))
    return `Servers work on the database at ${at}: stop them first (one that was killed counts for half a minute, except when it starts again). ${whyAlone}`.trim();
  if (presence.clash)
    return `A server that has to be alone works on the database at ${at}: stop it first. ${whyAlone}`.trim();
  return undefined;
}

async function prepare(connection: pg.ClientConfig, { url, flag, clock, partitions }: PostgresSettings): Promise<void> {
  let client: pg.Client | undefined;
  try {
    client = new pg.Client(connection);
    client.on('error', () => {});
    await client.connect();
    const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS version");
    if (rows[0].version < 140_000)
      throw new Error(
        `The database is PostgreSQL ${Math.floor(rows[0].version / 10_000)}; Holdpoint needs 14 or newer.`,
      );
    await migrate(client, { now: clock.now(), partitions: partitions ?? 0 });
  } catch (error) {
    throw openingProblem(url, error, flag);
  } finally {
    await client?.end().catch(() => {});
  }
}
