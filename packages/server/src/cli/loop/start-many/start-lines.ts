/**
 * Starts the loops of many lines: reads, sends as many as may be under way, and keeps count. A line that cannot be started is
 * told of and the rest goes on; what would be the same for every line (no server, refused credentials, a flow definition that
 * is gone) ends it. An error of the server (status 5xx) may be either: it is the line's when others get through meanwhile.
 */
import { hash } from 'node:crypto';
import { ConnectTimeoutError, EndpointConnectionError, ServiceError, UnansweredError } from '@holdpoint/client';
import type { Pace } from './pace.ts';
import { type BadLine, type Fields, type Item, readItem } from './read-item.ts';
import type { Line } from './read-lines.ts';
import type { How } from './report.ts';
import type { SettledLines } from './settled-lines.ts';

export interface StartLines {
  readonly lines: AsyncIterable<readonly Line[]>;
  readonly fields: Fields;
  /** Lines under way at a time. */
  readonly concurrency: number;
  readonly pace: Pace;
  readonly settled: SettledLines;
  readonly signal: AbortSignal;
  /** Whether an earlier run has settled a line. */
  readonly skips: (line: Line) => boolean;
  /** Starts one loop. */
  readonly start: (item: Item) => Promise<How>;
  readonly onStarted: (how: How, name: string) => void;
  readonly onFailed: (line: number, name: string | undefined, why: BadLine) => void;
  /** Ends the lines, so that nobody waits for more of them. */
  readonly endReading: () => void;
}

/** Bytes of lines under way: few long lines are, or many short ones. */
const bytesUnderWay = 8 * 1024 * 1024;
/** Lines that are settled before an earlier one is. */
const mostAhead = 50_000;
/** So many lines in a row that a quota refused are enough: the next ones would be refused too. */
const refusedInARow = 200;
/** Errors of the server that one line meets while others get through. */
const mostFaults = 8;
/** After so many, others are let in, which show whose the errors are. */
const suspectFaults = 3;
/** Milliseconds for what is under way when it is stopped. */
const graceTime = 10_000;

/**
 * Runs until the lines end and all of them are settled.
 *
 * @throws what ended it before; what was under way is settled then, as far as it came to an end in time.
 */
