/**
 * Lines are settled in any order, and remembered in that of the file: up to which line all are settled, which of them failed,
 * and a digest of the others.
 */
import { createHash } from 'node:crypto';
import type { Journal } from './journal.ts';

type State = Pick<Journal, 'lines' | 'digest' | 'failed'>;

export interface SettledLines {
  /** Lines that are settled while an earlier one is not. */
  readonly ahead: number;
  /** A line was started; `digest` is its own. */
  started(line: number, digest: Buffer): void;
  failed(line: number): void;
  /** A line with nothing in it. */
  empty(line: number): void;
  /** Up to where all is settled; undefined when more lines failed than are worth remembering. */
  state(): State | undefined;
}

/** More ranges of failed lines than these are not remembered: such a file is not what was meant. */
const mostRanges = 10_000;

export function createSettledLines(): SettledLines {
  const digest = createHash('sha256');
  const waiting = new Map<number, Buffer | 'failed' | 'empty'>();
  const failed: [first: number, last: number][] = [];
  const number = Buffer.alloc(8);
  let lines = 0;

  function settle(line: number, what: Buffer | 'failed' | 'empty'): void {
    waiting.set(line, what);
    for (let next = waiting.get(lines + 1); next !== undefined; next = waiting.get(lines + 1)) {
      waiting.delete(++lines);
      if (next === 'failed') addTo(failed, lines);
      else if (next !== 'empty') add(next);
    }
  }

  function add(own: Buffer): void {
    // Its number too: names may be made of it.
    number.writeDoubleBE(lines);
    digest.update(number).update(own);
  }

  return {
    get ahead() {
      return waiting.size;
    },
    started: settle,
    failed: (line) => settle(line, 'failed'),
    empty: (line) => settle(line, 'empty'),
    state: () => (failed.length > mostRanges ? undefined : { lines, digest: digest.copy().digest('hex'), failed }),
  };
}

function addTo(ranges: [first: number, last: number][], line: number): void {
  const last = ranges.at(-1);
  if (last?.[1] === line - 1) last[1] = line;
  else if (ranges.length <= mostRanges) ranges.push([line, line]);
}
