import { randomUUID } from 'node:crypto';
import { ApiError } from '@holdpoint/protocol';
import { emailKey } from '../../auth/email.ts';
import { createLink } from '../../auth/links.ts';
import { passwordProblem } from '../../auth/passwords.ts';
import type { OperationHandler } from '../../context.ts';
import { insert } from '../../domain/change.ts';
import type { Worker } from '../../domain/rows.ts';
import { newId } from '../../id.ts';
import { decide } from '../decide.ts';
import { invite } from './invite.ts';
import { groupsOfWorkteams } from './named-workteams.ts';
import { describeWorker, requireDirectory, roleOf, workerIdentity } from './worker-row.ts';

/** Without a password the worker sets one by a one-time link, which is mailed or answered. */
export const createWorker: OperationHandler<'CreateWorker'> = async (context, input) => {
  const { store, installation, now } = context;
  const email = emailKey(input.Email);
  const emailAsGiven = input.Email.trim();
  const passwordHash = await hashOf(input.Password, email, context.hashPassword);
  const { worker, url } = await decide(context, async () => {
    await requireDirectory(context, 'a worker is made when the person signs in for the first time.');
    if (await store.workerByEmail(email))
      throw new ApiError('ResourceInUse', `A worker with the e-mail address ${emailAsGiven} already exists.`);
    const { groups, guards } = await groupsOfWorkteams(context, input.Workteams ?? []);
    const worker: Worker = {
      id: newId(now),
      email,
      emailAsGiven,
      name: input.Name ?? emailAsGiven.split('@')[0]!,
      status: 'active',
      passwordHash,
      groups,
      identity: workerIdentity(installation.region, randomUUID()),
      role: roleOf(input.Role),
      createdAt: now,
      version: 1,
    };
    const link =
      passwordHash === null
        ? createLink({ worker, purpose: 'set-password', publicUrl: installation.publicUrl, now })
        : undefined;
    return { worker, url: link?.url, changes: [...guards, insert('workers', worker), ...(link?.changes ?? [])] };
  });
  const Worker = describeWorker(worker, await store.allWorkteams());
  return { Worker, ...(url !== undefined && (await invite(context, worker, url, input.SendInvitation))) };
};

async function hashOf(
  password: string | undefined,
  email: string,
  hash: (password: string) => Promise<string>,
): Promise<string | null> {
  if (password === undefined) return null;
  const problem = passwordProblem(password, email);
  if (problem) throw new ApiError('ValidationException', problem);
  return hash(password);
}
