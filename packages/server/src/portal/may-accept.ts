import { acceptTask } from '../domain/assignment.ts';
import type { Change } from '../domain/change.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Assignment, HumanLoop, Task } from '../domain/rows.ts';
import { newId } from '../id.ts';
import { isUuid } from './read-json.ts';
import { signedOut } from './signed-out.ts';
import type { WorkerVisit } from './visit.ts';

export interface Acceptance {
  readonly task: Task;
  readonly humanLoop: HumanLoop;
  readonly assignment: Assignment;
  /** What makes the task the worker's; nothing when it is already. */
  readonly changes: readonly Change[];
}

/**
 * What accepting a task would come to at this moment.
 *
 * @throws Refusal why the worker may not take it
 */
export async function mayAccept({ store, worker: { id }, now }: WorkerVisit, taskId: string): Promise<Acceptance> {
  const task = isUuid(taskId) ? await store.task(taskId) : undefined;
  if (!task) throw gone();
  const [worker, humanLoop, workteam, assignments] = await Promise.all([
    store.worker(id),
    store.humanLoop(task.humanLoopId),
    store.workteam(task.workteamId),
    store.assignmentsOfTask(task.id),
  ]);
  if (worker?.status !== 'active') throw signedOut();
  if (!humanLoop || !workteam) throw gone();
  const assignmentsOfWorker = assignments.filter(({ workerId }) => workerId === id);
  const input = { task, humanLoop, worker, workteam, assignmentsOfWorker, assignmentId: newId(now), now };
  return { task, humanLoop, ...acceptTask(input) };
}

const gone = (): Refusal => new Refusal('task-gone', 'This task is no longer available.');
