import { createHash } from 'node:crypto';
import { ApiError, type OperationOutput } from '@holdpoint/protocol';
import { emailKey } from '../../auth/email.ts';
import { oidcConfigOf } from '../../auth/oidc/identity-provider.ts';
import type { OperationContext } from '../../context.ts';
import type { Worker, WorkerIdentity, WorkerRole, Workteam } from '../../domain/rows.ts';

type WireWorker = OperationOutput<'CreateWorker'>['Worker'];

/** @throws ApiError ResourceNotFound when nobody has this e-mail address. */
export async function loadWorker({ store }: OperationContext, email: string): Promise<Worker> {
  const worker = await store.workerByEmail(emailKey(email));
  if (!worker) throw new ApiError('ResourceNotFound', `No worker has the e-mail address ${email}.`);
  return worker;
}

/** A worker as on the wire, under the names that `output.json` has; the workteams are those that list at least one of the worker's groups. */
export const describeWorker = (worker: Worker, workteams: readonly Workteam[]): WireWorker => ({
  WorkerId: worker.identity.workerId,
  Sub: worker.identity.sub,
  Email: worker.emailAsGiven,
  Name: worker.name,
  Status: worker.status === 'active' ? 'Active' : 'Disabled',
  Workteams: workteams
    .filter(({ groups }) => groups.some((group) => worker.groups.includes(group)))
    .map(({ name }) => name),
  Role: worker.role === 'operator' ? 'Operator' : 'Worker',
  CreationTime: new Date(worker.createdAt),
});

/** The word of the wire as the rows have it. */
export const roleOf = (role: WireWorker['Role'] | undefined): WorkerRole =>
  role === 'Operator' ? 'operator' : 'worker';

/** Who a worker is in `output.json`: the issuer that a user pool of this installation would have, and a short stable id. */
export function workerIdentity(region: string, sub: string): WorkerIdentity {
  const issuer = `https://cognito-idp.${region}.amazonaws.com/${region}_Holdpoint`;
  const workerId = createHash('sha256').update(`${issuer}/${sub}`).digest('hex').slice(0, 16);
  return { workerId, identityProviderType: 'Cognito', issuer, sub };
}

/**
 * Refuses what only the built-in directory can do.
 *
 * @throws ApiError ValidationException when the workforce's people come from an identity provider.
 */
export async function requireDirectory({ store }: OperationContext, sentence: string): Promise<void> {
  const config = oidcConfigOf((await store.workforces())[0]);
  if (config)
    throw new ApiError('ValidationException', `The workforce's people come from ${config.Issuer}: ${sentence}`);
}
