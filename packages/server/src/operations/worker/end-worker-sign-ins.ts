import { ApiError } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { discard } from '../../domain/change.ts';
import { decide } from '../decide.ts';
import { loadWorker } from './worker-row.ts';

/** Ends one sign-in of a worker, or all of them, at once. */
export const endWorkerSignIns: OperationHandler<'EndWorkerSignIns'> = async (context, input) => {
  const { worker, ended } = await decide(context, async () => {
    const worker = await loadWorker(context, input.Email);
    const sessions = await context.store.sessionsOfWorker(worker.id);
    const ended = sessions.filter(({ idHash }) => input.SignInId === undefined || idHash === input.SignInId);
    if (input.SignInId !== undefined && ended.length === 0)
      throw new ApiError('ResourceNotFound', 'There is no such sign-in any more.');
    return { worker, ended, changes: ended.map(({ idHash }) => discard('sessions', idHash)) };
  });
  context.forget({ workerId: worker.id });
  return { Ended: ended.length };
};
