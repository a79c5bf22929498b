/**
 * Human loops of all flow definitions, for operators: filters on everything that a list shows, three orders. They are found
 * along one index, that of the order which fits; whatever the index does not know is looked up loop by loop, of so many loops
 * and no more, so that a million make nobody wait: what was not looked at is said. It goes window by window, with a pause for
 * others in between, since an engine may read on the thread that answers everybody.
 */
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { FailureCode, HumanLoop, HumanLoopStatus } from '../domain/rows.ts';
import type { Dialect, RowReader, Value } from './row-reader.ts';

/** `name` as texts are compared byte by byte; `finished` leaves out loops that are under way. */
export type LoopOrder = 'created' | 'finished' | 'name';

/** What is wanted; every member that is given must hold. */
export interface LoopFilter {
  readonly names?: readonly string[] | undefined;
  /** Anywhere in the name, as small letters. */
  readonly nameContains?: string | undefined;
  readonly flowDefinitionIds?: readonly string[] | undefined;
  readonly statuses?: readonly HumanLoopStatus[] | undefined;
  readonly createdAfter?: number | undefined;
  /** Exclusive, as all ends are; beginnings are inclusive. */
  readonly createdBefore?: number | undefined;
  readonly finishedAfter?: number | undefined;
  readonly finishedBefore?: number | undefined;
  readonly failureCodes?: readonly FailureCode[] | undefined;
  readonly failureContains?: string | undefined;
  /** How many of the answers that are needed are in. */
  readonly answers?: 'none' | 'some' | 'all' | undefined;
  /** `held`: somebody has accepted the task; `waiting`: somebody can, and nobody has. */
  readonly work?: 'held' | 'waiting' | undefined;
  /** Waits, and nobody has been at it since this moment. */
  readonly waitingSinceBefore?: number | undefined;
  readonly heldByWorkerId?: string | undefined;
}

/** A place in an order: the time, or for `name` the name, of the last loop that was seen, and its id. */
export interface LoopPosition {
  readonly at: number | string;
  readonly id: string;
}

export interface LoopSearch {
  readonly filter: LoopFilter;
  readonly order: LoopOrder;
  readonly descending: boolean;
  readonly after?: LoopPosition | undefined;
  readonly limit: number;
  /** How many loops are looked at at most for what no index knows (5,000 unless given). */
  readonly mostSearched?: number | undefined;
}

export interface FoundLoops {
  readonly humanLoops: readonly HumanLoop[];
  /** That not all were looked at: how many were by this search, and where to go on. */
  readonly stopped?: { readonly searched: number; readonly at: LoopPosition };
}

const windowSize = 2000;
const defaultMostSearched = 5000;

const columnOf: { readonly [O in LoopOrder]: string } = {
  created: 't.created_at',
  finished: 't.finished_at',
  name: 't.name',
};

export const positionOf = (order: LoopOrder, { id, createdAt, finishedAt, name }: HumanLoop): LoopPosition => ({
  at: order === 'created' ? createdAt : order === 'finished' ? (finishedAt ?? 0) : name,
  id,
});

export function compareLoops(order: LoopOrder, descending: boolean): (a: HumanLoop, b: HumanLoop) => number {
  const sign = descending ? -1 : 1;
  return (a, b) => sign * comparePositions(positionOf(order, a), positionOf(order, b));
}

export const comparePositions = (a: LoopPosition, b: LoopPosition): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

/** Conditions and their parameters. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** Stretches of one index, each of which is in the wanted order: one, or one a status or a flow definition. */
export interface LoopPath {
  readonly stretches: readonly Condition[];
  /** What the index does not know. */
  readonly rest: readonly Condition[];
}

