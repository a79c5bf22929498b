/** Questions about the activity log, newest first; each is answered from the index that leads to what is wanted. */
import type { Activity } from '../domain/rows.ts';
import type { RowReader, Value } from './row-reader.ts';
import type { ActivitiesWanted, FoundActivities, Store } from './store.ts';

/** How many rows are looked at at most when only some of them are wanted. */
const mostSearched = 20_000;

/** What every row of the given moment or later follows: ids begin with their time (RFC 9562, version 7). */
export function idAt(at: number): string {
  const time = Math.max(0, at).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}`;
}

/** Where to look: a stretch of an index, of which the last column is the id. */
interface Stretch {
  readonly columns: readonly string[];
  readonly values: readonly Value[];
  readonly condition?: string;
}

export const createActivityQueries = (read: RowReader): Pick<Store, 'activities'> => ({
  async activities(wanted) {
    const { columns, values, condition } = stretchOf(wanted);
    const row = columns.map((column) => `t.${column}`).join(', ');
    const places = columns.map(() => '?').join(', ');
    // Bounds of the whole row, and an order that only this index has: a planner that knows better would read all of it.
    const within = `(${row}) < (${places}) AND (${row}) >= (${places})${condition ? ` AND ${condition}` : ''}`;
    const order = `ORDER BY ${columns.map((column) => `t.${column} DESC`).join(', ')}`;
    const upper = [...values, ...boundOf(columns, wanted.before ?? { at: wanted.until, id: '' }, latest)];
    const from = [...values, ...boundOf(columns, { at: wanted.since, id: '' }, 0)];
    const { conditions, parameters } = conditionsOf(wanted);
    const most = wanted.mostSearched ?? mostSearched;
    const isPart = conditions.length > 0;
    const [edge] = isPart
      ? await read.all('activities', `WHERE ${within} ${order} LIMIT 1 OFFSET ?`, ...upper, ...from, most)
      : [];
    const lower = edge ? [...values, ...boundOf(columns, edge, 0)] : from;
    const where = [within, ...conditions].join(' AND ');
    const activities = await read.all(
      'activities',
      `WHERE ${where} ${order} LIMIT ?`,
      ...upper,
      ...lower,
      ...parameters,
      wanted.limit,
    );
    const found: FoundActivities = { activities };
    return edge && activities.length < wanted.limit ? { ...found, stopped: { at: edge.at, id: edge.id } } : found;
  },
});

/** After every moment of a clock. */
const latest = Number.MAX_SAFE_INTEGER;

function boundOf(
  columns: readonly string[],
  position: { readonly at: number | undefined; readonly id: string },
  otherwise: number,
): Value[] {
  const at = position.at ?? otherwise;
  const id = position.id || (at === latest ? '~' : idAt(at));
  return columns.includes('at') ? [at, position.id] : [id];
}

function stretchOf({ resourceType, resourceName, actorId, isAdministration }: ActivitiesWanted): Stretch {
  if (resourceType !== undefined && resourceName !== undefined)
    return { columns: ['resource_type', 'resource_name', 'id'], values: [resourceType, resourceName] };
  if (actorId !== undefined) return { columns: ['actor_id', 'id'], values: [actorId] };
  if (isAdministration || (resourceType !== undefined && resourceType !== 'human-loop'))
    return { columns: ['at', 'id'], values: [], condition: "t.resource_type <> 'human-loop'" };
  return { columns: ['id'], values: [] };
}

/** What the stretch does not say already, or says once more. */
function conditionsOf(wanted: ActivitiesWanted): { conditions: string[]; parameters: Value[] } {
  const { resourceType, resourceName, actorId, actorKind, action, isAdministration } = wanted;
  const asked: [string, Value | undefined][] = [
    ['t.resource_type = ?', resourceName === undefined ? resourceType : undefined],
    ['t.actor_id = ?', resourceName === undefined ? undefined : actorId],
    ['t.actor_kind = ?', actorKind],
    ['t.action = ?', action],
  ];
  const given = asked.flatMap(([condition, value]) => (value === undefined ? [] : [{ condition, value }]));
  const isNarrow = resourceName !== undefined || actorId !== undefined;
  return {
    conditions: [
      ...given.map(({ condition }) => condition),
      ...(isAdministration && isNarrow ? ["t.resource_type <> 'human-loop'"] : []),
    ],
    parameters: given.map(({ value }) => value),
  };
}

/** The same question of rows in memory. */
export function isWanted(row: Activity, wanted: ActivitiesWanted): boolean {
  const { resourceType, resourceName, actorId, actorKind, action, isAdministration, since, until, before } = wanted;
  return (
    (resourceType === undefined || row.resourceType === resourceType) &&
    (resourceName === undefined || row.resourceName === resourceName) &&
    (actorId === undefined || row.actorId === actorId) &&
    (actorKind === undefined || row.actorKind === actorKind) &&
    (action === undefined || row.action === action) &&
    (!isAdministration || row.resourceType !== 'human-loop') &&
    (since === undefined || row.at >= since) &&
    (until === undefined || row.at < until) &&
    (before === undefined || row.id < before.id)
  );
}
