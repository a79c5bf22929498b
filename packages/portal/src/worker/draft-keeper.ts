// What a worker has entered so far, on its way to the server: kept there a moment after each change, sent again when the
// connection was lost, and meanwhile kept by this browser, so that a crash or a closed tab loses nothing either.
import { type Draft, isDraft } from '@holdpoint/protocol';
import { api } from '../api.ts';
import { codeOf, type FailureCode } from '../portal-error.ts';

/** `kept`: the server has it. `waiting`: it cannot be reached; this browser has it. `refused`: it is too large to be kept. */
export type DraftState = 'none' | 'saving' | 'kept' | 'waiting' | 'refused';

const firstPause = 1_000;
const longestPause = 15_000;
/** Browsers give a site some megabytes; a draft that is larger waits in this page alone. */
const longestLocal = 1_000_000;

const localKeys = 'holdpoint:draft:';
const localKey = (assignmentId: string): string => localKeys + assignmentId;

/** Refusals that pass: the same draft may be taken later. */
const passing: readonly FailureCode[] = ['unreachable', 'try-again', 'signed-out', 'internal'];

export interface DraftKeeper {
  /** Takes what is entered now in place of what was before. */
  take(draft: Draft): void;
  /** Resolves when the server has all that was taken, or cannot be reached. */
  settled(): Promise<void>;
  /** Nothing more is sent, for instance because the answer is in. */
  close(): void;
}

/** @param changed is told each time when it is known where the draft is. */
export function keepDrafts(assignmentId: string, changed: (state: DraftState) => void): DraftKeeper {
  let latest: Draft | undefined;
  let isSending = false;
  let isClosed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wake = (): void => {};
  const online = (): void => wake();
  const waiting: (() => void)[] = [];
  const settle = (): void => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  window.addEventListener('online', online);

  async function send(): Promise<void> {
    if (isSending) return;
    isSending = true;
    let pause = firstPause;
    while (latest !== undefined && !isClosed) {
      const draft = latest;
      latest = undefined;
      changed('saving');
      try {
        await api.saveDraft(assignmentId, draft);
        if (isClosed) break;
        if (latest !== undefined) continue;
        forgetLocally(assignmentId);
        changed('kept');
      } catch (error) {
        const code = codeOf(error);
        latest ??= draft;
        if (isClosed) break;
        if (!passing.includes(code)) {
          latest = undefined;
          forgetLocally(assignmentId);
          // Else the turn is over, which the page says itself.
          changed(code === 'answer-too-large' ? 'refused' : 'none');
          break;
        }
        changed('waiting');
        settle();
        await rest(pause);
        pause = Math.min(pause * 2, longestPause);
      }
    }
    isSending = false;
    settle();
  }

  function rest(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
      timer = setTimeout(resolve, milliseconds);
    });
  }

  function take(draft: Draft): void {
    if (isClosed) return;
    latest = draft;
    rememberLocally(assignmentId, draft);
    void send();
  }

  // What an earlier page could not send goes first, whether or not the worker goes on.
  const unsent = recallLocally(assignmentId);
  if (unsent) take(unsent);

  return {
    take,
    settled: () => (isSending ? new Promise((resolve) => void waiting.push(resolve)) : Promise.resolve()),
    close() {
      isClosed = true;
      clearTimeout(timer);
      wake();
      window.removeEventListener('online', online);
    },
  };
}

/** What this browser has and the server may not, else what the server has. */
export async function findDraft(assignmentId: string): Promise<Draft | undefined> {
  const local = recallLocally(assignmentId);
  if (local) return local;
  const { draft } = await api.draft(assignmentId);
  return isDraft(draft) ? draft : undefined;
}

function rememberLocally(assignmentId: string, draft: Draft): void {
  const text = JSON.stringify(draft);
  try {
    if (text.length <= longestLocal) localStorage.setItem(localKey(assignmentId), text);
    else localStorage.removeItem(localKey(assignmentId));
  } catch {
    // Private windows may refuse storage, and a full one does: the server has it a moment later.
  }
}

/** Once the server has it, or nobody needs it any more. */
export function forgetLocally(assignmentId: string): void {
  try {
    localStorage.removeItem(localKey(assignmentId));
  } catch {
    // There is none where storage is refused.
  }
}

/** Of all tasks, when somebody signs out. */
export function forgetAllLocally(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(localKeys)) localStorage.removeItem(key);
  } catch {
    // There is none where storage is refused.
  }
}

function recallLocally(assignmentId: string): Draft | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(localKey(assignmentId)) ?? 'null');
    return isDraft(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
