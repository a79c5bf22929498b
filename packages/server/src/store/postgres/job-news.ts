import type { JobLane } from '../../domain/rows.ts';
import type { Changed } from '../store.ts';

/** Milliseconds after which others hear of a job. */
const delayMs = 200;

export interface JobNews {
  add(changed: readonly Changed[]): void;
  /** Tells at once what is left. */
  flush(): void;
}

/**
 * Tells other nodes when the first job of each lane is due, a little late: this node begins its own jobs at once, and others
 * are wanted only when it has more of them than it can do, or is gone. Told at once, every start would make every node ask
 * the database for a job that is being done.
 */
export function collectJobNews(tell: (changed: readonly Changed[]) => void): JobNews {
  const soonest = new Map<JobLane | undefined, number>();
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const told = [...soonest].map(
      ([lane, dueAt]): Changed => ({ table: 'jobs', change: 'insert', id: '', ...(lane && { lane, dueAt }) }),
    );
    soonest.clear();
    if (told.length > 0) tell(told);
  }

  return {
    add(changed) {
      for (const { table, change, lane, dueAt = 0 } of changed)
        if (table === 'jobs' && change !== 'remove')
          soonest.set(lane, Math.min(dueAt, soonest.get(lane) ?? Number.POSITIVE_INFINITY));
      if (soonest.size > 0) timer ??= setTimeout(flush, delayMs).unref();
    },
    flush,
  };
}
