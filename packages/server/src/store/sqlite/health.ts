import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { failingJobs, firstJobs, newestRows } from '../health-questions.ts';
import type { StoreHealth } from '../store.ts';

/** A check of the whole takes about a millisecond for a megabyte, and nobody else is served meanwhile. */
const checkedWhole = 32 * 1024 * 1024;
/** Messages of a check; a damaged database has thousands. */
const mostMessages = 5;
/** Tables that stay small, each checked whole in a database that is not. */
const smallTables = ['migrations', 'settings', 'access_keys', 'workforces', 'workteams', 'workers', 'event_targets'];
/** Of the others the newest rows are read. */
const largeTables = { human_loops: 'id', human_loop_inputs: 'human_loop_id', tasks: 'id', answers: 'assignment_id' };
const rowsRead = 100;
/** Characters of one table's newest rows: a row can have megabytes, and nobody else is served meanwhile. */
const charactersRead = 4 * 1024 * 1024;
/** Looks over the database on the connection that reads. */
export function readHealth(database: DatabaseSync): StoreHealth {
  const damage: string[] = [];
  const rows = (sql: string, ...parameters: SQLInputValue[]): SQLInputValue[] => {
    try {
      return database
        .prepare(sql)
        .all(...parameters)
        .map((row) => Object.values(row)[0] ?? null);
    } catch (error) {
      damage.push((error as Error).message);
      return [];
    }
  };
  const numbers = (sql: string, ...parameters: SQLInputValue[]): number[] =>
    rows(sql, ...parameters).flatMap((value) => (value === null ? [] : [Number(value)]));

  const [pages = 0] = numbers('PRAGMA page_count');
  const [pageSize = 0] = numbers('PRAGMA page_size');
  const complete = pages * pageSize <= checkedWhole;
  const checks = complete
    ? [`PRAGMA quick_check(${mostMessages})`]
    : smallTables.map((table) => `PRAGMA quick_check(${table})`);
  for (const check of checks)
    damage.push(
      ...rows(check)
        .map(String)
        .filter((message) => message !== 'ok'),
    );
  if (!complete)
    for (const [table, key] of Object.entries(largeTables)) {
      try {
        readNewest(database, `SELECT * FROM ${table} ORDER BY ${key} DESC LIMIT ${rowsRead}`);
      } catch (error) {
        damage.push((error as Error).message);
      }
    }
  const newest = newestRows.flatMap((sql) => numbers(sql));
  const due = firstJobs.flatMap((sql) => numbers(sql));
  const failing = failingJobs.flatMap((sql) => numbers(sql));
  return {
    schemaVersion: numbers('SELECT max(version) FROM migrations')[0] ?? 0,
    damage: [...new Set(damage)].slice(0, mostMessages),
    complete,
    newestRowAt: newest.length > 0 ? Math.max(...newest) : undefined,
    firstJobDueAt: due.length > 0 ? Math.min(...due) : undefined,
    failingJobs: failing.reduce((sum, count) => sum + count, 0),
  };
}

/** Reads rows one by one, and no more of them than the bound; a page that is damaged throws. */
function readNewest(database: DatabaseSync, sql: string): void {
  let left = charactersRead;
  for (const row of database.prepare(sql).iterate()) {
    for (const value of Object.values(row)) left -= typeof value === 'string' ? value.length : 8;
    if (left < 0) break;
  }
}
