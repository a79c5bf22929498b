import type { PortalSession } from '@holdpoint/protocol';
import { isOperator } from '../auth/operators.ts';
import type { Reply } from '../context.ts';
import type { Worker } from '../domain/rows.ts';
import { json } from './reply.ts';
import type { Visit, WorkerVisit } from './visit.ts';

/** GET session: who is signed in. */
export const showSession = async (visit: WorkerVisit): Promise<Reply> => sessionReply(visit, visit.worker);

export function sessionReply({ settings }: Visit, worker: Worker, headers?: Readonly<Record<string, string>>): Reply {
  const { organisation } = settings;
  const session: PortalSession = {
    worker: { email: worker.emailAsGiven, name: worker.name },
    isOperator: isOperator(worker, settings.operatorGroups),
    ...(organisation ? { organisation } : {}),
  };
  return json(session, headers);
}
