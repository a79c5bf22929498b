/** What decides whether a worker is told: who the worker is now, and which tasks wait that the worker has not seen. */

import { isMember } from '../domain/assignment.ts';
import { mostCounted, seenUpTo } from '../domain/notices.ts';
import type { Assignment, Worker, Workforce } from '../domain/rows.ts';
import { whoAsks } from '../domain/who-asks.ts';
import type { Store } from '../store/store.ts';

export interface NoticeReader {
  readonly worker: Worker;
  /** When the first loop started, after a moment and after the worker was last here, whose task waits; undefined for none. */
  unseenSince(after: number | null): Promise<number | undefined>;
  /** The worker's open assignments. */
  held(): Promise<readonly Assignment[]>;
  /** How many tasks wait, unseen or not, counted up to `mostCounted`. */
  waiting(): Promise<number>;
}

/** @returns undefined for a worker who is told nothing: disabled, gone, of another workforce, in no team. */
export async function readNotices(store: Store, workerId: string, now: number): Promise<NoticeReader | undefined> {
  const [worker, [workforce], allTeams] = await Promise.all([
    store.worker(workerId),
    store.workforces(),
    store.allWorkteams(),
  ]);
  if (worker?.status !== 'active' || !isOf(worker, workforce)) return undefined;
  const workteamIds = allTeams.filter((team) => isMember(worker, team)).map(({ id }) => id);
  if (workteamIds.length === 0) return undefined;
  const sessions = await store.sessionsOfWorker(workerId);
  const lastSeen = sessions.length > 0 ? Math.max(...sessions.map(({ lastSeenAt }) => lastSeenAt)) : undefined;
  const wanted = { ...whoAsks(worker), workteamIds, now };
  return {
    worker,
    async unseenSince(after) {
      const at = Math.max(seenUpTo(lastSeen), after ?? 0);
      const { tasks } = await store.offeredTasks({ ...wanted, after: { at, id: '~' }, limit: 1 });
      return tasks[0]?.createdAt;
    },
    held: () => store.openAssignmentsOfWorker(workerId),
    waiting: () => store.countOfferedTasks(wanted, mostCounted),
  };
}

/** Who could sign in no more hears nothing either: the workforce may get its people from elsewhere by now. */
function isOf({ identity }: Worker, workforce: Workforce | undefined): boolean {
  const oidc = workforce?.config.OidcConfig as { readonly Issuer?: string } | undefined;
  return oidc
    ? identity.identityProviderType === 'Oidc' && identity.issuer === oidc.Issuer
    : identity.identityProviderType === 'Cognito';
}
