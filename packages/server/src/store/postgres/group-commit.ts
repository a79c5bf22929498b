/**
 * Group commit over the network: the saves of a turn of the event loop, and all that come in while a batch is under way, are
 * the next batch; one round trip, one durable transaction.
 *
 * A batch has an id that is written with it. When the connection breaks before the answer, the same batch is sent again and
 * the database tells what became of the first: nothing is done twice, and nobody waits longer than `reachability.ts` allows.
 */
import type { Change } from '../../domain/change.ts';
import { batchCharacters, charactersOf } from '../batch-size.ts';
import type { SaveResult } from '../store.ts';
import { StoreUnavailable } from '../store-unavailable.ts';
import { type Batch, createBatch, touched } from './batch.ts';
import type { Reachability } from './reachability.ts';

interface Waiting {
  readonly changes: readonly Change[];
  readonly since: number;
  readonly resolve: (result: SaveResult) => void;
  readonly reject: (error: Error) => void;
}

export interface GroupCommitSettings {
  /** Sends a batch and answers its verdicts, a digit a save. */
  readonly send: (id: string, batch: Batch) => Promise<string>;
  readonly newBatchId: () => string;
  /** Most saves in one batch. */
  readonly batchLimit: number;
  /** Batches under way at once. */
  readonly lanes: number;
  readonly retried: Reachability['retried'];
  /** Told of what each batch wrote, before its callers are answered. */
  readonly committed: (saves: readonly (readonly Change[])[]) => void;
  /** Told when a save was refused: what was read before may be old. */
  readonly conflicted: () => void;
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number;
}

export interface GroupCommit {
  save(changes: readonly Change[]): Promise<SaveResult>;
  /** Writes what waits. */
  close(): Promise<void>;
}

export function startGroupCommit(settings: GroupCommitSettings): GroupCommit {
  const waiting: Waiting[] = [];
  const flying = new Set<Promise<void>>();
  let isScheduled = false;
  let isClosed = false;

  /** Takes saves that do not meet on a row; others wait for a later batch. */
  function take(): Waiting[] {
    const written = new Set<string>();
    const looked = new Set<string>();
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    const all = waiting.splice(0);
    let characters = 0;
    for (const [index, one] of all.entries()) {
      if (taken.length >= settings.batchLimit || characters >= batchCharacters) {
        left.push(...all.slice(index));
        break;
      }
      const rows = touched(one.changes);
      const meets = rows.some(({ key, isWritten }) => written.has(key) || (isWritten && looked.has(key)));
      if (meets) {
        left.push(one);
        // What comes after it on the same rows stays behind it.
        for (const { key } of rows) written.add(key);
        continue;
      }
      for (const { key, isWritten } of rows) (isWritten ? written : looked).add(key);
      taken.push(one);
      characters += charactersOf(one.changes);
    }
    waiting.push(...left);
    return taken;
  }

  function flush(): void {
    isScheduled = false;
    while (flying.size < settings.lanes && waiting.length > 0) {
      const flight = write(take()).finally(() => {
        flying.delete(flight);
        flush();
      });
      flying.add(flight);
    }
  }

  async function write(saves: readonly Waiting[]): Promise<void> {
    let verdicts: string;
    try {
      verdicts = await deliver(createBatch(saves.map(({ changes }) => changes)), saves[0]!.since);
    } catch (error) {
      if (saves.length === 1 || error instanceof StoreUnavailable) {
        for (const one of saves) one.reject(error as Error);
        return;
      }
      // What one of them cannot write must not keep the others from being written.
      for (const one of saves) await write([one]);
      return;
    }
    const written = saves.filter((_, index) => verdicts[index] === '1');
    if (written.length > 0) settings.committed(written.map(({ changes }) => changes));
    if (written.length < saves.length) settings.conflicted();
    for (const [index, one] of saves.entries()) one.resolve(verdicts[index] === '1' ? 'saved' : 'conflict');
  }

  function deliver(batch: Batch, since: number): Promise<string> {
    const id = settings.newBatchId();
    return settings.retried(() => settings.send(id, batch), since);
  }

  return {
    save(changes) {
      if (isClosed) return Promise.reject(new Error('The store is closed.'));
      return new Promise((resolve, reject) => {
        waiting.push({ changes, since: settings.elapsed(), resolve, reject });
        if (isScheduled) return;
        isScheduled = true;
        setImmediate(flush);
      });
    },
    async close() {
      isClosed = true;
      while (flying.size > 0 || waiting.length > 0) {
        flush();
        await Promise.all(flying);
      }
    },
  };
}
