/**
 * Rows in memory, written as the engines write them: a save is whole or not at all, guards versions, keeps what is unique
 * unique. Everything here happens at once; who runs in between is the caller's affair.
 */
import type { Change } from '../../packages/server/src/domain/change.ts';
import type { Rows, TableName } from '../../packages/server/src/domain/rows.ts';
import type { SaveResult } from '../../packages/server/src/store/store.ts';
import { tables } from '../../packages/server/src/store/tables.ts';

/** SQLite writes the changes of a save in their order; PostgreSQL looks first, then removes, updates and inserts. */
export type Semantics = 'sqlite' | 'postgres';

type Row = Readonly<Record<string, unknown>>;

export interface MemoryRows {
  save(changes: readonly Change[]): SaveResult;
  all<T extends TableName>(table: T): Iterable<Rows[T]>;
  get<T extends TableName>(table: T, key: string): Rows[T] | undefined;
  /** Rows of an indexed column; in no order. */
  by<T extends TableName>(table: T, column: keyof Rows[T] & string, value: string): readonly Rows[T][];
}

const indexed: { readonly [T in TableName]?: readonly string[] } = {
  humanLoops: ['name', 'flowDefinitionId'],
  flowDefinitions: ['name'],
  workteams: ['name'],
  tasks: ['humanLoopId', 'workteamId'],
  assignments: ['taskId', 'workerId'],
  answers: ['humanLoopId'],
  drafts: ['humanLoopId'],
  humanLoopEvents: ['humanLoopId'],
  jobs: ['lane'],
};

const isLive = (row: Row): boolean => row.status === 'open' || row.status === 'submitted' || row.status === 'declined';

/** What may exist once: the columns, and of which rows. */
const unique: { readonly [T in TableName]?: { columns: readonly string[]; of?: (row: Row) => boolean } } = {
  workforces: { columns: ['name'] },
  workteams: { columns: ['name'] },
  workers: { columns: ['email'] },
  humanTaskUis: { columns: ['name'] },
  flowDefinitions: { columns: ['name'] },
  humanLoops: { columns: ['name'] },
  tasks: { columns: ['humanLoopId'] },
  assignments: { columns: ['taskId', 'workerId'], of: isLive },
  answers: { columns: ['humanLoopId', 'sequence'] },
};

const order: { readonly [C in Change['change']]: number } = { guard: 0, discard: 1, remove: 2, update: 3, insert: 4 };
const rank = (change: Change): number => (change.change === 'insert' && change.ifAbsent ? 5 : order[change.change]);

class Conflict extends Error {}

export function createMemoryRows(semantics: Semantics): MemoryRows {
  const names = Object.keys(tables) as TableName[];
  const rows = new Map(names.map((name) => [name, new Map<string, Row>()]));
  const indices = new Map(
    names.map((name) => [name, new Map((indexed[name] ?? []).map((column) => [column, new Map<unknown, Set<Row>>()]))]),
  );
  let undo: (() => void)[] = [];

  function put(table: TableName, key: string, row: Row | undefined): void {
    const map = rows.get(table)!;
    const before = map.get(key);
    if (row) map.set(key, row);
    else map.delete(key);
    for (const [column, index] of indices.get(table)!) {
      if (before) index.get(before[column])?.delete(before);
      if (!row) continue;
      const group = index.get(row[column]);
      if (group) group.add(row);
      else index.set(row[column], new Set([row]));
    }
  }

  function write(table: TableName, key: string, row: Row | undefined): void {
    const before = rows.get(table)!.get(key);
    undo.push(() => put(table, key, before));
    put(table, key, row);
  }

  function others(table: TableName, column: string, value: unknown): Iterable<Row> {
    return (
      indices.get(table)!.get(column)?.get(value) ?? (indexed[table]?.includes(column) ? [] : rows.get(table)!.values())
    );
  }

  function isTaken(table: TableName, key: string, row: Row): boolean {
    const rule = unique[table];
    if (!rule || rule.of?.(row) === false) return false;
    const keyColumn = tables[table].key;
    for (const other of others(table, rule.columns[0]!, row[rule.columns[0]!]))
      if (
        other[keyColumn] !== key &&
        rule.columns.every((column) => other[column] === row[column]) &&
        rule.of?.(other) !== false
      )
        return true;
    return false;
  }

  function apply(change: Change): void {
    const { table } = change;
    const map = rows.get(table)!;
    if (change.change === 'discard') return void (map.has(change.key) && write(table, change.key, undefined));
    const row = change.row as unknown as Row;
    const key = String(row[tables[table].key]);
    if (change.change === 'insert') {
      const whole = stored(table, row);
      if (!map.has(key) && !isTaken(table, key, whole)) return void write(table, key, whole);
      if (change.ifAbsent) return;
      throw new Conflict();
    }
    const current = map.get(key);
    if (!current || current.version !== row.version) throw new Conflict();
    if (change.change === 'guard') return;
    if (change.change === 'remove') return void write(table, key, undefined);
    const set = semantics === 'postgres' ? { ...row, ...change.set } : change.set;
    const next = { ...current, ...stored(table, set, Object.keys(set)), version: (current.version as number) + 1 };
    if (isTaken(table, key, next)) throw new Conflict();
    write(table, key, next);
  }

  return {
    save(changes) {
      undo = [];
      const ordered = semantics === 'postgres' ? [...changes].sort((a, b) => rank(a) - rank(b)) : changes;
      try {
        for (const change of ordered) apply(change);
        return 'saved';
      } catch (error) {
        for (const step of undo.reverse()) step();
        if (error instanceof Conflict) return 'conflict';
        throw error;
      }
    },
    all: <T extends TableName>(table: T) => rows.get(table)!.values() as unknown as Iterable<Rows[T]>,
    get: <T extends TableName>(table: T, key: string) => rows.get(table)!.get(key) as Rows[T] | undefined,
    by<T extends TableName>(table: T, column: string, value: string) {
      return [...(indices.get(table)!.get(column)!.get(value) ?? [])] as unknown as Rows[T][];
    },
  };
}

/** A row as a database would give it back: nothing undefined, JSON as it comes out of text. */
function stored(table: TableName, row: Row, columns = Object.keys(tables[table].columns)): Row {
  const types = tables[table].columns;
  const whole: Record<string, unknown> = {};
  for (const column of columns) {
    const value = row[column] ?? null;
    whole[column] = types[column] === 'json' ? JSON.parse(JSON.stringify(value)) : value;
  }
  return whole;
}
