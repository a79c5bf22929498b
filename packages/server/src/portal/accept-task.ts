import type { AcceptTaskResponse } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';
import { decide } from './decide.ts';
import { mayAccept } from './may-accept.ts';
import { json } from './reply.ts';
import type { WorkerVisit } from './visit.ts';

/** POST tasks/{taskId}/accept: takes the task, or answers with the worker's own open assignment on it. */
export async function acceptTask(visit: WorkerVisit, taskId: string): Promise<Reply> {
  const { assignment } = await decide(visit.store, () => mayAccept(visit, taskId));
  visit.previews.forget(taskId);
  const reply: AcceptTaskResponse = { assignmentId: assignment.id };
  return json(reply);
}
