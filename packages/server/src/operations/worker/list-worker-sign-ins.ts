import type { OperationHandler } from '../../context.ts';
import { loadWorker } from './worker-row.ts';

/** Where a worker is signed in, newest first. The ids are hashes, which open nothing. */
export const listWorkerSignIns: OperationHandler<'ListWorkerSignIns'> = async (context, input) => {
  const worker = await loadWorker(context, input.Email);
  const sessions = await context.store.sessionsOfWorker(worker.id);
  return {
    SignIns: sessions
      .filter(({ expiresAt }) => expiresAt > context.now)
      .toSorted((one, other) => other.createdAt - one.createdAt)
      .map(({ idHash, createdAt, lastSeenAt, expiresAt }) => ({
        SignInId: idHash,
        SignInTime: new Date(createdAt),
        LastSeenTime: new Date(lastSeenAt),
        ExpirationTime: new Date(expiresAt),
      })),
  };
};
