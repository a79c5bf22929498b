import type { AcceptTaskResponse } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';
import { acceptTask as decideAccept } from '../domain/assignment.ts';
import { Refusal } from '../domain/refusal.ts';
import { newId } from '../id.ts';
import { decide } from './decide.ts';
import { isUuid } from './read-json.ts';
import { json } from './reply.ts';
import { signedOut } from './signed-out.ts';
import type { WorkerVisit } from './visit.ts';

/** POST tasks/{taskId}/accept: takes the task, or answers with the worker's own open assignment on it. */
export async function acceptTask(visit: WorkerVisit, taskId: string): Promise<Reply> {
  const { store, now } = visit;
  const { assignment } = await decide(store, async () => {
    const task = isUuid(taskId) ? await store.task(taskId) : undefined;
    if (!task) throw gone();
    const [worker, humanLoop, workteam, assignments] = await Promise.all([
      store.worker(visit.worker.id),
      store.humanLoop(task.humanLoopId),
      store.workteam(task.workteamId),
      store.assignmentsOfTask(task.id),
    ]);
    if (worker?.status !== 'active') throw signedOut();
    if (!humanLoop || !workteam) throw gone();
    const assignmentsOfWorker = assignments.filter(({ workerId }) => workerId === worker.id);
    return decideAccept({ task, humanLoop, worker, workteam, assignmentsOfWorker, assignmentId: newId(now), now });
  });
  const reply: AcceptTaskResponse = { assignmentId: assignment.id };
  return json(reply);
}

const gone = (): Refusal => new Refusal('task-gone', 'This task is no longer available.');
