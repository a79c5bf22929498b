import { setTimeout as pause } from 'node:timers/promises';
import { formatDuration } from './duration.ts';
import type { Output } from './terminal.ts';

/** Milliseconds between two looks: short at first, since most waits are. */
const firstPause = 100;
const longestPause = 2000;
/** Where nobody looks, a wait is told of when it takes longer than this, and once a minute. */
const plainAfter = 2000;
const plainEvery = 60_000;

/**
 * Looks again and again until something is found, and says what is waited for on one line.
 *
 * @param look answers what was waited for, undefined while it is not there.
 * @param title a sentence about what is waited for, without an end; it may change as time goes by.
 * @throws the signal's reason when it is aborted.
 */
export async function waitUntil<T>(
  errors: Output,
  title: () => string,
  signal: AbortSignal,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const begun = performance.now();
  let told = begun + plainAfter - plainEvery;
  let shown = false;
  const show = (): void => {
    const now = performance.now();
    const text = `${title()} … ${formatDuration((now - begun) / 1000)}`;
    if (errors.isTTY) {
      errors.write(`\r\u001b[2K${text.slice(0, Math.max(20, (errors.columns ?? 80) - 1))}`);
      shown = true;
    } else if (now - told >= plainEvery) {
      errors.write(`${text}\n`);
      told = now;
    }
  };
  try {
    for (let wait = firstPause; ; wait = Math.min(longestPause, wait * 1.5)) {
      signal.throwIfAborted();
      const found = await look();
      if (found !== undefined) return found;
      show();
      await pause(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  } finally {
    if (shown) errors.write('\r\u001b[2K');
  }
}
