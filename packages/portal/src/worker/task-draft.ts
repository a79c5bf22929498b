// What has been entered in the task in work: what was kept of it before goes into its page, and what comes from there is kept.
import type { Draft } from '@holdpoint/protocol';
import type { TaskFrame } from '../components/task-frame.ts';
import { type DraftKeeper, type DraftState, forgetLocally, keepDrafts } from './draft-keeper.ts';

export interface TaskDraft {
  readonly state: DraftState;
  /** What was put back into the page, until the worker has seen it. */
  readonly restored: 'draft' | 'reopened' | undefined;
  /** Begins with a task, and with what was found of it. */
  begin(assignmentId: string, found: Draft | undefined, isReopened: boolean): void;
  /** Puts it into a frame, once. */
  fill(frame: TaskFrame | null): void;
  take(draft: Draft): void;
  /** What was put back is seen. */
  seen(): void;
  /** The page begins without what was entered. */
  startAnew(): void;
  /** Resolves when the server has all that was taken, or cannot be reached. */
  settled(): Promise<void>;
  /** Nothing more is kept. */
  close(): void;
  /** Nobody needs it any more: the answer is in, or the task was left. */
  forget(): void;
}

/** @param changed is called when something else is to be said about it */
export function taskDraft(changed: () => void): TaskDraft {
  let id = '';
  let latest: Draft | undefined;
  let state: DraftState = 'none';
  let restored: TaskDraft['restored'];
  let keeper: DraftKeeper | undefined;
  let filled: TaskFrame | undefined;

  return {
    get state() {
      return state;
    },
    get restored() {
      return restored;
    },
    begin(assignmentId, found, isReopened) {
      id = assignmentId;
      latest = found;
      restored = isReopened ? 'reopened' : found && 'draft';
      state = 'none';
      keeper?.close();
      keeper = keepDrafts(assignmentId, (next) => {
        state = next;
        changed();
      });
    },
    fill(frame) {
      if (!frame || frame === filled) return;
      filled = frame;
      frame.restore(latest ?? null);
    },
    take(draft) {
      latest = draft;
      restored = undefined;
      keeper?.take(draft);
    },
    seen() {
      restored = undefined;
      changed();
    },
    startAnew() {
      latest = undefined;
      restored = undefined;
    },
    settled: async () => keeper?.settled(),
    close: () => keeper?.close(),
    forget() {
      keeper?.close();
      forgetLocally(id);
    },
  };
}
