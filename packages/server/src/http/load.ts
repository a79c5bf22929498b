/**
 * How many requests are under way: what background work looks at before it takes time from them, and what keeps a server that is
 * asked for more than it can do from taking on ever more: most requests are refused early, the ones that must not be lost last.
 */
export interface Load {
  readonly inFlight: number;
  /**
   * A request begins; the returned function ends it.
   *
   * @param comesFirst whether it is taken on also beyond the limit, up to twice as many
   * @returns undefined when too many are under way already
   */
  enter(comesFirst: boolean): (() => void) | undefined;
}

/** @param limit how many requests may be under way at once; 0 is no limit */
export function createLoad(limit = 0): Load {
  let inFlight = 0;
  return {
    get inFlight() {
      return inFlight;
    },
    enter(comesFirst) {
      if (limit > 0 && inFlight >= (comesFirst ? 2 * limit : limit)) return undefined;
      inFlight++;
      let over = false;
      return () => {
        if (!over) inFlight--;
        over = true;
      };
    },
  };
}
