import { ApiError } from '@holdpoint/protocol';
import type { OperationContext } from '../../context.ts';
import type { Assignment, HumanLoop, Task } from '../../domain/rows.ts';

/** @throws ApiError ResourceNotFoundException when no loop has the name. */
export async function loadHumanLoop(context: OperationContext, name: string): Promise<HumanLoop> {
  const humanLoop = await context.store.humanLoopByName(name);
  if (!humanLoop) throw new ApiError('ResourceNotFoundException', `HumanLoop '${name}' does not exist.`);
  return humanLoop;
}

/** @throws ApiError ResourceNotFound, as our own operations say it. */
export async function loadOwnHumanLoop(context: OperationContext, name: string): Promise<HumanLoop> {
  const humanLoop = await context.store.humanLoopByName(name);
  if (!humanLoop) throw new ApiError('ResourceNotFound', `HumanLoop '${name}' does not exist.`);
  return humanLoop;
}

/** The loop's task, once it has one, and everybody's turns at it. */
export async function loadTask(
  context: OperationContext,
  humanLoop: HumanLoop,
): Promise<{ task: Task | undefined; assignments: readonly Assignment[]; openAssignments: readonly Assignment[] }> {
  const task = await context.store.taskOfHumanLoop(humanLoop.id);
  const assignments = task ? await context.store.assignmentsOfTask(task.id) : [];
  return { task, assignments, openAssignments: assignments.filter((assignment) => assignment.status === 'open') };
}
