import type { ClientBase, QueryArrayResult } from 'pg';
import type { Task } from '../../domain/rows.ts';
import { offeredParameters, offeredWhere, type Value } from '../queries.ts';
import type { NextTask } from '../store.ts';
import { numbered, selectList } from './read.ts';

export type Accepted = ReturnType<NextTask['accept']>;

export interface TaskClaim {
  /** Runs `use` in one transaction on one connection; what it answers `false` for is rolled back. */
  readonly transaction: <T>(use: (client: ClientBase) => Promise<T | false>) => Promise<T | false>;
  readonly rowsOf: (result: QueryArrayResult) => Task[];
  /** Writes changes on the connection. @returns whether they passed */
  readonly save: (client: ClientBase, accepted: Accepted) => Promise<boolean>;
  /** Tasks that may be taken, without locks. */
  readonly isAnyLeft: () => Promise<boolean>;
}

const select = (lock: string): string =>
  numbered(
    `SELECT ${selectList('tasks')} FROM tasks t WHERE ${offeredWhere} ORDER BY t.created_at, t.id LIMIT 1 ${lock}`,
  );

/**
 * Takes the oldest task that the worker may take: rows that another claim is at are passed over, so that two hundred workers
 * do not wait for the first task. When all that is left is being claimed, it waits for those: a slot may be left.
 */
export async function claimNextTask(claim: TaskClaim, next: NextTask): Promise<Accepted | undefined> {
  const { accept, ...page } = next;
  const lockOne = async (client: ClientBase, lock: string): Promise<Task | undefined> => {
    const found: Task[] = [];
    // A task is locked in each team's list, and given back with the transaction when an older one is chosen.
    for (const workteamId of page.workteamIds)
      found.push(
        ...claim.rowsOf(
          await client.query({
            text: select(lock),
            values: offeredParameters(page, workteamId) as Value[],
            rowMode: 'array',
          }),
        ),
      );
    return found.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))[0];
  };
  for (let lock = 'FOR UPDATE SKIP LOCKED'; ; ) {
    const outcome = await claim.transaction(async (client) => {
      const task = await lockOne(client, lock);
      if (!task) return 'none';
      const accepted = accept(task);
      return (await claim.save(client, accepted)) && accepted;
    });
    if (outcome !== false && outcome !== 'none') return outcome;
    if (outcome === 'none' && !(await claim.isAnyLeft())) return undefined;
    lock = outcome === 'none' ? 'FOR UPDATE' : 'FOR UPDATE SKIP LOCKED';
  }
}
