/** Copies past outputs. What is there already is left, so that a copy that was interrupted goes on where it stopped. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseS3Uri } from '@holdpoint/protocol';
import type { ObjectEntry, Objects } from '../objects.ts';
import type { Progress } from '../progress.ts';
import { outputsFolder } from './dump-files.ts';
import { oneSentence } from './sentences.ts';

export interface OutputCopy {
  readonly flow: string;
  /** S3 URIs of prefixes that end in `/`. */
  readonly from: string;
  readonly to: string;
}

/** Where outputs come from: entries in the order of their keys. */
export interface OutputSource {
  entries(prefixUri: string): AsyncIterable<ObjectEntry> | Iterable<ObjectEntry>;
  read(uri: string): Promise<Uint8Array<ArrayBuffer>>;
}

export interface CopyReport {
  readonly copied: number;
  readonly present: number;
  /** One sentence each; at most so many as are worth reading. */
  readonly failures: readonly string[];
  readonly failed: number;
}

/** Objects under way at a time, each of them in memory. */
const parallel = 6;
const attempts = 4;
const failuresShown = 10;
/** So many failures one after the other mean that no other would succeed. */
const failuresInRow = 20;

export async function copyOutputs(
  copies: readonly OutputCopy[],
  source: OutputSource,
  objects: Objects,
  progress: Progress,
  signal: AbortSignal,
): Promise<CopyReport> {
  const failures: string[] = [];
  const report = { copied: 0, present: 0, failed: 0 };
  let inRow = 0;
  const fail = (error: unknown): void => {
    // What was interrupted has not failed.
    if (signal.aborted) return;
    report.failed++;
    inRow++;
    if (failures.length < failuresShown) failures.push(oneSentence(error));
  };

  const read = (uri: string): Promise<Uint8Array<ArrayBuffer>> => repeated(() => source.read(uri), signal);

  /** Whether two objects of one size hold the same. ETags that are no MD5 sums, as of encrypted objects, can differ all the same. */
  async function isSame(entry: ObjectEntry, there: ObjectEntry): Promise<boolean> {
    if ((entry.etag ?? md5Of(await read(entry.uri))) === there.etag) return true;
    const [atAws, here] = await Promise.all([read(entry.uri), repeated(() => objects.read(there.uri), signal)]);
    return Buffer.compare(atAws, here) === 0;
  }

  async function copyOne(copy: OutputCopy, entry: ObjectEntry, there: ObjectEntry | undefined): Promise<void> {
    const to = `${copy.to}${entry.uri.slice(copy.from.length)}`;
    try {
      if (there === undefined) {
        const body = await read(entry.uri);
        await repeated(() => objects.write(to, body, 'application/json'), signal);
        report.copied++;
      } else if (there.size !== entry.size) {
        const sizes = `(${there.size} bytes, ${entry.size} at AWS)`;
        throw new Error(`${to} is here with another content ${sizes} and was left as it is.`);
      } else {
        if (!(await isSame(entry, there))) throw new Error(`${to} is here with another content and was left as it is.`);
        report.present++;
      }
      inRow = 0;
    } catch (error) {
      fail(error);
    }
    progress.update(report.copied + report.present, copy.flow);
  }

  for (const copy of copies) {
    const underWay = new Set<Promise<void>>();
    try {
      for await (const { entry, there } of paired(
        outputsOf(source.entries(copy.from)),
        objects.entries(copy.to),
        copy,
      )) {
        if (signal.aborted || inRow >= failuresInRow) break;
        const one = copyOne(copy, entry, there).finally(() => underWay.delete(one));
        underWay.add(one);
        if (underWay.size >= parallel) await Promise.race(underWay);
      }
    } catch (error) {
      fail(error);
    } finally {
      await Promise.all(underWay);
    }
    if (signal.aborted || inRow >= failuresInRow) break;
  }
  return { ...report, failures };
}

/** A bucket that is not there has no outputs: a flow definition may have waited for its first loop. */
async function* outputsOf(entries: AsyncIterable<ObjectEntry> | Iterable<ObjectEntry>): AsyncGenerator<ObjectEntry> {
  try {
    for await (const entry of entries) if (entry.uri.endsWith('/output.json')) yield entry;
  } catch (error) {
    if ((error as { code?: string }).code !== 'NoSuchBucket') throw error;
  }
}

/** Each source entry with the target's object of the same key. Both lists are in the order of keys, so neither is kept. */
async function* paired(source: AsyncIterable<ObjectEntry>, target: AsyncIterable<ObjectEntry>, copy: OutputCopy) {
  const targets = target[Symbol.asyncIterator]();
  let next: ObjectEntry | undefined;
  let ended = false;
  for await (const entry of source) {
    const key = entry.uri.slice(copy.from.length);
    while (!ended && (next === undefined || order(next.uri.slice(copy.to.length), key) < 0)) {
      const step = await targets.next();
      ended = step.done === true;
      next = step.done ? undefined : step.value;
    }
    const same = next !== undefined && next.uri.slice(copy.to.length) === key;
    yield { entry, there: same ? next : undefined };
  }
}

const md5Of = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

/** Keys are ordered by their bytes. */
const order = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** Tries again what fails on the way or because of too many requests. */
async function repeated<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let number = 1; ; number++) {
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      const { statusCode } = error as { statusCode?: number };
      const passing = error instanceof TypeError || statusCode === 429 || (statusCode ?? 0) >= 500;
      if (!passing || number >= attempts) throw error;
      await new Promise<void>((resolve) => setTimeout(resolve, 200 * 4 ** (number - 1) * Math.random()));
    }
  }
}

/** Outputs in a dump: `outputs/BUCKET/KEY`, as `aws s3 sync` leaves them. */
export function folderSource(dump: string): OutputSource {
  const pathOf = (uri: string): string => {
    const { bucket, key } = parseS3Uri(uri)!;
    return join(dump, outputsFolder, bucket, key);
  };
  function* walk(uri: string): Generator<ObjectEntry> {
    const entries = readdirSync(pathOf(uri), { withFileTypes: true })
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
      .sort(order);
    for (const name of entries) {
      if (name.endsWith('/')) yield* walk(`${uri}${name}`);
      else yield { uri: `${uri}${name}`, size: statSync(pathOf(`${uri}${name}`)).size };
    }
  }
  return {
    *entries(prefixUri) {
      try {
        yield* walk(prefixUri);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
        throw error;
      }
    },
    read: async (uri) => new Uint8Array(readFileSync(pathOf(uri))),
  };
}
