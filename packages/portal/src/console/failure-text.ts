import { sentenceOf } from '../portal-error.ts';
import { ConsoleError } from './console-api.ts';

/** The sentence to show for a failed call. */
export const failureText = (error: unknown): string =>
  error instanceof ConsoleError ? error.message : sentenceOf(error);
