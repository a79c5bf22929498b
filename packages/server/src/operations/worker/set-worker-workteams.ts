import type { OperationHandler } from '../../context.ts';
import { update } from '../../domain/change.ts';
import { decide } from '../decide.ts';
import { groupsOfWorkteams } from './named-workteams.ts';
import { describeWorker, loadWorker, requireDirectory } from './worker-row.ts';

/** Replaces the worker's groups by those of the named workteams. */
export const setWorkerWorkteams: OperationHandler<'SetWorkerWorkteams'> = async (context, input) => {
  const { worker } = await decide(context, async () => {
    await requireDirectory(context, 'the groups of a worker are what it says at each sign-in.');
    const worker = await loadWorker(context, input.Email);
    const { groups, guards } = await groupsOfWorkteams(context, input.Workteams);
    return { worker: { ...worker, groups }, changes: [...guards, update('workers', worker, { groups })] };
  });
  context.forget({ workerId: worker.id });
  return { Worker: describeWorker(worker, await context.store.allWorkteams()) };
};
