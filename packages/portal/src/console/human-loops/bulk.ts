// One thing done to many human loops: a few at a time, counted as it goes, and what failed said with its reason.
import { call } from '../console-api.ts';
import { sentenceOf } from '../english.ts';

export type BulkAction = 'stop' | 'delete' | 'retry';

export const bulkWords: { readonly [Action in BulkAction]: { readonly verb: string; readonly done: string } } = {
  stop: { verb: 'Stop', done: 'stopped' },
  delete: { verb: 'Delete', done: 'deleted' },
  retry: { verb: 'Retry', done: 'retried' },
};

export const operationOf = {
  stop: 'StopHumanLoop',
  delete: 'DeleteHumanLoop',
  retry: 'RetryJobs',
} as const;

export interface Progress {
  readonly action: BulkAction;
  readonly total: number;
  readonly done: number;
  readonly failed: readonly { readonly name: string; readonly reason: string }[];
  readonly isOver: boolean;
}

const atOnce = 4;

/** @param signal ends it after those that are under way. */
export async function runBulk(
  action: BulkAction,
  names: readonly string[],
  tell: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Progress> {
  const left = [...names];
  const failed: { name: string; reason: string }[] = [];
  let done = 0;
  const now = (isOver: boolean): Progress => ({ action, total: names.length, done, failed: [...failed], isOver });
  async function work(): Promise<void> {
    for (let name = left.shift(); name !== undefined && !signal.aborted; name = left.shift()) {
      try {
        await call(operationOf[action], { HumanLoopName: name });
        done += 1;
      } catch (error) {
        failed.push({ name, reason: sentenceOf(error) });
      }
      tell(now(false));
    }
  }
  tell(now(false));
  await Promise.all(Array.from({ length: atOnce }, work));
  return now(true);
}
