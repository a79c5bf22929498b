/** Drafts: what a worker has entered at a task so far. One for each worker and task, over all turns that the worker takes. */
import { type Change, guard, insert, update } from './change.ts';
import { Refusal } from './refusal.ts';
import type { Assignment, Draft } from './rows.ts';

export const draftId = (of: Pick<Assignment, 'taskId' | 'workerId'>): string => `${of.taskId}:${of.workerId}`;

/** Keeps what was entered, in place of what was kept before. */
export function saveDraft(input: { assignment: Assignment; draft: Draft | undefined; content: string; now: number }): {
  changes: readonly Change[];
} {
  const { assignment, draft, content, now } = input;
  if (assignment.status !== 'open') throw new Refusal('task-gone', 'This task is not yours any more.');
  if (draft?.content === content) return { changes: [] };
  const set = { content, savedAt: now };
  const { taskId, workerId, humanLoopId } = assignment;
  return {
    changes: [
      // Were the turn over meanwhile, the loop could be purged by now, and the draft would stay for ever.
      guard('assignments', assignment),
      draft
        ? update('drafts', draft, set)
        : insert('drafts', { id: draftId(assignment), taskId, workerId, humanLoopId, ...set }),
    ],
  };
}
