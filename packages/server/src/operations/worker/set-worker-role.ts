import { ApiError } from '@holdpoint/protocol';
import { isOfWorkforce } from '../../auth/oidc/identity-provider.ts';
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
 * One other operator who can sign in, so that nobody locks everybody out of the console; access keys lead back in. Whoever is
 * an operator by a group of the identity provider stays one, whatever becomes of roles.
 *
 * @throws ApiError ResourceInUse when there is none, for an operator in the console
 */
async function otherOperators({ store, caller }: OperationContext, worker: Worker): Promise<readonly Worker[]> {
  if (caller.worker?.role !== 'operator' || worker.role !== 'operator') return [];
  const [workforce] = await store.workforces();
  const other = (await store.workers()).find(
    (one) =>
      one.id !== worker.id &&
      one.role === 'operator' &&
      one.status === 'active' &&
      // Of accounts that were there before an identity provider came, none lets anybody in.
      isOfWorkforce(one, workforce),
  );
  if (other) return [other];
  throw new ApiError(
    'ResourceInUse',
    `${worker.emailAsGiven} is the only operator: make another worker an operator first.`,
  );
}
