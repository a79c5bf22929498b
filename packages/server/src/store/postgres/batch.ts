/** A batch of saves as the save function takes it: rows by table and by what is done to them. */
import type { Change } from '../../domain/change.ts';
import type { TableName } from '../../domain/rows.ts';
import { columnsOf, snakeCase, tables } from '../tables.ts';
import { partitionColumns } from './partitions.ts';
import { type Action, actions, partLabel } from './save-function.ts';

export interface Batch {
  readonly saves: number;
  readonly labels: readonly string[];
  readonly counts: readonly number[];
  /** JSON texts, one a label. */
  readonly parts: readonly string[];
}

type Row = Readonly<Record<string, unknown>>;
interface Lock {
  readonly k: string;
  readonly p: string | null;
  readonly x: boolean;
}

const names = Object.keys(tables) as TableName[];

/** PostgreSQL's texts hold every character but this one. */
const text = (value: unknown): unknown =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value;

function whole(name: TableName, row: Row, save: number): Row {
  const record: Record<string, unknown> = { s: save };
  for (const { column, sql, type } of columnsOf[name]) {
    const value = row[column];
    record[sql] = type === 'json' ? JSON.stringify(value ?? null) : text(value ?? null);
  }
  return record;
}

const partitionOf = (name: TableName, row: Row): string => {
  const column = partitionColumns[name] ?? tables[name].key;
  return String(row[column]);
};

export function createBatch(saves: readonly (readonly Change[])[]): Batch {
  const records = new Map<string, Row[]>();
  const locks = new Map<TableName, Map<string, Lock>>();
  const note = (action: Action, name: TableName, record: Row) => {
    const label = partLabel(action, name);
    const known = records.get(label);
    if (known) known.push(record);
    else records.set(label, [record]);
  };
  const lock = (name: TableName, k: string, p: string | null, x: boolean) => {
    const known = locks.get(name) ?? new Map<string, Lock>();
    locks.set(name, known);
    const before = known.get(k);
    known.set(k, { k, p: before?.p ?? p, x: x || before?.x === true });
  };
  for (const [save, changes] of saves.entries())
    for (const change of changes) {
      const { table } = change;
      if (change.change === 'discard') {
        note('discard', table, { s: save, k: change.key });
        lock(table, change.key, null, true);
        continue;
      }
      const row = change.row as unknown as Row;
      if (change.change === 'insert') {
        note(change.ifAbsent ? 'keep' : 'insert', table, whole(table, row, save));
        continue;
      }
      const k = String(row[tables[table].key]);
      const p = partitionOf(table, row);
      lock(table, k, p, change.change !== 'guard');
      if (change.change === 'update')
        note('update', table, whole(table, { ...row, ...(change.set as Row), version: row.version }, save));
      else note(change.change, table, { s: save, k, v: row.version, p });
    }
  const labels: string[] = [];
  const counts: number[] = [];
  const parts: string[] = [];
  const add = (label: string, list: readonly unknown[]) => {
    labels.push(label);
    counts.push(list.length);
    parts.push(JSON.stringify(list));
  };
  for (const name of names) {
    const rows = locks.get(name);
    if (rows)
      add(
        partLabel('lock', name),
        [...rows.values()].sort((a, b) => (a.k < b.k ? -1 : 1)),
      );
  }
  // All tables of one action before the next: what is looked at, then what goes, then what comes.
  for (const action of actions)
    for (const name of names) {
      const label = partLabel(action, name);
      const list = records.get(label);
      if (list) add(label, action === 'insert' || action === 'keep' ? list.sort(byUnique(name)) : list);
    }
  return { saves: saves.length, labels, counts, parts };
}

/** What is unique in a table besides its key, and may be wanted by two at once. */
const uniqueColumns: { readonly [T in TableName]?: readonly string[] } = {
  workforces: ['name'],
  workteams: ['name'],
  workers: ['email'],
  humanTaskUis: ['name'],
  flowDefinitions: ['name'],
  humanLoops: ['name'],
  tasks: ['human_loop_id'],
  assignments: ['task_id', 'worker_id'],
  answers: ['human_loop_id', 'sequence'],
};

function byUnique(name: TableName): (a: Row, b: Row) => number {
  const by = uniqueColumns[name] ?? [snakeCase(tables[name].key)];
  const of = (row: Row) => by.map((column) => String(row[column])).join('\n');
  return (a, b) => {
    const [left, right] = [of(a), of(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  };
}

/** The rows that a save writes or relies on: two saves that meet on one are not written in the same batch. */
export function touched(changes: readonly Change[]): { readonly key: string; readonly isWritten: boolean }[] {
  return changes.map((change) => {
    const key =
      change.change === 'discard' ? change.key : String((change.row as unknown as Row)[tables[change.table].key]);
    const isWritten = change.change !== 'guard' && !(change.change === 'insert' && change.ifAbsent === true);
    return { key: `${change.table} ${key}`, isWritten };
  });
}