/** Which index leads to what is wanted, and what has to be looked up. */
export function pathOf({ filter, order }: Pick<LoopSearch, 'filter' | 'order'>, dialect: Dialect): LoopPath {
  const range = (column: string, after: number | undefined, before: number | undefined): Condition[] => [
    ...(after === undefined ? [] : [{ sql: `${column} >= ?`, values: [after] }]),
    ...(before === undefined ? [] : [{ sql: `${column} < ?`, values: [before] }]),
  ];
  const created = range('t.created_at', filter.createdAfter, filter.createdBefore);
  const finished = range('t.finished_at', filter.finishedAfter, filter.finishedBefore);
  const statuses: Condition | undefined = filter.statuses && {
    sql: dialect.isOneOf('t.status'),
    values: [JSON.stringify(filter.statuses)],
  };
  const flows: Condition | undefined = filter.flowDefinitionIds && {
    sql: dialect.isOneOf('t.flow_definition_id'),
    values: [JSON.stringify(filter.flowDefinitionIds)],
  };
  const named = few(filter, dialect);
  const looked = lookedUp(filter, dialect);
  const all = (conditions: readonly (Condition | undefined)[]) => conditions.flatMap((one) => one ?? []);
  if (named) return { stretches: [join([named])], rest: all([...created, ...finished, statuses, flows, ...looked]) };
  if (order === 'name')
    return { stretches: [join([])], rest: all([...created, ...finished, statuses, flows, ...looked]) };
  if (order === 'finished') {
    const isOver = { sql: 't.finished_at IS NOT NULL', values: [] };
    return { stretches: [join([isOver, ...finished])], rest: all([...created, statuses, flows, ...looked]) };
  }
  if (filter.flowDefinitionIds && filter.flowDefinitionIds.length <= mostStretches)
    return {
      stretches: filter.flowDefinitionIds.map((id) =>
        join([{ sql: 't.flow_definition_id = ?', values: [id] }, ...created]),
      ),
      rest: all([...finished, statuses, ...looked]),
    };
  if (filter.statuses && !filter.statuses.includes('Completed'))
    return {
      // As the index is said to be, so that an engine sees that it serves.
      stretches: filter.statuses.map((status) =>
        join([{ sql: "t.status = ? AND t.status <> 'Completed'", values: [status] }, ...created]),
      ),
      rest: all([...finished, flows, ...looked]),
    };
  return { stretches: [join(created)], rest: all([...finished, statuses, flows, ...looked]) };
}

const mostStretches = 10;

const join = (conditions: readonly Condition[]): Condition => ({
  sql: conditions.length === 0 ? 'TRUE' : conditions.map(({ sql }) => sql).join(' AND '),
  values: conditions.flatMap(({ values }) => values),
});

/** What leads to a few loops at once. */
function few({ names, heldByWorkerId }: LoopFilter, { isOneOf }: Dialect): Condition | undefined {
  const held = "t.id IN (SELECT a.human_loop_id FROM assignments a WHERE a.worker_id = ? AND a.status = 'open')";
  const conditions = [
    ...(names ? [{ sql: isOneOf('t.name'), values: [JSON.stringify(names)] }] : []),
    ...(heldByWorkerId === undefined ? [] : [{ sql: held, values: [heldByWorkerId] }]),
  ];
  return conditions.length === 0 ? undefined : join(conditions);
}

function lookedUp(filter: LoopFilter, { positionOf: place, isOneOf }: Dialect): Condition[] {
  const conditions: Condition[] = [];
  const add = (sql: string, ...values: Value[]): void => void conditions.push({ sql, values });
  // Names of loops are ASCII: every engine makes the same small letters of them.
  if (filter.nameContains) add(`${place}(lower(t.name), ?) > 0`, filter.nameContains.toLowerCase());
  if (filter.failureCodes) add(isOneOf('t.failure_code'), JSON.stringify(filter.failureCodes));
  if (filter.failureContains)
    add(`${place}(lower(coalesce(t.failure_reason, '')), ?) > 0`, filter.failureContains.toLowerCase());
  const task = taskCondition(filter);
  if (task) conditions.push(task);
  return conditions;
}

/** A loop whose page was not rendered yet, or could not be, has no task: it has no answers and nobody holds it. */
function taskCondition({ answers, work, waitingSinceBefore }: LoopFilter): Condition | undefined {
  const conditions: Condition[] = [];
  const add = (sql: string, ...values: Value[]): void => void conditions.push({ sql, values });
  if (answers === 'some') add('k.answers_done > 0 AND k.answers_done < k.answers_needed');
  if (answers === 'all') add('k.answers_done >= k.answers_needed');
  if (work === 'held') add('k.assignments_open > 0');
  if (work === 'waiting' || waitingSinceBefore !== undefined)
    add("k.status = 'open' AND k.slots_free > 0 AND k.assignments_open = 0");
  if (waitingSinceBefore !== undefined)
    add(
      'k.created_at < ? AND NOT EXISTS (SELECT 1 FROM assignments a WHERE a.task_id = k.id AND a.ended_at >= ?)',
      waitingSinceBefore,
      waitingSinceBefore,
    );
  const of = (sql: string) => `(SELECT 1 FROM tasks k WHERE k.human_loop_id = t.id AND ${sql})`;
  const some = conditions.length > 0 ? join(conditions) : undefined;
  const none = answers === 'none' ? `NOT EXISTS ${of('k.answers_done > 0')}` : undefined;
  if (!some) return none === undefined ? undefined : { sql: none, values: [] };
  return { sql: `EXISTS ${of(some.sql)}${none === undefined ? '' : ` AND ${none}`}`, values: some.values };
}

