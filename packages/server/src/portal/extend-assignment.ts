import type { Reply } from '../context.ts';
import { extendAssignment as decideExtend } from '../domain/assignment.ts';
import { assignmentView, extendSecondsOf } from './assignment-view.ts';
import { decide } from './decide.ts';
import { loadAssignment } from './load-assignment.ts';
import { json } from './reply.ts';
import type { WorkerVisit } from './visit.ts';

/** POST assignments/{id}/extend: more time, where the flow definition gives it (`holdpoint:extend-seconds`). */
export async function extendAssignment(visit: WorkerVisit, id: string): Promise<Reply> {
  await decide(visit.store, async () => {
    const state = await loadAssignment(visit, id);
    return decideExtend({ ...state, seconds: extendSecondsOf(state.humanLoop) });
  });
  return json(assignmentView(await loadAssignment(visit, id)));
}
