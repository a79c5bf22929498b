import type { Reply } from '../context.ts';
import { declineAssignment as decideDecline } from '../domain/assignment.ts';
import { decide } from './decide.ts';
import { loadAssignment } from './load-assignment.ts';
import { json } from './reply.ts';
import type { WorkerVisit } from './visit.ts';

/** POST assignments/{id}/decline: the worker never sees this task again. */
export async function declineAssignment(visit: WorkerVisit, id: string): Promise<Reply> {
  await decide(visit.store, async () => decideDecline(await loadAssignment(visit, id)));
  return json({});
}
