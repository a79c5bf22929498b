/** The engine's queries: each is prepared once and answers rows in camelCase. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Rows, TableName } from '../../domain/rows.ts';
import type { NamePage, TimePage, WorkerTask, WorkerTaskPage } from '../store.ts';
import { snakeCase, tables } from '../tables.ts';

type Parameters = readonly SQLInputValue[];

/** Rows kept of each cached table; a template may have 128,000 characters. */
const cacheLimit = 200;

export function createReader(database: DatabaseSync) {
  const prepared = new Map<string, (parameters: Parameters) => Record<string, unknown>[]>();
  const counted = new Map<string, StatementSync>();
  // One process owns the database, so rows that nearly every request needs and hardly any changes can be kept.
  const caches = new Map<TableName, Map<string, unknown>>(
    (['flowDefinitions', 'humanTaskUis', 'templates', 'workteams', 'workforces'] as const).map((name) => [
      name,
      new Map(),
    ]),
  );

  /** Rows of a table; `where` is everything after FROM. */
  function all<T extends TableName>(name: T, where: string, ...parameters: SQLInputValue[]): Rows[T][] {
    const key = `${name} ${where}`;
    let query = prepared.get(key);
    if (!query) {
      const { columns } = tables[name];
      const list = Object.keys(columns).map((column) => `t.${snakeCase(column)} AS "${column}"`);
      const json = Object.keys(columns).filter((column) => columns[column] === 'json');
      const statement = database.prepare(`SELECT ${list.join(', ')} FROM ${snakeCase(name)} t ${where}`);
      query = (values) => {
        const rows = statement.all(...values) as Record<string, unknown>[];
        for (const row of rows) for (const column of json) row[column] = JSON.parse(row[column] as string);
        return rows;
      };
      prepared.set(key, query);
    }
    return query(parameters) as unknown as Rows[T][];
  }

  function one<T extends TableName>(name: T, where: string, ...parameters: SQLInputValue[]): Rows[T] | undefined {
    const cache = caches.get(name);
    if (!cache) return all(name, `${where} LIMIT 1`, ...parameters)[0];
    const key = `${where} ${parameters.join(' ')}`;
    if (cache.has(key)) return cache.get(key) as Rows[T] | undefined;
    const row = all(name, `${where} LIMIT 1`, ...parameters)[0];
    if (cache.size >= cacheLimit) cache.clear();
    cache.set(key, row);
    return row;
  }

  /** To be called when a table was written, in the same turn. */
  function forget(name: TableName): void {
    caches.get(name)?.clear();
  }

  function number(sql: string, ...parameters: SQLInputValue[]): number | undefined {
    let statement = counted.get(sql);
    if (!statement) {
      statement = database.prepare(sql);
      counted.set(sql, statement);
    }
    const row = statement.get(...parameters);
    const value = row && Object.values(row)[0];
    return value === null || value === undefined ? undefined : Number(value);
  }

  /** A page ordered by time of creation, for the given condition. */
  function timePage<T extends TableName>(
    name: T,
    condition: string,
    given: SQLInputValue[],
    page: TimePage,
  ): Rows[T][] {
    const down = page.order === 'Descending';
    const parameters: SQLInputValue[] = [...given];
    let where = condition;
    if (page.createdAfter !== undefined) {
      where += ' AND t.created_at >= ?';
      parameters.push(page.createdAfter);
    }
    if (page.createdBefore !== undefined) {
      where += ' AND t.created_at < ?';
      parameters.push(page.createdBefore);
    }
    if (page.after) {
      where += ` AND (t.created_at, t.id) ${down ? '<' : '>'} (?, ?)`;
      parameters.push(page.after.createdAt, page.after.id);
    }
    const direction = down ? 'DESC' : 'ASC';
    const order = `ORDER BY t.created_at ${direction}, t.id ${direction} LIMIT ?`;
    return all(name, `WHERE ${where} ${order}`, ...parameters, page.limit);
  }

  function namePage<T extends 'workteams'>(name: T, page: NamePage): Rows[T][] {
    const direction = page.order === 'Descending' ? 'DESC' : 'ASC';
    const compare = page.order === 'Descending' ? '<' : '>';
    const parameters: SQLInputValue[] = [page.nameContains ?? ''];
    let where = 'instr(t.name, ?) > 0';
    if (page.after) {
      where += page.sortBy === 'name' ? ` AND t.name ${compare} ?` : ` AND (t.created_at, t.id) ${compare} (?, ?)`;
      parameters.push(...(page.sortBy === 'name' ? [page.after.name] : [page.after.createdAt, page.after.id]));
    }
    const order = page.sortBy === 'name' ? `t.name ${direction}` : `t.created_at ${direction}, t.id ${direction}`;
    return all(name, `WHERE ${where} ORDER BY ${order} LIMIT ?`, ...parameters, page.limit);
  }

  /** Tasks of one workteam that a worker may take. */
  const offeredWhere = `t.workteam_id = ? AND t.status = 'open' AND t.slots_free > 0 AND (t.created_at, t.id) > (?, ?)
    AND t.available_until > ? AND (? IS NULL OR t.flow_definition_name = ?)
    AND NOT EXISTS (SELECT 1 FROM assignments a WHERE a.task_id = t.id AND a.worker_id = ?
      AND a.status IN ('open', 'submitted', 'declined'))`;

  const offeredParameters = (page: WorkerTaskPage, workteamId: string): SQLInputValue[] => [
    workteamId,
    page.after?.createdAt ?? 0,
    page.after?.id ?? '',
    page.now,
    page.flowDefinitionName ?? null,
    page.flowDefinitionName ?? null,
    page.workerId,
  ];

  const offered = (page: WorkerTaskPage, workteamId: string) =>
    all(
      'tasks',
      `WHERE ${offeredWhere} ORDER BY t.created_at, t.id LIMIT ?`,
      ...offeredParameters(page, workteamId),
      page.limit,
    );

  /** What the list holds in all, counted up to the limit without reading rows. */
  function countWorkerTasks(page: WorkerTaskPage): number {
    const sql = `SELECT count(*) FROM (SELECT 1 FROM tasks t WHERE ${offeredWhere} LIMIT ?)`;
    const free = page.workteamIds.map((id) => number(sql, ...offeredParameters(page, id), page.limit) ?? 0);
    const held = number("SELECT count(*) FROM assignments WHERE worker_id = ? AND status = 'open'", page.workerId) ?? 0;
    return Math.min(
      page.limit,
      free.reduce((sum, count) => sum + count, held),
    );
  }

  /** Tasks of all the worker's teams that may be taken, oldest first. */
  function offeredTasks(page: WorkerTaskPage): Rows['tasks'][] {
    const found = page.workteamIds.flatMap((workteamId) => offered(page, workteamId));
    if (page.workteamIds.length > 1) found.sort(byCreation);
    return found.slice(0, page.limit);
  }

  function workerTasks(page: WorkerTaskPage): WorkerTask[] {
    const free = offeredTasks(page).map((task) => ({ task, assignment: null }));
    if (page.after) return free;
    const held = all(
      'assignments',
      "WHERE t.worker_id = ? AND t.status = 'open' ORDER BY t.accepted_at",
      page.workerId,
    );
    return [
      ...held.flatMap((assignment) => {
        const task = one('tasks', 'WHERE t.id = ?', assignment.taskId);
        return task ? [{ task, assignment }] : [];
      }),
      ...free,
    ];
  }

  return { forget, all, one, number, timePage, namePage, offeredTasks, workerTasks, countWorkerTasks };
}

export type Reader = ReturnType<typeof createReader>;

const byCreation = (a: { createdAt: number; id: string }, b: { createdAt: number; id: string }): number =>
  a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
