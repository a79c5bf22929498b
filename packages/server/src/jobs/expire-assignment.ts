import { expireAssignment as expire, submitGraceMs } from '../domain/assignment.ts';
import { loadCounting } from '../store/load-counting.ts';
import { type JobHandler, nothingToDo } from './job.ts';
import { loadAnnounce } from './load-loop.ts';

/** A worker's time limit passed: the work is discarded, the slot is free again. */
export const expireAssignment: JobHandler = async (context, job) => {
  const assignment = await context.store.assignment(job.subject);
  if (assignment?.status !== 'open') return nothingToDo;
  // More time was given meanwhile.
  const dueAt = assignment.deadline + submitGraceMs;
  if (dueAt > job.dueAt) return { done: false, error: 'the deadline was moved', retryAt: dueAt, tried: false };
  const task = await context.store.task(assignment.taskId);
  const humanLoop = task && (await context.store.humanLoop(task.humanLoopId));
  if (!task || !humanLoop) return nothingToDo;
  const counting = await loadCounting(context.store, humanLoop, task);
  const announce = await loadAnnounce(context);
  const { changes } = expire({ assignment, task, humanLoop, now: context.now, announce, counting });
  return { done: true, changes };
};
