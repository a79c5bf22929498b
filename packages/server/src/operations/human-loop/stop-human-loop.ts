import type { OperationHandler } from '../../context.ts';
import { stopHumanLoop as stop } from '../../domain/human-loop.ts';
import { jobId } from '../../domain/jobs.ts';
import { decide } from '../decide.ts';
import { loadHumanLoop, loadTask } from './load-human-loop.ts';
import { waitForChange } from './wait-for-change.ts';

/**
 * Stops a loop. Where nobody is working, the service shows Stopped at once; here the output comes first, which takes
 * some milliseconds, so the reply waits for it, for a second at most.
 */
export const stopHumanLoop: OperationHandler<'StopHumanLoop'> = async (context, input) => {
  const { humanLoop, working } = await decide(context, async () => {
    const humanLoop = await loadHumanLoop(context, input.HumanLoopName);
    const { task, openAssignments } = await loadTask(context, humanLoop);
    const outputJob = await context.store.job(jobId('write-output', humanLoop.id));
    const { changes } = stop({ humanLoop, task, openAssignments, outputJob, now: context.now });
    return { changes, humanLoop, working: openAssignments.some((assignment) => assignment.stoppedAt === null) };
  });
  const stopping = await context.store.humanLoop(humanLoop.id);
  if (stopping?.status === 'Stopping' && !working) await waitForChange(context, stopping, 1);
  return {};
};
