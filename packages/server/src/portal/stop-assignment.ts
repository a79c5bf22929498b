import type { Reply } from '../context.ts';
import { stopAssignment as decideStop } from '../domain/assignment.ts';
import { decide } from './decide.ts';
import { loadAssignment } from './load-assignment.ts';
import { json } from './reply.ts';
import type { WorkerVisit } from './visit.ts';

/** POST assignments/{id}/stop: the worker goes on later; the time limit runs on. */
export async function stopAssignment(visit: WorkerVisit, id: string): Promise<Reply> {
  await decide(visit.store, async () => decideStop(await loadAssignment(visit, id)));
  return json({});
}
