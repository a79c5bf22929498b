import { setTimeout as pause } from 'node:timers/promises';
import type { Change } from '../domain/change.ts';
import { Refusal } from '../domain/refusal.ts';
import { saveDecision } from '../store/save-decision.ts';
import type { Store } from '../store/store.ts';

/** How often saving is tried anew after a pause; many answers to one task at the same moment need it. */
const rounds = 5;

class StillChanging extends Error {}

/**
 * Loads, decides, saves; when rows changed in between, again.
 *
 * @throws what the decision throws; Refusal `try-again` when rows keep changing.
 */
export async function decide<D extends { readonly changes: readonly Change[] }>(
  store: Store,
  decision: () => Promise<D>,
): Promise<D> {
  for (let round = 1; ; round += 1) {
    try {
      return await saveDecision(store, decision, () => new StillChanging());
    } catch (error) {
      if (!(error instanceof StillChanging)) throw error;
      if (round === rounds) throw new Refusal('try-again', 'Many people are working right now. Please try again.');
    }
    await pause(Math.random() * 10 * round);
  }
}
