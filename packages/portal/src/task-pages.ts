// The task list as far as it was loaded: asked again page by page when it changes, so that nothing read so far goes away.
import type { TaskListResponse, TaskSummary } from '@holdpoint/protocol';
import { api } from './api.ts';

const pageSize = 50;

export interface LoadedTasks {
  tasks: readonly TaskSummary[];
  next: string | undefined;
  total: number;
}

/** Loads at least as many tasks as `wanted`, if there are so many. */
export async function loadTasks(wanted: number): Promise<LoadedTasks> {
  let loaded = join(undefined, await api.tasks(undefined, pageSize));
  while (loaded.next !== undefined && loaded.tasks.length < wanted) loaded = await loadMore(loaded);
  return loaded;
}

/** Adds the next page. */
export async function loadMore(loaded: LoadedTasks): Promise<LoadedTasks> {
  return join(loaded, await api.tasks(loaded.next, pageSize));
}

/** Pages are read at different moments, so one task may be in two of them. */
function join(before: LoadedTasks | undefined, page: TaskListResponse): LoadedTasks {
  const known = new Set(before?.tasks.map((task) => task.taskId));
  const added = page.tasks.filter((task) => !known.has(task.taskId));
  return { tasks: [...(before?.tasks ?? []), ...added], next: page.next, total: page.total };
}
