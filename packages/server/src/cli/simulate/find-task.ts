/** How a worker comes by a task. */
import type { TaskSummary } from '@holdpoint/protocol';
import { isRefusal, type PortalSession } from './portal-session.ts';

/** Whether a worker may take a task, before it is taken. */
export type Fits = (task: TaskSummary) => Promise<boolean>;

export interface TaskFinder {
  /** The assignment of a task that was taken; undefined when there is none to take. */
  find(): Promise<string | undefined>;
}

/** Takes whatever waits longest. */
export const nextTasks = (session: PortalSession, flow: string | undefined): TaskFinder => ({
  find: async () => (await session.next(flow)) ?? undefined,
});

/**
 * Looks through the list, as somebody does who picks tasks: those that do not fit are left alone. It goes on where it found
 * something last, and comes back to the beginning.
 */
export function pickedTasks(session: PortalSession, flow: string | undefined, fits: Fits): TaskFinder {
  let cursor: string | undefined;

  async function take(task: TaskSummary): Promise<string | undefined> {
    if (task.status !== 'available' || (flow !== undefined && task.flowDefinitionName !== flow)) return undefined;
    if (!(await fits(task))) return undefined;
    try {
      return await session.accept(task.taskId);
    } catch (error) {
      // Somebody was faster, or it has ended.
      if (isRefusal(error, 'task-taken', 'task-gone', 'forbidden')) return undefined;
      throw error;
    }
  }

  return {
    async find() {
      for (let isFromStart = cursor === undefined; ; ) {
        const page = await session.tasks(cursor);
        for (const task of page.tasks) {
          const assignment = await take(task);
          if (assignment !== undefined) return assignment;
        }
        cursor = page.next;
        if (cursor !== undefined) continue;
        if (isFromStart) return undefined;
        isFromStart = true;
      }
    },
  };
}
