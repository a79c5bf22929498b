import type { OperationHandler } from '../../context.ts';
import { update } from '../../domain/change.ts';
import { decide } from '../decide.ts';
import { describeWorker, loadWorker } from './worker-row.ts';

/** Twice is no error. */
export const enableWorker: OperationHandler<'EnableWorker'> = async (context, input) => {
  const { worker } = await decide(context, async () => {
    const worker = await loadWorker(context, input.Email);
    return { worker, changes: [update('workers', worker, { status: 'active' })] };
  });
  context.forget({ workerId: worker.id });
  return { Worker: describeWorker({ ...worker, status: 'active' }, await context.store.allWorkteams()) };
};
