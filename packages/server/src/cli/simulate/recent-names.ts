/** A set of the names that were added last: of a run without an end, old ones are forgotten. */
export interface RecentNames {
  readonly isEmpty: boolean;
  has(name: string): boolean;
  add(name: string): void;
}

export function createRecentNames(most = 100_000): RecentNames {
  const names = new Set<string>();
  return {
    get isEmpty() {
      return names.size === 0;
    },
    has: (name) => names.has(name),
    add(name) {
      names.delete(name);
      names.add(name);
      if (names.size > most) names.delete(names.values().next().value!);
    },
  };
}