export async function startLines(run: StartLines): Promise<void> {
  const { pace, settled, signal } = run;
  let underWay = 0;
  /** Of those under way, the ones that count towards the most that there may be. */
  let lanes = 0;
  let bytes = 0;
  let gotThrough = 0;
  let isReadToEnd = false;
  let hasEarlier = false;
  let quotaInARow = 0;
  let fatal: { readonly error: unknown } | undefined;
  let wake: (() => void) | undefined;

  function failed(line: number, name: string | undefined, why: BadLine): void {
    settled.failed(line);
    run.onFailed(line, name, why);
  }

  function end(error: unknown): void {
    fatal ??= { error };
    pace.end(error);
    run.endReading();
    wake?.();
  }

  function succeeded(): void {
    gotThrough++;
    pace.succeeded();
  }

  /** @param suspect is told when it is time that others show whose the errors are. */
  async function attempt(item: Item, suspect: () => void): Promise<How | BadLine> {
    let isSent = false;
    let faults = 0;
    let before = 0;
    for (;;) {
      const turn = pace.enter();
      if (turn !== undefined) await turn;
      try {
        const how = await run.start(item);
        succeeded();
        // An answer was lost, and a loop that is there now is most likely the one of that request.
        return isSent ? 'started' : how;
      } catch (error) {
        if (!isTriedAgain(error)) {
          succeeded();
          throw error;
        }
        isSent ||= isMaybeDone(error);
        const isFault = isServerFault(error);
        if (isFault && ++faults === 1) before = gotThrough;
        try {
          pace.failed(error as Error);
        } catch (last) {
          // The others of the file are started, now or by an earlier run: it is no server that starts nothing.
          if (isFault && isReadToEnd && (gotThrough > 0 || hasEarlier)) return faultyLine(error, faults);
          throw last;
        }
        if (isFault && faults >= mostFaults && gotThrough > before) return faultyLine(error, faults);
        if (faults >= suspectFaults) suspect();
      }
    }
  }

  function launch({ number, bytes: content }: Line, item: Item): void {
    const digest = hash('sha256', content, 'buffer');
    let hasLane = true;
    const leaveLane = (): void => {
      if (hasLane) {
        lanes--;
        bytes -= content.length;
      }
      hasLane = false;
      wake?.();
    };
    underWay++;
    lanes++;
    bytes += content.length;
    attempt(item, leaveLane)
      .then(
        (how) => {
          quotaInARow = 0;
          if (typeof how !== 'string') return failed(number, item.name, how);
          settled.started(number, digest);
          run.onStarted(how, item.name);
        },
        (error: unknown) => {
          // It was not sent any more.
          if (error === fatal?.error) return;
          if (!isAboutLine(error)) return end(error);
          failed(number, item.name, { code: error.code, message: `failed: ${error.message}` });
          quotaInARow = error.code === 'ServiceQuotaExceededException' ? quotaInARow + 1 : 0;
          if (quotaInARow >= refusedInARow) end(error);
        },
      )
      .finally(() => {
        underWay--;
        leaveLane();
      });
  }

  const isStopped = (): boolean => fatal !== undefined || signal.aborted;
  const isFull = (): boolean =>
    lanes >= run.concurrency || (bytes >= bytesUnderWay && lanes > 0) || settled.ahead >= mostAhead;

  /** Waits while it is so. */
  async function whilst(condition: () => boolean): Promise<void> {
    while (condition())
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }

  const stop = (): void => wake?.();
  signal.addEventListener('abort', stop);
  try {
    for await (const lines of run.lines) {
      for (const line of lines) {
        if (isFull()) await whilst(() => isFull() && !isStopped());
        if (isStopped()) break;
        if (run.skips(line)) {
          hasEarlier = true;
          continue;
        }
        const item = readItem(line, run.fields);
        if (item === undefined) settled.empty(line.number);
        else if ('code' in item) failed(line.number, undefined, item);
        else launch(line, item);
      }
      if (isStopped()) break;
    }
    isReadToEnd = !isStopped();
  } catch (error) {
    if (!isStopped()) end(error);
  } finally {
    await whilst(() => underWay > 0 && !isStopped());
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      wake?.();
    }, graceTime);
    await whilst(() => underWay > 0 && !late);
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
  if (fatal !== undefined) throw fatal.error;
}

/** Nothing came back, or the server wants to be asked again. */
const isTriedAgain = (error: unknown): boolean =>
  error instanceof UnansweredError || (error instanceof ServiceError && (error.retryable || error.statusCode === 408));

/** Whether a request may have been carried out all the same. */
const isMaybeDone = (error: unknown): boolean =>
  error instanceof ServiceError
    ? (error.statusCode ?? 0) >= 500
    : !(error instanceof EndpointConnectionError || error instanceof ConnectTimeoutError);

/** An error that can be one line's. A server that says when to come again is busy. */
const isServerFault = (error: unknown): error is ServiceError =>
  error instanceof ServiceError && (error.statusCode ?? 0) >= 500 && error.retryAfter === undefined;

const faultyLine = ({ code, message, statusCode }: ServiceError, times: number): BadLine => ({
  code,
  message: `failed: ${message.replace(/\.$/, '')} (status ${statusCode}, ${times === 1 ? 'once' : `${times} times`})`,
});

/** Whether the next line may do better. */
const isAboutLine = (error: unknown): error is ServiceError =>
  error instanceof ServiceError &&
  !error.retryable &&
  error.statusCode !== 401 &&
  error.statusCode !== 403 &&
  !/^The (?:specified FlowDefinition|HumanTaskUi) /.test(error.message);
