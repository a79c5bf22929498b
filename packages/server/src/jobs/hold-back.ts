import { type EventLoopUtilization, performance } from 'node:perf_hooks';

/**
 * Says whether background work should wait because the event loop is busy with requests. It never says so for longer than
 * `longestMs` in a row, so the work goes on under any load.
 *
 * @param limit share of the event loop's time (0–1) above which work waits.
 */
export function createHoldBack(limit = 0.8, longestMs = 200): () => boolean {
  let last: EventLoopUtilization = performance.eventLoopUtilization();
  let measuredAt = performance.now();
  let busy = false;
  let heldSince: number | undefined;
  return () => {
    const now = performance.now();
    if (now - measuredAt >= 20) {
      const current = performance.eventLoopUtilization();
      busy = performance.eventLoopUtilization(current, last).utilization > limit;
      last = current;
      measuredAt = now;
    }
    heldSince = busy ? (heldSince ?? now) : undefined;
    if (heldSince === undefined || now - heldSince >= longestMs) {
      heldSince = undefined;
      return false;
    }
    return true;
  };
}
