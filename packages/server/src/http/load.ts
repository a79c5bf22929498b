/** How many requests of the API are under way: what background work looks at before it takes time from them. */
export interface Load {
  readonly inFlight: number;
  /** A request begins; the returned function ends it. */
  enter(): () => void;
}

export function createLoad(): Load {
  let inFlight = 0;
  return {
    get inFlight() {
      return inFlight;
    },
    enter() {
      inFlight++;
      let over = false;
      return () => {
        if (!over) inFlight--;
        over = true;
      };
    },
  };
}
