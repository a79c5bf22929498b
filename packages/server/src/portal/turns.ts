/** Lets what has the same key be done one after the other, in the order of the calls. */
export interface Turns {
  /** @param use gets whether nothing of this key was under way when it was called */
  take<T>(key: string, use: (isFirst: boolean) => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    take(key, use) {
      const before = last.get(key);
      const turn = before ? before.then(() => use(false)) : use(true);
      const end = turn
        .catch(() => {})
        .finally(() => {
          if (last.get(key) === end) last.delete(key);
        });
      last.set(key, end);
      return turn;
    },
  };
}
