import type { How } from './report.ts';

/** The names of a few loops that were started last. */
export interface NewestLoops {
  add(name: string, how: How): void;
  /** The newest at the end. */
  names(): readonly string[];
}

const most = 3;

/** @param earlier those that another run left. */
export function createNewestLoops(earlier: readonly string[] = []): NewestLoops {
  // What was there before is older than all that is started now: it counts where nothing else is known.
  const kept: Record<How, string[]> = { before: [], started: [...earlier] };
  return {
    add(name, how) {
      if (kept[how].push(name) > most) kept[how].shift();
    },
    names: () => [...kept.before, ...kept.started].slice(-most),
  };
}
