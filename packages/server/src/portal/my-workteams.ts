import { isMember } from '../domain/assignment.ts';
import type { Worker, Workteam } from '../domain/rows.ts';
import type { Store } from '../store/store.ts';

/** The workteams that list at least one of the worker's groups. */
export const myWorkteams = async (store: Store, worker: Worker): Promise<readonly Workteam[]> =>
  (await store.allWorkteams()).filter((workteam) => isMember(worker, workteam));
