/** One line of progress on standard error: drawn again and again on a terminal, now and then a plain line elsewhere. */
import { stripVTControlCharacters as plain, styleText } from 'node:util';
import type { Output } from './terminal.ts';

export interface Progress {
  /** Tells how much is done; `note` is added to the line. */
  update(done: number, note?: string): void;
  /** Writes a line of its own above the line of progress. */
  line(text: string): void;
  /** Ends with a sentence, or without a trace. */
  end(sentence?: string): void;
}

/** Milliseconds between two drawings, and between two plain lines. */
const drawEvery = 100;
const printEvery = 5000;
const barWidth = 24;

/**
 * Shows progress.
 *
 * @param total how much there is to do; undefined where nobody knows, a function where it shows as time goes by.
 */
export function startProgress(output: Output, title: string, total?: number | (() => number | undefined)): Progress {
  const begun = performance.now();
  let shown = output.isTTY ? begun - drawEvery : begun;
  let current = '';

  function show(done: number, note: string): void {
    const now = performance.now();
    if (now - shown < (output.isTTY ? drawEvery : printEvery)) return;
    shown = now;
    const all = typeof total === 'function' ? total() : total;
    const text = lineOf(title, done, all, (now - begun) / 1000, note, output.isTTY === true);
    if (!output.isTTY) return void output.write(`${text}\n`);
    current = fitted(text, widthOf(output));
    output.write(`\r\u001b[2K${current}`);
  }

  const clear = (): void => {
    if (current !== '') output.write('\r\u001b[2K');
  };
  return {
    update: (done, note = '') => show(done, note),
    line(text) {
      clear();
      output.write(`${text}\n`);
      if (current !== '') output.write(current);
    },
    end(sentence) {
      clear();
      current = '';
      if (sentence !== undefined) output.write(`${sentence}\n`);
    },
  };
}

/** Columns that can be written without a line's wrapping; a terminal that does not know its own has 80. */
export const widthOf = ({ columns }: Output): number => Math.max(20, (columns || 80) - 1);

/** A line that has to be cut loses its colours with its end, so that none of them goes on behind it. */
const fitted = (text: string, width: number): string =>
  plain(text).length <= width ? text : plain(text).slice(0, width);

function lineOf(title: string, done: number, total: number | undefined, seconds: number, note: string, bar: boolean) {
  const rate = seconds > 0 ? done / seconds : 0;
  const parts = [
    title,
    ...(bar && total !== undefined ? [barOf(total === 0 ? 1 : done / total)] : []),
    total === undefined ? count(done) : `${count(done)} of ${count(total)}`,
    `${rate >= 10 ? count(Math.round(rate)) : rate.toFixed(1)}/s`,
    ...(total !== undefined && rate > 0 && done < total ? [`${duration((total - done) / rate)} left`] : []),
    ...(note === '' ? [] : [note]),
  ];
  return parts.join('  ');
}

function barOf(share: number): string {
  const full = Math.round(Math.min(1, share) * barWidth);
  return styleText('cyan', '━'.repeat(full)) + styleText('dim', '━'.repeat(barWidth - full));
}

const count = (number: number): string => Math.round(number).toLocaleString('en-US');

/** Seconds in words: `42 s`, `3 min 5 s`, `2 h 10 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
