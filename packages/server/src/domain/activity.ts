/**
 * The activity log: one row for each change that somebody made, written in the commit of the change. What it is about is
 * read off the changes themselves, so that no handler has to say it, and none can forget to.
 */
import { type Change, insert } from './change.ts';
import type { Activity, TableName } from './rows.ts';

/** Whoever changes something, by the id and the name that are known then. */
export type Actor = Pick<Activity, 'actorKind' | 'actorId' | 'actorName'>;

export interface ActivityFacts {
  /** Undefined when only the changes tell: who signs in is nobody before. */
  readonly actor?: Actor | undefined;
  readonly clientAddress: string | null;
  readonly requestId: string | null;
  /** The operation's name, or the portal's verb. */
  readonly action: string;
  /** What it is about when the changes name nothing. */
  readonly resource?: Resource | undefined;
  /** Asked for only when there is a row to write. */
  readonly details?: (() => Readonly<Record<string, unknown>> | null) | undefined;
  readonly at: number;
}

export interface Resource {
  /** As in ARNs where there is one: `human-loop`, `flow-definition`, `workteam`, …; else `worker`, `access-key`, `event-target`, `bucket`. */
  readonly type: string;
  readonly name: string;
}

/** What is under way or kept by the server for itself: entered but not submitted, seen last, purged up to. */
const unrecorded: ReadonlySet<TableName> = new Set(['drafts', 'settings', 'jobs', 'activities']);

type Naming = readonly [table: TableName, type: string, column: string];

/** Those first that stand for what others are touched with: a disabled worker gives back tasks, a new workteam guards its workforce. */
const namings: readonly Naming[] = [
  ['accessKeys', 'access-key', 'accessKeyId'],
  ['eventTargets', 'event-target', 'id'],
  ['workers', 'worker', 'emailAsGiven'],
  ['flowDefinitions', 'flow-definition', 'name'],
  ['humanTaskUis', 'human-task-ui', 'name'],
  ['humanLoops', 'human-loop', 'name'],
  ['tasks', 'human-loop', 'humanLoopName'],
  ['workteams', 'workteam', 'name'],
  ['workforces', 'workforce', 'name'],
];
const places = new Map(namings.map((naming, place) => [naming[0], place]));

/** Details are short; a longer text is cut. */
const mostDetails = 2000;

/** The row for changes that are about to be saved, or undefined when they change nothing that is recorded. */
export function activityOf(changes: readonly Change[], facts: ActivityFacts, newId: (at: number) => string) {
  if (!changes.some((change) => change.change !== 'guard' && !unrecorded.has(change.table))) return undefined;
  const { actor = actorIn(changes), resource, at } = facts;
  const about = resourceIn(changes) ?? resource ?? (actor && { type: 'worker', name: actor.actorName });
  return activity({ ...facts, actor, resource: about, at }, newId(at));
}

/** A row that stands for itself: what was refused, what the server did. */
export function activity(facts: ActivityFacts, id: string): Change {
  const { actor, clientAddress, requestId, action, resource, at } = facts;
  const details = facts.details?.() ?? null;
  return insert('activities', {
    id,
    at,
    ...(actor ?? unknownActor),
    clientAddress,
    requestId,
    action,
    resourceType: resource?.type ?? '',
    resourceName: resource?.name ?? '',
    details: details === null ? null : shortened(details),
  });
}

export const systemActor: Actor = { actorKind: 'system', actorId: '', actorName: '' };

/** Somebody at the portal who has not shown who it is. */
export const unknownActor: Actor = { actorKind: 'worker', actorId: '', actorName: '' };

/** A person, by the id that answers carry in `output.json`. */
export const personActor = (
  kind: 'operator' | 'worker',
  worker: { readonly identity: { readonly workerId: string }; readonly emailAsGiven: string },
): Actor => ({ actorKind: kind, actorId: worker.identity.workerId, actorName: worker.emailAsGiven });

/** Made or removed goes before changed. */
function resourceIn(changes: readonly Change[]): Resource | undefined {
  let found: Resource | undefined;
  let best = Number.POSITIVE_INFINITY;
  for (const change of changes) {
    if (change.change === 'discard') continue;
    const place = places.get(change.table);
    if (place === undefined) continue;
    const isTouched = change.change === 'guard' || (change.change === 'update' && Object.keys(change.set).length === 0);
    const rank = place + (isTouched ? 200 : change.change === 'update' ? 100 : 0);
    // What others were only kept from changing is not what it is about, but for a worker who gets a session or a link.
    if (rank >= best || (isTouched && change.table !== 'workers')) continue;
    best = rank;
    const [, type, column] = namings[place]!;
    found = { type, name: String((change.row as unknown as Record<string, unknown>)[column]) };
  }
  return found;
}

function actorIn(changes: readonly Change[]): Actor | undefined {
  for (const change of changes)
    if (change.table === 'workers' && change.change !== 'discard') return personActor('worker', change.row);
  return undefined;
}

function shortened(details: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(details);
  if (text.length <= mostDetails) return text;
  return JSON.stringify({ members: Object.keys(details).slice(0, 50) });
}
