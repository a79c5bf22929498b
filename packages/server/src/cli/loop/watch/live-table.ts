/** Lines that scroll by, and on a terminal a few lines beneath them that are drawn again and again. */
import { widthOf } from '../../progress.ts';
import type { Terminal } from '../../terminal.ts';

export interface LiveTable {
  /** Writes a line that stays, to standard output. */
  line(text: string): void;
  /** Writes a sentence that stays, to standard error. */
  note(text: string): void;
  /** Draws the lines beneath, on a terminal. */
  draw(lines: readonly string[]): void;
  /** Takes the lines beneath away. */
  end(): void;
}

export function createLiveTable({ output, errors }: Pick<Terminal, 'output' | 'errors'>): LiveTable {
  let drawn: readonly string[] = [];

  function clear(): void {
    if (drawn.length > 0) errors.write(`\u001b[${drawn.length}A\r\u001b[J`);
  }
  function show(): void {
    if (drawn.length > 0) errors.write(`${drawn.join('\n')}\n`);
  }
  function above(write: () => void): void {
    clear();
    write();
    show();
  }

  return {
    line: (text) => above(() => output.write(`${text}\n`)),
    note: (text) => above(() => errors.write(`${text}\n`)),
    draw(lines) {
      if (!errors.isTTY) return;
      clear();
      // A line that wraps would be two, and one of them would stay.
      const width = widthOf(errors);
      drawn = lines.map((line) => line.slice(0, width));
      show();
    },
    end() {
      clear();
      drawn = [];
    },
  };
}
