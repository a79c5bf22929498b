import { ApiError } from '@holdpoint/protocol';
import { endSessionsOf } from '../../auth/sessions.ts';
import type { OperationContext, OperationHandler } from '../../context.ts';
import { announceWith } from '../../domain/announce.ts';
import { releaseAssignment } from '../../domain/assignment.ts';
import { type Change, update } from '../../domain/change.ts';
import type { Worker } from '../../domain/rows.ts';
import { newRequestId } from '../../id.ts';
import { loadCounting } from '../../store/load-counting.ts';
import { decide } from '../decide.ts';
import { describeWorker, loadWorker } from './worker-row.ts';

/** Ends the worker's sessions and gives back what the worker was working on, in one commit. Twice is no error. */
export const disableWorker: OperationHandler<'DisableWorker'> = async (context, input) => {
  const { worker } = await decide(context, async () => {
    const worker = await loadWorker(context, input.Email);
    if (context.caller.worker?.id === worker.id)
      throw new ApiError('ResourceInUse', 'You cannot disable yourself: another operator can.');
    const ended = [...(await endSessionsOf(context.store, worker.id)), ...(await releaseAll(context, worker))];
    return { worker, changes: [update('workers', worker, { status: 'disabled' }), ...ended] };
  });
  context.forget({ workerId: worker.id });
  return { Worker: describeWorker({ ...worker, status: 'disabled' }, await context.store.allWorkteams()) };
};

async function releaseAll({ store, installation, now }: OperationContext, worker: Worker): Promise<readonly Change[]> {
  const announce = announceWith({ eventTargets: await store.eventTargets(), installation, now, newId: newRequestId });
  const changes: Change[] = [];
  for (const assignment of await store.openAssignmentsOfWorker(worker.id)) {
    const [task, humanLoop] = await Promise.all([
      store.task(assignment.taskId),
      store.humanLoop(assignment.humanLoopId),
    ]);
    if (!task || !humanLoop) continue;
    const counting = await loadCounting(store, humanLoop, task);
    changes.push(...releaseAssignment({ assignment, task, humanLoop, now, announce, counting }).changes);
  }
  return changes;
}
