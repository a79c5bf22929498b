import type { PortalSession } from '@holdpoint/protocol';
import { isOperator } from '../auth/operators.ts';
import type { Reply } from '../context.ts';
import type { Worker } from '../domain/rows.ts';
import { json } from './reply.ts';
import type { Visit, WorkerVisit } from './visit.ts';

/** GET session: who is signed in. */
export const showSession = async (visit: WorkerVisit): Promise<Reply> => sessionReply(visit, visit.worker);

export function sessionReply(
  { settings }: Visit,
  worker: Worker,
  headers?: Readonly<Record<string, string | readonly string[]>>,
): Reply {
  return json(portalSession(settings, worker), headers);
}

export const portalSession = (
  { organisation, operatorGroups }: Visit['settings'],
  worker: Worker,
): PortalSession => ({
  worker: { email: worker.emailAsGiven, name: worker.name },
  isOperator: isOperator(worker, operatorGroups),
  ...(organisation ? { organisation } : {}),
});
