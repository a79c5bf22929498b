// What comes after the task in work, found and loaded ahead. It stays everybody's until it is accepted, and its time does not
// run: somebody else may take it, and then another is found.
import { api } from '../api.ts';
import { onLive } from '../live.ts';
import { codeOf, type FailureCode } from '../portal-error.ts';
import { continuesByItself, onContinuing } from '../settings.ts';
import { keptWish } from '../task-wish.ts';

/** Milliseconds: changes of the list come in swarms, and one question answers all of them. */
const settle = 1_500;
/** Links in a page last this much less than the server lets them last before a task is taken, which is 15 minutes. */
const freshFor = 10 * 60_000;

/** Why a task cannot be taken, which says nothing against another one. */
const goneCodes: readonly FailureCode[] = ['task-taken', 'task-gone', 'forbidden', 'not-found'];

export interface NextTask {
  readonly taskId: string;
  /** Its page; undefined when it can only be loaded once the task is taken. */
  readonly frameUrl: string | undefined;
}

export interface LookAhead {
  readonly next: NextTask | undefined;
  /** The page of this task cannot be loaded ahead. */
  refused(taskId: string): void;
  close(): void;
}

/** Looks what comes next, and again whenever that may have changed; `changed` is called when it has. */
export function lookAhead(changed: () => void): LookAhead {
  let next: NextTask | undefined;
  let foundAt = 0;
  let isClosed = false;
  let isAsking = false;
  let isAgain = false;
  let settling: ReturnType<typeof setTimeout> | undefined;

  function set(found: NextTask | undefined): void {
    if (next?.taskId === found?.taskId && next?.frameUrl === found?.frameUrl) return;
    next = found;
    foundAt = Date.now();
    changed();
  }

  async function look(): Promise<void> {
    if (isClosed) return;
    if (!continuesByItself()) return set(undefined);
    isAgain = isAsking;
    if (isAsking || document.visibilityState === 'hidden') return;
    isAsking = true;
    try {
      const { taskId, frameUrl } = await api.previewNext(keptWish(), next?.taskId);
      if (isClosed || !continuesByItself()) return;
      // What was found before stays as it is, with its page and whether that can be had.
      if (taskId === null) set(undefined);
      else if (taskId !== next?.taskId) set({ taskId, frameUrl });
    } catch {
      // Nothing is lost: what comes next is then found when it is wanted.
    } finally {
      isAsking = false;
    }
    if (isAgain) void look();
  }

  const stopLive = onLive(({ type }) => {
    if (type !== 'tasks') return;
    settling ??= setTimeout(() => {
      settling = undefined;
      void look();
    }, settle);
  });
  const stopContinuing = onContinuing(() => void look());
  const renewing = setInterval(() => {
    if (next?.frameUrl === undefined || Date.now() - foundAt < freshFor) return;
    set(undefined);
    void look();
  }, freshFor / 10);
  void look();

  return {
    get next() {
      return next;
    },
    refused(taskId) {
      if (next?.taskId === taskId) set({ taskId, frameUrl: undefined });
    },
    close() {
      isClosed = true;
      next = undefined;
      clearTimeout(settling);
      clearInterval(renewing);
      stopLive();
      stopContinuing();
    },
  };
}

/**
 * Takes a task: the one that was found ahead, else whatever is first now. One that cannot be had any more, because somebody
 * else was first, say, is passed over.
 *
 * @returns the assignment, and whether it is on the task that was found ahead; undefined when nothing waits
 * @throws PortalError
 */
export async function takeNext(
  ahead: NextTask | undefined,
): Promise<{ readonly assignmentId: string; readonly isAhead: boolean } | undefined> {
  if (ahead !== undefined) {
    try {
      return { ...(await api.accept(ahead.taskId)), isAhead: true };
    } catch (error) {
      if (!goneCodes.includes(codeOf(error))) throw error;
    }
  }
  const { assignmentId } = await api.nextTask(keptWish());
  return assignmentId === null ? undefined : { assignmentId, isAhead: false };
}
