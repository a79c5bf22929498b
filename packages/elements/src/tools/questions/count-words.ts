const words = new Intl.Segmenter(undefined, { granularity: 'word' });
/** Scripts that put no spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * How many words a text has: what stands between spaces and has a letter or a digit, so that “state-of-the-art” is one word and
 * a dash none. In scripts without spaces, what a dictionary takes for words.
 */
export function countWords(text: string): number {
  let count = 0;
  for (const part of text.split(/\s+/)) {
    if (unspaced.test(part)) count += [...words.segment(part)].filter(({ isWordLike }) => isWordLike).length;
    else if (/[\p{L}\p{N}]/u.test(part)) count += 1;
  }
  return count;
}
