// What goes wrong between browser and server, always with a sentence that can be shown.
import type { PortalErrorCode } from '@holdpoint/protocol';
import { english, type Words } from './words/en.ts';
import { refusalText } from './words/refusals.ts';
import { words } from './words/words.ts';

/** `unreachable`: no answer came, or a proxy answered for the server; the request may be sent again. */
export type FailureCode = PortalErrorCode | 'unreachable';

/** An error whose message is a sentence, in English, for whoever looks at the page. */
export class SentenceError<Code extends string = string> extends Error {
  readonly code: Code;

  constructor(code: Code, message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.code = code;
  }
}

/** What the portal's own requests are refused with. */
export class PortalError extends SentenceError<FailureCode> {}

export const unreachable = () => new PortalError('unreachable', english.refusals.unreachable);

/** Whether no answer came, so that what changes nothing may be asked again. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof SentenceError && error.code === 'unreachable';

/** The code of a failure, `internal` for anything that is not a PortalError. */
export const codeOf = (error: unknown): FailureCode => (error instanceof PortalError ? error.code : 'internal');

/** The sentence to show for a failure, in the language of the page unless it is asked for in another. */
export function sentenceOf(error: unknown, said: Words = words): string {
  if (error instanceof PortalError && said === words) return refusalText(error.code, error.message);
  return error instanceof SentenceError ? error.message : said.refusals.broken;
}
