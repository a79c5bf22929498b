/** Sorted directory listings. Large ones are remembered, so that the pages of one listing do not each read and sort again. */
import { readdir } from 'node:fs/promises';
import { codeOf } from './durable-file.ts';
import { type KeyEntry, readEntry } from './key-path.ts';

const worthRemembering = 500;
const maxRemembered = 400_000;

export interface Directories {
  /** Entries in the order of the keys that they stand for; empty when there is no such directory. */
  entries(directory: string): Promise<readonly KeyEntry[]>;
  /** Must be called when a name appeared in or went from a directory. */
  changed(directory: string, name: string, present: boolean): void;
  forget(directory: string): void;
}

export function createDirectories(): Directories {
  const remembered = new Map<string, KeyEntry[]>();
  let changes = 0;

  return {
    async entries(directory) {
      const known = remembered.get(directory);
      if (known) {
        remembered.delete(directory);
        remembered.set(directory, known);
        return known;
      }
      const before = changes;
      const entries = await readSorted(directory);
      if (entries.length >= worthRemembering && before === changes) remember(directory, entries);
      return entries;
    },
    changed(directory, name, present) {
      changes += 1;
      const known = remembered.get(directory);
      const entry = known && readEntry(name);
      if (!known || !entry) return;
      const at = firstNotBefore(known, (each) => isBefore(each, entry));
      const same = known[at]?.name === name;
      // A listing under way goes on with the array that it has, so a changed one is a new one.
      if (present && !same) remembered.set(directory, known.toSpliced(at, 0, entry));
      if (!present && same) remembered.set(directory, known.toSpliced(at, 1));
    },
    forget(directory) {
      changes += 1;
      for (const each of [...remembered.keys()]) if (each.startsWith(directory)) remembered.delete(each);
    },
  };

  function remember(directory: string, entries: KeyEntry[]): void {
    remembered.set(directory, entries);
    let total = 0;
    for (const each of remembered.values()) total += each.length;
    for (const [oldest, each] of remembered) {
      if (total <= maxRemembered) return;
      remembered.delete(oldest);
      total -= each.length;
    }
  }
}

/** Where sorted entries stop being "before", found by halving. */
export function firstNotBefore(entries: readonly KeyEntry[], before: (entry: KeyEntry) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before(entries[middle] as KeyEntry)) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function readSorted(directory: string): Promise<KeyEntry[]> {
  let names: string[];
  try {
    names = await readdir(directory);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
  const entries = names.map(readEntry).filter((entry) => entry !== undefined);
  return entries.sort((a, b) => (isBefore(a, b) ? -1 : 1));
}

function isBefore(a: KeyEntry, b: KeyEntry): boolean {
  return a.text < b.text || (a.text === b.text && a.name < b.name);
}
