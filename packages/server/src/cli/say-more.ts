import { sentenceOf } from './failure.ts';

/** An error whose sentence is followed by another one. */
export const sayMore = (error: unknown, sentence: string): Error =>
  new Error(`${sentenceOf(error)} ${sentence}`, { cause: error });
