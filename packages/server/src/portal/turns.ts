const last = new Map<string, Promise<unknown>>();

/**
 * Runs what has the same key one after the other, in the order of the calls.
 *
 * @param use gets whether nothing of this key was under way when it was called
 */
export function inTurn<T>(key: string, use: (isFirst: boolean) => Promise<T>): Promise<T> {
  const before = last.get(key);
  const turn = before ? before.then(() => use(false)) : use(true);
  const end = turn
    .catch(() => {})
    .finally(() => {
      if (last.get(key) === end) last.delete(key);
    });
  last.set(key, end);
  return turn;
}
