/**
 * Tasks that a worker may take. They are found along the index of waiting tasks of a workteam by time of creation; those of
 * flows with few loops by the loops of these flows. Whoever wants others only (a filter), or another order than that of the
 * index, has so many of them looked at and no more: a million that wait make nobody wait. It goes window by window, with a
 * pause for others in between, since an engine may read on the thread that answers everybody.
 */
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { Task } from '../domain/rows.ts';
import type { Dialect, RowReader, Value } from './row-reader.ts';
import type { OfferedTasks, TaskFilter, TaskOrder, TaskPosition, WorkerTaskPage, WorkerTasksWanted } from './store.ts';

/** A stretch of the index: what is after the one position and not after the other. */
export interface TaskWindow {
  readonly after: TaskPosition;
  readonly upTo: TaskPosition;
  /** How many waiting tasks are looked at up to here, when there are more behind that are not. */
  readonly searched?: number;
  /** The unfinished loops of the flows, when they are so few that they lead to their tasks. */
  readonly loopIds?: readonly string[];
}

const windowSize = 2000;
/** So many unfinished loops are few: all of them are looked at. */
const fewLoops = 1000;
/** How many waiting tasks are looked at for an order that no index has. */
const defaultMostSorted = 10_000;
/** How many loops that end soon are looked at: few, and if that does not do, more. */
const fewEndings = 200;
const mostEndings = 2000;

const first: TaskPosition = { at: 0, id: '' };
/** No id is greater: all are letters, digits, spaces and dashes. */
const last: TaskPosition = { at: Number.MAX_SAFE_INTEGER, id: '~' };

const orders: {
  readonly [order in TaskOrder]: { readonly after: string; readonly upTo: string; readonly orderBy: string };
} = {
  oldest: {
    after: '(t.created_at, t.id) > (?, ?)',
    upTo: '(t.created_at, t.id) <= (?, ?)',
    orderBy: 't.created_at, t.id',
  },
  newest: {
    after: '(t.created_at, t.id) < (?, ?)',
    upTo: '(t.created_at, t.id) >= (?, ?)',
    orderBy: 't.created_at DESC, t.id DESC',
  },
  due: {
    after: '(t.available_until, t.id) > (?, ?)',
    upTo: '(t.created_at, t.id) <= (?, ?)',
    orderBy: 't.available_until, t.id',
  },
};

const waiting = "t.status = 'open' AND t.slots_free > 0";
const notMineYet = `NOT EXISTS (SELECT 1 FROM assignments a WHERE a.task_id = t.id AND a.worker_id = ?
      AND a.status IN ('open', 'submitted', 'declined'))`;

/** The place of a task in an order. */
export const positionIn = (order: TaskOrder, task: Task): TaskPosition => ({
  at: order === 'due' ? task.availableUntil : task.createdAt,
  id: task.id,
});

export function compareIn(order: TaskOrder): (a: Task, b: Task) => number {
  const sign = order === 'newest' ? -1 : 1;
  return (a, b) => sign * comparePositions(positionIn(order, a), positionIn(order, b));
}

function comparePositions(a: TaskPosition, b: TaskPosition): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Tasks of one workteam in a window that a worker may take: everything after WHERE, but for a LIMIT. */
export function offeredQuery(
  wanted: WorkerTasksWanted,
  workteamId: string,
  window: TaskWindow,
  dialect: Dialect,
): { readonly where: string; readonly orderBy: string; readonly parameters: Value[] } {
  const { after, upTo, orderBy } = orders[wanted.order ?? 'oldest'];
  const mine = filterCondition(wanted, dialect);
  // An expression, so that no engine takes the index of the workteam when loops lead to the tasks.
  const workteam = window.loopIds
    ? `${dialect.isOneOf('t.human_loop_id')} AND CAST(t.workteam_id AS TEXT)`
    : 't.workteam_id';
  return {
    where: `${workteam} = ? AND ${waiting} AND ${after} AND ${upTo} AND t.available_until > ? ${mine.condition}
    AND ${isOpen(dialect)} AND ${notMineYet}`,
    orderBy,
    parameters: [
      ...(window.loopIds ? [JSON.stringify(window.loopIds)] : []),
      workteamId,
      window.after.at,
      window.after.id,
      window.upTo.at,
      window.upTo.id,
      wanted.now,
      ...mine.parameters,
      ...openParameters(wanted),
      wanted.workerId,
    ],
  };
}

/** That the task is not closed to this worker; most are to nobody. */
const isOpen = ({ sharesOne }: Dialect): string =>
  `(t.closed_to IS NULL OR NOT ${sharesOne('t.closed_to')}) AND (t.open_to IS NULL OR ${sharesOne('t.open_to')})`;
const openParameters = ({ email = '', groups = [] }: WorkerTasksWanted): Value[] => [
  JSON.stringify([email]),
  JSON.stringify(groups),
];

