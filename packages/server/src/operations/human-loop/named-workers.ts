/** Workers as operators read them: by name, besides the id that `output.json` has. */
import { ApiError } from '@holdpoint/protocol';
import { emailKey } from '../../auth/email.ts';
import type { OperationContext } from '../../context.ts';
import type { Worker } from '../../domain/rows.ts';

export interface NamedWorker {
  readonly WorkerId?: string;
  readonly WorkerName?: string;
  readonly WorkerEmail?: string;
}

/** The workers of these internal ids; one that is gone has nothing to be called by. */
export async function namesOf(
  { store }: OperationContext,
  workerIds: readonly string[],
): Promise<{ get(workerId: string): NamedWorker }> {
  const ids = [...new Set(workerIds)];
  const workers = ids.length === 0 ? [] : await store.workersById(ids);
  const named = new Map(workers.map((worker) => [worker.id, nameOf(worker)]));
  return { get: (workerId) => named.get(workerId) ?? {} };
}

const nameOf = ({ identity, name, emailAsGiven }: Worker): NamedWorker => ({
  WorkerId: identity.workerId,
  WorkerName: name,
  WorkerEmail: emailAsGiven,
});

/** @throws ApiError ResourceNotFound when nobody has this e-mail address or worker id. */
export async function findWorker({ store }: OperationContext, named: string): Promise<Worker> {
  const worker = named.includes('@')
    ? await store.workerByEmail(emailKey(named))
    : (await store.workers()).find(({ identity }) => identity.workerId === named);
  if (!worker) throw new ApiError('ResourceNotFound', `There is no worker ${named}.`);
  return worker;
}
