/** The rows that all nodes of a simulation share, and who has claimed which job. */
import type { Change } from '../../packages/server/src/domain/change.ts';
import type { SaveResult } from '../../packages/server/src/store/store.ts';
import { createMemoryRows, type MemoryRows, type Semantics } from './memory-rows.ts';

export interface Database {
  readonly rows: MemoryRows;
  readonly semantics: Semantics;
  /** Saves, and tells every node. */
  write(changes: readonly Change[]): SaveResult;
  /** A node that the others take for gone: its claims are free. */
  readonly gone: Set<string>;
  readonly claims: Map<string, { readonly node: string; readonly until: number }>;
  /** Called after each commit. */
  committed: (changes: readonly Change[]) => void;
}

export function createDatabase(semantics: Semantics): Database {
  const rows = createMemoryRows(semantics);
  const claims: Database['claims'] = new Map();
  const database: Database = {
    rows,
    semantics,
    gone: new Set(),
    claims,
    committed: () => {},
    write(changes) {
      if (rows.save(changes) === 'conflict') return 'conflict';
      for (const change of changes)
        if (change.table === 'jobs' && change.change !== 'guard')
          claims.delete(change.change === 'discard' ? change.key : change.row.id);
      database.committed(changes);
      return 'saved';
    },
  };
  return database;
}