function filterCondition({ filter, barredFlowIds = [] }: WorkerTasksWanted, { positionOf, isOneOf }: Dialect) {
  let condition = '';
  const parameters: Value[] = [];
  if (barredFlowIds.length > 0) {
    condition += `AND NOT (${isOneOf('t.flow_definition_id')}) `;
    parameters.push(JSON.stringify(barredFlowIds));
  }
  if (filter?.flowDefinitionIds) {
    condition += `AND ${isOneOf('t.flow_definition_id')} `;
    parameters.push(JSON.stringify(filter.flowDefinitionIds));
  }
  // Names of loops are ASCII: every engine makes the same small letters of them.
  for (const { text, flowDefinitionIds } of filter?.words ?? []) {
    condition += `AND (${positionOf}(lower(t.human_loop_name), ?) > 0 OR ${isOneOf('t.flow_definition_id')}) `;
    parameters.push(text, JSON.stringify(flowDefinitionIds));
  }
  return { condition, parameters };
}

export interface OfferedTaskQueries {
  offeredTasks(page: WorkerTaskPage): Promise<OfferedTasks>;
  countOfferedTasks(wanted: WorkerTasksWanted, limit: number): Promise<number>;
  endingTasks(wanted: WorkerTasksWanted, until: number, limit: number): Promise<readonly Task[]>;
  /** The stretches to look at, one after the other. */
  windowsOf(wanted: WorkerTasksWanted, after?: TaskPosition): AsyncGenerator<TaskWindow>;
}

