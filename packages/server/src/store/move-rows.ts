/**
 * Moves all rows from one store into another, whatever their engines: page by page in the order of keys, so that it can go
 * on where it was interrupted, and compared row by row at the end. Nobody else may work on either meanwhile.
 */
import { type Change, insert, remove } from '../domain/change.ts';
import type { Rows, TableName } from '../domain/rows.ts';
import type { Store } from './store.ts';
import { tables } from './tables.ts';

/** The setting of a store into which rows are being moved; a server does not start on it. */
export const movingFrom = 'movingFrom';

export type MoveStep = 'copy' | 'compare';

export interface Move {
  /** Called with each page: how many rows have been copied or compared so far, in all tables. */
  readonly progress?: (step: MoveStep, rows: number, table: TableName) => void;
  readonly signal?: AbortSignal;
}

/** Rows of one page; a loop's input and a worker's answer may have megabytes. */
const pageRows = 500;
const largePageRows = 20;
const large: ReadonlySet<TableName> = new Set(['humanLoopInputs', 'answers', 'templates', 'eventDeliveries']);
const names = Object.keys(tables) as TableName[];

const pageOf = (table: TableName): number => (large.has(table) ? largePageRows : pageRows);

const keyOf = (table: TableName, row: object): string => String((row as Record<string, unknown>)[tables[table].key]);

/**
 * @returns how many rows the store has.
 * @throws Error with a sentence for the operator: nothing to move, a target in use, a row that differs, an abort.
 */
export async function moveRows(from: Store, to: Store, move: Move = {}): Promise<number> {
  const source = await identityOf(from);
  if (source === undefined) throw new Error('There is nothing to move: no server has ever started on the source.');
  await begin(to, source);
  let copied = 0;
  for (const table of names) {
    // What an earlier attempt has copied is there up to its last key.
    const last = table === 'settings' ? undefined : await to.lastKey(table);
    for await (const rows of pages(from, table, last ?? '')) {
      move.signal?.throwIfAborted();
      await copy(to, table, rows);
      copied += rows.length;
      move.progress?.('copy', copied, table);
    }
  }
  let compared = 0;
  for (const table of names) {
    let last = '';
    for await (const rows of pages(from, table, '')) {
      move.signal?.throwIfAborted();
      await compare(to, table, rows, last);
      last = keyOf(table, rows.at(-1)!);
      compared += rows.length;
      move.progress?.('compare', compared, table);
    }
    await requireNoMore(to, from, table);
  }
  const marker = await to.setting(movingFrom);
  if (marker) await to.save([remove('settings', marker)]);
  return compared;
}

/** What tells one installation from another. */
async function identityOf(store: Store): Promise<string | undefined> {
  if (!(await store.setting('accountId'))) return undefined;
  const internal = (await store.accessKeys()).find(({ kind }) => kind === 'internal');
  return internal?.accessKeyId ?? 'an installation without keys';
}

async function begin(to: Store, source: string): Promise<void> {
  const marker = await to.setting(movingFrom);
  if (marker?.value === source) return;
  if (marker) throw new Error('The target holds a part of another installation: give an empty database.');
  for (const table of names)
    if ((await to.lastKey(table)) !== undefined)
      throw new Error('The target is not empty: it has rows of an installation of its own. Give an empty database.');
  await to.save([insert('settings', { name: movingFrom, value: source })]);
}

async function* pages<T extends TableName>(store: Store, table: T, after: string): AsyncGenerator<readonly Rows[T][]> {
  for (let last = after; ; ) {
    const rows = await store.rows(table, last, pageOf(table));
    const wanted = rows.filter((row) => table !== 'settings' || keyOf(table, row) !== movingFrom);
    if (wanted.length > 0) yield wanted;
    if (rows.length < pageOf(table)) return;
    last = keyOf(table, rows.at(-1)!);
  }
}

async function copy<T extends TableName>(to: Store, table: T, rows: readonly Rows[T][]): Promise<void> {
  const changes = rows.map((row): Change => insert(table, row as never, { ifAbsent: true }));
  if ((await to.save(changes)) !== 'saved') throw new Error(`Rows of ${table} could not be written.`);
}

/** @param after the last key that was compared: whatever the target has from there to the end of the page has to be in the page */
async function compare<T extends TableName>(
  to: Store,
  table: T,
  rows: readonly Rows[T][],
  after: string,
): Promise<void> {
  const last = keyOf(table, rows.at(-1)!);
  const there = new Map<string, string>();
  for await (const found of pages(to, table, after)) {
    for (const row of found) there.set(keyOf(table, row), shown(row));
    if (keyOf(table, found.at(-1)!) >= last) break;
  }
  for (const row of rows) {
    const key = keyOf(table, row);
    if (there.get(key) === undefined)
      throw new Error(
        `The row ${key} of ${table} has not arrived, since the source has changed after the move had begun. Empty the target and move again.`,
      );
    if (there.get(key) !== shown(row))
      throw new Error(
        `The row ${key} of ${table} differs in the target: one of the two was changed after the move had begun. Empty the target and move again.`,
      );
    there.delete(key);
  }
  const [more] = [...there.keys()].filter((key) => key <= last);
  if (more !== undefined && table !== 'settings') throw tooMuch(table);
}

/** PostgreSQL's texts hold every character but one, in whose place another is kept (`postgres/batch.ts`). */
const shown = (row: object): string =>
  JSON.stringify(row, (_key, value) => (typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value));

const tooMuch = (table: TableName): Error =>
  new Error(
    `The target has rows of ${table} that the source has not: one of the two was changed after the move had begun. Empty the target and move again.`,
  );

async function requireNoMore(to: Store, from: Store, table: TableName): Promise<void> {
  const ours = await from.lastKey(table);
  const theirs = await to.lastKey(table);
  if (table !== 'settings' && theirs !== undefined && (ours === undefined || theirs > ours)) throw tooMuch(table);
}
