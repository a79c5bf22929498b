import type { OperationHandler } from '../../context.ts';
import { deleteHumanLoop as remove } from '../../domain/human-loop.ts';
import { decide } from '../decide.ts';
import { loadHumanLoop, loadTask } from './load-human-loop.ts';
import { loadDeadLetters, loadSending } from './loop-jobs.ts';

/** Deletes a finished loop; its name is free again, its output object stays, and events that wait are still sent. */
export const deleteHumanLoop: OperationHandler<'DeleteHumanLoop'> = async (context, input) => {
  await decide(context, async () => {
    const humanLoop = await loadHumanLoop(context, input.HumanLoopName);
    const { task, assignments } = await loadTask(context, humanLoop);
    // Before the events: what is sent meanwhile adds one, and takes or changes its job.
    const sending = await loadSending(context.store, humanLoop);
    const [answers, drafts, events] = await Promise.all([
      context.store.answersOfHumanLoop(humanLoop.id),
      context.store.draftsOfHumanLoop(humanLoop.id),
      context.store.eventsOfHumanLoop(humanLoop.id),
    ]);
    const deadLetters = await loadDeadLetters(context.store, events);
    const jobs = sending.map(({ job }) => job);
    return remove({ humanLoop, task, assignments, answers, drafts, events, deadLetters, jobs });
  });
  return {};
};
