import type { Reply } from '../context.ts';
import { releaseAssignment as decideRelease } from '../domain/assignment.ts';
import { decide } from './decide.ts';
import { loadAssignment } from './load-assignment.ts';
import { json } from './reply.ts';
import type { WorkerVisit } from './visit.ts';

/** POST assignments/{id}/release: the work is lost, the task goes back to the pool and the same worker may take it again. */
export async function releaseAssignment(visit: WorkerVisit, id: string): Promise<Reply> {
  await decide(visit.store, async () => decideRelease(await loadAssignment(visit, id)));
  return json({});
}
