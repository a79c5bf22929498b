import type { Change } from '../domain/change.ts';
import type { Store } from './store.ts';

/** How often a decision is made again when rows changed under it. */
const attempts = 8;

/**
 * Loads, decides and saves; when a row changed in between, loads and decides again.
 *
 * @param decide loads rows and decides; what it throws is passed on.
 * @param exhausted makes the error after the last conflict.
 */
export async function saveDecision<D extends { readonly changes: readonly Change[] }>(
  store: Store,
  decide: () => Promise<D>,
  exhausted: () => Error,
): Promise<D> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const decision = await decide();
    if ((await store.save(decision.changes)) === 'saved') return decision;
  }
  throw exhausted();
}
