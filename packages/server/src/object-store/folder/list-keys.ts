/** Walks a bucket's directories in the order of the keys, leaving out what prefix, delimiter and start rule out. */
import { join } from 'node:path';
import { type Directories, firstNotBefore } from './directories.ts';
import type { KeyEntry } from './key-path.ts';

export interface KeyFilter {
  readonly prefix: string;
  readonly delimiter: string;
  /** Only what comes after this key or common prefix. */
  readonly startAfter: string;
}

/** A key and its file, or a common prefix. */
export type Listed =
  | { readonly kind: 'object'; readonly text: string; readonly path: string }
  | { readonly kind: 'prefix'; readonly text: string };

/** All keys are strings of one character per UTF-8 byte. */
export async function* listKeys(directories: Directories, root: string, filter: KeyFilter): AsyncGenerator<Listed> {
  let emitted: string | undefined;
  for await (const { key, path } of walk(directories, root, '', {
    ...filter,
    skipTo: () => emitted,
  })) {
    const common = commonPrefix(key, filter);
    if (common === undefined) {
      yield { kind: 'object', text: key, path };
    } else if (common !== emitted && common !== filter.startAfter) {
      emitted = common;
      yield { kind: 'prefix', text: common };
    }
  }
}

interface Walk extends KeyFilter {
  /** A common prefix that was listed: nothing below it is of interest any more. */
  skipTo(): string | undefined;
}

async function* walk(
  directories: Directories,
  directory: string,
  above: string,
  filter: Walk,
): AsyncGenerator<{ key: string; path: string }> {
  const entries = await directories.entries(directory);
  for (let index = firstOf(entries, above, filter); index < entries.length; index++) {
    const entry = entries[index] as KeyEntry;
    const text = above + entry.text;
    if (text > filter.prefix && !text.startsWith(filter.prefix) && !filter.prefix.startsWith(text)) return;
    const skipped = filter.skipTo();
    if (skipped !== undefined && text.startsWith(skipped)) continue;
    const path = join(directory, entry.name);
    if (entry.kind === 'object') {
      if (text > filter.startAfter && text.startsWith(filter.prefix)) yield { key: text, path };
    } else if (mayHold(text, filter)) {
      yield* walk(directories, path, text, filter);
    }
  }
}

/** Whether keys that begin with `text` can be listed. */
function mayHold(text: string, { prefix, delimiter, startAfter }: KeyFilter): boolean {
  if (!text.startsWith(prefix) && !prefix.startsWith(text)) return false;
  if (text <= startAfter && !startAfter.startsWith(text)) return false;
  // A page that ended with a common prefix goes on after everything below it.
  const below = delimiter !== '' && startAfter !== '' && startAfter.endsWith(delimiter) && text.startsWith(startAfter);
  return !(below && commonPrefix(text, { prefix, delimiter }) === startAfter);
}

/** The first entry that can matter: the start itself, or the directory that the start lies in, which is next before it. */
function firstOf(entries: readonly KeyEntry[], above: string, { prefix, startAfter }: KeyFilter): number {
  const from = prefix > startAfter ? prefix : startAfter;
  const at = firstNotBefore(entries, (entry) => above + entry.text < from);
  const previous = entries[at - 1];
  return previous && from.startsWith(above + previous.text) ? at - 1 : at;
}

function commonPrefix(key: string, { prefix, delimiter }: Pick<KeyFilter, 'prefix' | 'delimiter'>): string | undefined {
  if (delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}
