import { storeBeneath } from './recording-store.ts';
import type { Store } from './store.ts';

/** Milliseconds in which it is not looked again. */
const keptMs = 2000;

/** What `look` finds in a store, known for two seconds, however many ask; what failed is looked for again. */
export function brieflyKept<T>(
  look: (store: Store, now: number) => Promise<T>,
): (store: Store, now: number) => Promise<T> {
  const kept = new WeakMap<Store, { readonly at: number; readonly found: Promise<T> }>();
  return (given, now) => {
    // Each request has a store of its own, over the one that all share.
    const store = storeBeneath(given);
    const known = kept.get(store);
    if (known && Math.abs(now - known.at) < keptMs) return known.found;
    const found = look(store, now);
    const made = { at: now, found };
    kept.set(store, made);
    found.catch(() => kept.get(store) === made && kept.delete(store));
    return found;
  };
}
