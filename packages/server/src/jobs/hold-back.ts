/**
 * Says whether background work should wait, because callers do. It never says so for longer than `longestMs` in a row, so
 * the work goes on under any load.
 *
 * @param busy whether there is more to do for callers now than can be done at once.
 */
export function createHoldBack(busy: () => boolean, longestMs = 200): () => boolean {
  let heldSince: number | undefined;
  return () => {
    const now = performance.now();
    heldSince = busy() ? (heldSince ?? now) : undefined;
    if (heldSince === undefined || now - heldSince < longestMs) return heldSince !== undefined;
    heldSince = undefined;
    return false;
  };
}