/** The statement that reads a part of a stretch: after the one place, not after the other. */
export function stretchQuery(
  { order, descending }: Pick<LoopSearch, 'order' | 'descending'>,
  stretch: Condition,
  part: {
    readonly after?: LoopPosition | undefined;
    readonly upTo?: LoopPosition | undefined;
    readonly rest?: readonly Condition[];
  },
): { readonly where: string; readonly values: Value[] } {
  const column = columnOf[order];
  // Names are unique: the id would only keep the engine from their index.
  const place = order === 'name' ? column : `(${column}, t.id)`;
  const marks = order === 'name' ? '?' : '(?, ?)';
  const values = ({ at, id }: LoopPosition): Value[] => (order === 'name' ? [at] : [at, id]);
  const { after, upTo, rest = [] } = part;
  const direction = descending ? 'DESC' : 'ASC';
  const conditions: Condition[] = [
    stretch,
    { sql: 't.gold_item_id IS NULL', values: [] },
    ...(after ? [{ sql: `${place} ${descending ? '<' : '>'} ${marks}`, values: values(after) }] : []),
    ...(upTo ? [{ sql: `${place} ${descending ? '>=' : '<='} ${marks}`, values: values(upTo) }] : []),
    ...rest,
  ];
  const orderBy = order === 'name' ? `${column} ${direction}` : `${column} ${direction}, t.id ${direction}`;
  const { sql, values: given } = join(conditions);
  return { where: `WHERE ${sql} ORDER BY ${orderBy}`, values: [...given] };
}

export function createLoopSearch(read: RowReader) {
  async function within(
    search: LoopSearch,
    stretches: readonly Condition[],
    part: Parameters<typeof stretchQuery>[2],
    limit: number,
  ): Promise<HumanLoop[]> {
    const lists = await Promise.all(
      stretches.map((stretch) => {
        const { where, values } = stretchQuery(search, stretch, part);
        return read.all('humanLoops', `${where} LIMIT ?`, ...values, limit);
      }),
    );
    const found = lists.flat();
    if (lists.length > 1) found.sort(compareLoops(search.order, search.descending));
    return found.slice(0, limit);
  }

  /** The place of the loop that is so many further in a stretch; undefined when there are not more than that. */
  async function boundary(search: LoopSearch, stretch: Condition, after: LoopPosition | undefined, count: number) {
    const { where, values } = stretchQuery(search, stretch, { after });
    const found = await read.all('humanLoops', `${where} LIMIT 2 OFFSET ?`, ...values, count - 1);
    return found.length < 2 ? undefined : positionOf(search.order, found[0]!);
  }

  /** The nearest of the stretches' boundaries, so that no stretch is read further than its share. */
  async function nearest(search: LoopSearch, { stretches }: LoopPath, after: LoopPosition | undefined, count: number) {
    const share = Math.max(1, Math.floor(count / stretches.length));
    const found = await Promise.all(stretches.map((stretch) => boundary(search, stretch, after, share)));
    const sign = search.descending ? -1 : 1;
    return found
      .flatMap((position) => position ?? [])
      .reduce<LoopPosition | undefined>(
        (first, one) => (first && sign * comparePositions(first, one) < 0 ? first : one),
        undefined,
      );
  }

  async function searchHumanLoops(search: LoopSearch): Promise<FoundLoops> {
    const { limit, mostSearched = defaultMostSearched } = search;
    const path = pathOf(search, read);
    if (path.stretches.length === 0) return { humanLoops: [] };
    if (path.rest.length === 0)
      return { humanLoops: await within(search, path.stretches, { after: search.after }, limit) };
    const humanLoops: HumanLoop[] = [];
    let after = search.after;
    for (let searched = 0; searched < mostSearched; ) {
      const size = Math.min(windowSize, mostSearched - searched);
      const upTo = await nearest(search, path, after, size);
      const part = { after, upTo, rest: path.rest };
      humanLoops.push(...(await within(search, path.stretches, part, limit - humanLoops.length)));
      if (!upTo || humanLoops.length >= limit) return { humanLoops };
      searched += size;
      after = upTo;
      await othersFirst();
    }
    return { humanLoops, stopped: { searched: mostSearched, at: after! } };
  }

  return { searchHumanLoops };
}
