/**
 * Group commit in a thread of its own: the saves of a turn of the event loop, and all that come in while a commit is under
 * way, are the next transaction. The main thread spends a fifth of the time on a save that it would spend on writing it
 * (measured: 11 µs against 57 µs), and never waits for the disk.
 */
import { Worker } from 'node:worker_threads';
import type { Change } from '../../domain/change.ts';
import type { Log } from '../../log.ts';
import { batchOf } from '../batch-size.ts';
import type { SaveResult } from '../store.ts';
import { fullSentence, StoreUnavailable } from '../store-unavailable.ts';
import { createCompiler } from './compile.ts';
import type { Failure } from './write.ts';
import type { Verdict, WriterReply, WriterRequest } from './write-thread.ts';

interface Waiting {
  readonly changes: readonly Change[];
  readonly resolve: (result: SaveResult) => void;
  readonly reject: (error: Error) => void;
}

export interface GroupCommit {
  save(changes: readonly Change[]): Promise<SaveResult>;
  /** Why nothing could be written a moment ago; whether it can be now, only the next save will tell. */
  problem(): string | undefined;
  /** Writes what waits, then ends the thread. */
  close(): Promise<void>;
}

/** How long a failure keeps a server from being asked: without requests nobody would notice that it is over. */
const rememberedMs = 5000;

/** SQLite's primary result codes of what passes: busy, locked, no memory, read-only, input and output, full, cannot open. */
const passing: ReadonlySet<number> = new Set([5, 6, 7, 8, 10, 13, 14]);
const primary = (code: number): number => code & 0xff;
const isFull = (code: number | undefined): boolean => code !== undefined && primary(code) === 13;

/** Nothing was written, so the same may be asked again. */
function errorOf({ message, code }: Failure): Error {
  if (code === undefined || !passing.has(primary(code))) return new Error(message);
  const sentence = isFull(code) ? fullSentence : 'The database cannot be written at the moment.';
  return new StoreUnavailable(sentence, { cause: new Error(message) });
}

/** @param committed is told of the saves of each commit, in order, before their callers are answered. */
export function startGroupCommit(
  path: string,
  batchLimit: number,
  committed: (saves: readonly (readonly Change[])[]) => void,
  log?: Log,
): GroupCommit {
  // Beside this file and of its kind: a TypeScript source here, JavaScript in the built package.
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
  const thread = new Worker(new URL(`./write-thread${ending}`, import.meta.url), { workerData: path });
  const compiler = createCompiler();
  const waiting: Waiting[] = [];
  let flying: Waiting[] = [];
  let scheduled = false;
  let ended: Error | undefined;
  let drained: (() => void) | undefined;
  let failure: { readonly sentence: string; readonly at: number } | undefined;

  thread.on('message', (reply: WriterReply) => {
    const batch = flying;
    flying = [];
    if ('failed' in reply) {
      fails(reply.failed);
      for (const one of batch) one.reject(errorOf(reply.failed));
    } else {
      const failed = reply.verdicts.find((verdict) => typeof verdict === 'object');
      if (failed) fails(failed);
      else works();
      committed(batch.filter((_, index) => reply.verdicts[index] === true).map((one) => one.changes));
      for (const [index, one] of batch.entries()) answer(one, reply.verdicts[index]!);
    }
    flush();
  });
  thread.on('error', (error) => {
    fail(error);
    // A server that can save nothing is better ended and started anew: whoever was answered has lost nothing.
    throw error;
  });
  thread.on('exit', () => fail(new Error('The store is closed.')));

  function fails({ message, code }: Failure): void {
    if (!failure) log?.warn({ code }, `the database cannot be written: ${message}`);
    const sentence = isFull(code) ? fullSentence : `The database could not be written: ${message}.`;
    failure = { sentence, at: performance.now() };
  }

  function works(): void {
    if (failure) log?.warn('the database can be written again');
    failure = undefined;
  }

  function answer(one: Waiting, verdict: Verdict): void {
    if (typeof verdict === 'object') one.reject(errorOf(verdict));
    else one.resolve(verdict ? 'saved' : 'conflict');
  }

  /** Without its thread the store cannot write any more; whoever waits and whoever comes is told. */
  function fail(error: Error): void {
    ended ??= error;
    for (const one of [...flying.splice(0), ...waiting.splice(0)]) one.reject(ended);
    drained?.();
  }

  function flush(): void {
    scheduled = false;
    if (flying.length > 0) return;
    if (waiting.length === 0) {
      drained?.();
      return;
    }
    flying = waiting.splice(0, batchOf(waiting, batchLimit));
    const batch = flying.map((one) => compiler.compile(one.changes));
    thread.postMessage({ definitions: compiler.newDefinitions(), batch } satisfies WriterRequest);
  }

  return {
    save(changes) {
      if (ended) return Promise.reject(ended);
      return new Promise((resolve, reject) => {
        waiting.push({ changes, resolve, reject });
        if (scheduled || flying.length > 0) return;
        scheduled = true;
        setImmediate(flush);
      });
    },
    problem() {
      if (ended) return 'The database is closed.';
      return failure && performance.now() - failure.at < rememberedMs ? failure.sentence : undefined;
    },
    async close() {
      if (waiting.length + flying.length > 0)
        await new Promise<void>((resolve) => {
          drained = resolve;
        });
      const exited = new Promise((resolve) => thread.once('exit', resolve));
      ended ??= new Error('The store is closed.');
      thread.postMessage('close' satisfies WriterRequest);
      await exited;
    },
  };
}
