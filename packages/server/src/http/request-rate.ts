import type { Clock } from '../clock.ts';

/** Lets through so many requests a second, with bursts of one second's worth; 0 lets everything through. */
export function createRequestRate(perSecond: number, clock: Clock): () => boolean {
  let tokens = perSecond;
  let last = clock.now();
  return () => {
    if (perSecond === 0) return true;
    const now = clock.now();
    tokens = Math.min(perSecond, tokens + (Math.max(0, now - last) / 1000) * perSecond);
    last = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
