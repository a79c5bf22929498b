import { announceWith } from '../domain/announce.ts';
import type { Announce } from '../domain/human-loop.ts';
import type { Assignment, Task } from '../domain/rows.ts';
import { newId } from '../id.ts';
import type { JobContext } from './job.ts';

/** Announces to the event targets that exist now. */
export async function loadAnnounce(context: JobContext): Promise<Announce> {
  return announceWith({
    eventTargets: await context.store.eventTargets(),
    installation: context.installation,
    now: context.now,
    newId: () => newId(context.now),
  });
}

/** The loop's task, if it has one by now, and who is at it. */
export async function loadTask(
  context: JobContext,
  humanLoopId: string,
): Promise<{ task: Task | undefined; openAssignments: readonly Assignment[] }> {
  const task = await context.store.taskOfHumanLoop(humanLoopId);
  const assignments = task ? await context.store.assignmentsOfTask(task.id) : [];
  return { task, openAssignments: assignments.filter((assignment) => assignment.status === 'open') };
}
