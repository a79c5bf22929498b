/** How many saves go into one transaction: by their number, and by what they hold, since an input or an answer may be large. */
import type { Change } from '../domain/change.ts';

/** A batch that holds as many is full: what it is written as is several times as large, and is held in memory as a whole. */
export const batchCharacters = 8 * 1024 * 1024;

/** Characters of the texts that a save writes. */
export function charactersOf(changes: readonly Change[]): number {
  let characters = 0;
  for (const change of changes) {
    if (change.change !== 'insert' && change.change !== 'update') continue;
    characters += textsOf(change.row);
    if (change.change === 'update') characters += textsOf(change.set);
  }
  return characters;
}

function textsOf(row: object): number {
  let characters = 0;
  for (const value of Object.values(row)) if (typeof value === 'string') characters += value.length;
  return characters;
}

/** @returns how many of the saves that wait are the next batch; one at least, however large */
export function batchOf(waiting: readonly { readonly changes: readonly Change[] }[], most: number): number {
  let characters = 0;
  let count = 0;
  for (const { changes } of waiting) {
    if (count >= most || characters >= batchCharacters) break;
    characters += charactersOf(changes);
    count++;
  }
  return count;
}
