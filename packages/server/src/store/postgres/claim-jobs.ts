import type { QueryArrayResult } from 'pg';
import type { Change } from '../../domain/change.ts';
import type { Job, JobLane } from '../../domain/rows.ts';
import type { Store } from '../store.ts';
import { nodeAliveFor } from './nodes.ts';
import { selectList } from './read.ts';

type Run = (sql: string, values: readonly unknown[]) => Promise<QueryArrayResult>;

export interface JobClaims extends Pick<Store, 'claimJobs' | 'releaseJob' | 'nextJobDueAt'> {
  /** Jobs that a commit of this node finished or put back are no longer held. */
  committed(changes: readonly Change[]): void;
  close(): Promise<void>;
}

/**
 * What this node (`node`) holds as far as it knows (`held`): a claim whose answer, or whose release, the network lost is none.
 * Of one lane it claims once at a time, so that no other claim of its own is on the way.
 */
const isUnknown = (node: string, held: string): string => `(j.claimed_by = ${node} AND j.id <> ALL (${held}::text[]))`;

/** A claim of a node that is gone, or has taken too long, is none. `$1` is now. */
const isFree = `(j.claimed_by IS NULL OR j.claimed_until <= $1 OR ${isUnknown('$4', '$6')}
  OR NOT EXISTS (SELECT 1 FROM nodes n WHERE n.id = j.claimed_by AND n.seen_at > clock_timestamp() - ${nodeAliveFor}))`;

/**
 * Claims of jobs by this node. A claim raises the row's version: a node that was paused past its claim can change nothing
 * any more, since whatever it saves for a job is guarded by the version that it was given.
 */
export function createJobClaims(node: string, run: Run, rowsOf: (result: QueryArrayResult) => Job[]): JobClaims {
  const held = new Set<string>();
  const releasing = new Set<Promise<unknown>>();

  return {
    async claimJobs({ lane, now, leaseUntil, limit }) {
      await Promise.all(releasing);
      const result = await run(
        `UPDATE jobs t SET claimed_by = $4, claimed_until = $5, version = t.version + 1
          FROM (SELECT j.id FROM jobs j WHERE j.lane = $2 AND j.due_at <= $1 AND ${isFree}
            ORDER BY j.due_at LIMIT $3 FOR UPDATE OF j SKIP LOCKED) free
          WHERE t.id = free.id RETURNING ${selectList('jobs')}`,
        [now, lane, limit, node, leaseUntil, [...held]],
      );
      const jobs = rowsOf(result).sort((a, b) => a.dueAt - b.dueAt);
      for (const { id } of jobs) held.add(id);
      return jobs;
    },
    releaseJob({ id }) {
      if (!held.delete(id)) return;
      const release = run('UPDATE jobs SET claimed_by = NULL, claimed_until = NULL WHERE id = $1 AND claimed_by = $2', [
        id,
        node,
      ])
        // It is none any more at the next claim.
        .catch(() => {})
        .finally(() => releasing.delete(release));
      releasing.add(release);
    },
    async nextJobDueAt(lane: JobLane) {
      await Promise.all(releasing);
      const { rows } = await run(
        `SELECT min(at) FROM (
          (SELECT j.due_at AS at FROM jobs j WHERE j.lane = $1 AND (j.claimed_by IS NULL OR ${isUnknown('$2', '$3')})
            ORDER BY j.due_at LIMIT 1)
          UNION ALL
          (SELECT greatest(j.due_at, j.claimed_until) FROM jobs j WHERE j.lane = $1 AND j.claimed_by <> $2)) AS next`,
        [lane, node, [...held]],
      );
      const at = rows[0]?.[0];
      return at === null || at === undefined ? undefined : Number(at);
    },
    committed(changes) {
      for (const change of changes)
        if (change.table === 'jobs' && (change.change === 'update' || change.change === 'remove'))
          held.delete(change.row.id);
    },
    async close() {
      await Promise.all(releasing);
      if (held.size === 0) return;
      await run('UPDATE jobs SET claimed_by = NULL, claimed_until = NULL WHERE claimed_by = $1', [node]).catch(
        () => {},
      );
    },
  };
}
