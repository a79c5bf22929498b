import { purgeActivities as decide, purgeActivitiesBatch, purgeBefore } from '../domain/retention.ts';
import { newId } from '../id.ts';
import { type JobHandler, nothingToDo } from './job.ts';

/** Purges the oldest rows of the activity log, a batch at a time, and sees to it that it is looked again. */
export const purgeActivities: JobHandler = async ({ store, activityDays, now }, { dueAt }) => {
  if (activityDays === 0) return nothingToDo;
  const rows = await store.rows('activities', '', purgeActivitiesBatch);
  const before = purgeBefore(activityDays, now);
  return { done: true, changes: decide({ rows, before, lookedAt: dueAt, now, activityId: newId(now) }).changes };
};
