import { type Journal, journalOf, removeJournal, type Subject, writeJournal } from './journal.ts';
import type { NewestLoops } from './newest-loops.ts';
import type { SettledLines } from './settled-lines.ts';

/** Milliseconds between two writings. */
const every = 1000;

export interface KeptJournal {
  /** Writes it a last time, or removes it where nothing is left to do. */
  end(isDone: boolean): Promise<void>;
}

/**
 * Keeps a file's journal up to date while its lines are settled.
 *
 * @param earlier what another run left: it stays until more is settled than it tells of.
 * @param tell is told once, when it cannot be written; the start goes on without.
 */
export function keepJournal(
  file: string,
  subject: Subject,
  settled: SettledLines,
  newest: NewestLoops,
  earlier: Journal | undefined,
  tell: (sentence: string) => void,
): KeptJournal {
  let writing = Promise.resolve();
  let written = earlier?.lines ?? 0;
  let broken = false;

  async function write(): Promise<void> {
    const state = settled.state();
    if (broken || state === undefined || state.lines < written) return;
    written = state.lines;
    try {
      await writeJournal(file, { holdpoint: 'loop start', version: 1, ...subject, ...state, newest: newest.names() });
    } catch (error) {
      broken = true;
      tell(
        `${journalOf(file)} cannot be written (${(error as Error).message}); if this run is stopped, the next one sends all lines again, which does no harm.`,
      );
    }
  }

  const timer = setInterval(() => {
    writing = writing.then(write);
  }, every);
  return {
    async end(isDone) {
      clearInterval(timer);
      await writing;
      if (isDone) await removeJournal(file);
      else await write();
    },
  };
}
