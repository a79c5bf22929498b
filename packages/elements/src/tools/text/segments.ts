// Where a text may be cut: between what a reader takes for characters, and around words. Positions count UTF-16 units.
import type { Chunk } from './chunks.ts';

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const words = new Intl.Segmenter(undefined, { granularity: 'word' });

export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** The character that a position lies in, or that begins there; undefined at the end of the chunk. */
export function characterAt({ start, text }: Chunk, position: number): Extent | undefined {
  const found = characters.segment(text).containing(position - start);
  return found && { start: start + found.index, end: start + found.index + found.segment.length };
}

/** The nearest border of characters at or before the position. */
export const borderBefore = (chunk: Chunk, position: number): number => characterAt(chunk, position)?.start ?? position;

/** The nearest border of characters at or after the position. */
export function borderAfter(chunk: Chunk, position: number): number {
  const character = characterAt(chunk, position);
  return character === undefined || character.start === position ? position : character.end;
}

/** The word at a position; what stands between words where there is none. */
export function wordAt({ start, text }: Chunk, position: number): Extent | undefined {
  const segments = words.segment(text);
  const here = segments.containing(position - start);
  // Just behind a word is still meant by a tap on it.
  const before = here?.isWordLike ? undefined : segments.containing(position - start - 1);
  const found = before?.isWordLike && before.index + before.segment.length === position - start ? before : here;
  return found && { start: start + found.index, end: start + found.index + found.segment.length };
}

/** Without white space at both ends. */
export function trimmed(text: string, { start, end }: Extent): Extent {
  const inner = text.slice(start, end);
  const lead = inner.length - inner.trimStart().length;
  return { start: start + lead, end: start + lead + inner.trim().length };
}
