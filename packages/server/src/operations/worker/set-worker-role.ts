import { ApiError } from '@holdpoint/protocol';
import type { OperationContext, OperationHandler } from '../../context.ts';
import { guard, update } from '../../domain/change.ts';
import type { Worker } from '../../domain/rows.ts';
import { decide } from '../decide.ts';
import { describeWorker, loadWorker, roleOf } from './worker-row.ts';

/** The role that a worker has already is no error. */
export const setWorkerRole: OperationHandler<'SetWorkerRole'> = async (context, input) => {
  const role = roleOf(input.Role);
  const { worker } = await decide(context, async () => {
    const worker = await loadWorker(context, input.Email);
    const guards = role === 'worker' ? (await otherOperators(context, worker)).map((one) => guard('workers', one)) : [];
    return { worker: { ...worker, role }, changes: [...guards, update('workers', worker, { role })] };
  });
  context.forget({ workerId: worker.id });
  return { Worker: describeWorker(worker, await context.store.allWorkteams()) };
};

/**
 * One other operator who can sign in, so that nobody locks everybody out of the console; access keys lead back in.
 *
 * @throws ApiError ResourceInUse when there is none, for an operator in the console
 */
export async function otherOperators({ store, caller }: OperationContext, worker: Worker): Promise<readonly Worker[]> {
  if (caller.kind !== 'operator' || worker.role !== 'operator') return [];
  const other = (await store.workers()).find(
    ({ id, role, status }) => id !== worker.id && role === 'operator' && status === 'active',
  );
  if (other) return [other];
  throw new ApiError(
    'ResourceInUse',
    `${worker.emailAsGiven} is the only operator: make another worker an operator first.`,
  );
}
