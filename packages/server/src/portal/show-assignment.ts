import type { Reply } from '../context.ts';
import { assignmentView } from './assignment-view.ts';
import { loadAssignment } from './load-assignment.ts';
import { json } from './reply.ts';
import type { WorkerVisit } from './visit.ts';

/** GET assignments/{id} */
export const showAssignment = async (visit: WorkerVisit, id: string): Promise<Reply> =>
  json(assignmentView(await loadAssignment(visit, id)));
