import { type ActivityFacts, activityOf } from '../domain/activity.ts';
import type { Change } from '../domain/change.ts';
import type { Store } from './store.ts';

const beneath = Symbol('the store beneath');
type Recording = Store & { readonly [beneath]?: Store };

/** The store that a handler's store writes to; any other is its own. */
export const storeBeneath = (store: Store): Store => (store as Recording)[beneath] ?? store;

/**
 * The store as a handler gets it: every save that changes something takes the row of the activity log with it into the same
 * commit. A conflict writes none, and neither does a read.
 */
export function recordingStore(store: Store, facts: ActivityFacts, newId: (at: number) => string): Store {
  const recorded = (changes: readonly Change[]): readonly Change[] => {
    const row = activityOf(changes, facts, newId);
    return row ? [...changes, row] : changes;
  };
  // All but two of its functions are the store's own: copying them for every request would cost more than they do.
  return Object.assign(Object.create(store) as Recording, {
    [beneath]: storeBeneath(store),
    save: (changes: readonly Change[]) => store.save(recorded(changes)),
    claimNextTask: ({ accept, ...next }: Parameters<Store['claimNextTask']>[0]) =>
      store.claimNextTask({
        ...next,
        accept(task) {
          const accepted = accept(task);
          return { ...accepted, changes: recorded(accepted.changes) };
        },
      }),
  });
}
