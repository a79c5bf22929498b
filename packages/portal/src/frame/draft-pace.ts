// When drafts are taken.

/** Milliseconds: while somebody is busy, no more than one draft in this time, and no less. */
const busy = 1_000;
/** Milliseconds without activity after which nobody is busy any more. */
const quiet = 300;

export interface DraftPace {
  /** The worker has done something. */
  active(): void;
  /** A draft is taken at once: what was put off needs not follow. */
  taken(): void;
}

export function createPace(take: () => void): DraftPace {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Of the first activity that no draft has. */
  let since: number | undefined;
  let last = Number.NEGATIVE_INFINITY;
  const taken = () => {
    clearTimeout(timer);
    since = undefined;
    last = performance.now();
  };
  return {
    active() {
      const now = performance.now();
      since ??= now;
      clearTimeout(timer);
      timer = setTimeout(
        () => {
          taken();
          take();
        },
        Math.max(Math.min(quiet, since + busy - now), last + busy - now),
      );
    },
    taken,
  };
}
