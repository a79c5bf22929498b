/** A worker's own sessions: where they are signed in, and how to end that elsewhere. */
import type { SessionListResponse } from '@holdpoint/protocol';
import { endedCookie } from '../auth/sessions.ts';
import type { Reply } from '../context.ts';
import { discard } from '../domain/change.ts';
import { Refusal } from '../domain/refusal.ts';
import { json } from './reply.ts';
import type { WorkerVisit } from './visit.ts';

/** GET sessions: those that go on, newest first. Their ids are hashes, which open nothing. */
export async function listSessions({ store, worker, session, now }: WorkerVisit): Promise<Reply> {
  const open = (await store.sessionsOfWorker(worker.id)).filter(({ expiresAt }) => expiresAt > now);
  const reply: SessionListResponse = {
    sessions: open
      .toSorted((one, other) => other.createdAt - one.createdAt)
      .map(({ idHash, createdAt, lastSeenAt, expiresAt }) => ({
        sessionId: idHash,
        signedInAt: new Date(createdAt).toISOString(),
        lastSeenAt: new Date(lastSeenAt).toISOString(),
        endsAt: new Date(expiresAt).toISOString(),
        isCurrent: idHash === session.idHash,
      })),
  };
  return json(reply);
}

/** POST sessions/{id}/end. */
export async function endOwnSession({ store, worker, session, exchange }: WorkerVisit, id: string): Promise<Reply> {
  const found = await store.session(id);
  // Somebody else's is no other than one that is not there.
  if (found?.workerId !== worker.id) throw new Refusal('not-found', 'There is no such sign-in any more.');
  await store.save([discard('sessions', id)]);
  return json({}, id === session.idHash ? { 'Set-Cookie': endedCookie(exchange.secure) } : {});
}

/** POST sessions/end-others: all but the one that asks. */
export async function endOtherSessions({ store, worker, session }: WorkerVisit): Promise<Reply> {
  const others = (await store.sessionsOfWorker(worker.id)).filter(({ idHash }) => idHash !== session.idHash);
  await store.save(others.map(({ idHash }) => discard('sessions', idHash)));
  return json({});
}
