// One answer on its way to the server. It is kept and sent again until the server has said yes or no; the server takes a
// repeated submit of the same assignment as the same, so a lost reply does no harm.
import type { SubmitAnswerResponse } from '@holdpoint/protocol';
import { api } from '../api.ts';
import { codeOf } from '../portal-error.ts';

const firstPause = 1_000;
const longestPause = 15_000;
const mostConflicts = 5;

let pending = 0;
window.addEventListener('beforeunload', (event) => {
  if (pending > 0) event.preventDefault();
});

export interface SubmissionProgress {
  /** No connection; `tryNow` cuts the pause before the next attempt short. */
  lost: (tryNow: () => void) => void;
}

/**
 * Sends an answer until the server has decided about it.
 * @returns for how long it can be taken back
 * @throws PortalError when the server refuses it.
 */
export async function submitAnswer(
  assignmentId: string,
  answerContent: unknown,
  progress: SubmissionProgress,
): Promise<SubmitAnswerResponse> {
  pending += 1;
  let pause = firstPause;
  let conflicts = 0;
  try {
    for (;;) {
      try {
        return await api.submit(assignmentId, answerContent);
      } catch (error) {
        const code = codeOf(error);
        if (code === 'try-again') conflicts += 1;
        if (code !== 'unreachable' && (code !== 'try-again' || conflicts > mostConflicts)) throw error;
        await wait(pause, code === 'unreachable' ? progress : undefined);
        pause = Math.min(pause * 2, longestPause);
      }
    }
  } finally {
    pending -= 1;
  }
}

/** Also ends when the browser is online again. */
function wait(milliseconds: number, progress: SubmissionProgress | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  const online = () => resolve();
  window.addEventListener('online', online);
  progress?.lost(resolve);
  return promise.finally(() => {
    clearTimeout(timer);
    window.removeEventListener('online', online);
  });
}
