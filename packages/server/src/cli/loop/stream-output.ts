/** Standard output for what has no end in sight: waits where its reader is slow, and ends quietly where the reader has gone. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Output } from '../terminal.ts';

/** The reader needs no more, as `head` does. It is no failure. */
export class ReaderGone extends Error {}

export interface StreamOutput {
  /** Resolves when there is room again. @throws ReaderGone */
  write(text: string): Promise<void>;
}

export function openStreamOutput(output: Output): StreamOutput {
  const stream = isStream(output) ? output : undefined;
  let failure: NodeJS.ErrnoException | undefined;
  // It stays: what was written can fail later, when nobody listens any more.
  stream?.on('error', (error) => {
    failure = error;
  });
  const check = (): void => {
    if (failure !== undefined) throw failure.code === 'EPIPE' ? new ReaderGone() : failure;
  };
  return {
    async write(text) {
      check();
      if (output.write(text) !== false || stream === undefined) return;
      await once(stream, 'drain').catch(() => {});
      check();
    },
  };
}

/** A signal for commands that write now and then: aborted when the reader has gone. */
export function readerGone(output: Output): AbortSignal {
  const gone = new AbortController();
  if (isStream(output)) output.on('error', () => gone.abort(new ReaderGone()));
  return gone.signal;
}

const isStream = (output: Output): output is Output & Writable => 'writableNeedDrain' in output;

/** Runs what writes; a reader that has gone ends it without a word. */
export async function untilReaderGone(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ReaderGone)) throw error;
  }
}
