/**
 * Waiters for human loops. botocore's model has none for these services; theirs elsewhere give the form and the sentences.
 *
 * The wait itself is the server's where it can: with `Prefer: wait=N` (RFC 7240) DescribeHumanLoop answers when the status
 * changes or N seconds have passed, and says so with `Preference-Applied`. AWS passes over the header; there we ask again and
 * again, less and less often.
 */
import type { CallOptions } from './caller.ts';
import { requireLeast } from './check-parameters.ts';
import { ServiceError, UnknownWaiterError, WaiterError } from './errors.ts';
import type { Result } from './method-types.ts';

export interface WaitOptions extends CallOptions {
  /** Seconds between two looks where the server does not wait; default 2, growing to 30. */
  readonly delay?: number | undefined;
  /** The most looks; default no limit, since people take their time and every loop ends by itself. */
  readonly maxAttempts?: number | undefined;
}

export interface Waiter {
  /** In snake case. */
  readonly name: string;
  /**
   * Waits for the state.
   *
   * @returns the description that matched.
   * @throws WaiterError when the loop has ended otherwise, cannot match any more, or `maxAttempts` is used up.
   */
  wait(params: { readonly HumanLoopName: string }, options?: WaitOptions): Promise<Described>;
}

type Described = Result<'DescribeHumanLoop'>;
type Status = Described['HumanLoopStatus'];

/** What a waiter waits for, and what shows that it never will come. */
const states = {
  human_loop_completed: { wanted: ['Completed'], lost: ['Failed', 'Stopped', 'Stopping'] },
  human_loop_finished: { wanted: ['Completed', 'Failed', 'Stopped'], lost: [] },
  human_loop_stopped: { wanted: ['Stopped'], lost: ['Completed', 'Failed'] },
} satisfies Record<string, { wanted: Status[]; lost: Status[] }>;

export type WaiterName = keyof typeof states;
export const waiterNames = Object.keys(states) as readonly WaiterName[];

/** The longest wait that a Holdpoint server grants, in seconds. */
const longestServerWait = 20;

export interface Watched {
  describe(name: string, options: CallOptions & { unsigned: Record<string, string> }): Promise<Described>;
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
  now(): number;
  readonly readTimeoutMs: number;
}

/** The waiter of a name in snake or camel case. @throws UnknownWaiterError */
export function createWaiter(given: string, watched: Watched): Waiter {
  const name = given.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) as WaiterName;
  if (!waiterNames.includes(name)) throw new UnknownWaiterError(given);
  return { name, wait: ({ HumanLoopName }, options = {}) => waitFor(name, HumanLoopName, options, watched) };
}

async function waitFor(
  name: WaiterName,
  HumanLoopName: string,
  options: WaitOptions,
  watched: Watched,
): Promise<Described> {
  const { signal, delay, maxAttempts = Number.POSITIVE_INFINITY } = options;
  const { wanted, lost }: { wanted: readonly Status[]; lost: readonly Status[] } = states[name];
  requireLeast('maxAttempts', maxAttempts, 1);
  requireLeast('delay', delay ?? 0, 0);
  // Not longer than the connection may be silent.
  const seconds = Math.min(longestServerWait, Math.floor(watched.readTimeoutMs / 1000) - 1);
  const unsigned: Record<string, string> = seconds > 0 ? { prefer: `wait=${seconds}` } : {};
  let pause = delay ?? 2;
  for (let attempt = 1; ; attempt++) {
    const begun = watched.now();
    const seen = await watched.describe(HumanLoopName, { signal, unsigned }).catch((error: unknown) => {
      throw error instanceof ServiceError ? new WaiterError(name, answered(error), undefined, { cause: error }) : error;
    });
    const { HumanLoopStatus: status } = seen;
    if (wanted.includes(status)) return seen;
    if (lost.includes(status)) throw new WaiterError(name, terminal(seen), seen);
    if (attempt >= maxAttempts) throw new WaiterError(name, 'Max attempts exceeded', seen);
    const waited = seen.ResponseMetadata.HTTPHeaders['preference-applied'] !== undefined;
    // A server that grants the wait and does not keep it is asked no more often than one that does not grant it.
    if (waited && watched.now() - begun >= 1000) continue;
    await watched.wait(pause * 1000, signal);
    if (delay === undefined) pause = Math.min(pause * 1.5, 30);
  }
}

/** botocore's sentence, and why the loop failed. */
const terminal = ({ HumanLoopStatus, FailureReason }: Described): string =>
  `Waiter encountered a terminal failure state: For expression "HumanLoopStatus" we matched expected path: ` +
  `"${HumanLoopStatus}"${FailureReason === undefined ? '' : ` (${FailureReason})`}`;

const answered = ({ code, message }: ServiceError): string => `An error occurred (${code}): ${message}`;
