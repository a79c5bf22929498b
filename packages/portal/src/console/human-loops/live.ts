// Live events of the console: told that something changed, a page asks for what it shows, never more than once at a time and with
// a pause in between, so that a busy installation keeps neither server nor reader out of breath.

/** Milliseconds between the end of one look and the next. */
const pause = 1500;
/** How often is looked while no events can be had. */
const pollEvery = 15_000;

/**
 * Calls `look` whenever human loops may have changed, or the one that is named; not while the page is hidden, and once when it
 * is seen again.
 *
 * @returns how to stop that
 */
export function watchHumanLoops(look: () => Promise<void>, name?: string): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let polling: ReturnType<typeof setInterval> | undefined;
  let isLooking = false;
  let isWanted = false;
  let isOver = false;

  async function wake(): Promise<void> {
    isWanted = true;
    if (isLooking || timer !== undefined || isOver || document.visibilityState === 'hidden') return;
    isWanted = false;
    isLooking = true;
    await look().catch(() => {});
    isLooking = false;
    if (isOver) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (isWanted) void wake();
    }, pause);
  }

  function connect(): void {
    if (source !== undefined || document.visibilityState === 'hidden' || isOver) return;
    const opened = new EventSource(
      `/console/events${name === undefined ? '' : `?human-loop=${encodeURIComponent(name)}`}`,
    );
    source = opened;
    opened.addEventListener('open', () => {
      clearInterval(polling);
      polling = undefined;
      // What changed between the page's own look and this was told to nobody.
      void wake();
    });
    opened.addEventListener('human-loops', () => void wake());
    opened.addEventListener('error', () => {
      polling ??= setInterval(() => {
        void wake();
        if (opened.readyState !== EventSource.CLOSED || source !== opened) return;
        source = undefined;
        connect();
      }, pollEvery);
    });
  }

  function turn(): void {
    if (document.visibilityState === 'hidden') {
      source?.close();
      source = undefined;
      clearInterval(polling);
      polling = undefined;
    } else {
      connect();
      void wake();
    }
  }

  document.addEventListener('visibilitychange', turn);
  connect();
  return () => {
    isOver = true;
    source?.close();
    clearTimeout(timer);
    clearInterval(polling);
    document.removeEventListener('visibilitychange', turn);
  };
}
