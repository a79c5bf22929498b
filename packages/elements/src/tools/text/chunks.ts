/** A part of the text that is drawn at once. */
export interface Chunk {
  /** Where it begins in the whole text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Paragraphs are put together up to this length, so that many short ones are no burden. */
const aim = 800;
/**
 * A longer paragraph is cut at a space: browsers lay out a whole paragraph anew for each change in it. All that can be seen of
 * it is a line that ends early; offsets do not change.
 */
const most = 2500;

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** In UTF-16 units; nobody writes longer ones. */
const longestCharacter = 100;

/** Cuts a text at the ends of paragraphs; nothing is lost between the parts. */
export function cutIntoChunks(text: string): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let start = 0; start < text.length; ) {
    const end = endOfChunk(text, start);
    chunks.push({ start, end, text: text.slice(start, end) });
    start = end;
  }
  return chunks.length > 0 ? chunks : [{ start: 0, end: 0, text: '' }];
}

function endOfChunk(text: string, start: number): number {
  let end = start;
  while (end < text.length && end - start < aim) {
    const next = text.indexOf('\n', end);
    const paragraphEnd = next < 0 ? text.length : next + 1;
    if (end > start && paragraphEnd - start > aim) break;
    end = paragraphEnd;
  }
  return end - start <= most ? end : cutOf(text, start);
}

/** Behind a space, or at least between two characters: a text may have no spaces, such as Japanese. */
function cutOf(text: string, start: number): number {
  const space = text.lastIndexOf(' ', start + most - 1) + 1;
  const wanted = space - start > most / 2 ? space - start : most;
  const found = characters.segment(text.slice(start, start + most + longestCharacter)).containing(wanted);
  return start + (found?.index || wanted);
}

/** The number of the chunk that a position lies in; a border belongs to the chunk that begins there. */
export function chunkIndexAt(chunks: readonly Chunk[], position: number): number {
  let low = 0;
  let high = chunks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (chunks[middle]!.start <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
