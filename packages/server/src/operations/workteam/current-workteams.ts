import type { Workteam } from '../../domain/rows.ts';
import type { Store } from '../../store/store.ts';

/** More than there can be. */
const limit = 100;

/**
 * The work teams as they are now, not as they were a moment ago: what is decided because one is missing is guarded by the row of
 * its workforce, which has to be read before.
 */
export const currentWorkteams = (store: Store): Promise<readonly Workteam[]> =>
  store.workteams({ sortBy: 'name', order: 'Ascending', limit });
