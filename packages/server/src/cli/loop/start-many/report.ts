/** What a person, or with `--json` a program, is told while lines are started and at the end. */
import { type Progress, startProgress } from '../../progress.ts';
import type { Terminal } from '../../terminal.ts';
import type { BadLine } from './read-item.ts';

export type How = 'started' | 'before';

export interface Report {
  readonly failed: number;
  /** A sentence above the line of progress. */
  tell(sentence: string): void;
  /** Draws the progress again. */
  show(): void;
  /** A loop was started, or was there before with the same input. */
  settled(how: How): void;
  /** A line that an earlier run has started. */
  skipped(): void;
  failedLine(line: number, name: string | undefined, why: BadLine): void;
  /**
   * Ends progress and the document of `--json`.
   *
   * @param failedLoops of the started ones, how many have failed since.
   * @returns the summary, without its full stop.
   */
  end(isComplete: boolean, failedLoops: number): string;
}

export interface ReportSettings {
  readonly terminal: Pick<Terminal, 'output' | 'errors'>;
  readonly json: boolean;
  /** How many lines there are, about; undefined while nobody knows. */
  readonly total: () => number | undefined;
  /** What is waited for at present. */
  readonly note: () => string;
}

/** So many numbers of lines fit a sentence. */
const shownLines = 10;
/** So many sentences of one kind are told; of so many kinds they are counted. */
const shownOfKind = 10;
const mostKinds = 1000;

export function createReport({ terminal, json, total, note }: ReportSettings): Report {
  const counts = { started: 0, before: 0 };
  let skipped = 0;
  let failed = 0;
  const firstFailed: number[] = [];
  const kinds = new Map<string, { count: number; readonly first: string }>();
  let lastFailed = 0;
  let progress: Progress | undefined;

  function tell(sentence: string): void {
    if (progress === undefined) terminal.errors.write(`${sentence}\n`);
    else progress.line(sentence);
  }

  function show(): void {
    progress ??= startProgress(terminal.errors, 'Starting', () => {
      const lines = total();
      return lines === undefined ? undefined : Math.max(lines - skipped, counts.started + counts.before + failed);
    });
    progress.update(counts.started + counts.before + failed, note());
  }

  /** Counts a failure by its kind: what is wrong, wherever in the line and whatever the loop's name. */
  function isShown(code: string, message: string, sentence: string): boolean {
    const key = `${code} ${message.replaceAll(/'[^']*'|\d+/g, '')}`;
    const kind = kinds.get(key);
    if (kind !== undefined) return ++kind.count <= shownOfKind;
    if (kinds.size < mostKinds) kinds.set(key, { count: 1, first: sentence });
    return true;
  }

  /** The document grows as it goes, so that no number of failures fills the memory. */
  function write(failure: Readonly<Record<string, unknown>>): void {
    const before = failed === 0 ? '{\n  "failures": [' : ',';
    terminal.output.write(`${before}\n    ${JSON.stringify(failure)}`);
  }

  return {
    get failed() {
      return failed;
    },
    tell,
    show,
    settled(how) {
      counts[how]++;
      show();
    },
    skipped: () => void skipped++,
    failedLine(line, name, { code, message }) {
      const sentence = `Line ${line} ${message.replace(/\.$/, '')}.`;
      if (isShown(code, message, sentence)) tell(sentence);
      if (json) write({ line, name, code, message: sentence });
      failed++;
      if (firstFailed.length < shownLines) firstFailed.push(line);
      lastFailed = line;
      show();
    },
    end(isComplete, failedLoops) {
      progress?.end();
      progress = undefined;
      for (const { count, first } of kinds.values())
        if (count > shownOfKind) tell(`${first} And ${number(count - shownOfKind)} more of this kind.`);
      const all = { ...counts, before: counts.before + skipped };
      const { started, before } = all;
      if (json) {
        const members = { started, startedBefore: before, failed, failedLoops, complete: isComplete };
        const lines = Object.entries(members).map(([name, value]) => `  "${name}": ${value}`);
        terminal.output.write(`${failed === 0 ? '{\n  "failures": []' : '\n  ]'},\n${lines.join(',\n')}\n}\n`);
      }
      return [
        `${number(started)} started`,
        ...(before > 0 ? [`${number(before)} had been started before`] : []),
        ...(failed > 0 ? [`${number(failed)} failed (${linesOf(failed, firstFailed, lastFailed)})`] : []),
      ].join(', ');
    },
  };
}

function linesOf(count: number, first: readonly number[], last: number): string {
  if (count === 1) return `line ${last}`;
  return count <= shownLines ? `lines ${first.join(', ')}` : `lines ${first.slice(0, -1).join(', ')} … ${last}`;
}

const number = (value: number): string => value.toLocaleString('en-US');
