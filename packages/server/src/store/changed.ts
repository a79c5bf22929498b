import type { Change } from '../domain/change.ts';
import type { TableName } from '../domain/rows.ts';
import type { Changed } from './store.ts';
import { tables } from './tables.ts';

/** Tables whose changes somebody listens to. */
const published: ReadonlySet<TableName> = new Set([
  'humanLoops',
  'tasks',
  'assignments',
  'humanLoopEvents',
  'jobs',
  'workers',
  'sessions',
  'accessKeys',
  'workteams',
  'eventTargets',
]);

type JobChange = Extract<Change, { readonly table: 'jobs'; readonly row: unknown }>;

const due = (change: JobChange): Pick<Changed, 'lane' | 'dueAt'> => {
  const { lane, dueAt } = change.change === 'update' ? { ...change.row, ...change.set } : change.row;
  return { lane, dueAt };
};

/** What the changes of a commit mean for listeners: keys only, never contents. */
export function changedRows(saved: readonly (readonly Change[])[]): Changed[] {
  const changed: Changed[] = [];
  for (const changes of saved)
    for (const change of changes) {
      if (change.change === 'guard' || !published.has(change.table)) continue;
      if (change.change === 'discard') {
        if (change.table !== 'jobs') changed.push({ table: change.table, change: 'remove', id: change.key });
        continue;
      }
      const row = change.row as unknown as Record<string, string>;
      changed.push({
        table: change.table,
        change: change.change,
        id: row[tables[change.table].key]!,
        ...(row.humanLoopId && { humanLoopId: row.humanLoopId }),
        ...(row.workteamId && { workteamId: row.workteamId }),
        ...(row.workerId && { workerId: row.workerId }),
        ...(change.table === 'jobs' && due(change)),
      });
      // For the team to which a task is given it is a new one.
      if (change.change === 'update' && change.table === 'tasks' && change.set.workteamId)
        changed.push({
          table: 'tasks',
          change: 'insert',
          id: change.row.id,
          humanLoopId: change.row.humanLoopId,
          workteamId: change.set.workteamId,
        });
    }
  return changed;
}
