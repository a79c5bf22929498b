import { removeFlowDefinition } from '../domain/flow-definition.ts';
import { stopHumanLoop } from '../domain/human-loop.ts';
import { jobId } from '../domain/jobs.ts';
import { type JobHandler, nothingToDo } from './job.ts';
import { loadTask } from './load-loop.ts';

/** So many results of gold items go with a flow definition; older ones stay as rows of no flow. */
const mostResults = 20_000;
/** How many loops are stopped in one run; the next run follows at once while there are more. */
const batch = 200;
/** Milliseconds between two runs while there is something to stop. */
const nextWait = 50;
/** How often a Deleting flow looks whether the last worker has finished: at first, and later on, in milliseconds. */
const firstWait = 250;
const longestWait = 5000;

/** Stops what is left of a flow definition that was deleted, and removes it when nothing is under way. */
export const deleteFlowDefinition: JobHandler = async (context, job) => {
  const flowDefinition = await context.store.flowDefinition(job.subject);
  if (flowDefinition?.status !== 'Deleting') return nothingToDo;
  const { store, now } = context;
  const inProgress = await store.unfinishedHumanLoops(flowDefinition.id, 'InProgress', batch);
  const stopping = await store.unfinishedHumanLoops(flowDefinition.id, 'Stopping', 1);
  if (inProgress.length + stopping.length === 0) {
    const [items, results] = await Promise.all([
      store.goldItems(flowDefinition.id),
      store.goldResults(flowDefinition.id, { limit: mostResults }),
    ]);
    return { done: true, changes: removeFlowDefinition(flowDefinition, { items, results }).changes };
  }
  const stopped = await Promise.all(
    inProgress.map(async (humanLoop) => {
      const { task, openAssignments } = await loadTask(context, humanLoop.id);
      const outputJob = await store.job(jobId('write-output', humanLoop.id));
      const { changes } = stopHumanLoop({ humanLoop, task, openAssignments, outputJob, now });
      // A loop that changed meanwhile is met again in the next run.
      await store.save(changes);
      return changes.length > 0;
    }),
  );
  // A loop that has its answers is not stopped but waits for its output, for as long as the object store is down.
  const wait = stopped.includes(true) ? nextWait : Math.min(longestWait, firstWait * 2 ** Math.min(job.attempts, 10));
  return { done: false, error: 'human loops are under way', retryAt: now + wait };
};
