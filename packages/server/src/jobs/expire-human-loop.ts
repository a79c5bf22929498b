import { expiredReason } from '../domain/end-assignment.ts';
import { expireHumanLoop as expire } from '../domain/human-loop.ts';
import { type JobHandler, nothingToDo } from './job.ts';
import { loadAnnounce, loadTask } from './load-loop.ts';

/** The availability lifetime of a loop's task is over. */
export const expireHumanLoop: JobHandler = async (context, job) => {
  const humanLoop = await context.store.humanLoop(job.subject);
  const { task, openAssignments } = await loadTask(context, job.subject);
  if (!humanLoop || !task) return nothingToDo;
  const { changes } = expire({
    humanLoop,
    task,
    openAssignments,
    failureReason: expiredReason(task),
    now: context.now,
    announce: await loadAnnounce(context),
  });
  return { done: true, changes };
};
