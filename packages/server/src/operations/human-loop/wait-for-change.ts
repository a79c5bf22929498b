import type { OperationContext } from '../../context.ts';
import { isFinal } from '../../domain/human-loop.ts';
import type { HumanLoop } from '../../domain/rows.ts';

/**
 * Waits until the loop is final, its status changes, the time is over or the server stops, without asking again and again.
 *
 * @param seconds how long at most.
 * @returns the loop as it is then; undefined when it was deleted meanwhile.
 */
export async function waitForChange(
  context: OperationContext,
  humanLoop: HumanLoop,
  seconds: number,
): Promise<HumanLoop | undefined> {
  if (isFinal(humanLoop) || seconds <= 0) return humanLoop;
  let wake: () => void = () => {};
  const end = context.store.changes((changed) => {
    if (changed.some((one) => one.table === 'humanLoops' && one.id === humanLoop.id)) wake();
  });
  const stop = (): void => wake();
  context.stopping.addEventListener('abort', stop);
  const until = Date.now() + seconds * 1000;
  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      // Read after listening, so that a change in between is not missed.
      const current = await context.store.humanLoop(humanLoop.id);
      const left = context.stopping.aborted ? 0 : until - Date.now();
      if (!current || current.status !== humanLoop.status || left <= 0) return current;
      await Promise.race([changed, timeout(left)]);
    }
  } finally {
    end();
    context.stopping.removeEventListener('abort', stop);
  }
}

const timeout = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, milliseconds).unref());