export function createOfferedTaskQueries(read: RowReader): OfferedTaskQueries {
  const isForward = (order: TaskOrder): boolean => order !== 'newest';

  /** The position of the waiting task that is so many further, of one workteam; undefined when there are not so many. */
  async function boundary(workteamId: string, order: TaskOrder, after: TaskPosition, count: number) {
    const { after: isAfter, orderBy } = orders[order];
    const inside = `SELECT t.id FROM tasks t WHERE t.workteam_id = ? AND ${waiting} AND ${isAfter} ORDER BY ${orderBy}`;
    // One more is asked for: where the last of all stands nothing has to be left out.
    const found = await read.all(
      'tasks',
      `WHERE t.id IN (SELECT i.id FROM (${inside} LIMIT 2 OFFSET ?) i)`,
      workteamId,
      after.at,
      after.id,
      count - 1,
    );
    return found.length < 2 ? undefined : positionIn(order, found.sort(compareIn(order))[0]!);
  }

  async function nearestBoundary(workteamIds: readonly string[], order: TaskOrder, after: TaskPosition, size: number) {
    const share = Math.max(1, Math.floor(size / workteamIds.length));
    const found = await Promise.all(workteamIds.map((id) => boundary(id, order, after, share)));
    const sign = isForward(order) ? 1 : -1;
    return found
      .flatMap((position) => position ?? [])
      .reduce<TaskPosition | undefined>(
        (nearest, one) => (nearest && comparePositions(nearest, one) * sign < 0 ? nearest : one),
        undefined,
      );
  }

  /** How many wait up to a position: of one workteam, whoever looked from the first on knows already. */
  async function countSearched(
    workteamIds: readonly string[],
    order: TaskOrder,
    upTo: TaskPosition,
    known: number | undefined,
  ): Promise<number> {
    if (workteamIds.length === 1 && known !== undefined) return known;
    const sql = `SELECT count(*) FROM tasks t WHERE t.workteam_id = ? AND ${waiting} AND ${orders[order].upTo}`;
    const counts = await Promise.all(workteamIds.map((id) => read.number(sql, id, upTo.at, upTo.id)));
    return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  }

  async function* windowsOf(wanted: WorkerTasksWanted, after?: TaskPosition): AsyncGenerator<TaskWindow> {
    const { workteamIds, order = 'oldest' } = wanted;
    if (workteamIds.length === 0) return;
    const end = isForward(order) ? last : first;
    let from = after ?? (isForward(order) ? first : last);
    const loopIds = await fewLoopsOf(wanted.filter);
    if (loopIds?.length === 0) return;
    if (loopIds) return yield { after: from, upTo: end, loopIds };
    if (order === 'due') return yield await sortedWindow(wanted, after);
    if (!wanted.filter) return yield { after: from, upTo: end };
    const most = wanted.mostSearched ?? Number.POSITIVE_INFINITY;
    const size = Math.min(windowSize, most);
    for (let left = most; ; left -= size) {
      const upTo = await nearestBoundary(workteamIds, order, from, Math.min(size, left));
      if (!upTo) return yield { after: from, upTo: end };
      if (left <= size)
        return yield {
          after: from,
          upTo,
          searched: await countSearched(workteamIds, order, upTo, after ? undefined : most),
        };
      yield { after: from, upTo };
      from = upTo;
      await othersFirst();
    }
  }

  /** The unfinished loops of the flows that are wanted; undefined when these are many, or all. */
  async function fewLoopsOf(filter: TaskFilter | undefined): Promise<readonly string[] | undefined> {
    if (!filter?.flowDefinitionIds) return undefined;
    const flows = JSON.stringify(filter.flowDefinitionIds);
    const where = `WHERE ${read.isOneOf('t.flow_definition_id')} AND t.finished_at IS NULL LIMIT ?`;
    const sql = `SELECT count(*) FROM (SELECT 1 FROM human_loops t ${where}) AS counted`;
    const counted = (await read.number(sql, flows, fewLoops + 1)) ?? 0;
    if (counted > fewLoops) return undefined;
    return counted === 0 ? [] : (await read.all('humanLoops', where, flows, fewLoops)).map(({ id }) => id);
  }

  /** What waits longest, to be put in another order. */
  async function sortedWindow(wanted: WorkerTasksWanted, after: TaskPosition = first): Promise<TaskWindow> {
    const { workteamIds, mostSearched = defaultMostSorted } = wanted;
    const upTo = await nearestBoundary(workteamIds, 'oldest', first, mostSearched);
    if (!upTo) return { after, upTo: last };
    return { after, upTo, searched: await countSearched(workteamIds, 'oldest', upTo, mostSearched) };
  }

  async function within(wanted: WorkerTasksWanted, window: TaskWindow, limit: number): Promise<Task[]> {
    const lists = await Promise.all(
      wanted.workteamIds.map((workteamId) => {
        const { where, orderBy, parameters } = offeredQuery(wanted, workteamId, window, read);
        return read.all('tasks', `WHERE ${where} ORDER BY ${orderBy} LIMIT ?`, ...parameters, limit);
      }),
    );
    const found = lists.flat();
    if (lists.length > 1) found.sort(compareIn(wanted.order ?? 'oldest'));
    return found.slice(0, limit);
  }

  async function offeredTasks(page: WorkerTaskPage): Promise<OfferedTasks> {
    const tasks: Task[] = [];
    for await (const window of windowsOf(page, page.after)) {
      tasks.push(...(await within(page, window, page.limit - tasks.length)));
      const isFull = tasks.length >= page.limit;
      // A page that is full goes on where it ends; an order among some is one among some on every page.
      if (window.searched !== undefined && (!isFull || page.order === 'due'))
        return { tasks, stopped: { searched: window.searched, at: window.upTo } };
      if (isFull) break;
    }
    return { tasks };
  }

  async function countOfferedTasks(wanted: WorkerTasksWanted, limit: number): Promise<number> {
    // What is looked at for `due` is what waits longest; there is no need to sort it.
    const unsorted = wanted.order === 'due' ? { ...wanted, order: 'oldest' as const } : wanted;
    let counted = 0;
    for await (const window of windowsOf(unsorted)) {
      const counts = await Promise.all(
        wanted.workteamIds.map((workteamId) => {
          const { where, parameters } = offeredQuery(unsorted, workteamId, window, read);
          const sql = `SELECT count(*) FROM (SELECT 1 FROM tasks t WHERE ${where} LIMIT ?) AS offered`;
          return read.number(sql, ...parameters, limit);
        }),
      );
      counted += counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
      if (counted >= limit) return limit;
    }
    return counted;
  }

  async function endingTasks(wanted: WorkerTasksWanted, until: number, limit: number): Promise<readonly Task[]> {
    const mine = filterCondition(wanted, read);
    // The jobs that end loops are in the order in which availabilities end. The team is an expression, so that no engine
    // takes its index for this.
    const where = `t.human_loop_id IN (SELECT e.subject FROM (SELECT j.subject FROM jobs j
          WHERE j.lane = 'main' AND j.kind = 'expire-human-loop' AND j.due_at > ? AND j.due_at <= ?
          ORDER BY j.due_at, j.id LIMIT ?) e)
        AND ${read.isOneOf('CAST(t.workteam_id AS TEXT)')} AND ${waiting}
        AND t.available_until > ? AND t.available_until <= ? ${mine.condition} AND ${isOpen(read)} AND ${notMineYet}`;
    const lookAt = async (endings: number) =>
      read.all(
        'tasks',
        `WHERE ${where} ORDER BY ${orders.due.orderBy} LIMIT ?`,
        wanted.now,
        until,
        endings,
        JSON.stringify(wanted.workteamIds),
        wanted.now,
        until,
        ...mine.parameters,
        ...openParameters(wanted),
        wanted.workerId,
        limit,
      );
    const found = await lookAt(fewEndings);
    return found.length < limit ? lookAt(mostEndings) : found;
  }

  return { offeredTasks, countOfferedTasks, endingTasks, windowsOf };
}
