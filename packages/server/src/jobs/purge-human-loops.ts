import { purge, purgeBatch, purgeBefore, purgedUntil, readPosition } from '../domain/retention.ts';
import { newId } from '../id.ts';
import { type JobHandler, nothingToDo } from './job.ts';

/** Purges what finished loops need no more, a batch at a time, and sees to it that it is looked again. */
export const purgeHumanLoops: JobHandler = async ({ store, retentionDays, now }, { dueAt }) => {
  // A server that keeps everything does not look again; one that is started with another setting does.
  if (retentionDays === 0) return nothingToDo;
  const setting = await store.setting(purgedUntil);
  const found = await store.finishedHumanLoops({
    before: purgeBefore(retentionDays, now),
    after: readPosition(setting),
    limit: purgeBatch,
  });
  const loops = await Promise.all(
    found.map(async (humanLoop) => {
      const [answers, drafts, events] = await Promise.all([
        store.answersOfHumanLoop(humanLoop.id),
        store.draftsOfHumanLoop(humanLoop.id),
        store.eventsOfHumanLoop(humanLoop.id),
      ]);
      return { humanLoop, answers, drafts, events };
    }),
  );
  return { done: true, changes: purge({ loops, setting, lookedAt: dueAt, now, activityId: newId(now) }).changes };
};
