/**
 * How fast requests go out. All go at once up to a limit, as long as the server takes them. When it asks for fewer, or
 * cannot be reached, everybody pauses, longer and longer, and the limit is halved; each request that gets through raises it
 * by a little. When nothing has got through for as long as `patience`, the last error ends it.
 */
import { UnansweredError } from '@holdpoint/client';

export interface PaceSettings {
  /** The most requests at a time. */
  readonly most: number;
  /** Milliseconds without any success after which it is given up. */
  readonly patience: number;
  readonly signal: AbortSignal;
  /** Told once for each trouble, and when it is over. */
  readonly onTrouble: (error: Error & { readonly retryable?: boolean }, unreachable: boolean) => void;
  readonly onRecovery: () => void;
}

export interface Pace {
  /** Waits for a turn, unless there is one now. */
  enter(): Promise<void> | undefined;
  /** Ends a turn that got through. */
  succeeded(): void;
  /** Ends a turn that did not. @throws the error when patience is over */
  failed(error: Error): void;
  /** Nobody gets a turn any more: whoever waits for one is told why. */
  end(reason: unknown): void;
  /** Whether everybody waits for the server at present. */
  readonly pausing: boolean;
}

/** Bounds of the pauses, in milliseconds. */
const firstPause = 250;
const longestPause = 10_000;

export function createPace({ most, patience, signal, onTrouble, onRecovery }: PaceSettings): Pace {
  let limit = most;
  let active = 0;
  let resumeAt = 0;
  let pause = firstPause;
  let troubleSince: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let ended: { readonly reason: unknown } | undefined;
  const waiting: { resolve(): void; reject(reason: unknown): void }[] = [];

  /** Lets in who may go now. */
  function admit(): void {
    if (timer !== undefined) return;
    const left = resumeAt - performance.now();
    if (left > 0 && waiting.length > 0) {
      timer = setTimeout(() => {
        timer = undefined;
        admit();
      }, left);
      return;
    }
    while (waiting.length > 0 && active < Math.floor(limit)) {
      active++;
      waiting.shift()!.resolve();
    }
  }

  function end(reason: unknown): void {
    ended ??= { reason };
    clearTimeout(timer);
    for (const one of waiting.splice(0)) one.reject(reason);
  }

  if (signal.aborted) end(signal.reason);
  signal.addEventListener('abort', () => end(signal.reason), { once: true });

  return {
    get pausing() {
      return resumeAt > performance.now();
    },
    enter() {
      if (ended !== undefined) return Promise.reject(ended.reason);
      if (waiting.length === 0 && active < Math.floor(limit) && (resumeAt === 0 || resumeAt <= performance.now())) {
        active++;
        return undefined;
      }
      const turn = new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
      admit();
      return turn;
    },
    end,
    succeeded() {
      active--;
      if (troubleSince !== undefined) {
        troubleSince = undefined;
        resumeAt = 0;
        pause = firstPause;
        onRecovery();
      }
      if (limit < most) limit = Math.min(most, limit + 1 / limit);
      if (waiting.length > 0) admit();
    },
    failed(error) {
      active--;
      const now = performance.now();
      if (troubleSince === undefined) {
        troubleSince = now;
        limit = Math.max(1, limit / 2);
        onTrouble(error, error instanceof UnansweredError);
      }
      if (now - troubleSince >= patience) throw error;
      // Whoever fails in the same pause was under way before it.
      if (resumeAt <= now) {
        const asked = ((error as { retryAfter?: number }).retryAfter ?? 0) * 1000;
        resumeAt = now + Math.max(pause, Math.min(asked, longestPause));
        pause = Math.min(pause * 2, longestPause);
      }
      admit();
    },
  };
}
