// What a template asks of questions and answers, and what is still wrong with them.
import { countWords } from './count-words.ts';
import { questionMessages } from './messages.ts';
import { isBlank, type Pair } from './pairs.ts';

export interface Limits {
  readonly questions: Bounds;
  readonly questionWords: Bounds;
  readonly answerWords: Bounds;
}

export interface Bounds {
  readonly least: number;
  /** Infinity for no limit. */
  readonly most: number;
}

export type Field = 'question' | 'answer' | 'passages' | 'add';

export interface Offence {
  /** The pair that it is about; undefined when there are too few or too many. */
  readonly pair: number | undefined;
  readonly field: Field;
  readonly message: string;
}

/** A whole number from 0 on, as an attribute or a property gives it; undefined for anything else. */
export function readCount(value: unknown): number | undefined {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** Everything that keeps the pairs from being submitted, in the order in which it is shown. */
export function offencesOf(pairs: readonly Pair[], limits: Limits): readonly Offence[] {
  const written = pairs.filter((pair) => !isBlank(pair));
  const blank = pairs.filter(isBlank);
  const missing = Math.max(0, limits.questions.least - written.length);
  // Blank ones are asked for only as far as they are needed.
  const asked = new Set([...written, ...blank.slice(0, missing)]);
  const offences = pairs.filter((pair) => asked.has(pair)).flatMap((pair) => offencesIn(pair, limits));
  if (missing > blank.length)
    offences.push({ pair: undefined, field: 'add', message: questionMessages.tooFew(limits.questions.least) });
  if (written.length > limits.questions.most)
    offences.push({ pair: undefined, field: 'add', message: questionMessages.tooMany(limits.questions.most) });
  return offences;
}

function offencesIn(pair: Pair, { questionWords, answerWords }: Limits): Offence[] {
  const offences: Offence[] = [];
  const check = (field: 'question' | 'answer', bounds: Bounds) => {
    const message = wrongIn(pair[field], bounds, field);
    if (message !== undefined) offences.push({ pair: pair.id, field, message });
  };
  check('question', questionWords);
  check('answer', answerWords);
  if (!pair.isWhole && pair.passages.length === 0)
    offences.push({ pair: pair.id, field: 'passages', message: questionMessages.needPassage });
  return offences;
}

function wrongIn(text: string, { least, most }: Bounds, field: 'question' | 'answer'): string | undefined {
  const count = countWords(text);
  if (text.trim() === '' && least > 0)
    return field === 'question' ? questionMessages.needQuestion : questionMessages.needAnswer;
  if (count < least) return questionMessages.tooShort(least);
  return count > most ? questionMessages.tooLong(most) : undefined;
}
