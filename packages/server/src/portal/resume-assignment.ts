import type { Reply } from '../context.ts';
import { resumeAssignment as decideResume } from '../domain/assignment.ts';
import { assignmentView } from './assignment-view.ts';
import { decide } from './decide.ts';
import { loadAssignment } from './load-assignment.ts';
import { json } from './reply.ts';
import type { WorkerVisit } from './visit.ts';

/** POST assignments/{id}/resume: goes on with a task that was stopped; answers with the assignment as it then is. */
export async function resumeAssignment(visit: WorkerVisit, id: string): Promise<Reply> {
  await decide(visit.store, async () => decideResume(await loadAssignment(visit, id)));
  return json(assignmentView(await loadAssignment(visit, id)));
}
