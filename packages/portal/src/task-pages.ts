// The task list as far as it was loaded, page by page. A change makes all of it stale and only what is seen is asked again,
// so that a list of ten thousand costs no more than one of fifty.
import type { TaskListResponse, TaskSummary, TaskWish } from '@holdpoint/protocol';
import { api } from './api.ts';
import { type FilterPart, filterParts, withChange } from './task-wish.ts';

const firstPageSize = 50;
const pageSize = 100;

export interface TaskPage {
  /** Tells pages apart for as long as the list lives. */
  readonly key: number;
  readonly cursor: string | undefined;
  readonly tasks: readonly TaskSummary[];
  readonly isStale: boolean;
}

export interface LoadedTasks {
  readonly wish: TaskWish;
  readonly mine: readonly TaskSummary[];
  readonly dueSoon: readonly TaskSummary[];
  readonly pages: readonly TaskPage[];
  readonly next: string | undefined;
  /** How many wait, counted as far as `isMore` says. */
  readonly waiting: number;
  readonly isMore: boolean;
  /** How many were looked at, when there are more. */
  readonly searched: number | undefined;
}

let pagesMade = 0;
const newPage = (cursor: string | undefined, tasks: readonly TaskSummary[]): TaskPage => ({
  key: pagesMade++,
  cursor,
  tasks,
  isStale: false,
});

const available = (tasks: readonly TaskSummary[]) => tasks.filter(({ assignmentId }) => assignmentId === undefined);

/** Loads the first page of a wish. */
export async function loadTasks(wish: TaskWish): Promise<LoadedTasks> {
  const reply = await api.tasks(wish, undefined, firstPageSize);
  return {
    ...headOf(reply),
    wish,
    pages: [newPage(undefined, available(reply.tasks))],
    next: reply.next,
    searched: reply.searched,
  };
}

/** Adds the next page. */
export async function loadMore(loaded: LoadedTasks): Promise<LoadedTasks> {
  const reply = await api.tasks(loaded.wish, loaded.next, pageSize);
  // Pages are read at different moments, so one task may be in two of them.
  const known = new Set(loaded.pages.flatMap(({ tasks }) => tasks.map(({ taskId }) => taskId)));
  const added = newPage(
    loaded.next,
    reply.tasks.filter(({ taskId }) => !known.has(taskId)),
  );
  return { ...loaded, pages: [...loaded.pages, added], next: reply.next, searched: reply.searched };
}

/** Something has changed, nobody knows what. */
export const stale = (loaded: LoadedTasks): LoadedTasks => ({
  ...loaded,
  pages: loaded.pages.map((page) => ({ ...page, isStale: true })),
});

/** Asks one page again. What is on other pages stays there; what was pushed out of this one is asked for with the next. */
export async function refreshPage(loaded: LoadedTasks, page: TaskPage): Promise<LoadedTasks> {
  const isFirst = page.cursor === undefined;
  const { sort } = loaded.wish;
  const reply = await api.tasks(loaded.wish, page.cursor, isFirst ? firstPageSize : pageSize);
  const index = loaded.pages.indexOf(page);
  const before = loaded.pages.slice(0, index);
  const [following, ...rest] = loaded.pages.slice(index + 1);
  const known = { ...loaded, ...(isFirst && headOf(reply)) };
  const found = available(reply.tasks);
  // Where nothing is behind, whatever was there has gone.
  if (following === undefined || reply.next === undefined) {
    const pages = [...before, { ...page, tasks: found, isStale: false }];
    return { ...known, pages, next: reply.next, searched: reply.searched };
  }
  const elsewhere = new Set([...before, following, ...rest].flatMap(({ tasks }) => tasks.map(({ taskId }) => taskId)));
  const refreshed = { ...page, tasks: found.filter(({ taskId }) => !elsewhere.has(taskId)), isStale: false };
  const end = found.at(-1);
  const reaches = end && following.tasks[0] && !isBefore(sort, end, following.tasks[0]);
  const moved = reaches ? following : { ...following, cursor: reply.next, isStale: true };
  return { ...known, pages: [...before, refreshed, moved, ...rest] };
}

export interface WithoutPart {
  readonly part: FilterPart;
  readonly waiting: number;
  readonly isMore: boolean;
}

/** How many tasks wait when one part of the wish is left out, for each part that leaves tasks out. */
export const countWithoutEach = (wish: TaskWish): Promise<readonly WithoutPart[]> =>
  Promise.all(
    filterParts
      .filter((part) => wish[part] !== undefined)
      .map(async (part) => {
        const { waiting, isMore } = headOf(await api.tasks(withChange(wish, { [part]: undefined }), undefined, 1));
        return { part, waiting, isMore };
      }),
  );

/** What only the first page tells. */
function headOf({ tasks, total = 0, isMore = false, dueSoon = [] }: TaskListResponse) {
  const mine = tasks.filter(({ assignmentId }) => assignmentId !== undefined);
  return { mine, dueSoon, waiting: total - mine.length, isMore };
}

function isBefore(sort: TaskWish['sort'], a: TaskSummary, b: TaskSummary): boolean {
  const place = (task: TaskSummary) => `${sort === 'due' ? task.expiresAt : task.createdAt} ${task.taskId}`;
  return sort === 'newest' ? place(a) > place(b) : place(a) < place(b);
}
