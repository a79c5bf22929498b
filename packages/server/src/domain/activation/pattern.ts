import { RE2JS, RE2JSException } from 're2js';

const mostCharacters = 256;
/** Of a text that is matched: the engine takes up to 2 µs for a character. */
const longestText = 10_000;

/** A pattern that finds something in a text, or not; undefined of a text that is too long to be searched. */
export type Pattern = (text: string) => boolean | undefined;

export const longestMatchedText = longestText;

/**
 * Reads a pattern in the syntax of RE2, whose time grows with the length of the text and nothing else, whatever the pattern:
 * there are no look-arounds and no back references. It is searched for; `^` and `$` tie it to the ends.
 *
 * @returns what is wrong with it, as the rest of a sentence, where it is none.
 */
export function readPattern(text: string): Pattern | string {
  if (text.length > mostCharacters) return `has more than ${mostCharacters} characters.`;
  try {
    const pattern = RE2JS.compile(text);
    return (subject) => (subject.length > longestText ? undefined : pattern.matcher(subject).find());
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return `is not a pattern of RE2 (${error.message}).`;
  }
}
