import type { ClientBase, QueryArrayResult } from 'pg';
import type { Task } from '../../domain/rows.ts';
import { compareIn, offeredQuery, type TaskWindow } from '../offered-tasks.ts';
import type { NextTask } from '../store.ts';
import { dialect, type PostgresReader, selectList } from './read.ts';

export type Accepted = ReturnType<NextTask['accept']>;

export interface TaskClaim {
  /** Runs `use` on a connection that sends a query before the one before it is answered. */
  readonly connected: <T>(use: (client: ClientBase) => Promise<T>) => Promise<T>;
  readonly rowsOf: (result: QueryArrayResult) => Task[];
  readonly statement: PostgresReader['statement'];
  /** Writes changes on the connection. @returns whether they passed */
  readonly save: (client: ClientBase, accepted: Accepted) => Promise<boolean>;
  /** The stretches of waiting tasks to look at. */
  readonly windows: () => AsyncIterable<TaskWindow>;
  /** Tasks that may be taken, without locks. */
  readonly isAnyLeft: () => Promise<boolean>;
}

/**
 * Takes the first task that the worker may take: rows that another claim is at are passed over, so that two hundred workers
 * do not wait for the first task. When all that is left is being claimed, it waits for those: a slot may be left.
 */
export async function claimNextTask(claim: TaskClaim, next: NextTask): Promise<Accepted | undefined> {
  const { accept, ...wanted } = next;
  const lockOne = async (client: ClientBase, lock: string, window: TaskWindow): Promise<Task | undefined> => {
    const found: Task[] = [];
    // A task is locked in each team's list, and given back with the transaction when another one is chosen.
    for (const workteamId of wanted.workteamIds) {
      const { where, orderBy, parameters } = offeredQuery(wanted, workteamId, window, dialect);
      const { name, sql } = claim.statement(
        `SELECT ${selectList('tasks')} FROM tasks t WHERE ${where} ORDER BY ${orderBy} LIMIT 1 ${lock}`,
      );
      const query = { name, text: sql, values: parameters, rowMode: 'array' as const };
      found.push(...claim.rowsOf(await client.query(query)));
    }
    return found.sort(compareIn(wanted.order ?? 'oldest'))[0];
  };
  const lockFirst = async (client: ClientBase, lock: string): Promise<Task | undefined> => {
    for await (const window of claim.windows()) {
      const task = await lockOne(client, lock, window);
      if (task) return task;
    }
    return undefined;
  };
  for (let lock = 'FOR UPDATE SKIP LOCKED'; ; ) {
    // What is thrown inside a transaction costs its connection, which is in order when the task cannot be accepted.
    let refusal: { readonly error: unknown } | undefined;
    const outcome = await claim.connected(async (client) => {
      const [, task] = await Promise.all([client.query('BEGIN'), lockFirst(client, lock)]);
      let accepted: Accepted | undefined;
      try {
        accepted = task && accept(task);
      } catch (error) {
        refusal = { error };
      }
      if (!accepted) {
        await client.query('ROLLBACK');
        return refusal ? false : 'none';
      }
      // What is refused has written nothing, so that it can be committed as well.
      const [isSaved] = await Promise.all([claim.save(client, accepted), client.query('COMMIT')]);
      return isSaved && accepted;
    });
    if (refusal) throw refusal.error;
    if (outcome !== false && outcome !== 'none') return outcome;
    if (outcome === 'none' && !(await claim.isAnyLeft())) return undefined;
    lock = outcome === 'none' ? 'FOR UPDATE' : 'FOR UPDATE SKIP LOCKED';
  }
}
