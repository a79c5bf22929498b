/**
 * Follows human loops until they are finished. Each is looked at by a call that the server answers when the status changes
 * or some seconds have passed, as many of them at a time as there are lanes; where there are more loops than lanes, they take
 * turns.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type A2IRuntimeClient, ServiceError, UnansweredError, WaiterError } from '@holdpoint/client';
import type { OperationOutput } from '@holdpoint/protocol';
import { isFinished, type Status } from '../statuses.ts';

export type Seen = Pick<OperationOutput<'DescribeHumanLoop'>, 'HumanLoopName' | 'FailureReason'> & {
  /** `Deleted` where there is no such loop any more. */
  readonly status: Status | 'Deleted';
  /** When it became so, where that was asked for. */
  readonly FinishTime?: Date | undefined;
};

export interface Follower {
  /** A loop that is to be followed, or news of one that is; `isNew` statuses are told of too. */
  add(seen: Seen): void;
  /** Statuses of the loops that are not finished. */
  readonly open: ReadonlyMap<string, Status>;
  /** Resolves when all are finished. @throws what a look failed with */
  finished(): Promise<void>;
}

export interface FollowSettings {
  readonly runtime: A2IRuntimeClient;
  readonly lanes: number;
  readonly signal: AbortSignal;
  /** Told of each status, once. */
  readonly onStatus: (seen: Seen) => void;
  /** Told when the server cannot be reached, and undefined when it can again. */
  readonly onTrouble: (error: Error | undefined) => void;
}

/** Milliseconds between two looks at a server that does not wait, or does not answer. */
const lookEvery = 2000;
/** Milliseconds without an answer after which it is given up. */
const patience = 5 * 60_000;

export function createFollower({ runtime, lanes, signal, onStatus, onTrouble }: FollowSettings): Follower {
  const open = new Map<string, Status>();
  const queue: string[] = [];
  const waiter = runtime.getWaiter('human_loop_finished');
  let busy = 0;
  let failure: { readonly error: unknown } | undefined;
  let troubleSince: number | undefined;
  let wake: (() => void) | undefined;

  function take(seen: Seen): void {
    const { HumanLoopName: name, status } = seen;
    const before = open.get(name);
    if (status === 'Deleted' || isFinished(status)) open.delete(name);
    else open.set(name, status as Status);
    if (before !== status) onStatus(seen);
  }

  /** One look; what it shows is the same as what was known when nothing happened meanwhile. */
  async function look(name: string): Promise<void> {
    try {
      const seen = await waiter.wait({ HumanLoopName: name }, { maxAttempts: 1, signal }).catch(lastSeen);
      recovered();
      if (open.has(name)) take({ ...seen, status: seen.HumanLoopStatus });
      if (seen.ResponseMetadata.HTTPHeaders['preference-applied'] === undefined && open.has(name)) await rest();
    } catch (error) {
      const { cause = error } = error as Error;
      if (cause instanceof ServiceError && cause.name === 'ResourceNotFoundException')
        take({ HumanLoopName: name, status: 'Deleted' });
      else if (error instanceof UnansweredError) await trouble(error);
      else throw cause;
    }
  }

  const rest = (): Promise<void> => pause(lookEvery, undefined, { signal });

  function recovered(): void {
    if (troubleSince !== undefined) onTrouble(undefined);
    troubleSince = undefined;
  }

  async function trouble(error: Error): Promise<void> {
    if (troubleSince === undefined) onTrouble(error);
    troubleSince ??= performance.now();
    if (performance.now() - troubleSince >= patience) throw error;
    await rest();
  }

  function pump(): void {
    while (busy < lanes && queue.length > 0 && failure === undefined && !signal.aborted) {
      const name = queue.shift()!;
      if (!open.has(name)) continue;
      busy++;
      look(name)
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => {
          busy--;
          if (open.has(name)) queue.push(name);
          pump();
          wake?.();
        });
    }
  }

  return {
    open,
    add(seen) {
      const isKnown = open.has(seen.HumanLoopName);
      take(seen);
      if (isKnown || !open.has(seen.HumanLoopName)) return;
      queue.push(seen.HumanLoopName);
      pump();
    },
    async finished() {
      while (open.size > 0 && failure === undefined && !signal.aborted)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      signal.throwIfAborted();
      if (failure !== undefined) throw failure.error;
    },
  };
}

/** What a look that found another status than the wanted one has seen. */
function lastSeen(error: unknown): Awaited<ReturnType<ReturnType<A2IRuntimeClient['getWaiter']>['wait']>> {
  if (error instanceof WaiterError && error.lastResponse !== undefined) return error.lastResponse as never;
  throw error;
}
