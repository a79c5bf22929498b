import { setImmediate as turn } from 'node:timers/promises';
import { type Purged, purge, purgeBatch, purgeBefore, purgedUntil, readPosition } from '../domain/retention.ts';
import type { EventDelivery } from '../domain/rows.ts';
import { newId } from '../id.ts';
import type { Store } from '../store/store.ts';
import { type JobHandler, nothingToDo } from './job.ts';

/** Purges what finished loops need no more, a batch at a time, and sees to it that it is looked again. */
export const purgeHumanLoops: JobHandler = async ({ store, retentionDays, now }, { dueAt }) => {
  // A server that keeps everything does not look again; one that is started with another setting does.
  if (retentionDays === 0) return nothingToDo;
  const setting = await store.setting(purgedUntil);
  const before = purgeBefore(retentionDays, now);
  const found = await store.finishedHumanLoops({
    before,
    after: readPosition(setting),
    limit: purgeBatch,
  });
  const loops: Purged[] = [];
  // One loop after the other, of which only the keys are kept: their answers together may have hundreds of megabytes.
  for (const humanLoop of found) {
    const [answers, drafts, events] = await Promise.all([
      store.answersOfHumanLoop(humanLoop.id),
      store.draftsOfHumanLoop(humanLoop.id),
      store.eventsOfHumanLoop(humanLoop.id),
    ]);
    loops.push({
      humanLoop,
      answers: answers.map(({ assignmentId }) => ({ assignmentId })),
      drafts: drafts.map(({ id }) => ({ id })),
      events: events.map(({ id }) => ({ id })),
    });
    // Requests come in between.
    await turn();
  }
  const deadLetters = await loadDeadLetters(store, before);
  const { changes } = purge({ loops, deadLetters, setting, lookedAt: dueAt, now, activityId: newId(now) });
  return { done: true, changes };
};

/** Of all targets those that were given up first. */
async function loadDeadLetters(store: Store, before: number): Promise<readonly EventDelivery[]> {
  const found: EventDelivery[] = [];
  for (const { id } of await store.eventTargets()) {
    const letters = await store.failedDeliveries(id, purgeBatch - found.length);
    found.push(...letters.filter(({ failedAt }) => failedAt !== null && failedAt < before));
    if (found.length >= purgeBatch) break;
  }
  return found;
}
